"""Payments in sentences: shares against amounts, instalments and sub-budgets against the total, and tax."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.reading.whole import blocks_with
from docgen.rules.amount_pairs import pairs_in, values_of
from docgen.rules.clauses import Clause, clauses_of
from docgen.rules.corrections import put_right
from docgen.rules.facts import Facts
from docgen.rules.instalments import Instalment, Said, instalment_groups, paid_in_all, shares_in, singly
from docgen.rules.numerals import how_many
from docgen.rules.phrases import apart, percent, plain, yuan
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip
from docgen.rules.sums_behind import off_lists, off_sums
from docgen.rules.total_facts import end_of_table, known_total

_CENT: Final = Decimal("0.01")
_TIES: Final = regex(
    r"[^，,；。0-9%％]{0,20}[，,（(：:]?\s*(?:即|共计|合计|折合|计|共|金额|款项|也就是|支付|为|人民币|RMB|小写|大写|[￥¥：:（(\s]){0,5}"
)
_ABOUT: Final = regex(r"约|不超过|不低于|不少于|不高于|最高|最低|上限|以内")
_PARTS: Final = regex(
    r"(?P<made>由.{0,20}(?:构成|组成)|分别为|包括以下|其中|分为?(?P<number>[二两三四五六七八])个(?:标段|标包|部分|子项|年度)(?=[：:]))"
    r"\s*(?:包括)?\s*[：:，,]?"
)
_PARTED: Final = ("构成", "组成", "分别为", "包括以下", "其中", "个标", "个部分", "个子项", "个年度")
_TAX_WORDS: Final = regex(r"税")


@rule("M121", "付款比例与金额不符", on=Reading)
def shares_against_amounts(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 一笔付款或违约金同时写了占合同总价的比例和金额，两者必须是同一笔钱。

    错误:
        合同总价为2160000元（大写：贰佰壹拾陆万元整）。
        甲方支付合同总价的50%，即人民币1008000元（大写：壹佰万捌仟元整）。
    正确:
        合同总价为2160000元（大写：贰佰壹拾陆万元整）。
        甲方支付合同总价的50%，即人民币1080000元（大写：壹佰零捌万元整）；验收后支付至合同总价的80%，即648000元。
    """
    total = stated = known_total(reading, facts)
    if total is None and (table := end_of_table(reading)) is not None:
        total = table.mark.value
    if total is None:
        return
    so_far = Decimal(0)
    for clause in clauses_of(reading):
        for share, up_to, end in shares_in(clause):
            amount = _tied(clause, end)
            if amount is None or amount.value is None:
                continue
            right = [share.value * total, *([share.value * total - so_far] if up_to else [])]
            # What a table adds up to need not be the total; by one slip of the hand from its share it surely is.
            off = not any(_same(amount.value, value) for value in right)
            if off and (stated is not None or any(is_slip(amount.value, value) for value in right)):
                block, span = clause.place(amount.start, amount.end)
                finding = _off_share(reading, share, Said(amount.value, block, span), right[-1], total)
                yield finding if stated is not None else _by_table(finding)
            so_far = share.value * total if up_to else so_far + share.value * total


def _tied(clause: Clause, end: int) -> Found | None:
    """The amount that a share is said to be: the next one, with nothing between but words that tie them."""
    amounts = _singly(clause.text)
    at = bisect_left(amounts, end, key=lambda found: found.start)
    after = amounts[at] if at < len(amounts) else None
    if after is None or _ABOUT.search(clause.text[end : after.start]):
        return None
    return after if _TIES.fullmatch(clause.text[end : after.start]) else None


@lru_cache(maxsize=64)
def _singly(text: str) -> tuple[Found, ...]:
    """The amounts of a clause, which is asked once for each of its shares."""
    return tuple(singly(text))


def _same(amount: Decimal, right: Decimal) -> bool:
    """Whether an amount is what it should be, rounded to 分 or to 元."""
    return abs(amount - right) <= _CENT or (amount % 1 == 0 and abs(amount - right) < 1)


def _by_table(finding: Finding) -> Finding:
    """The finding where the total is only what a table adds up to."""
    message = finding.message.replace("合同总价", "价格表合计", 1)
    return replace(finding, message=message, severity=Severity.WARNING, fix=None)


