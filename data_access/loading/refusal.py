"""The one error of loading: a source that cannot be read, or a copy that cannot be written."""

from __future__ import annotations

from data_access.errors import PlumblineError


class SourceError(PlumblineError):
    """A source cannot be taken as it is; the message names it, says why, and what to do."""

    title = "The source cannot be read"
