"""The same figures once more, in SQL written by hand from certainty.md: nothing here uses the portal's code."""
