"""Dates of a set against each other: the same day in different years, the order of signing, term and acceptance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from docgen.findings import Finding, Place, Severity
from docgen.patterns import regex
from docgen.reading.document import Bundle, Reading
from docgen.rules.dated_facts import Dated, dated_in, duty, fact_key, value_key, years_supported, years_titled
from docgen.rules.facts import Facts
from docgen.rules.party_records import contracts_of
from docgen.rules.rule import inside, rule
from docgen.rules.written_dates import Written, after

_ANOTHER_YEAR: Final = regex(r"第[一二三四五六七八九十0-9]+年|年度|首年|次年|续签|上[一]?年|原(?:合同|协议)|每年")
_TERM: Final = regex(
    r"(?:履行|服务|合同|履约|实施|项目|委托|租赁|承包|供货|协议|工作|监理|维保|本)的?(?:期限|有效期)|服务期|合同期|租期|工\s*期"
    r"|项目的?时间|开始履行|(?:^|[、.\s　）)])期限"
)
_OTHER_TERM: Final = regex(
    r"营业|经营|存续|延长|续签|展期|变更|原合同|保密|质保|保修|质量保证|免费|维护期|投标|响应|授权|付款|支付|宽限|公示|公告|保函|担保|试用|发票|阶段|质疑|整改"
)
_CHANGED: Final = regex(r"延长|展期|变更|顺延|调整")
_FROM_SIGNING: Final = regex(
    r"(?:签订|签署|签定|生效)之?[日后](?:起|开始)?(?:开始)?(?:履行|实施|执行|计算)?[，,]?至?到?\s*$"
)
_SPAN_BEGUN: Final = regex(r"§(?:之日)?(?:起|开始)?[，,]?\s*(?:至|到|[-–—~～－]{1,2})\s*$")
_ACCEPTANCE: Final = regex(r"(?:验收|评审)的?(?:日期|时间)(?:为|是|[:：。.])?\s*(?:§\s*(?:至|到|[-–—~～])\s*)?$")
_REVIEW: Final = regex(r"法审|合法性审[查核]|法[律制务]审[查核]|合同审[查核批]")
_BOUND: Final = regex(r"之日|合同生效|阶段")
_ENDING: Final = regex(r"(?:至|到|止|[-–—~～－])\s*$")
_MID_TERM: Final = regex(r"中期[^。；：]{0,12}(?:在|为|于|时间)[^。；：]{0,16}$")
_DUE: Final = regex(r"^\s*(?:提交|完成|交付|报送)的?(?:日期|时间|期限)\s*$")
_HANDED_OVER: Final = regex(r"(?:报告|方案|成果|清单)[（(]$")
# Where the phases are told once more, in words behind a plan in a table.
_FIRST_PHASE: Final = regex(r"第\s*[一1]\s*阶段(?!.*第\s*[二三四五六2-6]\s*阶段)")
_SHORT_WAY: Final = 300
_MONTH: Final = 31


@rule("D104", "同一日期的年份前后不一", on=Bundle)
def same_years(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一个签订日期、同一个阶段在几处写成不同的年份，必有一处写错；签订日期错了，期限和责任都说不清。

    错误:
        2026年度专项评估委托服务协议
        甲方：示例市应急管理局
        2026年6月
        甲方（盖章）：
        签订日期：2026年6月9日
        乙方（盖章）：
        签订日期：2016年6月9日
    正确:
        2026年度专项评估委托服务协议
        甲方：示例市应急管理局
        2026年6月
        甲方（盖章）：
        签订日期：2026年6月9日
        乙方（盖章）：
        签订日期：2026年6月9日
    """
    for contract in contracts_of(bundle):
        yield from _years_of_contract(contract)


def _years_of_contract(bundle: Bundle) -> Iterator[Finding]:
    told: set[tuple[str, tuple[int, int]]] = set()
    for group in _groups(bundle):
        for odd, right in _odd_years(group, bundle):
            if (odd.reading.file, odd.key) not in told:
                told.add((odd.reading.file, odd.key))
                yield right


