"""Amounts that a sentence works out from others: a share, some months, a difference, a number of pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules import payments_in_text, rents, settlements, tax_in_text, worked_rates
from docgen.rules.amount_pairs import amount_blocks, amounts_in, pairs_of
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.instalments import share_of, singly
from docgen.rules.named_shares import another_share, only_bounds
from docgen.rules.numerals import figure_of, how_many
from docgen.rules.once import once_per_reading
from docgen.rules.parts_of_years import parts_of
from docgen.rules.phrases import percent, plain, yuan
from docgen.rules.price_cells import figure_in
from docgen.rules.price_rows import is_total_label
from docgen.rules.products_in_text import off_products
from docgen.rules.rule import inside, rule
from docgen.rules.shares_in_line import off_plans
from docgen.rules.slips import is_slip
from docgen.rules.total_facts import end_of_table, known_total

_CUE: Final = regex(
    r"年[，,、（(]|元[/／]|[%％‰]|[百千万]分之|个月|单[一-龥]|每[一-龥]|核[增减]|审[增减]|增加|减少|节约|结余|调整为|变更为|"
    + worked_rates.CUES
)
_SHARE: Final = r"(?P<share>[0-9]{1,3}(?:\.[0-9]{1,4})?\s?[%％‰]|[百千万]分之[一二三四五六七八九十百零]{1,4})"
_NOUN: Final = r"(?P<noun>[一-龥]{2,14}?)(?:[（(][^（）()]{0,12}[）)])?"
_MONEY: Final = r"(?:人民币|USD|RMB|美元|[￥¥：:\s])*"
# …的5%，即…; …的5%（…; the noun may be missing: 预付30%（268,950元）.
_BEFORE: Final = regex(
    rf"(?:{_NOUN}\s?的?\s?)?{_SHARE}\s?(?:预留|计取|支付)?\s?(?:[一-龥]{{1,14}}(?:[，,]\s?(?:即|计|共计|合计)|[（(]\s?[即计]?)|[一-龥]{{0,6}}(?:价值|金额)为?|(?:[，,（(]\s?)?(?:即|计|共计|合计|为|也就是|(?P<more>再支?付))?(?:不超过)?){_MONEY}\Z"
)
# …元（合同总价的5%）; …元，为合同总价的5%.
_BEHIND: Final = regex(
    rf"\s*元?整?(?:[（(][^（）()%％]{{0,40}}[）)])?\s?(?:[（(](?:即|为|占|按|系)?|[，,]\s?(?:即|为|占|系)){_NOUN}的\s?{_SHARE}(?!\s?[，,（(]?(?:即|计))"
)
_MONTHS: Final = regex(
    rf"(?P<months>[一二两三四五六七八九十]|[0-9]{{1,2}})\s?个月(?:的)?(?P<noun>[一-龥]{{0,6}}(?:租金|工资|服务费|物业费|管理费|柜费|月费))"
    rf"(?:[一-龥]{{0,6}})?(?:[，,（(]\s?)?(?:即|计|共计|合计|为)?{_MONEY}\Z"
)
_EACH: Final = regex(
    r"(?<![0-9.])(?P<count>[0-9]{1,6}(?:\.[0-9]{1,3})?)\s?(?P<unit>[台套个名人辆块张件批份次本册樘组吨亩]|平方米|㎡)(?:[（(][^（）()]{0,10}[）)])?[，,、]\s?"
    r"(?:(?:综合|含税|固定)?单价|价格|每(?P=unit)|单(?P=unit)(?:价格?|限价|费用)?)[^0-9。；;，,]{0,8}(?P<price>[0-9][0-9,]*(?:\.[0-9]+)?)\s?(?P<wan>万)?元(?:[/／](?P=unit))?"
    rf"[，,]\s?(?:核[增减]|增加|减少|合计|共计|小计|总价|计|共|金额)?(?:为|金额)?{_MONEY}\Z"
)
_YEARLY: Final = regex(
    rf"(?<![0-9第])(?P<years>[二两三四五]|[2-5])\s?年[，,、（(](?:[^，。；0-9]{{0,4}})(?:每年|年度?)[一-龥]{{0,4}}(?:费用?|金额|价款)[为：:]?{_MONEY}\Z"
)
_APART: Final = regex(
    r"(?:核[增减]|审[增减]|增加|减少|剩余|节约|结余|调整为|变更为)(?:[一-龥]{0,6}(?:款项|金额|价款|资金|费用|额))?[：:为至]{0,2}"
    rf"{_MONEY}\Z"
)
_OF_TOTAL: Final = regex(
    r"(?:支付至?|付至|费用?|酬金|价款?|金额|款项|预付款?|首付款?|定金|订金|质保金|质量保证金|尾款|余款|履约保证金|保证金)(?:为|支付|付)?\Z"
)
_LABEL: Final = regex(
    r"([一-龥]{2,14}?)(?:[（(][^（）()]{0,12}[）)])?(?:总计|共计|合计|[为是计：:，,（()）\s]|人民币|[大小]写|[￥¥])*\Z"
)
_SMALLEST: Final = 500
_MOST_BASES: Final = 80
_LOOK_BACK: Final = 80
_LEAST_DIGITS: Final = 2
_SHARES_SURE: Final = 3_000
_BESIDE_SURE: Final = 3_000
_APART_SURE: Final = 13_000
_MOST_BESIDE: Final = 8


@dataclass(frozen=True, slots=True)
class _Base:
    """An amount that others may be worked out from, and what it is called where it is said."""

    value: Decimal
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Meant:
    """What an amount should be, and the words that say how it is made."""

    value: Decimal
    made: str


@rule("M135", "算出的金额与来历不符", on=Reading)
def amounts_are_worked_out(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 条文写明一笔金额是另一笔的百分之几、几个月或者差额，算出来却只差一两位，多半是抄错了数。

    错误:
        中标价：7,851,236.80元（大写：柒佰捌拾伍万壹仟贰佰叁拾陆元捌角整）。
        履约担保为中标价的10%，即758,123.68元。
    正确:
        中标价：7,851,236.80元（大写：柒佰捌拾伍万壹仟贰佰叁拾陆元捌角整）。
        履约担保为中标价的10%，即785,123.68元。
    """
    found = list(_off(reading, facts))
    plans = list(
        off_plans(reading, lambda: {base.value for base in bases_of(reading)} | set(_totals_of(reading, facts)))
    )
    if found or plans:
        nearer = [one for other in _NEARER for one in other.check(reading, facts)]
        # A share that differs from its amount is told at either of the two.
        places = (place for one in nearer for place in (one.place, *(one.related if one.rule == "M121" else ())))
        told = {(place.block, place.start) for place in places}
        yield from (one for one in found if (one.place.block, one.place.start) not in told)
        blocks = {one.place.block for one in found} | {block for block, _ in told}
        yield from (one for one in plans if one.place.block not in blocks)


