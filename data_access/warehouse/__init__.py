"""Engines: each runs sqlglot trees against one kind of warehouse and is the only place its driver is imported."""
