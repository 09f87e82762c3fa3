"""The same day stated again elsewhere, as signing, beginning or end, in another year; and terms that last otherwise."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Bundle
from docgen.rules.dated_facts import Dated, dated_in
from docgen.rules.facts import Facts
from docgen.rules.numerals import numeral
from docgen.rules.party_records import contracts_of
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.written_dates import dates_in, spans_in

# Another contract, another year of the same one, or a law.
_OTHER: Final = regex(
    r"第[一二三四五六七八九十0-9]+(?:个?年|期|阶段|季)|年度|首年|次年|续签|上一?年|每年|发布|印发|施行|适用|修订|颁布|成立|出生|注册|质疑|公告|业绩|至今|以来|递交|投标|响应"
)
_FORMER: Final = regex(r"[原主](?:合同|协议)|已于|此前|取代|替代")
_SIGNED: Final = regex(r"(?:^|[^\w])日\s*期\s*[:：]\s*$|签[订署]于\s*$|签[订署]?(?:日期|时间)\s*[:：]?\s*$")
_SIGNS: Final = regex(r"\s*(?:共同)?签[订署]")
_STARTS: Final = regex(r"(?:自|从|开工日期\s*[:：为]?|开始(?:日期|时间)\s*[:：为]?)\s*$")
_STARTED: Final = regex(r"\s*(?:起|开始|至|到|[-–—~～])")
_ENDS: Final = regex(r"(?:[至到]|[-–—~～]|(?:竣工|完工|截止|结束)(?:日期|时间)\s*[:：为]?|以)\s*$")
_ENDED: Final = regex(r"\s*(?:止|为?截止|结束)")
_BARE: Final = 60
_NEAR: Final = 12
_FAR_BACK: Final = 3


@rule("D107", "同一天在别处写成另一年", on=Bundle)
def days_repeated(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 签订、开始、截止的日子在正文、附件、页眉页脚里各写一遍，月日相同而年份不同，必有一处写错。

    错误:
        【文件】01_合同.docx
        服务期限：自2026年4月1日起至2026年12月31日止。
        【文件】02_实施方案.docx
        评价工作自2027年4月1日开始。
    正确:
        【文件】01_合同.docx
        服务期限：自2026年4月1日起至2026年12月31日止。
        【文件】02_实施方案.docx
        评价工作自2026年4月1日开始，2025年度工作已于2025年4月1日开始。
    """
    for contract in contracts_of(bundle):
        groups: dict[tuple[str, int, int], list[Dated]] = defaultdict(list)
        for reading in contract.readings:
            for dated in dated_in(reading):
                role = _role(dated)
                if role and dated.date.whole:
                    groups[role, dated.date.month, dated.date.day or 0].append(dated)
        for (role, _, _), group in groups.items():
            yield from _other_years(role, group)


def _role(dated: Dated) -> str:
    """What the date is of the contract: its signing, a beginning, an end; empty where none of these."""
    lead, behind = dated.lead.rstrip(), dated.behind
    if dated.block.cell is not None or dated.date.lent or dated.of_another or _OTHER.search(lead[-20:] + behind):
        return ""
    former = "原" if _FORMER.search(lead) else ""
    bare = len(dated.block.text) <= _BARE and _SIGNED.search(lead)
    if dated.signing or bare or _SIGNS.match(behind) or lead.endswith(("签订于", "签署于")):
        return f"{former}签订"
    if _ENDED.match(behind) or _ENDS.search(lead):
        return f"{former}截止"
    return f"{former}开始" if _STARTS.search(lead) or _STARTED.match(behind) else ""


def _other_years(role: str, group: Sequence[Dated]) -> Iterator[Finding]:
    counts = Counter(dated.date.year for dated in group)
    if len(counts) != 2 or all(dated.signing for dated in group):
        return
    (year, times), (_, fewer) = counts.most_common(2)
    right = next(dated for dated in group if dated.date.year == year)
    for dated in group:
        if dated.date.year == year or not _apart(dated, right) or _of_other_term(dated, right, role):
            continue
        message = f"这里的{role.removeprefix('原')}日期是 {dated.date.text}，另一处写的是 {right.date.text}"
        message += "，月日相同，年份不同。"
        expected = dated.date.in_year(year or 0) if times > fewer else None
        yield inside(
            dated.reading, dated.block, (dated.date.start, dated.date.end), message, severity=Severity.WARNING,
            expected=expected, related=(right.place,), hint="如果说的是同一天，请核对年份。",
        )  # fmt: skip


def _of_other_term(one: Dated, other: Dated, role: str) -> bool:
    """Whether two ends belong to terms that begin on other days, or two beginnings to terms that end so."""
    first, second = (_partner(dated, -1 if role.endswith("截止") else 1) for dated in (one, other))
    return None not in (first, second) and not role.endswith("签订") and first != second


def _partner(dated: Dated, step: int) -> tuple[int, int | None] | None:
    """The day, without its year, that a term has beside this date in its paragraph."""
    dates = dates_in(dated.block.text)
    place = next((at for at, one in enumerate(dates) if one.start == dated.date.start), -1) + step
    other = dates[place] if 0 <= place < len(dates) else None
    near = other is not None and abs(other.start - dated.date.start) <= _BARE and other.whole
    return (other.month, other.day) if other is not None and near else None