_NEARER: Final = (
    payments_in_text.shares_against_amounts,
    payments_in_text.instalments_add_up,
    tax_in_text.tax_adds_up,
    rents.rents_agree,
    settlements.settlements_add_up,
)
"""Rules that know better what an amount is of: what they tell is not told again."""


def _off(reading: Reading, facts: Facts) -> Iterator[Finding]:
    for block in amount_blocks(reading):
        if not _CUE.search(block.text):
            continue
        if "递增" in block.text:
            yield from _rising(reading, block)
        for found in singly(block.text):
            meant = _meant(reading, facts, block, found) if found.value else None
            if meant is None:
                continue
            yield _told(reading, block, found, meant)
    yield from worked_rates.off_rates(reading)
    yield from worked_rates.off_abroad(reading)
    yield from off_products(reading)


def _told(reading: Reading, block: Block, found: Found, meant: _Meant) -> Finding:
    message = f"{meant.made} {yuan(meant.value)}，金额写的是 {yuan(found.value or Decimal(0))}。"
    return inside(
        reading, block, (found.start, found.end), message, severity=Severity.WARNING, expected=yuan(meant.value),
        hint="请核对金额和它的来历：哪一个写错，就改哪一个。",
    )  # fmt: skip


def _rising(reading: Reading, block: Block) -> Iterator[Finding]:
    """The amounts of years that rise by one share each: 递增5%，即第三年124,740元，第四年130,977元."""
    match = _RISE.search(block.text)
    share = share_of(match[1]) if match else None
    years = [
        one for one in singly(block.text) if match and one.start > match.end() and _YEAR.search(block.text[: one.start])
    ]
    last = years[0].value if years else None
    for found in years[1:] if share else ():
        right = ((last or Decimal(0)) * (1 + (share or Decimal(0)))).quantize(_CENT)
        if _same(found, right):
            last = found.value
            continue
        meant = _only(found, {right: f"上一年 {yuan(last or Decimal(0))}递增 {percent(share or Decimal(0))}是"})
        if meant is None:
            return
        yield _told(reading, block, found, meant)
        last = right


