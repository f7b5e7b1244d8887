"""How far a number can be trusted: pure definitions, with no engine and no files. ``DEFINITION.md`` is the text.

Read in this order: ``doubts`` (which cells fail a check), ``rewrite`` (three-valued logic), ``times`` (where a lost
date may lie), ``plan``, ``flags``, ``parts``, ``records`` (the query that condenses a table), ``cells`` (its result),
``slicing``, ``plain``, ``weights``, ``membership``, ``slices`` (six counts and weights for every slice), ``formulas``
and ``likely`` (ranges and confidence), ``verdict``.
"""
