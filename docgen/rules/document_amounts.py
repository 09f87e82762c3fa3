"""Amounts in documents: figures against 大写, and the spelling of 大写."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docgen.amounts.figures import format_figures
from docgen.amounts.read import read_amount
from docgen.amounts.spelling import Standing
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.amount_pairs import Pair, amount_blocks, amounts_in, is_torn, pairs_of, values_of
from docgen.rules.clauses import clauses_of
from docgen.rules.corrections import in_words, same_form, same_words
from docgen.rules.facts import Facts
from docgen.rules.grids import tables_of
from docgen.rules.instalments import instalment_groups, shares_in
from docgen.rules.once import once_per_reading
from docgen.rules.phrases import yuan
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.total_facts import known_total

_WORDS_PREVAIL: Final = regex(r"(?:以|依)大写(?:金额|数额|数字)?(?:的?数?)?为准")
_FIGURES_PREVAIL: Final = regex(r"(?:以|依)小写(?:金额|数额|数字)?为准")
# What only a form with a blank for every place writes; 零拾 alone may be a slip for 壹拾.
_PLACES: Final = regex(r"零[仟佰百千]|零拾零")
_TURNED: Final = regex(r"^\D*0\d")
_ALL_DIGITS: Final = "壹贰叁肆伍陆柒捌玖"
_IRREGULAR: Final = frozenset((Standing.IRREGULAR, Standing.UNREADABLE))
_OTHER_SIDE: Final = {"大写": "小写", "小写": "大写"}


@rule("M101", "大写与小写不一致", on=Reading)
def words_differ_from_figures(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 同一笔金额的大写和小写不同，付款依据就有争议。

    错误: 合同总价为10000.00元（大写：壹仟元整）
    正确: 合同总价为10000.00元（大写：壹万元整）
    """
    for pair in pairs_of(reading):
        if pair.differs and not (_may_be_wan(pair) and _in_wan(reading, pair.figures.block)):
            yield _disagreement(reading, pair, facts)
        elif pair.figures.found.value is None and pair.words.found.value and _TURNED.search(pair.figures.found.text):
            yield _unreadable(reading, pair)


def _unreadable(reading: Reading, pair: Pair) -> Finding:
    """The finding about figures whose first digit is 0, so that two digits probably changed places."""
    figures, words = pair.figures, pair.words
    message = f"小写“{figures.found.text}”以 0 开头，大写是“{words.found.text}”，两者不是同一笔金额。"
    expected = format_figures(words.found.value or Decimal(0))
    related = (place_in(reading, words.block, words.span),)
    hint = "请核对；大写无误的，请改小写。"
    return inside(reading, figures.block, figures.span, message, expected=expected, related=related, hint=hint)


def _disagreement(reading: Reading, pair: Pair, facts: Facts) -> Finding:
    """The finding about a pair: at the side that a third fact shows to be wrong, else at the words."""
    by_figures, by_words = pair.figures.found.value or Decimal(0), pair.words.found.value or Decimal(0)
    message = f"小写是 {yuan(by_figures)}，大写是“{pair.words.found.text}”（{yuan(by_words)}），两者不是同一笔金额。"
    right, hint = _right_side(reading, by_figures, by_words, facts.total)
    planned = _planned(reading, pair, facts) & {by_figures, by_words}
    if right is None and len(planned) == 1:
        right, hint = planned.pop(), "按合同总价和付款的比例、各期金额，就应当是这个金额：请改另一个。"
    elif planned and right not in planned:
        right, hint = None, f"{hint.rpartition('：')[0]}；但按合同总价和付款的比例、各期金额，另一个才对：请先核实。"
    wrong, other = (pair.figures, pair.words) if right == by_words else (pair.words, pair.figures)
    severity = Severity.ERROR
    if Decimal(10**4) in {by_figures / by_words if by_words else 0, by_words / by_figures if by_figures else 0}:
        hint += "两者相差正好一万倍：也请核对单位是元还是万元。"
    if _may_be_wan(pair):
        severity, right, wrong, other = Severity.WARNING, None, pair.words, pair.figures
        hint = "大写是小写的一万倍：如果小写的单位是万元，请在数字后面写明。"
    expected: str | None
    fix: str | None
    if wrong is pair.figures:
        expected = format_figures(by_words)
        fix = same_form(wrong.found.text, by_words) if right is not None else None
    else:
        expected = in_words(by_figures, prefix=pair.words.found.text.startswith("人民"))
        fix = expected if right is not None else None
    if wrong.block.text[slice(*wrong.span)] != wrong.found.text:
        fix = None  # the rest of it stands in another paragraph
    return inside(
        reading,
        wrong.block,
        wrong.span,
        message,
        severity=severity,
        expected=expected,
        related=(place_in(reading, other.block, other.span),),
        hint=hint,
        fix=fix,
    )


