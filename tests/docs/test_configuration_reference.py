"""config/README.md names every key that the models accept, and none that they refuse."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import get_args

import pytest
import yaml
from jsonschema import Draft201909Validator

from data_access.definitions.models import (
    PAGES,
    Metric,
    MetricType,
    PortalSettings,
    Report,
    Right,
    Role,
    Strict,
)
from start import ROOT

REFERENCE = (ROOT / "config" / "README.md").read_text(encoding="utf-8")
NOT_A_KEY = {Report: {"id"}, Role: {"id"}}  # the file's name, the role's own name


def section(heading: str) -> str:
    """The text under a heading of the reference, up to the next one."""
    return REFERENCE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def documented(heading: str) -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", section(heading), re.MULTILINE))


def keys(model: type[Strict]) -> Iterator[str]:
    """Every key, those of a nested part as ``part.key`` and of a list of parts as ``parts[].key``."""
    for name, field in model.model_fields.items():
        kinds = [kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)]
        part = next((kind for kind in kinds if issubclass(kind, Strict)), None)
        if part is None:
            yield name
        else:
            many = "[]" if "tuple" in str(field.annotation) else ""
            yield from (f"{name}{many}.{key}" for key in keys(part))


@pytest.mark.parametrize(
    ("heading", "model"),
    [
        ("portal.yaml", PortalSettings),
        ("metrics/*.yaml", Metric),
        ("reports/&lt;id&gt;.yaml", Report),
        ("roles.yaml", Role),
    ],
)
def test_every_key_is_documented_and_no_other(heading: str, model: type[Strict]) -> None:
    assert documented(heading) == set(keys(model)) - NOT_A_KEY.get(model, set())


def test_every_type_that_works_is_named_and_no_other() -> None:
    row = next(line for line in section("metrics/*.yaml").splitlines() if line.startswith("| `type`"))
    assert set(re.findall(r"`(\w+)`", row)) - {"type"} == set(get_args(MetricType))


def test_every_right_is_named() -> None:
    assert all(f"`{right}`" in section("roles.yaml") for right in get_args(Right))


def test_only_pages_that_exist_are_named() -> None:
    row = next(line for line in section("roles.yaml").splitlines() if line.startswith("| `pages`"))
    assert set(re.findall(r"`(\w+)`", row)) - {"pages"} <= set(PAGES)


@pytest.mark.parametrize("name", ["recordKey", "recordedAt", "about", "between", "parents", "doubts", "fix"])
def test_every_custom_property_that_the_portal_reads_is_named(name: str) -> None:
    definitions = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "data_access").glob("definitions/*.py"))
    assert f'"{name}"' in definitions
    assert f"| `{name}` |" in REFERENCE


def test_the_check_shown_is_one_that_the_published_schema_allows() -> None:
    check = yaml.safe_load(re.search(r"```yaml\n(.*?)```", REFERENCE, re.DOTALL).group(1))
    schema = json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8"))
    table = {"name": "plans", "properties": [{"name": "issued_on", "logicalType": "date"}], **check}
    contract = {"apiVersion": "v3.1.0", "kind": "DataContract", "id": "plans", "version": "1.0.0", "status": "active"}
    errors = Draft201909Validator(schema).iter_errors(contract | {"schema": [table]})
    assert [error.message for error in errors] == []
    assert check["quality"][0]["implementation"]
