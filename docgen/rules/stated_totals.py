"""The contract's total wherever it is stated: in sentences, in the price table, in the other files of a set."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from typing import Final

from docgen.amounts.find import Found
from docgen.amounts.write import write_amount
from docgen.findings import Finding, Place, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.amount_pairs import amount_blocks, amounts_in, pairs_in
from docgen.rules.corrections import put_right
from docgen.rules.facts import Facts
from docgen.rules.instalments import instalment_groups, paid_in_all
from docgen.rules.once import once_per_reading
from docgen.rules.phrases import yuan
from docgen.rules.price_sums import Sum
from docgen.rules.price_tables import sheets
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

# The total of this contract, said in so many words; between the words and the figure nothing but what belongs to it.
_STRICT: Final = r"(?:合同|协议)(?:含税)?(?:总价款?|总金额|总额|价款总额|价款|金额)|项目经费总(?:金)?额"
_LOOSE: Final = (
    r"(?:服务费用?|经费|费用|价款|报价)(?:总额|总金额|总计|共计|合计)|(?:最终|投标|响应|成交|中标)(?:总?报价|总?金额|总价)"
    r"|标的(?:总)?(?:金)?额|总价款?|总金额"
)
_LEAD_IN: Final = (
    r"(?:[（(](?:不?含税|大写|小写|人民币)[）)]|[\s：:]|为|是|即|共计|总计|合计|人民币|大写|小写|RMB|CNY|[￥¥])*"
)
_TOTAL: Final = regex(rf"(?P<words>(?P<strict>{_STRICT})|{_LOOSE}){_LEAD_IN}")

# Another contract's total, one of several, or a threshold.
_OTHER_TOTAL: Final = regex(
    r"(?:上年度?|去年|上一?期|前期|变更[前后]|调整[前后]|补充|其他|类似|同类|业绩|已签|[每单各][份个项]|不含税|分包|子项|该项"
    r"|第[一二三四五六七八九十0-9]+[包标项期年]).{0,6}$|[原主该某]$"
)
_BEFORE: Final = 60
_CHANGED: Final = regex(r"(?:修改|变更|调整|更改|改)[为成]|增加(?:至|到|为)|减少(?:至|到|为)")
_THRESHOLD: Final = regex(r"[\s）)]*(?:[（(]含[）)])?(?:及?以[上下内]|左右|[、~～—至])")
_NUMBER: Final = regex(r"(?:合同|协议)(?:登记)?编\s*号\s*[:：]?\s*([^\s，。；、]{4,40})")

_PARTY: Final = regex(r"(?:甲方|乙方|委托方|受托方|采购人|供应商)[^：:\n]{0,10}[：:]\s*([^\s，。；：:（(_＿]{5,30})")


@dataclass(frozen=True, slots=True)
class Stated:
    """One place where a document states the contract's total; `strict` where no other total can be meant."""

    words: str
    value: Decimal
    reading: Reading
    block: Block
    span: tuple[int, int]
    strict: bool = True

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_in(self.reading, self.block, self.span)


@once_per_reading
def stated_totals(reading: Reading) -> tuple[Stated, ...]:
    """Every statement of the total but those that a rule on pairs tells: figures that differ from their own words."""
    return (*_stated(reading), *_beside(reading))


def known_total(reading: Reading, facts: Facts) -> Decimal | None:
    """The total of the contract as far as it is known: from its data, else what most statements say."""
    return (facts.total if facts.total is not None else agreed(stated_totals(reading))) or None


def agreed(stated: Sequence[Stated]) -> Decimal | None:
    """The value that most statements of the total say; None where there is none, or several have as many."""
    counted = Counter(one.value for one in stated if one.strict) or Counter(one.value for one in stated)
    if len(counted) > 1:
        counted = Counter(one.value for one in stated)
    ranked = counted.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _stated(reading: Reading) -> Iterator[Stated]:
    for block in blocks_with(reading, "价", "额", "计"):
        if not amounts_in(block.text) or _CHANGED.search(block.text):
            continue
        for match in _TOTAL.finditer(block.text):
            if _OTHER_TOTAL.search(block.text[max(match.start() - _BEFORE, 0) : match.start()]) or "不含税" in match[0]:
                continue
            found = _amount_at(block.text, match)
            if found is not None and found.value is not None:
                span = (found.start, found.end)
                yield Stated(match["words"], found.value, reading, block, span, strict=match["strict"] is not None)


