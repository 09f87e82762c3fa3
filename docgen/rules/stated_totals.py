"""The contract's total wherever it is stated: in sentences, in the price table, in the other files of a set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from docgen.amounts.write import write_amount
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Bundle, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.amount_pairs import amount_blocks, amounts_in
from docgen.rules.corrections import put_right
from docgen.rules.facts import Facts
from docgen.rules.phrases import yuan
from docgen.rules.price_sums import Sum
from docgen.rules.price_tables import sheets
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip
from docgen.rules.total_facts import Stated, agreed, end_of_table, is_proved_wrong, paid_in_plans, stated_totals

_NUMBER: Final = regex(r"(?:合同|协议)(?:登记)?编\s*号\s*[:：]?\s*([^\s，。；、]{4,40})")

_PARTY: Final = regex(r"(?:甲方|乙方|委托方|受托方|采购人|供应商)[^：:\n]{0,10}[：:]\s*([^\s，。；：:（(_＿]{5,30})")


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
    else:
        for same in _in_same_words(stated):
            yield from _off_first(same, _added_up(reading))


def _in_same_words(stated: Sequence[Stated]) -> Iterator[list[Stated]]:
    """Two statements in the same words, one of them a slip of the other."""
    groups: dict[str, list[Stated]] = {}
    for one in stated:
        groups.setdefault(one.words, []).append(one)
    for group in groups.values():
        values = list(dict.fromkeys(one.value for one in group))
        if len(values) == 2 and (is_slip(*values) or _wan_apart(*values)):
            yield group


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
    return tables | paid_in_plans(reading)


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


_REDUCED: Final = ("优惠", "折扣", "下浮", "让利", "抹零", "扣减", "减免")


def _is_rounder(one: Decimal, other: Decimal) -> bool:
    """Whether an amount is another one rounded: it ends in more zeros."""
    zeros = [len(text := f"{value:.0f}") - len(text.rstrip("0")) for value in (one, other)]
    return zeros[0] > zeros[1]


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
    yield from _off_tables(bundle)
    numbers = [_numbers(reading) for reading in bundle.readings]
    known = sorted({number for found in numbers for number in found})
    if not known:  # then only what is said in the same words, and differs as by a slip
        everything = [one for reading in bundle.readings for one in stated_totals(reading)]
        if any(_in_same_words(everything)):
            yield from _off_over_files(bundle.readings, "")
    for number in known:
        pairs = list(zip(bundle.readings, numbers, strict=True))
        own = [reading for reading, found in pairs if number in found]
        if len(known) == 1:  # then papers without a number that name a party belong to this contract too
            names = {name for reading in own for name in _parties(reading)}
            own = [
                reading for reading, found in pairs if number in found or any(name in reading.text for name in names)
            ]
        yield from _off_over_files(own, number)
        if len(known) == 1:
            yield from _off_beside(own, [reading for reading in bundle.readings if reading not in own], number)


def _off_tables(bundle: Bundle) -> Iterator[Finding]:
    """The total that another file than that of the price table states, and nothing else, where it is a slip."""
    stated = [one for reading in bundle.readings for one in stated_totals(reading)]
    tables = [(reading, table.mark) for reading in bundle.readings if (table := end_of_table(reading)) is not None]
    if len({one.value for one in stated}) != 1 or len(tables) != 1 or stated_totals(tables[0][0]):
        return
    one, (reading, mark) = stated[0], tables[0]
    right = mark.value
    if (is_slip(one.value, right) and not _is_rounder(one.value, right)) or _wan_apart(one.value, right):
        message = f"这里的{one.words}是 {yuan(one.value)}，{reading.file} 的价款表合计是 {yuan(right)}。"
        related = (place_in(reading, mark.block, mark.span),)
        yield inside(
            one.reading, one.block, one.span, message, severity=Severity.WARNING, expected=yuan(right),
            related=related, hint=_unit_hint(one.value, right) or "如果说的是同一份合同，请核对总价。",
        )  # fmt: skip


def _off_beside(own: Sequence[Reading], others: Sequence[Reading], number: str) -> Iterator[Finding]:
    """The total of a paper that names neither number nor party, where it is a slip of the contract's."""
    right = agreed([one for reading in own for one in stated_totals(reading)])
    for reading in others:
        value = agreed(stated_totals(reading))
        if right is not None and value is not None and value != right and is_slip(value, right):
            yield from _off_over_files([*own, reading], number)


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


# 按合同金额（￥658,200.00）的20%支付: the total is stated elsewhere.
_IN_PASSING: Final = regex(r"元?整?[）)]\s?的")


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
    stated = [one for one in stated_totals(reading) if one.strict and one.block.cell is None]
    strict = [one for one in stated if not _IN_PASSING.match(one.block.text, one.span[1])]
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
    right = facts.total if facts.total is not None else agreed(stated_totals(reading))
    one = end_of_table(reading)
    if not right or one is None or one.mark.value == right:
        return
    discounted = right < one.mark.value and one.mark.value - right < one.mark.value / 50
    discounted = discounted and (_is_rounder(right, one.mark.value) or bool(blocks_with(reading, *_REDUCED)))
    near = (is_slip(one.mark.value, right) and not discounted) or _wan_apart(one.mark.value, right)
    if not near or not one.line.near:
        return
    said = [other for other in stated_totals(reading) if other.value == right]
    related = tuple(other.place for other in said)[:3]
    message = f"价款表的总计是 {yuan(one.mark.value)}，合同总价写的是 {yuan(right)}。"
    if facts.total is None and is_proved_wrong(reading, right, one):
        yield _wrong_total(said[0], one, message)
        return
    hint = (
        _unit_hint(one.mark.value, right)
        or "价款表各项加起来就是这个总计：请核对合同总价，或说明优惠、暂列金额等差额。"
    )
    yield inside(reading, one.mark.block, one.mark.span, message, severity=Severity.WARNING, related=related, hint=hint)


def _wrong_total(stated: Stated, one: Sum, message: str) -> Finding:
    """The finding at the contract's total, which neither the price table nor the instalments make."""
    right = one.mark.value
    span, fix = _corrected(stated, right, sure=True)
    related = (place_in(stated.reading, one.mark.block, one.mark.span),)
    hint = "价款表各项之和、各期付款之和都是价款表的总计：请改合同总价。"
    return inside(
        stated.reading, stated.block, span, message, expected=yuan(right), related=related, hint=hint, fix=fix
    )