_RISE: Final = regex(rf"递增(?:幅度|比例|率)?为?\s?({_SHARE.replace('?P<share>', '?:')})")
_YEAR: Final = regex(r"第[二三四五六七八九十]年[^0-9，。；]{0,8}\Z")


def _meant(reading: Reading, facts: Facts, block: Block, found: Found) -> _Meant | None:
    """What an amount should be, where one slip of the hand in it is surely why it is not."""
    lead = block.text[max(0, found.start - _LOOK_BACK) : found.start]
    lead = re.split(r"[。；;]", lead)[-1]
    if made := worked_rates.made_of(reading, block, found, lead, lambda: _totals_of(reading, facts)):
        return _only(found, made)
    return _by_words(reading, facts, block, found, lead)


def _by_words(reading: Reading, facts: Facts, block: Block, found: Found, lead: str) -> _Meant | None:
    """What the words right before or behind an amount say that it should be."""
    if match := _EACH.search(lead):
        price = figure_of(match["price"]) * (10**4 if match["wan"] else 1)
        right = price * Decimal(match["count"])
        return _only(found, {right: f"{match['count']}{match['unit']}×{plain(price)} 元是"})
    if meant := _part_of_years(reading, facts, block, found, lead):
        return meant
    if match := _YEARLY.search(lead):
        return _yearly(reading, found, match)
    if match := _BEFORE.search(lead) or _BEHIND.match(block.text[found.end : found.end + _LOOK_BACK]):
        return _share(reading, facts, block, found, match)
    if match := _MONTHS.search(lead):
        return _months(reading, found, match)
    return _difference(reading, block, found) if _APART.search(lead) else None


def _share(reading: Reading, facts: Facts, block: Block, found: Found, match: re.Match[str]) -> _Meant | None:
    """The share of an amount that the document says."""
    share, noun, value = share_of(match["share"]), match["noun"] or "", found.value or Decimal(0)
    if not share or share >= 1 or only_bounds(match):
        return None
    bases = bases_of(reading)
    shares = {share, *_steps(block.text, share)}
    if any(_same(found, base.value * one) for base in bases for one in shares):
        return None
    # 支付至97%（再付…）: what is paid now is what the share is more than another one.
    parts = shares - {share} if match.groupdict().get("more") else {share}
    named = [base for base in bases if noun and any(noun.endswith(one) or one.endswith(noun) for one in base.labels)]
    if not named and _OF_TOTAL.search(noun):
        named = [_Base(total, frozenset()) for total in _totals_of(reading, facts)]
    for some in (named, bases):
        right = {
            (base.value * one).quantize(_CENT): f"{yuan(base.value)}的 {percent(one)} 是"
            for base in some
            for one in parts
        }
        near = {one: made for one, made in right.items() if len(plain(one)) == len(plain(value))}
        sure = some is named or len(near) * _SHARES_SURE <= 10 ** _digits(value)
        if sure and (meant := _only(found, near)):
            return meant
    if meant := _only(found, _by_sibling(reading, block, found, share)):
        return meant
    said = ((base.value, base.labels) for base in bases)
    other = another_share(value, share, noun, said) if parts == {share} and not _below(found) else None
    return None if other is None else _Meant(*other)


