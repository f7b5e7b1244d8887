"""How far a number can be trusted: pure definitions, with no engine and no files.

Read in this order: ``doubts`` (which cells fail a check), ``rewrite`` (three-valued logic), ``records``
(the query that condenses a table into cells), ``cells`` (its result), ``slices`` and ``membership``
(six counts and weights for every slice), ``formulas`` and ``likely`` (ranges), ``judge`` (rows).
"""
