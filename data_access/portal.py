"""The door: ``Portal.open(config).for_viewer(viewer).ask(query) -> Answer``.

Every page, export and command goes through it. Rights, disclosure control and audit are applied behind it
(``viewer_portal``) and nowhere else: an answer that leaves has been granted, protected and recorded.
"""

from __future__ import annotations

from pathlib import Path

from data_access.access.grant import resolve
from data_access.access.viewer import Viewer
from data_access.definitions.load import load
from data_access.installation import Installation
from data_access.viewer_portal import ViewerPortal


class Portal(Installation):
    """An open installation, with the one way in to its data."""

    @classmethod
    def open(cls, folder: Path | str) -> Portal:
        """Opens the configuration in a folder. Raises DefinitionError with every problem, and StateError.

        A warehouse that cannot be read just now does not stop the portal: each question says so.
        """
        return cls(load(Path(folder)))

    def for_viewer(self, viewer: Viewer) -> ViewerPortal:
        """The portal as one viewer may use it. Cheap: a page makes one on every run."""
        return ViewerPortal(self, resolve(self.configuration, viewer))
