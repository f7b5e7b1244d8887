"""The pages that a role may be given are the pages that have an address."""

from data_access.definitions.models import PAGES
from pages.registry import ENTRIES


def test_every_page_that_a_role_can_name_has_an_address_and_no_other() -> None:
    assert tuple(entry.id for entry in ENTRIES) == PAGES