def _apart(one: Dated, other: Dated) -> bool:
    """Whether two dates stand in different parts, or so that no list of years can be meant."""
    if one.reading is not other.reading or one.block.part != other.block.part:
        return True
    years = abs((one.date.year or 0) - (other.date.year or 0))
    if one.block is other.block:
        return bool(_SIGNED.search(one.lead) and _SIGNED.search(other.lead))
    return abs(one.block.index - other.block.index) > _NEAR or years > _FAR_BACK


_LASTS: Final = regex(
    r"(?:日|止|有效|结束){0,3}\s*[，,；;、（(]?\s*(?:(?:服务|租赁|合同|协议|项目)?(?:期限?|工期))?\s*(?:共计?|为期|期限为|总?工期(?:总日历天数)?[:：为]?|总日历天数[:：为]?|合计|历时|(?<=[，,；;、（(])(?:服务|租赁|合同|协议)期限?为?)\s*(?P<number>\d{1,4}|[一二两三四五六七八九十]{1,3})\s*(?:个)?"
    r"(?P<unit>年|月|天|日历天|日(?!历))(?!\d|[一二三四五六七八九十])"
)
# Behind the dates in brackets: （9个月）. Few days in brackets may be working days only.
_BRACKETED: Final = regex(
    r"(?:日|止|有效|结束){0,3}\s*[（(]\s*(?:共计?)?\s*(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(?P<unit>年|月)\s*[）)]"
)
# Before the dates: 租赁期限为五年，自…起至…; a year of several is none.
_AHEAD: Final = regex(
    r"(?:期限?|工期|服务期)\s*[：:为]?\s*(?:共计?)?\s*(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*个?(?P<unit>年|月)\s*[，,（(]\s*(?:即|自|从)*\s*$"
)
# 自合同签订之日起240个日历天，即…至….
_FROM_THEN: Final = regex(
    r"之日起\s*(?P<number>\d{1,4}|[一二两三四五六七八九十]{1,3})\s*个?(?P<unit>年|月|日历天|天)\s*[，,（(]\s*即\s*(?:自|从)?\s*$"
)
_ONE_OF: Final = regex(r"[日止\s）)]{0,3}[，,（(]?\s*(?:为|是)?\s*(?:第|首|试|本合同|本年度|一年一签)")
_COUNT: Final = {"两": 2}


@rule("D108", "期限的长短与起止日期不符", on=Bundle)
def terms_last(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 起止日期写了一遍，又写共几年、几个月、几天，两处不同就说不清到哪一天为止。

    错误: 租赁期限自2026年2月1日至2029年1月31日，共二年。
    正确: 租赁期限自2026年2月1日至2029年1月31日，共三年。
    """
    for reading in bundle.readings:
        for block in reading.blocks:
            if "期" not in block.text and "共" not in block.text and "历时" not in block.text:
                continue
            for first, last in _spans(block.text):
                match = _LASTS.match(block.text, last[1]) or _BRACKETED.match(block.text, last[1])
                if match is None and _ONE_OF.match(block.text, last[1]) is None:
                    match = _ahead(block.text[: first[1]])
                if match is not None and not _fits(first[0], last[0], match):
                    stated = block.text[match.start("number") : match.end("unit")]
                    days = (last[0] - first[0]).days + 1
                    message = f"从 {first[0]:%Y-%m-%d} 到 {last[0]:%Y-%m-%d} 是 {days} 天，这里写的是{stated}。"
                    span = match.span("number")
                    related = (place_in(reading, block, (first[1], last[1])),)
                    yield inside(
                        reading, block, span, message, severity=Severity.WARNING, related=related,
                        hint="请核对起止日期和期限的长短。",
                    )  # fmt: skip


def _ahead(text: str) -> re.Match[str] | None:
    """How long a term is that stands before its dates; none where its parts are told: 7年，其中投资期4年."""
    match = _AHEAD.search(text) or _FROM_THEN.search(text)
    return None if match is None or "其中" in text[text.rfind("。") + 1 : match.start()] else match


_PLANNED: Final = regex(r"[，,；;]\s*(?:计划|约定|预计)?(?:竣工|完工|结束|截止)(?:日期|时间)\s*[:：为]?\s*")


def _spans(text: str) -> Iterator[tuple[tuple[date, int], tuple[date, int]]]:
    """The spans of whole days in a text, with the place where each begins and ends: 自…至…, 开工…竣工…."""
    written = {(one.start, other.start) for one, other in spans_in(text)}
    for one, other in pairwise(dates_in(text)):
        joined = (one.start, other.start) in written or _PLANNED.fullmatch(text, one.end, other.start)
        first, last = one.earliest(), other.latest()
        if joined and one.whole and other.whole and first and last and first < last:
            yield (first, one.start), (last, other.end)


def _fits(first: date, last: date, match: re.Match[str]) -> bool:
    number = _COUNT.get(match["number"]) or numeral(match["number"]) or 0
    if match["unit"] in ("天", "日历天", "日"):
        return abs((last - first).days - number) <= 1
    months = number * 12 if match["unit"] == "年" else number
    return any(_months_on(day, months) in (last, last + timedelta(1)) for day in (first, first + timedelta(1)))


def _months_on(day: date, months: int) -> date | None:
    """The same day so many months later; of a month that is too short its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for back in range(4):
        try:
            return date(year, month + 1, day.day - back)
        except ValueError:
            continue
    return None
