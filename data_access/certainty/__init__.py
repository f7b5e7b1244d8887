"""How far a number can be trusted: pure definitions, with no engine and no files. ``DEFINITION.md`` is the text.

Read in this order: ``doubts`` (which cells fail a check), ``rewrite`` (three-valued logic), ``times`` (where a lost
date may lie), ``plan``, ``flags``, ``parts``, ``records`` (the query that condenses a table), ``cells`` (its result),
``slicing``, ``plain``, ``weights``, ``membership``, ``slices`` (six counts and weights for every slice), ``formulas``
and ``likely`` (ranges and confidence), ``verdict``.

Measures (sums, ratios, distinct counts, averages, percentiles) have modules of their own beside these: ``spans``
(between which numbers), ``measure_parts`` and ``condensed`` (their columns in the query), ``measures`` (as arrays),
``unclear`` (one slice's records in doubt), ``means``, ``ratios``, ``ranks``, ``distinct`` (ranges), ``spread`` (what is
likely), ``kinds`` and ``figures`` (all of it, slice by slice).
"""
