"""Who is asking: a person, their roles and the attributes that row rules name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """A signed-in person, or the installation's operator at the command line.

    ``attributes`` is sorted and hashable: ``(("quadrant", ("North East",)), …)``. Roles are read again
    from the people file on every run, so a removed right takes effect at once.
    """

    username: str
    name: str
    roles: tuple[str, ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    is_operator: bool = False

    def attribute(self, name: str) -> tuple[str, ...]:
        """The viewer's values for a row rule's attribute; none when the person has no such attribute."""
        return dict(self.attributes).get(name, ())


OPERATOR = Viewer("operator", "The installation's operator", (), is_operator=True)
