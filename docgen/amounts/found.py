"""An amount found in running text, and what may stand in the gaps of one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from docgen.amounts.spelling import Standing

BLANK = " \\t\\r\\u3000\\xa0_＿"
"""The spaces and underlines of a form, for use inside a character class."""

GAP = f"[{BLANK}]{{0,40}}+(?:\\n[{BLANK}]{{0,40}}+)?+"
"""The pattern of a gap inside an amount: some blanks, at most one line break."""


@dataclass(frozen=True, slots=True)
class Found:
    """An amount in a text: where it stands, as figures or as words, and what it says.

    `value` is None where it is unreadable, with the reason. Words have the standing of their spelling, with the
    canonical one. Figures are canonical or unreadable; one with more than two decimals, as unit prices have, keeps
    its exact value and says so in `reason`.
    """

    start: int
    end: int
    kind: Literal["figures", "words"]
    text: str
    value: Decimal | None
    standing: Standing
    reason: str | None = None
    rule: str | None = None
    canonical: str | None = None
