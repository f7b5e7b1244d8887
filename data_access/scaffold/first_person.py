"""The first person of a new portal: an administrator who also reads the reports, with a made-up password."""

from __future__ import annotations

from data_access.access import passwords, people_file
from data_access.access.person import Person
from data_access.definitions.models import Configuration
from data_access.state import sessions
from data_access.state.audit import record
from data_access.state.store import StateStore

USERNAME = "administrator"
ROLES = ("manager", "administrator")


def add_first_person(configuration: Configuration) -> str | None:
    """Makes ``users.yaml`` with one person and returns the password, which stands nowhere else.

    None where there is a people file already. Leaves an audit record; raises PlumblineError.
    """
    folder = configuration.folder
    if (folder / people_file.NAME).exists():
        return None
    roles = tuple(role for role in ROLES if role in configuration.roles)
    password = passwords.generated()
    store = StateStore(configuration.portal.state, folder.resolve().parent)
    try:
        # Where the state is older than the configuration, nobody goes on in this name without the new password.
        closed = sessions.close_all(store, USERNAME, "the person is new")
        people_file.put(folder, Person(USERNAME, "Administrator", "", passwords.hashed(password), roles))
        record(
            store,
            username="operator",
            action="add person",
            subject=USERNAME,
            detail={"roles": list(roles), "sessions closed": closed},
            allowed=True,
            reason="first person of a drafted configuration",
        )
    finally:
        store.close()
    return password