def _right_side(
    reading: Reading, by_figures: Decimal, by_words: Decimal, total: Decimal | None
) -> tuple[Decimal | None, str]:
    """The value that something else confirms, None where nothing does; with what to do."""
    sides = {"小写": by_figures, "大写": by_words}
    confirmed = [side for side, value in sides.items() if value == total]
    if confirmed:
        return sides[confirmed[0]], f"{confirmed[0]}与合同总价相符：请改{_OTHER_SIDE[confirmed[0]]}。"
    said, prevails = values_of(reading), _prevailing(reading)
    again = [side for side, value in sides.items() if said[value] > 1]
    if len(again) == 1:
        hint = f"{again[0]}的金额在别处也写明：请改{_OTHER_SIDE[again[0]]}。"
        if prevails not in {None, again[0]}:
            return None, f"{hint}但文中约定以{prevails}为准，请先核实。"
        return sides[again[0]], hint
    if prevails is not None:
        return sides[prevails], f"文中约定以{prevails}为准：请改{_OTHER_SIDE[prevails]}。"
    if total is None:
        return None, "与合同总价核对：大写与小写哪一个写错，就改哪一个。"
    return None, "请核对；小写无误的，请改大写。"


def _planned(reading: Reading, pair: Pair, facts: Facts) -> set[Decimal]:
    """What the amount of an instalment should be: its share of the contract's total, what the others leave of it."""
    total = known_total(reading, facts)
    if total is None:
        return set()
    blocks = {pair.figures.block.index, pair.words.block.index}
    said = _said_in(reading).get(pair.figures.block.index, set())
    return {part * total if of_total else total - part for of_total, part, held in said if blocks <= held}


@once_per_reading
def _said_in(reading: Reading) -> dict[int, set[tuple[bool, Decimal, frozenset[int]]]]:
    """What each paragraph says of instalments: shares of the total, and all others of one that tells no amount.

    With each the paragraphs of its clause. In a paragraph without end the same is said over and over.
    """
    found: dict[int, set[tuple[bool, Decimal, frozenset[int]]]] = {}
    clauses = clauses_of(reading)
    shares = [(True, said.value, clause) for clause in clauses for said, _, _ in shares_in(clause)]
    for of_total, part, clause in [*shares, *((False, told, clauses[at]) for told, at in _all_but_one(reading))]:
        held = frozenset(block.index for _, block, _ in clause.pieces)
        for index in held:
            found.setdefault(index, set()).add((of_total, part, held))
    return found


def _all_but_one(reading: Reading) -> Iterator[tuple[Decimal, int]]:
    """What all instalments but one are together, with the number of the clause of the one that tells no amount."""
    for group in instalment_groups(reading):
        left = [item for item in group if item.amount is None]
        if len(left) != 1 or any(item.unclear for item in group if item.amount):
            continue
        if group[-1].last or group[-1] is left[0]:
            yield sum((item.amount.value for item in group if item.amount), Decimal(0)), left[0].at


@once_per_reading
def _prevailing(reading: Reading) -> str | None:
    """Which side the document says prevails: 大写, 小写, or None where it does not say."""
    telling = blocks_with(reading, "为准")
    words = any(_WORDS_PREVAIL.search(block.text) for block in telling)
    figures = any(_FIGURES_PREVAIL.search(block.text) for block in telling)
    return None if words == figures else "大写" if words else "小写"


