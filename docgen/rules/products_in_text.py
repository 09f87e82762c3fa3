"""Products that a sentence says in so many words: 每辆5,000元，6辆共30,000元; 每年18万元，两年共计36万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.numerals import figure_of, how_many
from docgen.rules.phrases import plain, yuan
from docgen.rules.rule import inside

_NUMBER: Final = r"[0-9][0-9,]*(?:\.[0-9]{1,2})?"
_COUNT: Final = r"(?<![0-9.第])(?P<count>[0-9]{1,5}|[一二两三四五六七八九十]{1,2})"
_MONEY: Final = r"(?:人民币|[￥¥\s])*"
_PRICE: Final = rf"{_MONEY}(?P<price>{_NUMBER})\s?(?P<wan>万?)元(?:[（(]大写[^（）()]{{2,20}}[）)])?"
_RESULT: Final = rf"(?:合计|共计|总计|共|计)(?:金额|费用)?为?{_MONEY}(?P<result>{_NUMBER})\s?(?P<result_wan>万?)元(?!/)"
_UNIT: Final = r"(?P<unit>[台套个名人辆块张件份次本座间户株年])"
_AMOUNTS: Final = regex(
    rf"每{_UNIT}(?P<monthly>每月)?[^0-9，。；;每至]{{0,8}}{_PRICE}[，,]\s?{_COUNT}\s?(?P=unit)(?(monthly)每月)(?:租金|费用|押金|金额|价款|补贴|经费)?{_RESULT}"
)
_TIMES: Final = regex(
    r"每年(?:度)?[^0-9，。；;每]{0,12}?(?P<price>[0-9]{1,3})\s?(?P<unit>[次场期份名人])[，,]\s?"
    rf"{_COUNT}\s?年(?:合计|共计|总计|共)\s?(?P<result>[0-9]{{1,4}})\s?(?P=unit)"
)
_VAGUE: Final = regex(r"约|至少|不少于|不超过|以上|以内|左右|最高|最多|优惠|折|抹零|让利|减免|扣")
_WAN: Final = 10**4
_BEHIND: Final = 20  # as far as a discount is told behind it


def off_products(reading: Reading) -> Iterator[Finding]:
    """The products that are not what the factors before them make."""
    for block in blocks_with(reading, "每"):
        if "共" in block.text or "计" in block.text:
            for match in _AMOUNTS.finditer(block.text):
                yield from _off(reading, block, match, match.groupdict())
            for match in _TIMES.finditer(block.text):
                yield from _off(reading, block, match, match.groupdict())


def _off(reading: Reading, block: Block, match: re.Match[str], said: Mapping[str, str | None]) -> Iterator[Finding]:
    """The finding at the result, where it is another one."""
    count = how_many(said["count"] or "")
    price, result = (_value(said[key], said.get(wan)) for key, wan in (("price", "wan"), ("result", "result_wan")))
    if not count or price * count == result or _VAGUE.search(block.text, match.start(), match.end() + _BEHIND):
        return
    right, money = price * count, "wan" in said
    shown, written = (yuan(right), yuan(result)) if money else (plain(right), plain(result))
    message = f"{plain(price)}×{count} 是 {shown}，这里写的是 {written}。"
    span = match.start("result"), match.end()
    yield inside(
        reading, block, span, message, severity=Severity.WARNING, expected=shown,
        hint="请核对单个的数、个数和合计：哪一个写错，就改哪一个。",
    )  # fmt: skip


def _value(text: str | None, wan: str | None) -> Decimal:
    return figure_of(text or "0") * (_WAN if wan else 1)