def _beside(reading: Reading) -> Iterator[Stated]:
    """The totals of forms: a cell that names the total, and the next one with a single amount."""
    for label, block in pairwise(reading.blocks):
        if label.cell is None or block.cell is None or len(label.text) > 16:
            continue
        if (label.cell.table, label.cell.row) != (block.cell.table, block.cell.row):
            continue
        found = [one for one in amounts_in(block.text) if one.value is not None]
        if not found:
            continue
        match = _TOTAL.fullmatch(re.sub(r"[（(](?:人民币)?[万亿]?元[）)]|[\s　]", "", label.text))
        if match and len({one.value for one in found}) == 1 and not _THRESHOLD.match(block.text, found[0].end):
            span = (found[0].start, found[0].end)
            yield Stated(match["words"], found[0].value or Decimal(0), reading, block, span, strict=False)


def _amount_at(text: str, match: re.Match[str]) -> Found | None:
    """The amount that follows a lead-in at once; the lead-in may have taken the amount's own sign or prefix."""
    amounts = amounts_in(text)
    first = bisect_left(amounts, match.end("words"), key=lambda found: found.start)
    near = takewhile(lambda found: found.start <= match.end(), islice(amounts, first, None))
    found = next((found for found in near if match.end() < found.end), None)
    if found is None or found.start in _contradicted(text) or _THRESHOLD.match(text, found.end):
        return None
    return found


@lru_cache(maxsize=256)
def _contradicted(text: str) -> frozenset[int]:
    """Where the figures and words of a paragraph begin that are a pair and do not agree."""
    apart = (pair for pair in pairs_in(text) if pair[0].value != pair[1].value)
    return frozenset(found.start for pair in apart for found in pair)


