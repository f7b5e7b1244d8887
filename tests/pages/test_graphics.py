"""The card's graphics and the charts: what is drawn, where, and what is left out."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date
from typing import Any

import pytest

from pages.parts import breakdown_chart, chart_frame, graphic, trend_chart
from pages.parts.palette import DARK, LIGHT
from tests.pages.rows import NOTHING, metric, row, suppressed

SVG = "{http://www.w3.org/2000/svg}"


def marks(svg: str, kind: str) -> list[dict[str, str]]:
    return [dict(mark.attrib) for mark in ElementTree.fromstring(svg).iter(SVG + kind)]


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_dot_tick_and_ranges_stand_on_one_scale() -> None:
    svg = graphic.range_svg(row(), metric(), LIGHT)
    _, certain, likely = marks(svg, "rect")
    dot, tick = percent(marks(svg, "circle")[0]["cx"]), percent(marks(svg, "line")[0]["x1"])
    assert percent(certain["x"]) < percent(likely["x"]) < dot < percent(likely["x"]) + percent(likely["width"])
    assert percent(likely["x"]) + percent(likely["width"]) < percent(certain["x"]) + percent(certain["width"]) < tick
    assert float(likely["height"]) > float(certain["height"])
    per_point = (tick - dot) / (70.0 - 62.0)
    assert percent(certain["width"]) == pytest.approx((66.9 - 58.1) * per_point, abs=0.05)


def test_an_open_end_runs_off_the_track() -> None:
    _, certain, _ = marks(graphic.range_svg(row(high=None, likely_high=None), metric(), LIGHT), "rect")
    assert percent(certain["x"]) + percent(certain["width"]) == pytest.approx(100)


def test_a_figure_beyond_doubt_has_no_range_drawn() -> None:
    assert len(marks(graphic.range_svg(row(in_doubt=0), metric(), LIGHT), "rect")) == 1


def test_a_suppressed_figure_draws_nothing_that_tells_it() -> None:
    svg = graphic.range_svg(suppressed(), metric(), LIGHT)
    assert not marks(svg, "circle")
    assert not marks(svg, "line")


def test_a_scale_of_shares_never_leaves_0_to_100() -> None:
    for value in (0.0, 1.0, 50.0, 99.0, 100.0):
        low, high = graphic.scale(
            row(value=value, low=value, high=value, likely_low=value, likely_high=value), metric()
        )
        assert low >= 0
        assert high <= 100
        assert low <= value <= high


def test_the_sparkline_has_a_gap_where_there_is_no_figure() -> None:
    rows = [row(), row(value=63.0), row(**NOTHING), row(value=61.0), row(value=60.0)]
    assert len(marks(graphic.spark_svg(rows, LIGHT), "polyline")) == 2


def test_light_and_dark_are_drawn_in_their_own_colours() -> None:
    assert LIGHT.dot in graphic.range_svg(row(), metric(), LIGHT)
    assert DARK.dot in graphic.range_svg(row(), metric(), DARK)


def trend(**changes: Any) -> dict[str, Any]:
    rows = tuple(row(period=date(2026, month, 1), value=50.0 + month) for month in (6, 7, 8, 9))
    settings = {"rows": rows, "metric": metric(), "chosen": rows[-1], "ranges": True, "palette": LIGHT} | changes
    return trend_chart.spec(**settings)


def points(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return list(spec["data"]["values"])


def mark_types(spec: dict[str, Any]) -> list[str]:
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_the_trend_draws_both_ranges_the_line_and_the_target() -> None:
    spec = trend()
    assert mark_types(spec).count("area") == 2
    assert "line" in mark_types(spec)
    assert any("target" in str(layer["encoding"].get("y")) for layer in spec["layer"])


def test_a_metric_that_is_not_assessed_gets_no_band() -> None:
    spec = trend(ranges=False)
    assert "area" not in mark_types(spec)
    assert all(point["low"] is None for point in points(spec))


def test_a_break_in_the_series_is_marked_at_the_first_period_after_it() -> None:
    broken = metric(history=[{"version": 2, "on": date(2026, 7, 15), "what": "New rule.", "breaks_series": True}])
    own = [layer.get("data", {}).get("values", [{}]) for layer in trend(metric=broken)["layer"]]
    [event, *_] = [rows for rows in own if "what" in rows[0]]
    assert event == [{"name": "Aug 2026", "what": "15 Jul 2026: New rule."}]


def test_a_period_under_way_is_no_point_of_the_firm_line() -> None:
    rows = tuple(row(period=date(2026, month, 1), partial=month == 10) for month in (8, 9, 10))
    drawn = points(trend(rows=rows, chosen=rows[1]))
    assert [point["value"] for point in drawn] == [62.0, 62.0, None]
    assert [point["partial"] for point in drawn] == [None, None, 62.0]
    assert [point["chosen"] for point in drawn] == [None, 62.0, None]


def test_a_range_open_at_one_end_runs_to_the_edge_and_one_that_is_not_known_is_not_drawn() -> None:
    open_ended = chart_frame.edges(row(high=None, likely_low=None, likely_high=None), (0, 90), ranges=True)
    assert open_ended == {"low": 58.1, "high": 90, "likely_low": None, "likely_high": None}


def test_no_point_of_a_suppressed_period_holds_a_number() -> None:
    rows = (row(period=date(2026, 8, 1)), suppressed())
    hidden = points(trend(rows=rows, chosen=rows[0]))[1]
    assert not any(isinstance(value, (int, float)) for value in hidden.values())


def test_the_breakdown_is_sorted_with_the_unknown_last() -> None:
    rows = [
        ("Not known", row(keys=(None,), value=99.0)),
        ("Harlow", row(keys=("h",), value=40.0)),
        ("Maldon", suppressed().__class__(**{**vars(suppressed()), "keys": ("m",)})),
        ("Basildon", row(keys=("b",), value=70.0)),
    ]
    assert [name for name, _ in breakdown_chart.ordered(rows)] == ["Basildon", "Harlow", "Maldon", "Not known"]


def test_names_from_the_data_are_data_and_never_code() -> None:
    name = 'x"] + alert(1) + ["'
    spec = breakdown_chart.spec(((name, row(keys=("x",))),), metric(), 70.0, True, LIGHT, "fewer than 5")
    labels = spec["layer"][0]["layer"][-1]["encoding"]["y"]["axis"]["labelExpr"]
    assert '\\"] + alert(1)' in labels


def test_a_long_name_keeps_the_end_that_tells_it_apart() -> None:
    assert chart_frame.shortened("Family support and protection team 12", 20) == "Family suppor…eam 12"
    assert chart_frame.shortened("Harlow", 20) == "Harlow"