def _off_share(reading: Reading, share: Said, amount: Said, right: Decimal, total: Decimal) -> Finding:
    """The finding at the amount, or at the share where figures and words both say the amount."""
    found, expected = amount.value, right.quantize(_CENT)
    message = f"合同总价 {yuan(total)}的 {percent(share.value)} 是 {yuan(expected)}，金额写的是 {yuan(found)}"
    message += f"，{apart(found, expected)}。"
    near = abs(found - expected) * 1000 < expected
    meant = found / total
    twice = any(amount.span[0] in {one.start, other.start} for one, other in pairs_in(amount.block.text))
    others = _others_paid(reading, amount)
    by_amounts, by_share = others is not None and others + found == total, others == total - expected
    at_share = (by_amounts or twice) and not by_share and meant == round(meant, 3) and meant < 1
    wrong, other = (share, amount) if at_share else (amount, share)
    span, fix = wrong.span, None
    hint = "金额的大写与小写相同：请先核对比例。" if at_share else "请核对比例和金额：哪一个写错，就改哪一个。"
    if at_share and by_amounts:
        hint, fix = "各期金额之和等于合同总价：请改比例。", _share_like(share.block.text[slice(*span)], meant)
    elif by_share and (made := put_right(reading, amount.block, amount.span[0], expected)):
        hint, (span, fix) = "按这个比例，各期金额之和等于合同总价：请改金额。", made
    return inside(
        reading,
        wrong.block,
        span,
        message,
        severity=Severity.WARNING if near else Severity.ERROR,
        expected=percent(meant) if at_share else yuan(expected),
        related=(place_in(reading, other.block, other.span),),
        hint=hint,
        fix=fix,
    )


def _others_paid(reading: Reading, amount: Said) -> Decimal | None:
    """What the other instalments of the same plan are together, None where the plan is not wholly clear."""
    for group in instalment_groups(reading):
        if any(one is not None and (one.block, one.span) == (amount.block, amount.span) for one in _amounts(group)):
            paid = paid_in_all(group)
            return None if paid is None or any(item.up_to for item in group) else paid - amount.value
    return None


def _amounts(group: Sequence[Instalment]) -> Iterator[Said | None]:
    return (item.amount for item in group)


def _share_like(text: str, share: Decimal) -> str | None:
    """Another share in the form of this one; None where it is written in words."""
    match = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?(\s*[%％])", text)
    return None if match is None else f"{plain(share * 100)}{match[1]}"


