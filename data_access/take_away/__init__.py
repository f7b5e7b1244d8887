"""A table of a page as files: tidy rows as CSV, and beside them what they mean and how far they can be trusted.

``taking`` opens an offer, sees whether the viewer may have it and asks its questions under their rights; ``offer``
seals it with the installation's secret. The rest is pure: from answers to files.
"""
