"""The instalments that a document promises in sentences: label, amount, share of the total, and how they group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from docgen.amounts.find import Found
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.amount_pairs import amounts_in, pairs_in
from docgen.rules.clauses import Clause, clauses_of
from docgen.rules.once import once_per_reading

_LABEL: Final = regex(
    r"首付款|首期款?|首笔款?|首次付款|预付款|第[一二三四五六七八九十1-9][期笔次](?:款项?|付款|支付|服务费|合同款|费用)?|[二三四五]期款"
    r"|中期款|进度款|阶段款|(?P<last>尾款|余款|剩余(?:合同)?(?:价款|费用|款项?|部分|金额|服务费)|末期款?|最后一[期笔次]|合同(?:价款)?的?余额|终期款)"
    r"|验收款|结算款|(?P<held>质保金|质量保证金|保修金)"
)
_BASE: Final = (
    r"(?:合同(?:含税)?(?:总价款?|总金额|总额|价款|金额|价|款)|协议(?:总价款?|总金额|总额|价款|金额|费用总额)|总价款?|总金额|总费用|费用总额"
    r"|(?:项目)?经费总?(?:金)?额|服务费(?:用)?(?:总额|总价)|(?<=支付)总额|(?:其余|余下|剩余)(?=[0-9]))"
)
_SHARE: Final = regex(
    rf"(?P<base>{_BASE})(?:[（(][^）)]{{0,12}}[）)])?\s*的?\s*(?P<share>[0-9０-９]{{1,3}}(?:[.．][0-9]{{1,4}})?\s*[%％‰]|百分之[一二三四五六七八九十百零]{{1,4}})(?:\s*[（(]\s*[0-9.]{{1,5}}\s*[%％]\s*[）)])?"
)
_SIGN: Final = regex(r"[%％‰]|百分之")
_OTHER_BASE: Final = regex(
    r"(?:剩余|未付|已付|已支付|结算|审定|审计|当[期年月次]|本期|上述|分项|该部分|对应|年度|相应|[期笔付]款的|原)[^，。；]{0,6}\Z"
)
_UP_TO: Final = regex(r"(?:付|支付|付款|累计)[^，。；]{0,6}[至到达][^，。；]{0,12}\Z")
_OTHER_MONEY: Final = regex(
    r"违约|逾期|迟延|罚|赔偿|退还|返还|退回|履约保证金|扣除|扣减|滞纳|每[年季月期次批日]|□|☑|以上的|不足"
)
_ACTUAL: Final = regex(
    r"据实结算|按实结算|实际结算|按[月季年]支付|每[月季年]支付|实际(?:发生|完成|工作量|用量|数量)|以审[计定]|最终结算|结算审[核计]|按[量次]结算"
)
_PAYS: Final = regex(r"支付|付清|付款|结清")
# What every clause has in it that promises a payment, an amount or a share.
_MAY_PAY: Final = regex(r"[付清%％‰元圆圓角毛分万萬亿億￥¥币幣写RrCc]")
_HEADS: Final = ("：", ":")
_GAP: Final = 4
_FAR: Final = 200  # farther back nothing is said of a share
_CHINESE: Final = {char: value for value, char in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Said:
    """A figure in a clause: its value, and where it stands."""

    value: Decimal
    block: Block
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment: its label, amount and share of the total as far as the clause says them.

    `up_to` says that the share counts all payments so far; `last` that it is the one that closes; `held` that it is
    kept back as a security. `unclear` is a clause with several amounts.
    """

    at: int
    label: str
    amount: Said | None
    share: Said | None
    up_to: bool = False
    last: bool = False
    held: bool = False
    unclear: bool = False


def share_of(text: str) -> Decimal | None:
    """The share that 50%, 1‰ or 百分之五十 says."""
    text = re.sub(r"\s", "", text).translate(str.maketrans("０１２３４５６７８９．％", "0123456789.%"))
    if text[:3] in _PARTS_OF:
        number = _chinese(text[3:])
        return None if number is None else Decimal(number) / _PARTS_OF[text[:3]]
    return Decimal(text[:-1]) / (1000 if text.endswith("‰") else 100)


_PARTS_OF: Final = {"百分之": 100, "千分之": 1000, "万分之": 10000}


def _chinese(text: str) -> int | None:
    if text in ("百", "一百"):
        return 100
    tens, mark, ones = text.rpartition("十")
    if not set(tens + ones) <= set(_CHINESE):
        return None
    return (_CHINESE.get(tens, 1) if mark else 0) * 10 + _CHINESE.get(ones, 0)


@once_per_reading
def instalment_groups(reading: Reading) -> tuple[tuple[Instalment, ...], ...]:
    """The instalments that stand together, each group as one plan of payment; only with amounts known for sure."""
    clauses = clauses_of(reading)
    groups: list[list[Instalment]] = []
    for number, clause in enumerate(clauses):
        parts = _parts(clause) if _MAY_PAY.search(clause.text) else ()
        for found in (found for part in parts for found in _instalments(number, part)):
            if groups and number - groups[-1][-1].at <= _GAP and not groups[-1][-1].last:
                groups[-1].append(found)
            else:
                groups.append([found])
    return tuple(tuple(group) for group in _put_together(groups) if not _is_actual(clauses, group))


