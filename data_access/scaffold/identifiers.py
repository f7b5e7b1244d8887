"""The identifiers and codes that UK public bodies share: how they are written, and which can be wrong.

Each form is a pattern that every engine matches alike. A check digit or letter tells whether values are what they
look like; no pattern can hold it. Source: the council's field rules on identifiers (UPRN, NHS number, UPN, BS 7666,
HM Revenue and Customs' National Insurance manual NIM39110, the Office for National Statistics' nine-character codes).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nhs_number.validate import is_valid

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # of a UPN's check: without I, O and S


def is_nhs_number(text: str) -> bool:
    """Whether ten digits, spaces apart, end in the right check digit (weights 10 to 2, modulus 11)."""
    return bool(is_valid(text.replace(" ", "")))


def is_upn(text: str) -> bool:
    """Whether a unique pupil number begins with its check letter; a temporary one ends in a letter."""
    digits = [*text[1:12], str(_LETTERS.find(text[12]) if text[12].isalpha() else text[12])] if len(text) == 13 else []
    if not digits or not all(digit.isdigit() for digit in digits):
        return False
    return text[0] == _LETTERS[sum(int(digit) * place for place, digit in enumerate(digits, start=2)) % 23]


@dataclass(frozen=True)
class Form:
    """A known form. ``named`` are words of a column's name that speak for it; ``sure``: its pattern alone is enough.

    ``proof`` tells a real one from what only looks like one; ``span`` bounds it where it is stored as a number.
    """

    words: str  # for people, after "look like"
    pattern: str
    named: tuple[tuple[str, ...], ...] = ()
    sure: bool = False
    personal: bool = False
    proof: Callable[[str], bool] | None = None
    proof_words: str = ""
    span: tuple[int, int] | None = None


FORMS = (
    Form(
        "an NHS number",
        "[0-9]{3} ?[0-9]{3} ?[0-9]{4}",
        named=(("nhs",),),
        personal=True,
        proof=is_nhs_number,
        proof_words="the right check digit",
        span=(1_000_000_000, 9_999_999_999),
    ),
    Form(
        "a unique pupil number (UPN)",
        "[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]",
        named=(("upn",), ("unique", "pupil")),
        personal=True,
        proof=is_upn,
        proof_words="the right check letter",
    ),
    Form(
        "a National Insurance number",
        "[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
        named=(("nino",), ("ni", "no"), ("ni", "number"), ("national", "insurance")),
        sure=True,
        personal=True,
    ),
    Form("a property's reference number (UPRN)", "0*[0-9]{1,12}", named=(("uprn",),), span=(1, 999_999_999_999)),
    Form(
        "a full postcode",
        "(GIR 0AA|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})",
        named=(("postcode",), ("post", "code")),
        sure=True,
        personal=True,
    ),
    Form(
        "a full postcode, with or without its space",
        "(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})",
        named=(("postcode",), ("post", "code")),
        personal=True,
    ),
    Form("a statistical area's code (GSS)", "[EWSNKJLM][0-9]{8}", named=(("gss",), ("ons", "code")), sure=True),
    Form(
        "an e-mail address",
        "[^@ ]+@[^@ ]+[.][A-Za-z]{2,}",
        named=(("email",), ("e", "mail")),
        sure=True,
        personal=True,
    ),
    Form(
        "a phone number",
        "([+]44|0)[0-9 ()-]{8,14}",
        named=(("phone",), ("telephone",), ("tel",), ("mobile",)),
        personal=True,
    ),
)
