"""The same figures once more, straight from the published file: nothing here uses the portal's code."""