def _may_be_wan(pair: Pair) -> bool:
    """Whether the figures, bare of any unit, agree when they are read in 万元, as a table's header may say."""
    figures, words = pair.figures.found, pair.words.found
    bare = not re.search(r"[元圆￥¥]", figures.text)
    return bare and figures.value is not None and figures.value * 10000 == words.value


def _in_wan(reading: Reading, block: Block) -> bool:
    """Whether the header of the block's column, or the line above its table, says that it counts 万元."""
    if block.cell is None:
        return False
    table = next(table for table in tables_of(reading) if table.number == block.cell.table)
    above = (found for cells in table.rows for found in cells if found.cell.row < block.cell.row)
    headers = [found.text for found in above if found.cell.column == block.cell.column]
    return any(re.search(r"万\s*元", text) for text in (*headers, *(one.text for one in table.lead)))


@rule("M102", "大写金额写法不规范或无法读出", on=Reading)
def irregular_words(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 大写金额写法不规范容易被改动；读不出数目的大写等于没有写。

    错误: 合同总价为1040000元（大写：壹佰零肆万元）
    正确: 合同总价为1040000元（大写：壹佰零肆万元整）
    """
    beside = {(pair.words.block.index, pair.words.found.start): pair for pair in pairs_of(reading)}
    for block in amount_blocks(reading):
        for found in amounts_in(block.text):
            if found.kind != "words" or found.standing not in _IRREGULAR or is_torn(reading, block, found):
                continue
            span, reason = (found.start, found.end), f"：{found.reason.rstrip('。')}" if found.reason else ""
            if found.value is None:
                if _ALL_DIGITS in found.text:
                    continue  # the characters that amounts are written with
                expected = _from_figures(beside.get((block.index, found.start)))
                if (by_place := _filled_by_place(found.text)) and expected in {None, by_place}:
                    continue
                message = f"大写“{found.text}”读不出数目{reason}。"
                known = _is_said_again(reading, beside.get((block.index, found.start)))
                hint = "请按小写重新写出大写。"
                yield inside(
                    reading, block, span, message, expected=expected, hint=hint, fix=expected if known else None
                )
            elif re.search(r"[\s_＿]", found.text) and _standing_of_filled(found.text) not in _IRREGULAR:
                continue  # filler of a form, not spelling
            elif (pair := beside.get((block.index, found.start))) is None or not pair.differs:
                message = f"大写“{found.text}”写法不规范{reason}。"
                # The figures beside it say which amount is meant.
                fix = None if pair is None else same_words(found.text, found.value)
                yield inside(reading, block, span, message, severity=Severity.NOTE, expected=found.canonical, fix=fix)


def _standing_of_filled(text: str) -> Standing:
    """How an amount is spelled when the blanks and underlines of a form are taken out of it."""
    return read_amount(re.sub(r"[\s_＿]+", "", text)).standing


def _filled_by_place(text: str) -> str | None:
    """The plain spelling of an amount that a form asks for place by place: 肆仟零佰零拾零元整; None for any other."""
    text = re.sub(r"[\s_＿]+", "", text)
    if not _PLACES.search(text):
        return None
    plain = re.sub(r"零(?=[万亿元整]|$)", "", re.sub(r"零+", "零", re.sub(r"零[仟佰拾千百角分]", "零", text)))
    value = read_amount(plain.removeprefix("人民币").lstrip("零")).value
    return None if value is None else in_words(value)


def _is_said_again(reading: Reading, pair: Pair | None) -> bool:
    """Whether the figures of a pair stand somewhere else too, so that they are right and the words are not."""
    return (
        pair is not None and pair.figures.found.value is not None and values_of(reading)[pair.figures.found.value] > 1
    )


def _from_figures(pair: Pair | None) -> str | None:
    """The words that the figures beside unreadable words would be."""
    value = None if pair is None else pair.figures.found.value
    return None if value is None else in_words(value)
