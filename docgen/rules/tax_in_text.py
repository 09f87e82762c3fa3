"""Tax in sentences: the total with tax, the price without it, the tax and its rate must make each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.amount_pairs import values_of
from docgen.rules.corrections import put_right
from docgen.rules.facts import Facts
from docgen.rules.instalments import share_of, singly
from docgen.rules.numerals import figure_of
from docgen.rules.once import once_per_reading
from docgen.rules.phrases import apart, percent, yuan
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

_CENT: Final = Decimal("0.01")
_SLACK: Final = Decimal("0.02")
_FIGURE: Final = regex(r"\d")
_FILL: Final = r"(?:[（(][^）)]{0,10}[）)]|[\s：:为是即计共]|人民币|大写|小写|金额|[￥¥])*\Z"
_NET: Final = regex(rf"(?:不含(?:增值)?税|除税|税前)(?:的?(?:合同)?(?:总?价款?|总?金额|总额|部分|价格))?{_FILL}")
_TAX: Final = regex(rf"(?:增值税(?:税额|税款|额|款)?|税额|税款|税金)(?:总额|合计)?{_FILL}")
_GROSS: Final = regex(
    r"(?:(?<!不)含(?:增值)?税(?:的?(?:合同)?(?:总?价款?|总?金额|总额))?|价税合计|(?:合同|协议)?总价款?|合同价款?|总金额)"
    rf"{_FILL}"
)
_PERCENT: Final = r"([0-9]{1,2}(?:\.[0-9]+)?\s*[%％])"
_RATE: Final = regex(rf"(?:税率|征收率)[）)\s：:为是按]*{_PERCENT}|{_PERCENT}\s*(?:的)?增值税")


@dataclass(frozen=True, slots=True)
class _Tax:
    """What one paragraph says about tax; a part that it says twice in different ways is left out."""

    block: Block
    gross: Found | None
    net: Found | None
    tax: Found | None
    rate: Decimal | None


@rule("M125", "含税价、不含税价、税额与税率不符", on=Reading)
def tax_adds_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 不含税价加税额等于含税价，税额等于不含税价乘以税率；开票以这几个数为据。

    错误: 合同总价（含税）为106000元，其中不含税金额100000元，税率6%，税额6600元。
    正确: 合同总价（含税）为106000元，其中不含税金额100000元，税率6%，税额6000元。
    """
    for block in blocks_with(reading, "税"):
        if _FIGURE.search(block.text):
            yield from _off(reading, _said(block))
    yield from _off_lines(reading)


# 未税合计：…↵税额（13%）：…↵含税合计：…, each in a line of its own below a price list.
_LINE_LABELS: Final = (
    "(?:未税|不含税|除税|税前)(?:合计|总价|总计|小计|金额)",
    "(?:增值税)?税[额金款]",
    "(?:含税|价税)(?:合计|总价|总计|金额)",
)
_LINES: Final = tuple(
    regex(
        rf"\s*{label}(?:[（(][^（）()]{{0,12}}[）)])?\s?[：:]\s?(?:人民币|[￥¥])*\s?(?P<figure>[0-9][0-9,]*\.[0-9]{{2}})\s?元?\s*"
    )
    for label in _LINE_LABELS
)


def _off_lines(reading: Reading) -> Iterator[Finding]:
    """The tax in a line of its own that one slip keeps from being what the lines beside it leave of each other."""
    for block in blocks_with(reading, "税额", "税金", "税款"):
        lines = reading.blocks[max(0, block.index - 1) : block.index + 2]
        found = [pattern.fullmatch(one.text) for pattern, one in zip(_LINES, lines, strict=False)]
        net, tax, gross = (*(figure_of(one["figure"]) for one in found if one), *_NONE)[: len(_LINES)]
        if len(lines) != len(_LINES) or tax is None or net is None or gross is None or abs(net + tax - gross) <= _SLACK:
            continue
        rights = (gross - tax, gross - net, net + tax)
        slipped = [at for at, one in enumerate((net, tax, gross)) if is_slip(one, rights[at])]
        if slipped:
            at = slipped[0] if len(slipped) == 1 else 1
            match, other = found[at], [one for one in range(len(_LINES)) if one != at]
            assert match is not None
            message = f"不含税 {yuan(net)} 加税额 {yuan(tax)} 是 {yuan(net + tax)}，含税写的是 {yuan(gross)}，"
            message += f"{apart(net + tax, gross)}。"
            yield inside(
                reading, lines[at], match.span("figure"), message, severity=Severity.WARNING, expected=yuan(rights[at]),
                related=tuple(place_in(reading, lines[one], (0, len(lines[one].text))) for one in other),
                hint="请核对税率、税额和两个价格。",
            )  # fmt: skip


_NONE: Final = (None, None, None)


