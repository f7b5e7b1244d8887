"""Would any value in the range change the decision? (certainty §5, *Verdict*)"""

from __future__ import annotations

from data_access.definitions.models import Metric
from data_access.questions import Verdict


def verdict(
    metric: Metric, low: float | None, high: float | None, likely_low: float | None, likely_high: float | None
) -> Verdict | None:
    """*met* or *missed* if all of [low, high] is on one side of the target (the target itself is met),
    *likely met* or *likely missed* if all of the likely range is, else *cannot tell*.

    None without a target or a direction, and where there is nothing to judge (both bounds are None).
    An open bound (None beside a known one) is never on one side.
    """
    if metric.target is None or metric.better == "neither" or (low is None and high is None):
        return None
    if metric.better == "higher":
        worst, best, likely_worst, likely_best = low, high, likely_low, likely_high
    else:
        # Turned round, lower is better reads like higher: the target and every bound change sign.
        worst, best, likely_worst, likely_best = _turned(high), _turned(low), _turned(likely_high), _turned(likely_low)
    target = metric.target.value if metric.better == "higher" else -metric.target.value
    if worst is not None and worst >= target:
        return "met"
    if best is not None and best < target:
        return "missed"
    if likely_worst is not None and likely_worst >= target:
        return "likely_met"
    if likely_best is not None and likely_best < target:
        return "likely_missed"
    return "cannot_tell"


def _turned(bound: float | None) -> float | None:
    return None if bound is None else -bound
