"""From a question to its figures: validate it, condense the table, cut it into slices, judge each.

Nothing here knows who is asking; ``portal`` resolves rights before and protects the figures after.
"""