def _said_once(reading: Reading, amount: Found) -> bool:
    """Whether nothing else says the amount too: what does is rather right, or wrong in both places."""
    return amount.value is not None and values_of(reading)[amount.value] <= 1


@once_per_reading
def totals_by_tax(reading: Reading) -> dict[Decimal, Decimal]:
    """The totals with tax that slipped, with what price, tax and rate say that they should be."""
    found = {}
    for block in blocks_with(reading, "税"):
        said = _said(block) if _FIGURE.search(block.text) else None
        parts = (said.gross, said.net, said.tax) if said else (None, None, None)
        gross, net, tax = (part.value if part else None for part in parts)
        if said is None or said.gross is None or gross is None or net is None or tax is None:
            continue
        if abs(net + tax - gross) > _SLACK and _said_once(reading, said.gross):
            name, right, decided = _slip(said, gross, net, tax)
            if name == "gross" and right is not None and decided:
                found[gross] = right
    return found


def _said(block: Block) -> _Tax:
    found: dict[str, set[Found]] = {"net": set(), "tax": set(), "gross": set()}
    last = 0
    for amount in singly(block.text):
        before = block.text[max(last, amount.start - 40) : amount.start]
        kind = next((name for name, pattern in _KINDS if pattern.search(before)), None)
        if kind is not None and amount.value is not None:
            found[kind].add(amount)
        last = amount.end
    rates = {rate for match in _RATE.finditer(block.text) if (rate := share_of(match[1] or match[2])) is not None}
    one = {name: next(iter(amounts)) if len(amounts) == 1 else None for name, amounts in found.items()}
    return _Tax(block, one["gross"], one["net"], one["tax"], next(iter(rates)) if len(rates) == 1 else None)


_KINDS: Final = (("net", _NET), ("tax", _TAX), ("gross", _GROSS))


def _off(reading: Reading, said: _Tax) -> Iterator[Finding]:
    gross, net, tax = (found.value if found else None for found in (said.gross, said.net, said.tax))
    if gross is not None and net is not None and tax is not None and abs(net + tax - gross) > _SLACK:
        message = f"不含税价 {yuan(net)} 加税额 {yuan(tax)} 是 {yuan(net + tax)}，含税价写的是 {yuan(gross)}"
        yield _told(reading, said, f"{message}，{apart(net + tax, gross)}。", _slip(said, gross, net, tax))
    elif net is not None and tax is not None and said.rate is not None and abs(net * said.rate - tax) > _SLACK:
        right = (net * said.rate).quantize(_CENT)
        message = f"不含税价 {yuan(net)} 按税率 {percent(said.rate)} 的税额是 {yuan(right)}，写的是 {yuan(tax)}。"
        summed = gross is not None
        yield _told(reading, said, message, ("tax", None if summed else right, False), near=abs(right - tax) < 1)
    elif gross is not None and net is not None and tax is None and said.rate is not None:
        right = (gross / (1 + said.rate)).quantize(_CENT)
        if abs(right - net) > 1:
            message = (
                f"含税价 {yuan(gross)} 按税率 {percent(said.rate)} 折算的不含税价是 {yuan(right)}，写的是 {yuan(net)}。"
            )
            yield _told(reading, said, message, ("net", right, False))


def _slip(said: _Tax, gross: Decimal, net: Decimal, tax: Decimal) -> tuple[str, Decimal | None, bool]:
    """Which of the three slipped, what it should be, and whether the rate decides it."""
    if said.rate is None:
        return "tax", gross - net if gross > net else None, False
    if abs(net * said.rate - tax) <= _SLACK:
        return "gross", net + tax, True
    right = (gross / (1 + said.rate)).quantize(_CENT)
    if abs(right - net) <= _SLACK:
        return "tax", gross - net, True
    if abs(gross - right - tax) <= _SLACK:
        return "net", gross - tax, True
    return "tax", None, False


def _told(
    reading: Reading, said: _Tax, message: str, slip: tuple[str, Decimal | None, bool], *, near: bool = False
) -> Finding:
    name, right, decided = slip
    parts = {"gross": said.gross, "net": said.net, "tax": said.tax}
    wrong = parts[name]
    assert wrong is not None
    others = [found for found in parts.values() if found is not None and found is not wrong]
    alone = decided and right is not None and _said_once(reading, wrong)
    made = put_right(reading, said.block, wrong.start, right) if alone and right is not None else None
    span, fix = made or ((wrong.start, wrong.end), None)
    return inside(
        reading,
        said.block,
        span,
        message,
        severity=Severity.WARNING if near else Severity.ERROR,
        expected=None if right is None else yuan(right),
        related=tuple(place_in(reading, said.block, (found.start, found.end)) for found in others),
        hint="按税率，其余两个数是对的：请改这一个。" if decided else "请核对税率、税额和两个价格。",
        fix=fix,
    )
