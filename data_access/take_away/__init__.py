"""A table of a page as files: tidy rows as CSV, and beside them what they mean and how far they can be trusted.

Pure but for the seal of an offer, which is keyed by the installation's secret. Nothing here asks or knows a right:
``viewer_portal`` answers the questions under the viewer's rights and hands the answers in.
"""