def _groups(bundle: Bundle) -> Iterator[list[Dated]]:
    """The dates that say the same thing apart from the year: days of signing, and statements in the same words."""
    found = [dated for reading in bundle.readings for dated in dated_in(reading)]
    signing = [dated for dated in found if dated.signing]
    days = {(dated.date.month, dated.date.day) for dated in signing}
    for month, day in sorted(days, key=lambda key: (key[0], key[1] or 0)):
        group = [d for d in signing if d.date.month == month and d.date.day in {day, None}]
        if day is not None or all(not d.lead.strip() for d in group):
            yield group
    facts: dict[Hashable, list[Dated]] = defaultdict(list)
    for dated in found:
        if not dated.signing and (key := fact_key(dated)) and not _ANOTHER_YEAR.search(dated.lead[-20:]):
            facts[key, value_key(dated.date)].append(dated)
    yield from facts.values()


def _odd_years(group: Sequence[Dated], bundle: Bundle) -> Iterator[tuple[Dated, Finding]]:
    counts = Counter(dated.date.year for dated in group)
    if len(counts) < 2 or not _apart(group):
        return
    written = years_supported(bundle.readings)
    support = {year: written[year or 0] - count for year, count in counts.items()}
    lasting = group[0].signing or any(_BOUND.search(dated.lead) for dated in group)
    ranked = sorted(counts, key=lambda year: (support[year] > 0, counts[year], support[year]), reverse=True)
    right = ranked[0]
    decided = (support[right] > 0) > (support[ranked[1]] > 0) or counts[right] > counts[ranked[1]]
    majority = [dated for dated in group if dated.date.year == right]
    for dated in group:
        alone = support[dated.date.year] <= 0
        if dated.date.year == right or _another_contract(dated, majority) or not (alone or lasting):
            continue
        done, other = duty(dated), set().union(*map(duty, majority))
        if done and other and not done & other:
            continue  # something else has to be done by that day of the other year
        sure = decided and alone
        yield dated, _odd_year(dated, majority, sure=sure, decided=decided)


def _odd_year(dated: Dated, majority: Sequence[Dated], *, sure: bool, decided: bool) -> Finding:
    right = next((other.date for other in majority if other.date.whole), majority[0].date)
    places = f"另有 {len(majority)} 处" if len(majority) > 1 else "另一处"
    expected = dated.date.in_year(right.year or 0) if decided else None
    return inside(
        dated.reading,
        dated.block,
        (dated.date.start, dated.date.end),
        f"这里写的是 {dated.date.text}，{places}写的是 {right.text}，年份不同。",
        severity=Severity.ERROR if sure else Severity.WARNING,
        expected=expected,
        related=tuple(other.place for other in majority[:5]),
        hint="请核对年份。",
        # Only where nothing else is of this year, and something else is of the other.
        fix=expected if sure else None,
    )


def _apart(group: Sequence[Dated]) -> bool:
    """Whether they stand in different parts, unlike the entries of one list of years."""
    first, last = group[0], group[-1]
    return first.signing or first.reading is not last.reading or last.block.index - first.block.index > _LIST


_LIST: Final = 12


def _another_contract(dated: Dated, majority: Sequence[Dated]) -> bool:
    """Whether the date belongs to a document whose own title or number is of that year."""
    if any(other.reading is dated.reading for other in majority):
        return False
    titled = years_titled(dated.reading)
    return dated.date.year in titled and majority[0].date.year not in titled