@rule("M122", "各期付款合计与合同总价不符", on=Reading)
def instalments_add_up(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 总价包干的合同，从首付款到尾款的合计必须等于合同总价；据实结算的不在此列。

    错误:
        合同总价为1040000元（大写：壹佰零肆万元整）。
        （1）首付款：签订后支付630000元；
        （2）尾款：验收后支付430000元。
    正确:
        合同总价为1040000元（大写：壹佰零肆万元整）。
        （1）首付款：签订后支付630000元；
        （2）尾款：验收后支付410000元。
    """
    total = known_total(reading, facts)
    if total is None:
        return
    for group in instalment_groups(reading):
        amounts = _distinct(group)
        if amounts is None or not group[-1].last or len(amounts) < 2 or _share_is_off(group, total):
            continue
        added = sum((said.value for said in amounts), Decimal(0))
        held = sum((said.value for item in group if item.held and (said := item.amount)), Decimal(0))
        if abs(added - total) <= _CENT * len(amounts) or added - held == total:
            continue
        yield _off_sum(reading, amounts, added, total)


def _distinct(group: Sequence[Instalment]) -> list[Said] | None:
    """The amounts of a plan of payment, one said twice under the same label once; None where one is not clear."""
    kept: dict[tuple[str, Decimal], Said] = {}
    for item in group:
        if item.amount is None or item.unclear:
            return None
        kept.setdefault((item.label, item.amount.value), item.amount)
    return list(kept.values())


def _share_is_off(group: Sequence[Instalment], total: Decimal) -> bool:
    """Whether an amount is not its share of the total, which is told at its own place."""
    return any(
        item.share is not None
        and item.amount is not None
        and not item.up_to
        and not _same(item.amount.value, item.share.value * total)
        for item in group
    )


def _off_sum(reading: Reading, amounts: Sequence[Said], added: Decimal, total: Decimal) -> Finding:
    """The finding about instalments that do not make the total, at the one that a slip of the hand explains."""
    one = _suspect(reading, amounts, added - total) or amounts[-1]
    message = f"各期付款合计是 {yuan(added)}，合同总价是 {yuan(total)}，{apart(added, total)}。"
    right = one.value - added + total
    related = tuple(place_in(reading, said.block, said.span) for said in amounts if said is not one)
    hint = "请核对各期金额和合同总价；据实结算的请写明。"
    span, fix = _said_elsewhere(reading, one, right) or (one.span, None)
    hint = "应有的金额在别处写明：请改这一期。" if fix else hint
    expected = yuan(right) if right > 0 else None
    return inside(reading, one.block, span, message, expected=expected, related=related, hint=hint, fix=fix)


def _suspect(reading: Reading, amounts: Sequence[Said], excess: Decimal) -> Said | None:
    """The amount that probably slipped: the one whose right value stands elsewhere, or that one slip explains."""
    suspects = [said for said in amounts if is_slip(said.value, said.value - excess)]
    known = [said for said in suspects if _is_known(reading, said.value, said.value - excess)]
    chosen = known if len(known) == 1 else suspects
    return chosen[0] if len(chosen) == 1 else None


def _is_known(reading: Reading, found: Decimal, right: Decimal) -> bool:
    """Whether something else in the document says the right amount, as a plan in a table, and nothing the wrong one."""
    said = values_of(reading)
    return said[right] > 0 and said[found] <= 1


def _said_elsewhere(reading: Reading, one: Said, right: Decimal) -> tuple[tuple[int, int], str] | None:
    """The correction of an amount, where something else in the document says what is right."""
    known = is_slip(one.value, right) and _is_known(reading, one.value, right)
    return put_right(reading, one.block, one.span[0], right) if known else None


@rule("M123", "各期付款比例合计不是 100%", on=Reading)
def shares_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 从首付款到尾款都按比例支付的，比例合计必须是 100%，否则少付或者多付。

    错误:
        （1）首付款：签订后支付合同总价的50%；
        （2）中期款：中期验收后支付合同总价的25%；
        （3）尾款：终期验收后支付合同总价的20%。
    正确:
        （1）首付款：签订后支付合同总价的50%；
        （2）中期款：中期验收后支付至合同总价的75%；
        （3）尾款：终期验收后支付合同总价的25%。
    """
    for group in instalment_groups(reading):
        shares = [item.share for item in group if item.share is not None]
        if len(shares) < len(group) or len(group) < 2 or not group[-1].last or any(item.unclear for item in group):
            continue
        added = Decimal(0)
        for item in group:
            share = item.share.value if item.share else Decimal(0)
            added = max(share, added) if item.up_to else added + share
        held = sum((item.share.value for item in group if item.held and item.share), Decimal(0))
        if 1 in {added, added - held}:
            continue
        message = f"各期付款比例合计是 {percent(added)}，应为 100%。"
        related = tuple(place_in(reading, share.block, share.span) for share in shares[:-1])
        hint = "请核对各期比例；累计的比例请写“支付至”。"
        one = shares[-1]
        yield inside(reading, one.block, one.span, message, expected="合计100%", related=related, hint=hint)


@rule("M124", "分项金额之和与总额不符", on=Reading)
def parts_add_up(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 总额后面写明由哪几项组成，各项之和就应当等于总额；只举出其中一项的不在此列。

    错误: 服务费共计1040000元：其中风险评估220000元，绩效评估830000元。
    正确: 服务费共计1040000元：其中风险评估220000元，绩效评估820000元。
    """
    total = known_total(reading, facts)
    for sentence in _sentences(clauses_of(reading)) if blocks_with(reading, *_PARTED) else ():
        match = _PARTS.search(sentence.text)
        if match is None or _TAX_WORDS.search(sentence.text, match.start()):
            continue
        found = [one for one in singly(sentence.text) if one.value is not None]
        before = [one for one in found if one.end <= match.start() + 2]
        parts = [one for one in found if one.start >= match.end()]
        whole = _whole(sentence, before, match, total)
        number = match["number"]
        if number and len(parts) != how_many(number):
            continue
        if whole is not None and len(parts) >= 2:
            yield from _off_parts(reading, sentence, parts, whole, made=match["made"] != "其中")
    yield from off_sums(reading)
    yield from off_lists(reading)


def _sentences(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """Clauses that only a semicolon parts, put together, and the numbered items below 由下列部分组成："""
    kept: list[Clause] = []
    for clause in clauses:
        if kept and not _goes_on(kept, clause):
            yield _joined(kept)
            kept = []
        kept.append(clause)
    if kept:
        yield _joined(kept)


def _goes_on(kept: Sequence[Clause], clause: Clause) -> bool:
    """Whether a clause belongs to the sentence before it."""
    if len(kept) > _LONGEST:
        return False
    if "其中" in clause.text and _AMONG.match(clause.text):
        return len(kept) == 1
    if kept[-1].stop in {"；", ";"}:
        return True
    # No number begins with a letter.
    listed = not clause.text[:1].isalpha() and _LISTED.match(clause.text)
    return bool(listed) and any(_LIST_FOLLOWS.search(one.text) for one in kept[:2])


_LONGEST: Final = 12
_AMONG: Final = regex(r"\s*其中\s*[：:]\s*$")
_LIST_FOLLOWS: Final = regex(r"(?:构成|组成|分别为|包括以下.{0,8}|其中)\s*[：:]\s*$")
_LISTED: Final = regex(r"\s*(?:[（(][0-9一二三四五六七八九十]{1,2}[）)]|[0-9]{1,2}[）).、．](?![0-9]))")


def _joined(clauses: Sequence[Clause]) -> Clause:
    if len(clauses) == 1:
        return clauses[0]
    text, pieces = "", []
    for clause in clauses:
        pieces += [(len(text) + offset, block, first) for offset, block, first in clause.pieces]
        text += clause.text + (clause.stop or "\n")
    return Clause(text, clauses[-1].stop, tuple(pieces))


def _whole(sentence: Clause, before: Sequence[Found], match: re.Match[str], total: Decimal | None) -> Decimal | None:
    """The amount that the parts make up: the one right before, or the contract's total where its name stands there."""
    if before and len(_UNTOLD.sub("", sentence.text[_pair_end(sentence.text, before[-1]) : match.start()])) <= _NEXT_TO:
        return before[-1].value
    named = re.search(r"(?:经费|合同|费用|价款)?总(?:额|价|金额|费用)\s*\Z", sentence.text[: match.start()])
    return total if named and not before else None


def _pair_end(text: str, found: Found) -> int:
    """Where an amount ends, its other half in words or figures included."""
    halves = (one.end for pair in pairs_in(text) for one in pair if found in pair)
    return max((found.end, *halves))


_UNTOLD: Final = regex(r"[，,：:；;（(）)\s整元]+|大写|小写|人民币")
_NEXT_TO: Final = 2


def _off_parts(
    reading: Reading, sentence: Clause, parts: Sequence[Found], whole: Decimal, *, made: bool
) -> Iterator[Finding]:
    values = [one.value or Decimal(0) for one in parts]
    added = sum(values, Decimal(0))
    if added == whole or len(parts) > 12 or any(sum(some) == whole for some in _some_of(values)):
        return
    amounts = [Said(one.value or Decimal(0), *sentence.place(one.start, one.end)) for one in parts]
    slipped = any(is_slip(one.value, one.value - added + whole) for one in amounts)
    suspect = _suspect(reading, amounts, added - whole)
    if added < whole and not made and (suspect is None or (whole - added) * 10 > whole):
        return
    sure = made or (added > whole and slipped)
    one = suspect or amounts[-1]
    message = f"各分项之和是 {yuan(added)}，总额写的是 {yuan(whole)}，{apart(added, whole)}。"
    right = one.value - added + whole
    severity = Severity.ERROR if sure else Severity.WARNING
    expected = yuan(right) if right > 0 and suspect else None
    corrected = _said_elsewhere(reading, one, right) if expected and sure else None
    span, fix = corrected or (one.span, None)
    hint = "应有的金额在别处写明：请改这一项。" if fix else "请核对各分项和总额；没有列全的，请写明还有哪些。"
    yield inside(reading, one.block, span, message, severity=severity, expected=expected, hint=hint, fix=fix)


def _some_of(values: Sequence[Decimal]) -> Iterator[tuple[Decimal, ...]]:
    for size in range(2, len(values)):
        yield from combinations(values, size)
