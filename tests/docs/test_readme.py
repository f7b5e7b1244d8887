"""README.md says what is true: its commands, addresses, links and examples are tried against the code."""

from __future__ import annotations

import re

import pytest

import start
from data_access.access import demonstration_people
from data_access.definitions.models import PAGES
from start import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "config" / "README.md").read_text(encoding="utf-8")
DEPLOYMENT = (ROOT / "config" / "DEPLOY.md").read_text(encoding="utf-8")
FIRST_SCREEN = README[: README.index("## What you see")]


@pytest.mark.parametrize("words", ["make run", "make test", "py start.py run", "py start.py test"])
def test_the_two_commands_stand_on_the_first_screen(words: str) -> None:
    assert f"`{words}`" in FIRST_SCREEN
    assert FIRST_SCREEN.count("\n") < 38


def test_the_first_screen_says_where_to_go_and_who_to_be() -> None:
    assert f"http://{start.HOST}:{start.PORT}" in FIRST_SCREEN
    assert f"`{demonstration_people.PASSWORD}`" in FIRST_SCREEN
    assert [name for name in demonstration_people.ATTRIBUTES if f"**{name}**" not in FIRST_SCREEN] == []


def test_every_start_command_in_the_readme_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    for command in ("run", "test", "check"):
        monkeypatch.setattr(start, command, lambda *_, name=command: done.append(name) or 0)
    shown = re.findall(r"start\.py ((?:run|test|check)[^`|\n]*)(?:`|\n)", README)
    for words in shown:
        assert start.main(words.replace(" N", " 8600").split()) == 0
    assert {"run", "test"} <= set(done)
    assert len(done) == len(shown)


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE).group(1).split())
    assert set(re.findall(r"(?:`|nightly )make (\w+)", README)) == targets


def test_every_address_is_named() -> None:
    addresses = {"/" if page == "home" else f"/{page}" for page in PAGES}
    named = set(re.findall(r"`(/[a-z]*)(?:\?id=…)?`", README))
    assert named == addresses


def test_the_readme_names_exactly_the_pages_that_are_not_there_yet() -> None:
    missing = README.split("## What is not finished")[1].split("\n## ")[0]
    built = {page for page in PAGES if (ROOT / "pages" / f"{page}.py").exists()}
    assert set(re.findall(r"`/([a-z]+)`", missing)) == set(PAGES) - built


@pytest.mark.parametrize("file", ["README.md", "config/README.md", "config/DEPLOY.md"])
def test_every_link_within_the_project_leads_somewhere(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith(("http", "#"))]
    missing = [link for link in links if not ((ROOT / file).parent / link.split("#")[0]).exists()]
    assert links
    assert missing == []


def anchors(text: str) -> set[str]:
    """What the headings of a page can be linked by."""
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    plain = [heading.lower().replace("&lt;", "").replace("&gt;", "") for heading in headings]
    return {re.sub(r"[^a-z0-9_ -]", "", heading).replace(" ", "-") for heading in plain}


def test_every_heading_linked_exists() -> None:
    for page in (README, CONFIGURATION):
        assert set(re.findall(r"\]\(#([^)]+)\)", page)) - anchors(page) == set()
    for page in (CONFIGURATION, DEPLOYMENT):
        linked = set(re.findall(r"\]\(\.\./README\.md#([^)]+)\)", page))
        assert linked
        assert linked - anchors(README) == set()


def test_every_variable_that_is_read_from_the_environment_is_documented() -> None:
    files = [ROOT / "start.py", *ROOT.glob("data_access/**/*.py"), *ROOT.glob("pages/**/*.py")]
    read = {name for file in files for name in re.findall(r"\"(PLUMBLINE_[A-Z_]+)\"", file.read_text())}
    documented = README + (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    assert {name for name in read if name not in documented} == set()


def test_every_folder_of_tests_says_what_it_guards() -> None:
    told = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    folders = {file.relative_to(ROOT / "tests").parts[0] for file in (ROOT / "tests").glob("*/**/test_*.py")}
    assert {folder for folder in folders if f"| `{folder}/` |" not in told} == set()