def _below(found: Found) -> bool:
    """Whether an amount is written in words, the figures of which are told."""
    return found.kind == "words"


def _by_sibling(reading: Reading, block: Block, found: Found, share: Decimal) -> dict[Decimal, str]:
    """The share of what another share in the paragraph is taken of, where the document says that: 10%（31,200元）."""
    right = {}
    for match in _SIBLING.finditer(block.text, max(0, found.start - _BESIDE), found.end + _BESIDE):
        other = share_of(match["share"])
        base = figure_of(match["figure"]) / other if other else Decimal(0)
        apart = match.start("figure") != found.start and other != share and base >= _SMALLEST
        if apart and base == base.to_integral_value() and base in _stated(reading):
            right[base * share] = f"{yuan(base)}的 {percent(share)} 是"
    return right


@once_per_reading
def _stated(reading: Reading) -> frozenset[Decimal]:
    """All amounts of the document."""
    return frozenset(found.value for block in amount_blocks(reading) for found in amounts_in(block.text) if found.value)


_BESIDE: Final = 300
_SIBLING: Final = regex(
    r"(?P<share>[0-9]{1,3}(?:\.[0-9]{1,2})?\s?[%％‰])[（(]即?(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)元[）)]"
)


def _steps(text: str, share: Decimal) -> Iterator[Decimal]:
    """By how much a share is more than the others that a paragraph names: 支付至 90%（再付 30%）."""
    return (abs(share - other) for other in _shares_named(text) if other != share)


@lru_cache(maxsize=512)
def _shares_named(text: str) -> frozenset[Decimal]:
    """The shares that a paragraph names; one without end names the same ones over and over."""
    found = (share_of(match["share"]) for match in re.finditer(_SHARE, text))
    return frozenset(share for share in found if share is not None)


def _months(reading: Reading, found: Found, match: re.Match[str]) -> _Meant | None:
    """Some months of a fee that the document says by the month."""
    months = how_many(match["months"]) or 0
    bases = bases_of(reading)
    if months < _LEAST_DIGITS or any(_same(found, base.value * months) for base in bases):
        return None
    named = [base for base in bases if any("月" in one or one.endswith(match["noun"]) for one in base.labels)]
    return _only(found, {base.value * months: f"{months} 个月×{yuan(base.value)}是" for base in named})


def _part_of_years(reading: Reading, facts: Facts, block: Block, found: Found, lead: str) -> _Meant | None:
    """One month, quarter or half of the years that an amount is for, one that the same paragraph says first."""
    bases = [base.value for base in bases_of(reading)]
    if not (right := parts_of(lead, bases)) or found.value in right:
        return None
    wan = (found.value or Decimal(0)) / 10**4
    if wan in right and "万" in found.text:
        return _Meant(wan, right[wan])
    beside = {one.value for one in singly(block.text)}
    if meant := _only(found, parts_of(lead, (one for one in _totals_of(reading, facts) if one in beside))):
        return meant
    return _only(found, right) if len(right) * _SHARES_SURE <= 10 ** _digits(found.value or Decimal(0)) else None


def _yearly(reading: Reading, found: Found, match: re.Match[str]) -> _Meant | None:
    """One of the years of a service the amount of which the document says for all of them."""
    years = how_many(match["years"]) or 1
    value = found.value or Decimal(0)
    right = {base.value / years: f"{yuan(base.value)}的 {years} 分之一是" for base in bases_of(reading)}
    near = {one: made for one, made in right.items() if one == round(one, 2) and len(plain(one)) == len(plain(value))}
    return _only(found, near) if len(near) * _SHARES_SURE <= 10 ** _digits(value) else None