@rule("M103", "合同总价前后不一致", on=Reading)
def totals_agree(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 合同总价在几处写明，处处都必须相同。

    错误:
        合同总价为1040000元。
        乙方确认合同总价：1,400,000.00元。
    正确:
        合同总价为1040000元。
        乙方确认合同总价：104万元；原合同总价为900000元。
    """
    stated = stated_totals(reading)
    if facts.total is not None:
        yield from _off_known([one for one in stated if one.strict], facts.total)
        return
    right = agreed(stated)
    if right is not None and len(stated) > 2:
        yield from _off_agreed(stated, right)
    elif len({one.value for one in stated if one.strict}) == 2:
        strict = [one for one in stated if one.strict]
        yield from _off_first(strict, _added_up(reading))


def _off_known(stated: Sequence[Stated], right: Decimal) -> Iterator[Finding]:
    for one in stated:
        if one.value != right:
            message = f"这里的{one.words}是 {yuan(one.value)}，合同总价是 {yuan(right)}。"
            hint = "请核对；说的不是本合同总价的，请写明是哪一笔金额。"
            span, fix = _corrected(one, right, sure=True)
            yield inside(one.reading, one.block, span, message, expected=yuan(right), hint=hint, fix=fix)


def _corrected(one: Stated, right: Decimal, *, sure: bool) -> tuple[tuple[int, int], str | None]:
    """The characters of a statement with their correction, where it is sure that they are wrong."""
    made = put_right(one.reading, one.block, one.span[0], right) if sure else None
    return made or (one.span, None)


def _off_agreed(stated: Sequence[Stated], right: Decimal) -> Iterator[Finding]:
    """The statements that differ from what most others say."""
    others = tuple(one.place for one in stated if one.value == right)[:3]
    for one in stated:
        if one.value != right and (one.strict or is_slip(one.value, right) or _wan_apart(one.value, right)):
            times = sum(other.value == right for other in stated)
            message = f"这里的{one.words}是 {yuan(one.value)}，其他 {times} 处写的是 {yuan(right)}。"
            hint = "请核对；说的不是本合同总价的，请写明是哪一笔金额。"
            sure = times > 1 and one.strict
            span, fix = _corrected(one, right, sure=sure)
            yield inside(
                one.reading,
                one.block,
                span,
                message,
                severity=Severity.ERROR if sure else Severity.WARNING,
                expected=yuan(right),
                related=others,
                hint=_unit_hint(one.value, right) or hint,
                fix=fix,
            )


def _added_up(reading: Reading) -> set[Decimal]:
    """The totals that something else in the document makes: the rows of a price table, all instalments together."""
    tables = {sheet.sums[-1].mark.value for sheet in sheets(reading) if sheet.sums and sheet.sums[-1].added is None}
    return tables | _paid(reading)


def _off_first(stated: Sequence[Stated], added: set[Decimal]) -> Iterator[Finding]:
    """The statements that differ from the first, or from the one that something else in the document makes."""
    made = [one for one in stated if one.value in added]
    decided = len({one.value for one in made}) == 1
    first = made[0] if decided else stated[0]
    for one in stated:
        if one.value != first.value:
            where = "按价款表或各期付款的合计应是" if decided else "前面写的是"
            message = f"这里的{one.words}是 {yuan(one.value)}，{where} {yuan(first.value)}。"
            hint = "请核对；说的不是本合同总价的，请写明是哪一笔金额。"
            span, fix = _corrected(one, first.value, sure=decided)
            yield inside(
                one.reading,
                one.block,
                span,
                message,
                severity=Severity.WARNING,
                expected=yuan(first.value),
                related=(first.place,),
                hint=_unit_hint(one.value, first.value) or hint,
                fix=fix,
            )


def _wan_apart(one: Decimal, other: Decimal) -> bool:
    return one * 10**4 == other or other * 10**4 == one


def _unit_hint(one: Decimal, other: Decimal) -> str | None:
    return "两处相差正好一万倍：请核对单位是元还是万元。" if _wan_apart(one, other) else None


@rule("M104", "各文件的合同总价不一致", on=Bundle)
def totals_agree_over_files(bundle: Bundle, facts: Facts) -> Iterator[Finding]:
    """为什么: 同一份合同的正文和各附件写的总价必须相同。

    错误:
        【文件】正文.docx
        合同编号：示合2021-103
        合同总价为1040000元（大写：壹佰零肆万元整）。
        【文件】附件1.docx
        合同编号：示合2021-103
        本项目最终报价为1004000元（大写：壹佰万肆仟元整）。
    正确:
        【文件】正文.docx
        合同编号：示合2021-103
        合同总价为1040000元（大写：壹佰零肆万元整）。
        【文件】附件1.docx
        合同编号：示合2021-103
        本项目最终报价为1040000元（大写：壹佰零肆万元整）。
    """
    if facts.total is not None or len(bundle.readings) < 2:
        return
    numbers = [_numbers(reading) for reading in bundle.readings]
    known = sorted({number for found in numbers for number in found})
    for number in known:
        pairs = list(zip(bundle.readings, numbers, strict=True))
        own = [reading for reading, found in pairs if number in found]
        if len(known) == 1:  # then papers without a number that name a party belong to this contract too
            names = {name for reading in own for name in _parties(reading)}
            own = [
                reading for reading, found in pairs if number in found or any(name in reading.text for name in names)
            ]
        yield from _off_over_files(own, number)


def _numbers(reading: Reading) -> frozenset[str]:
    """The contract numbers that a document names."""
    found = (match[1] for block in blocks_with(reading, "号") for match in _NUMBER.finditer(block.text))
    return frozenset(number for number in found if re.search(r"\d", number))


def _parties(reading: Reading) -> frozenset[str]:
    """The names that stand behind 甲方 and 乙方 in a document."""
    return frozenset(match[1] for block in reading.blocks for match in _PARTY.finditer(block.text))


def _off_over_files(readings: Sequence[Reading], number: str) -> Iterator[Finding]:
    """The files whose total is another one than that of the file that states it first, or of most."""
    said = [(stated, value) for reading in readings if (value := agreed(stated := stated_totals(reading))) is not None]
    if len(said) < 2 or len({value for _, value in said}) != 2:
        return
    everything = [one for stated, _ in said for one in stated]
    right = agreed(everything) or said[0][1]
    first = next(one for one in everything if one.value == right)
    for stated, value in said:
        if value != right:
            wrong = next(one for one in stated if one.value == value)
            message = f"这里的{wrong.words}是 {yuan(value)}，{first.reading.file} 写的是 {yuan(right)}。"
            same = number in _numbers(wrong.reading) and number in _numbers(first.reading)
            hint = "两个文件的合同编号相同：请核对总价。" if same else "如果说的是同一份合同，请核对总价。"
            # More files than one must say otherwise, and this one must say it nowhere else.
            files = sum(other == right for _, other in said)
            span, fix = _corrected(wrong, right, sure=same and files > 1 and len(stated) == 1)
            yield inside(
                wrong.reading,
                wrong.block,
                span,
                message,
                severity=Severity.ERROR if same else Severity.WARNING,
                expected=yuan(right),
                related=(first.place,),
                hint=_unit_hint(value, right) or hint,
                fix=fix,
            )


@rule("M105", "合同总价没有写大写", on=Reading)
def totals_without_words(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 合同总价通常同时写大写，防止涂改；全文都没有大写的，请看看是不是漏了。

    错误:
        甲方：示例单位
        乙方：示例公司
        本合同总价为1040000元。
    正确:
        甲方：示例单位
        乙方：示例公司
        本合同总价为1040000元（大写：壹佰零肆万元整）。
    """
    strict = [one for one in stated_totals(reading) if one.strict and one.block.cell is None]
    if not strict:
        return
    text = reading.text
    if "大写" in text or not ("甲方" in text and "乙方" in text):
        return
    if any(found.kind == "words" for block in amount_blocks(reading) for found in amounts_in(block.text)):
        return
    one = strict[0]
    message = f"{one.words}只写了数字 {yuan(one.value)}，全文没有大写。"
    hint = "合同惯例同时写大写；确实不需要的可以不改。"
    if one.value == round(one.value, 2):
        hint += f"大写是：{write_amount(one.value)}"
    yield inside(reading, one.block, one.span, message, severity=Severity.NOTE, hint=hint)


@rule("M106", "价款表总计与合同总价不一致", on=Reading)
def table_total_agrees(reading: Reading, facts: Facts) -> Iterator[Finding]:
    r"""为什么: 价款表的总计就是合同总价，写错一位数字或单位，付款就没有依据。

    错误:
        合同总价为45000元（大写：肆万伍仟元整）。
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t驻场服务\t2000\t12\t24000
        2\t视频制作\t5000\t6\t30000
        总计\t\t\t\t54000
    正确:
        合同总价为54000元（大写：伍万肆仟元整）。
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t驻场服务\t2000\t12\t24000
        2\t视频制作\t5000\t6\t30000
        总计\t\t\t\t54000
    """
    right = known_total(reading, facts)
    ends = [sheet.sums[-1] for sheet in sheets(reading) if sheet.sums and sheet.sums[-1].added is None]
    if right is None or len(ends) != 1 or ends[0].mark.value == right:
        return
    one = ends[0]
    discounted = right < one.mark.value and one.mark.value - right < one.mark.value / 50
    near = (is_slip(one.mark.value, right) and not discounted) or _wan_apart(one.mark.value, right)
    if not near or not one.line.near:
        return
    said = [other for other in stated_totals(reading) if other.value == right]
    related = tuple(other.place for other in said)[:3]
    message = f"价款表的总计是 {yuan(one.mark.value)}，合同总价写的是 {yuan(right)}。"
    if facts.total is None and len(said) == 1 and one.mark.value in _paid(reading):
        yield _wrong_total(said[0], one, message)
        return
    hint = (
        _unit_hint(one.mark.value, right)
        or "价款表各项加起来就是这个总计：请核对合同总价，或说明优惠、暂列金额等差额。"
    )
    yield inside(reading, one.mark.block, one.mark.span, message, severity=Severity.WARNING, related=related, hint=hint)


def _paid(reading: Reading) -> set[Decimal]:
    return {paid for group in instalment_groups(reading) if (paid := paid_in_all(group)) is not None}


def _wrong_total(stated: Stated, one: Sum, message: str) -> Finding:
    """The finding at the contract's total, which neither the price table nor the instalments make."""
    right = one.mark.value
    span, fix = _corrected(stated, right, sure=True)
    related = (place_in(stated.reading, one.mark.block, one.mark.span),)
    hint = "价款表各项之和、各期付款之和都是价款表的总计：请改合同总价。"
    return inside(
        stated.reading, stated.block, span, message, expected=yuan(right), related=related, hint=hint, fix=fix
    )
