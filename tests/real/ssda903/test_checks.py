"""Each national rule fails in as many records as SQL written by hand says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data_access.questions import CheckResult
from data_access.viewer_portal import ViewerPortal
from tests.serving import ROOT

pytestmark = pytest.mark.real

# Words that a check's name begins with -> the records that fail it, in the views of independent/records.sql.
FAILING = {
    "episodes": {
        "903 rule 142": "SELECT count(*) FROM episode_cells WHERE r142",
        "903 rule 148": "SELECT count(*) FROM episode_cells WHERE r148",
        "903 rule 213": "SELECT count(*) FROM episode_cells WHERE r213",
        "903 rule 302": "SELECT count(*) FROM episode_cells WHERE r302",
        "903 rule 355": "SELECT count(*) FROM episode_cells WHERE r355",
        "903 rule 356": "SELECT count(*) FROM episode_cells WHERE r356",
        "903 rule 358": "SELECT count(*) FROM episode_cells WHERE r358",
        "903 rule 385": "SELECT count(*) FROM episode_cells WHERE r385",
        "903 rule 388": "SELECT count(*) FROM episode_cells WHERE r388",
        "903 rule 437": "SELECT count(*) FROM episode_cells WHERE r437",
        "903 rule 445": "SELECT count(*) FROM episode_cells WHERE r445",
        "903 rule 501, episode started": "SELECT count(*) FROM episode_cells WHERE r501",
        "903 rule 501, episode ended": "SELECT count(*) FROM episode_cells WHERE r501_earlier_one",
        "903 rule 501, seen from": "SELECT count(*) FROM episode_cells WHERE decom_before_doubtful",
        "903 rule 526": "SELECT count(*) FROM episode_cells WHERE r526",
        "903 rule 527": "SELECT count(*) FROM episode_cells WHERE r527",
        "903 rule 528": "SELECT count(*) FROM episode_cells WHERE r528",
        "903 rule 529": "SELECT count(*) FROM episode_cells WHERE r529",
        "903 rule 530": "SELECT count(*) FROM episode_cells WHERE r530",
        "903 rule 531": "SELECT count(*) FROM episode_cells WHERE r531",
        "903 rule 550": "SELECT count(*) FROM episode_cells WHERE r550",
        "A child's episode begins once": "SELECT 0",
    },
    "children": {
        "903 rule 101": "SELECT count(*) FROM child_cells WHERE sex NOT IN ('1', '2')",
        "903 rule 168": "SELECT count(*) FROM child_cells WHERE upn_doubtful",
        "903 rule EPI": "SELECT count(*) FROM child_cells WHERE first_decom_doubtful",
        "903 rule 302": "SELECT count(*) FROM child_cells WHERE first_decom < dob",
        "903 rule 303": "SELECT 0",
        "903 rule 304": (
            "SELECT count(*) FROM uasc WHERE strptime(DUC, '%d/%m/%Y') > strptime(DOB, '%d/%m/%Y') + INTERVAL 18 YEAR"
        ),
    },
    "reviews": {
        "A child is reviewed once": (
            "SELECT sum(n) FROM (SELECT count(*) AS n FROM reviews GROUP BY CHILD, REVIEW HAVING count(*) > 1)"
        ),
        "A review is not dated after": "SELECT count(*) FROM review_cells WHERE held_doubtful",
        "903 rule 440": "SELECT count(*) FROM review_cells WHERE r440",
        "903 rule 441": "SELECT count(*) FROM review_cells WHERE r441",
    },
}
EACH = [(dataset, words) for dataset, checks in FAILING.items() for words in checks]


@pytest.fixture(scope="module")
def results(operator: ViewerPortal) -> tuple[CheckResult, ...]:
    return operator.quality(None)


@pytest.mark.parametrize(("dataset", "words"), EACH)
def test_a_check_fails_in_as_many_records_as_independent_sql_finds(
    results: tuple[CheckResult, ...], independent: duckdb.DuckDBPyConnection, dataset: str, words: str
) -> None:
    (result,) = [one for one in results if one.dataset == dataset and one.name.startswith(words)]
    (expected,) = independent.execute(FAILING[dataset][words]).fetchall()[0]
    assert result.failing == expected
    assert result.records == {"children": 2675, "episodes": 5050, "reviews": 12582}[dataset]


def test_the_checks_count_the_defects_that_the_data_s_readme_measured(results: tuple[CheckResult, ...]) -> None:
    failing = {(one.dataset, one.rule): one.failing for one in results}
    measured = {
        ("children", "rule_168"): 296,
        ("children", "rule_EPI"): 552,
        ("episodes", "rule_142"): 10,
        ("episodes", "rule_148"): 1413,
        ("episodes", "rule_501"): 62,
        ("reviews", "not_after_the_return"): 5042,
        ("reviews", "one_review_a_day"): 2 * 14,
    }
    assert {rule: failing[rule] for rule in measured} == measured


def test_placements_with_own_parents_are_not_all_wrong_as_rule_550_allows_them_one_provider(
    results: tuple[CheckResult, ...], independent: duckdb.DuckDBPyConnection
) -> None:
    rules = ("903 rule 527", "903 rule 528", "903 rule 529", "903 rule 530", "903 rule 531")
    with_provider = independent.execute(
        "SELECT count(*) FROM dated WHERE place = 'P1' AND provider IS NOT NULL"
    ).fetchall()
    allowed = independent.execute("SELECT count(*) FROM dated WHERE place = 'P1' AND provider = 'PR0'").fetchall()
    at_home = independent.execute(
        "SELECT count(*) FROM episode_cells WHERE place = 'P1' AND (r527 OR r528 OR r529 OR r530 OR r531)"
    ).fetchall()
    assert (with_provider, allowed, at_home) == ([(183,)], [(23,)], [(160,)])
    assert all(any(one.name.startswith(rule) and one.failing for one in results) for rule in rules)


def test_the_command_line_lists_the_same_counts(installation: Path, results: tuple[CheckResult, ...]) -> None:
    command = [sys.executable, "-m", "data_access", "--config", str(installation), "quality", "--json"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = {(one["dataset"], one["rule"]): one["failing"] for one in json.loads(printed)}
    assert listed == {(one.dataset, one.rule): one.failing for one in results}
