"""Drafts a configuration from a stranger's tables: contracts, first metrics, a report, each guess marked for review."""
