"""What an amount of a document becomes when another value is right: its figures and its 大写, each in its own form."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from docgen.amounts.figures import AmountError
from docgen.amounts.find import Found
from docgen.amounts.write import write_amount
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.amount_pairs import amounts_in, pairs_in, pairs_of

_NUMBER: Final = regex(r"[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?\s*(?:[百千万亿]|万亿)?")
_FULL_DIGITS: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_FULL_WIDTH: Final = str.maketrans("0123456789,", "０１２３４５６７８９，")


def put_right(reading: Reading, block: Block, start: int, value: Decimal) -> tuple[tuple[int, int], str] | None:
    """The characters that say the amount beginning at `start`, its other half included, and what they should be.

    None where it cannot be said in their form, or where the other half stands in another paragraph.
    """
    found = next((one for one in amounts_in(block.text) if one.start <= start < one.end), None)
    if found is None:
        return None
    sides = next((pair for pair in pairs_in(block.text) if found in pair), (found,))
    if len(sides) == 1 and _has_half_elsewhere(reading, block, found):
        return None
    text, last = "", min(side.start for side in sides)
    first = last
    for side in sorted(sides, key=lambda side: side.start):
        new = same_form(side.text, value) if side.kind == "figures" else same_words(side.text, value)
        if new is None:
            return None
        text += block.text[last : side.start] + new
        last = side.end
    return (first, last), text


def _has_half_elsewhere(reading: Reading, block: Block, found: Found) -> bool:
    sides = ((pair.figures, pair.words) for pair in pairs_of(reading))
    return any(side.block is block and side.found.start == found.start for pair in sides for side in pair)


def same_form(text: str, value: Decimal) -> str | None:
    """Figures of another value in the form of these: sign, unit, commas and decimals as they are."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    number = match[0].strip()
    scale = {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100}.get(number[-1], 1)
    digits = len(number.rstrip("百千万亿").strip().replace("．", ".").partition(".")[2])
    scaled = value / scale
    if scaled != round(scaled, digits):
        digits = 2 if scale == 1 else max(0, -int(scaled.normalize().as_tuple().exponent))
    grouped = f"{scaled:,.{digits}f}" if "," in number or "，" in number else f"{scaled:.{digits}f}"
    if regex(r"[０-９]").search(number):
        grouped = grouped.translate(_FULL_WIDTH if "，" in number else _FULL_DIGITS)
    tail = re.search(r"\s*[百千万亿]*\Z", number)
    return text[: match.start()] + grouped + (tail[0] if tail else "") + text[match.start() + len(number) :]


def same_words(text: str, value: Decimal) -> str | None:
    """The 大写 of another value with the prefix, the 元 and the 整 of these."""
    new = in_words(value, prefix=text.startswith("人民币"))
    if new is None or re.search(r"[\s_＿]", text):
        return None
    new = new.replace("元", "圆") if "圆" in text else new
    return new.replace("整", "正") if text.endswith("正") else new


def in_words(value: Decimal, *, prefix: bool = False) -> str | None:
    """The 大写 of an amount, None for one that has none, as a unit price finer than 分."""
    try:
        return write_amount(value, prefix=prefix)
    except AmountError:
        return None