def _put_together(groups: Sequence[list[Instalment]]) -> Iterator[list[Instalment]]:
    """The groups, one that follows the closing instalment of another and closes nothing itself put before it.

    Somebody who moves 首付款 behind 尾款 still promises one plan.
    """
    kept: list[Instalment] = []
    for group in groups:
        labels = {item.label for item in kept}
        near = kept and kept[-1].last and group[0].at - max(item.at for item in kept) <= _GAP
        if near and not group[-1].last and labels.isdisjoint(item.label for item in group):
            kept = [*group, *kept]
            continue
        if kept:
            yield kept
        kept = group
    if kept:
        yield kept


def paid_in_all(group: Sequence[Instalment]) -> Decimal | None:
    """What all instalments of a plan are together, None where it is not the whole plan or not all are clear."""
    if len(group) < 2 or not group[-1].last or any(item.amount is None or item.unclear for item in group):
        return None
    amounts = {(item.label, item.amount.value) for item in group if item.amount is not None}
    return sum((value for _, value in amounts), Decimal(0))


def _is_actual(clauses: Sequence[Clause], group: Sequence[Instalment]) -> bool:
    """Whether the payments near are settled by what is really done."""
    places = [item.at for item in group]
    near = clauses[max(0, min(places) - _GAP) : max(places) + _GAP]
    return any(_ACTUAL.search(clause.text) for clause in near)


def _parts(clause: Clause) -> Iterator[Clause]:
    """The parts of a clause that name an instalment each: 首付款…，余款…."""
    start = 0
    labels = list(_LABEL.finditer(clause.text))
    for last, label in pairwise(labels):
        cut = max(clause.text.rfind(comma, last.end(), label.start()) for comma in "，,、\n")
        if cut >= 0 and last[0] != label[0]:
            yield clause.part(start, cut)
            start = cut + 1
    yield clause.part(start, len(clause.text)) if start else clause


def _instalments(number: int, clause: Clause) -> Iterator[Instalment]:
    """The instalment that a clause promises."""
    label = _LABEL.search(clause.text)
    if label is None:
        return
    if _OTHER_MONEY.search(clause.text):
        if clause.text[label.end() : label.end() + 1] in _HEADS and _PAYS.search(clause.text):  # 进度款：分两次，每次…
            yield Instalment(number, label[0], None, None, last=label["last"] is not None, unclear=True)
        return
    shares = list(shares_in(clause))
    amounts = _amounts(clause)
    share = shares[0] if len(shares) == 1 else None
    if share is None and not amounts:
        if _PAYS.search(clause.text):  # an instalment that is settled in another way
            yield Instalment(number, label[0], None, None, unclear=True)
        return
    labels = {match[0] for match in _LABEL.finditer(clause.text) if not match["held"]}
    values = {amount.value for amount in amounts}
    unclear = len(shares) > 1 or len(values) > 1 or len(labels) > 2
    last = any(match["last"] for match in _LABEL.finditer(clause.text))
    held = all(match["held"] for match in _LABEL.finditer(clause.text))
    amount = amounts[0] if amounts else None
    up_to = share is not None and share[1]
    yield Instalment(number, label[0], amount, share[0] if share else None, up_to, last, held, unclear)


def shares_in(clause: Clause) -> Iterator[tuple[Said, bool, int]]:
    """The shares of the total in a clause, whether each counts all so far, and where it ends in the clause."""
    for match in _SHARE.finditer(clause.text) if _SIGN.search(clause.text) else ():
        before = clause.text[max(0, match.start() - _FAR) : match.start()]
        share = share_of(match["share"])
        if share is None or _OTHER_BASE.search(before):
            continue
        block, span = clause.place(*match.span("share"))
        base = clause.text[max(0, match.start("share") - _FAR) : match.start("share")]
        up_to = bool(_UP_TO.search(before)) or bool(re.search(r"[至到]\s*\Z", base))
        yield Said(share, block, span), up_to, match.end()


def _amounts(clause: Clause) -> list[Said]:
    """The amounts of a clause, of a pair one; none that disagrees with its pair, and no words that a break tore."""
    torn = {offset for offset, _, _ in clause.pieces[1:]}
    found = (one for one in singly(clause.text) if one.value and not (one.kind == "words" and one.start in torn))
    return [Said(one.value or Decimal(0), *clause.place(one.start, one.end)) for one in found]


def singly(text: str) -> list[Found]:
    """The amounts of a text in order, of a pair the one that stands first, and none of a pair that disagrees."""
    left_out = set()
    for pair in pairs_in(text):
        first, second = sorted(pair, key=lambda found: found.start)
        left_out |= {second.start} if first.value == second.value else {first.start, second.start}
    return [found for found in amounts_in(text) if found.start not in left_out]
