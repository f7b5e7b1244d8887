"""The demonstration: a warehouse of made-up records, with stories that show what the portal is for."""

from data_access.demonstration.builder import build, is_demonstration

__all__ = ["build", "is_demonstration"]