def _difference(reading: Reading, block: Block, found: Found) -> _Meant | None:
    """The sum or the difference of two other amounts, of the paragraph or else of the document."""
    value = found.value or Decimal(0)
    beside = [one.value for one in singly(block.text) if one.value and one.start != found.start][:_MOST_BESIDE]
    everywhere = [base.value for base in bases_of(reading) if base.value != value]
    right = [_made_of_two(others) for others in (beside, everywhere)]
    if value in beside or any(_same(found, one) for some in right for one in some):
        return None
    for some, sure in zip(right, (_BESIDE_SURE, _APART_SURE), strict=True):
        near = {one: made for one, made in some.items() if len(plain(one)) == len(plain(value))}
        if len(near) * sure <= 10 ** _digits(value) and (meant := _only(found, near)):
            return meant
    return None


def _made_of_two(values: Iterable[Decimal]) -> dict[Decimal, str]:
    """The sums and differences of amounts, each with the words that say how it is made."""
    right = {}
    for one, other in combinations(dict.fromkeys(values), 2):
        right[abs(one - other)] = f"{yuan(max(one, other))}与 {yuan(min(one, other))}相差"
        right[one + other] = f"{yuan(one)}与 {yuan(other)}之和是"
    return right


def _totals_of(reading: Reading, facts: Facts) -> list[Decimal]:
    """What may be the contract's total: what is known, what its table adds up to, the most that is said in 大写."""
    table, words = end_of_table(reading), [pair.words.found.value or Decimal(0) for pair in pairs_of(reading)]
    found = (known_total(reading, facts), table.mark.value if table is not None else None, max(words, default=None))
    return [value for value in dict.fromkeys(found) if value]


_CENT: Final = Decimal("0.01")


def _only(found: Found, right: Mapping[Decimal, str]) -> _Meant | None:
    """The one value that a slip of the hand made the amount; one too many or too few digits is too common by chance."""
    value = found.value or Decimal(0)
    if any(_same(found, one) for one in right):
        return None
    slipped = [one for one in right if len(plain(one)) == len(plain(value)) and is_slip(value, one)]
    if len(slipped) != 1 or min(_digits(value), _digits(slipped[0])) < _LEAST_DIGITS:
        return None
    return _Meant(slipped[0], right[slipped[0]])


def _same(found: Found, right: Decimal) -> bool:
    """Whether an amount is what it should be, as it is rounded."""
    value = found.value or Decimal(0)
    if abs(value - right) <= _CENT or (value % 1 == 0 and abs(value - right) < 1):
        return True
    decimals = len("".join(re.findall(r"\.([0-9]+)", found.text)[:1]))
    return "万" in found.text and abs(value - right) < Decimal(10**4).scaleb(-decimals)


def _digits(value: Decimal) -> int:
    """How many digits of an amount tell something: those between the first and the last that is no nought."""
    return len(plain(value).replace(".", "").strip("0"))


@once_per_reading
def bases_of(reading: Reading) -> tuple[_Base, ...]:
    """The amounts of a document that shares may be taken of; none where it has too many to tell them apart."""
    said: dict[Decimal, set[str]] = {}
    for block in amount_blocks(reading):
        for one in amounts_in(block.text):
            if one.value is not None and one.value >= _SMALLEST:
                label = _LABEL.search(block.text[max(0, one.start - _LOOK_BACK) : one.start])
                said.setdefault(one.value, set()).update({label[1]} if label else ())
    for value, name in _totals(reading):
        said.setdefault(value, set()).add(name)
    if len(said) > _MOST_BASES:
        return ()
    return tuple(_Base(value, frozenset(labels)) for value, labels in said.items())


def _totals(reading: Reading) -> Iterator[tuple[Decimal, str]]:
    """The figures of the rows of tables that sum up, each with what its column is called."""
    for table in tables_of(reading):
        heads = {cell.cell.column: cell.text for cell in table.rows[0]}
        for row in table.rows[1:]:
            if any(is_total_label("".join(cell.text.split())) for cell in row[:2]):
                for cell in row:
                    figure = figure_in(cell.text)
                    if figure is not None and figure.value >= _SMALLEST:
                        yield figure.value, re.sub(r"[（(].*", "", heads.get(cell.cell.column, "")).strip()
