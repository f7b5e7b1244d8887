"""The same figures once more, straight from the published files: nothing here uses the portal's code."""