@rule("D105", "履行期限前后不一", on=Bundle)
def same_terms(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 履行期限在正文和附件里写得不同，到哪一天为止就说不清。

    错误:
        项目履行期限为：合同签订之日起至2027年6月30日止。
        附件3
        项目服务期限：合同签订之日起至2027年7月31日止。
    正确:
        项目履行期限为：合同签订之日起至2027年6月30日止。
        附件3
        项目服务期限：合同签订之日起至2027年6月30日止。
    """
    for contract in contracts_of(bundle):
        yield from _terms_of_contract(contract)


def _terms_of_contract(bundle: Bundle) -> Iterator[Finding]:
    ends = [dated for reading in bundle.readings for dated in dated_in(reading) if _ends_from_signing(dated)]
    counts = Counter((dated.date.year, *value_key(dated.date)) for dated in ends)
    if len(counts) < 2:
        return
    right = next(dated for dated in ends if counts[dated.date.year, *value_key(dated.date)] == max(counts.values()))
    decided = sorted(counts.values())[-2] < max(counts.values())
    for dated in ends:
        if value_key(dated.date) == value_key(right.date) or not _differ(dated.date, right.date):
            continue
        message = f"这里的期限到 {dated.date.text}，另一处到 {right.date.text}。"
        expected = right.date.text if decided else None
        # More places say the other date: they decide.
        yield replace(_warned(dated, message, right, expected=expected), fix=expected)


def _differ(one: Written, other: Written) -> bool:
    return after(one, other) or after(other, one)


def _ends_from_signing(dated: Dated) -> bool:
    return _FROM_SIGNING.search(dated.lead) is not None and _about_term(dated)


def _about_term(dated: Dated) -> bool:
    words = f"{dated.above[-30:]} {dated.lead}"
    if _TERM.search(words) is None or _CHANGED.search(dated.behind):
        return False
    return not _OTHER_TERM.search(words)


def _warned(dated: Dated, message: str, other: Dated, *, expected: str | None = None, sure: bool = False) -> Finding:
    severity = Severity.ERROR if sure else Severity.WARNING
    span = (dated.date.start, dated.date.end)
    related = (other.place,)
    hint = "请核对这两个日期。"
    return inside(
        dated.reading, dated.block, span, message, severity=severity, expected=expected, related=related, hint=hint
    )


@rule("D106", "签订、履行、验收的时间不合先后", on=Bundle)
def days_in_order(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 期限结束以后才签订、签订以前就验收，多半是年份写错；期限结束以前验收、签订以前审核是常有的事，不算错。

    错误:
        合同期限：自合同签订之日起至2022年5月31日止。
        签订日期：2022年6月21日
    正确:
        合同期限：自合同签订之日起至2022年5月31日止。
        签订日期：2021年6月21日
    """
    for contract in contracts_of(bundle):
        yield from _days_of_contract(contract)


def _days_of_contract(bundle: Bundle) -> Iterator[Finding]:
    found = {
        reading.file: [dated for dated in dated_in(reading) if not dated.of_another] for reading in bundle.readings
    }
    days = [dated for some in found.values() for dated in some if dated.signing]
    for reading in bundle.readings:
        own = found[reading.file]
        yield from _gathered(reading, _in_order(own, days))
        review = _review_of(reading) if days else None
        if review is not None:
            yield from _reviewed([dated for dated in own if dated.block.index > review], days)


def _gathered(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those that one date alone can explain told once, at that date."""
    groups: dict[Place, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.related[0]].append(finding)
    for other, group in groups.items():
        if len(group) < _MANY:
            yield from group
            continue
        quote = reading.blocks[other.block or 0].text[other.start : other.end]
        dates = "、".join(list(dict.fromkeys(finding.quote for finding in group))[:_SHOWN])
        message = f"{quote}与另外 {len(group)} 处日期（{dates}）的先后不合，多半是这里写错。"
        severity, places = max(finding.severity for finding in group), tuple(finding.place for finding in group)
        yield replace(
            group[0], message=message, severity=severity, place=other, quote=quote, expected=None, related=places
        )


_MANY: Final = 3
_SHOWN: Final = 4


def _in_order(own: Sequence[Dated], days: Sequence[Dated]) -> Iterator[Finding]:
    """What is out of order in one document, held against its day of signing and its term."""
    signed = _usual([dated for dated in own if dated.signing and dated.date.whole], days)
    begin, end = _term(own)
    if signed and end and after(signed.date, end.date):
        yield _warned(signed, f"签订日期 {signed.date.text} 晚于期限的结束 {end.date.text}。", end, sure=True)
        signed = None
    elif signed and begin and _days_between(begin.date, signed.date) > _SHORT_WAY:
        yield _warned(begin, f"期限从 {begin.date.text} 开始，签订却在 {signed.date.text}。", signed)
    for dated in own:
        if _ACCEPTANCE.search(dated.lead):
            yield from _acceptance(dated, signed or begin, end)
        elif _MID_TERM.search(dated.lead):
            yield from _mid_term(dated, signed or begin, end)
        elif end and _is_due(dated) and _days_between(end.date, dated.date) > _MONTH:
            yield _warned(dated, f"这一项的时间 {dated.date.text} 晚于期限的结束 {end.date.text}。", end)
    yield from _phases(own, signed or begin, end)
    if end:
        yield from _year_of_end(own, end)


def _is_due(dated: Dated) -> bool:
    """Whether the date says when something is to be handed over."""
    return _DUE.search(dated.head) is not None or _HANDED_OVER.search(dated.lead) is not None


def _mid_term(dated: Dated, signed: Dated | None, end: Dated | None) -> Iterator[Finding]:
    if end and after(dated.date, end.date):
        yield _warned(dated, f"中期的时间 {dated.date.text} 晚于期限的结束 {end.date.text}。", end)
    elif signed and after(signed.date, dated.date):
        what = "签订日期" if signed.signing else "期限的开始"
        yield _warned(dated, f"中期的时间 {dated.date.text} 早于{what} {signed.date.text}。", signed)


def _year_of_end(own: Sequence[Dated], end: Dated) -> Iterator[Finding]:
    """The end of a term in a year that nothing else mentions, whole years after the acceptance at the same season."""
    accepted = next((dated for dated in own if _ACCEPTANCE.search(dated.lead)), None)
    if accepted is None or years_supported([end.reading])[end.date.year or 0] > 1:
        return
    days = _days_between(accepted.date, end.date)
    if days > _SHORT_WAY and days % 365 < 2 * _MONTH:
        yield _warned(end, f"期限到 {end.date.text}，验收却在 {accepted.date.text}，相差整年。", accepted)


def _term(own: Sequence[Dated]) -> tuple[Dated | None, Dated | None]:
    """The beginning and the end of the term, where the document states one."""
    begin: Dated | None = None
    previous: Dated | None = None
    for dated in own:
        if _ends_from_signing(dated):
            return None, dated
        spanned = previous is not None and previous.block is dated.block and _SPAN_BEGUN.search(dated.lead)
        if spanned and previous is not None and not dated.signing and _about_term(dated):
            begin = None if after(previous.date, dated.date) else previous
            return begin, dated
        previous = dated
    return None, None


def _usual(dates: Sequence[Dated], days: Sequence[Dated]) -> Dated | None:
    """The first of the dates whose month is written most often among the days of signing of the whole set."""
    counts = Counter((dated.date.year, dated.date.month) for dated in days)
    return max(dates, key=lambda dated: counts[dated.date.year, dated.date.month], default=None)


def _acceptance(dated: Dated, signed: Dated | None, end: Dated | None) -> Iterator[Finding]:
    if signed and after(signed.date, dated.date):
        what = "签订日期" if signed.signing else "期限的开始"
        yield _warned(dated, f"验收时间 {dated.date.text} 早于{what} {signed.date.text}。", signed, sure=True)
    elif end and _days_between(end.date, dated.date) > _SHORT_WAY:
        yield _warned(dated, f"验收时间 {dated.date.text} 比期限的结束 {end.date.text} 晚了将近一年或更久。", end)


def _phases(own: Sequence[Dated], signed: Dated | None, end: Dated | None) -> Iterator[Finding]:
    """Phases outside the term, or over before the phase begins that is told before them."""
    before: Dated | None = None
    for dated in own:
        if "阶段" not in dated.lead[:40] and not (_phase_heading(dated.above) and len(dated.lead) < 8):
            continue
        if _FIRST_PHASE.search(dated.lead or dated.above):
            before = None
        near = before is not None and 0 < dated.block.index - before.block.index <= _LIST
        if end and after(dated.date, end.date):
            yield _warned(dated, f"这一阶段的时间 {dated.date.text} 晚于期限的结束 {end.date.text}。", end)
        elif signed and _days_between(dated.date, signed.date) > _SHORT_WAY // 2:
            yield _warned(
                dated, f"这一阶段的时间 {dated.date.text} 远早于签订或期限开始的 {signed.date.text}。", signed
            )
        elif before and near and after(before.date, dated.date):
            yield _warned(dated, f"这一阶段的时间 {dated.date.text} 早于上一阶段开始的 {before.date.text}。", before)
        elif not _ENDING.search(dated.lead):
            before = dated


def _phase_heading(text: str) -> bool:
    return len(text) <= 40 and text.rstrip().endswith("阶段")


def _days_between(one: Written, other: Written) -> int:
    """How many days there are at least from one date to the other."""
    last, first = one.latest(), other.earliest()
    return (first - last).days if first and last else 0


def _review_of(reading: Reading) -> int | None:
    """Where a legal review of the contract begins, a form of its own or at the end of its file."""
    titles = (block.index for block in reading.blocks if len(block.text) <= 40 and _REVIEW.search(block.text))
    return next(titles, None)


def _reviewed(own: Iterable[Dated], days: Sequence[Dated]) -> Iterator[Finding]:
    signed = _usual([dated for dated in days if dated.date.whole], days)
    for dated in own:
        bare = dated.date.end - dated.date.start == len(dated.block.text.strip())
        if signed and bare and not dated.signing and after(dated.date, signed.date):
            yield _warned(dated, f"审核日期 {dated.date.text} 晚于签订日期 {signed.date.text}。", signed)
