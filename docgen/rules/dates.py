"""Dates in the data: in their order as far as that is beyond doubt; partial dates count with their whole span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from docgen.contract.contract import Contract
from docgen.contract.model import Phase
from docgen.contract.scalars import PartialDate
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.rules.rule import at, rule

_YEAR: Final = regex(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


def certainly_after(day: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether `day` lies after `other` however the two are read; False for events and open dates."""
    first = day.earliest() if day is not None else None
    last = other.latest() if other is not None else None
    return first is not None and last is not None and first > last


def _at_day(contract: Contract, path: str, message: str, related: str, *, sure: bool = True) -> Finding:
    severity = Severity.ERROR if sure else Severity.WARNING
    return at(contract, path, message, severity=severity, related=[related], hint="请核对这两个日期。")


def _reversed(contract: Contract, start: str, end: str, message: str, begins: PartialDate | None) -> Finding:
    """The finding about a span that ends before it begins: at the start where that lies beyond the whole term."""
    if certainly_after(begins, contract.data.contract.period.end):
        return _at_day(contract, start, message, end)
    return _at_day(contract, end, message, start)


@rule("D201", "签订日期晚于履行期限", on=Contract)
def signed_in_time(contract: Contract) -> Iterator[Finding]:
    """为什么: 履行期限结束之后才签订的合同没有可履行的内容；期限开始之后才签订的要说明补签的理由。

    错误:
        contract: {sign_date: 2022-06-21, period: {start: 2021-06-21, end: 2022-05-31}}
    正确:
        contract: {sign_date: 2021年6月, period: {start: 2021-06-21, end: 2022-05-31}}
    """
    terms = contract.data.contract
    signed, period = terms.sign_date, terms.period
    if certainly_after(signed, period.end):
        message = f"签订日期 {signed} 晚于履行期限的结束日期 {period.end}。"
        yield _at_day(contract, "contract.sign_date", message, "contract.period.end")
    elif certainly_after(signed, period.start) and not certainly_after(period.start, period.end):
        message = f"签订日期 {signed} 晚于履行期限的开始日期 {period.start}。"
        yield _at_day(contract, "contract.sign_date", message, "contract.period.start", sure=False)


@rule("D202", "履行期限的结束早于开始", on=Contract)
def term_in_order(contract: Contract) -> Iterator[Finding]:
    """为什么: 期限不能先结束后开始，多半是年份写错。

    错误:
        contract: {period: {start: 2026-06-21, end: 2025-05-31}}
    正确:
        contract: {period: {start: 合同签订之日, end: 2027-05-31}}
    """
    period = contract.data.contract.period
    if certainly_after(period.start, period.end):
        message = f"履行期限的结束 {period.end} 早于开始 {period.start}。"
        yield _at_day(contract, "contract.period.end", message, "contract.period.start")


@rule("D203", "验收时间不合先后", on=Contract)
def acceptance_in_order(contract: Contract) -> Iterator[Finding]:
    """为什么: 验收不能先结束后开始，也不能早于合同开始履行；在履行期限结束之前验收是常有的事，不算错。

    错误:
        contract: {period: {start: 2021-06-21, end: 2022-05-31}}
        acceptance: {start: 2021年4月, end: 2021年5月}
    正确:
        contract: {period: {start: 2021-06-21, end: 2022-05-31}}
        acceptance: {start: 2022年4月, end: 2022年5月}
    """
    period, acceptance = contract.data.contract.period, contract.data.acceptance
    if certainly_after(acceptance.start, acceptance.end):
        message = f"验收的结束 {acceptance.end} 早于开始 {acceptance.start}。"
        yield _reversed(contract, "acceptance.start", "acceptance.end", message, acceptance.start)
        return
    started = "start" if acceptance.start is not None else "end"
    first = acceptance.start or acceptance.end
    if certainly_after(period.start, first) and not certainly_after(period.start, period.end):
        message = f"验收时间 {first} 早于履行期限的开始 {period.start}。"
        yield _at_day(contract, f"acceptance.{started}", message, "contract.period.start")


@rule("D204", "中期验收不在期限之内", on=Contract)
def mid_term_in_order(contract: Contract) -> Iterator[Finding]:
    """为什么: 中期验收在履行期限之内、最终验收结束之前进行。

    错误:
        contract: {period: {start: 2026-02-01, end: 2026-12-31}}
        acceptance: {mid_start: 2027年7月, mid_end: 2027年7月}
    正确:
        contract: {period: {start: 2026-02-01, end: 2026-12-31}}
        acceptance: {mid_start: 2026年7月, mid_end: 2026年7月下旬}
    """
    period, acceptance = contract.data.contract.period, contract.data.acceptance
    start, end = acceptance.mid_start, acceptance.mid_end
    if certainly_after(start, end):
        message = f"中期验收的结束 {end} 早于开始 {start}。"
        yield _reversed(contract, "acceptance.mid_start", "acceptance.mid_end", message, start)
        return
    key = "mid_start" if start is not None else "mid_end"
    first = start or end
    if certainly_after(first, period.end):
        message = f"中期验收 {first} 晚于履行期限的结束 {period.end}。"
        yield _at_day(contract, f"acceptance.{key}", message, "contract.period.end")
    elif certainly_after(first, acceptance.end):
        message = f"中期验收 {first} 晚于最终验收的结束 {acceptance.end}。"
        yield _at_day(contract, f"acceptance.{key}", message, "acceptance.end")
    elif certainly_after(period.start, end or start) and not certainly_after(period.start, period.end):
        message = f"中期验收 {end or start} 早于履行期限的开始 {period.start}。"
        yield _at_day(contract, f"acceptance.{key}", message, "contract.period.start")


@rule("D205", "进度阶段不合先后或超出期限", on=Contract)
def phases_in_order(contract: Contract) -> Iterator[Finding]:
    """为什么: 各阶段按先后排列，不倒置，也不超出履行期限；几个阶段同时进行的要有意为之。

    错误:
        phases: [{title: 准备, start: 2026年2月, end: 2026年6月}, {title: 实施, start: 2026年7月, end: 2026年1月}]
    正确:
        phases: [{title: 准备, start: 2026年2月, end: 2026年6月}, {title: 实施, start: 2026年6月, end: 2026年12月}]
    """
    phases = contract.data.phases
    for number, phase in enumerate(phases, 1):
        path = f"phases[{number}]"
        if certainly_after(phase.start, phase.end):
            message = f"{_titled(phase, number)}的结束 {phase.end} 早于开始 {phase.start}。"
            yield _reversed(contract, f"{path}.start", f"{path}.end", message, phase.start)
            continue
        yield from _outside_term(contract, phase, number)
        if number > 1:
            yield from _against_previous(contract, phases[number - 2], phase, number)


def _titled(phase: Phase, number: int) -> str:
    return f"“{phase.title}”" if phase.title else f"第 {number} 个阶段"


def _outside_term(contract: Contract, phase: Phase, number: int) -> Iterator[Finding]:
    """A phase wholly outside the term is an error; one that only reaches beyond it may be meant so."""
    period, name, path = contract.data.contract.period, _titled(phase, number), f"phases[{number}]"
    if certainly_after(period.start, period.end):
        return
    if certainly_after(phase.end, period.end):
        whole = certainly_after(phase.start, period.end)
        message = f"{name}的结束 {phase.end} 晚于履行期限的结束 {period.end}。"
        yield _at_day(contract, f"{path}.end", message, "contract.period.end", sure=whole)
    if certainly_after(period.start, phase.start):
        whole = certainly_after(period.start, phase.end)
        message = f"{name}的开始 {phase.start} 早于履行期限的开始 {period.start}。"
        yield _at_day(contract, f"{path}.start", message, "contract.period.start", sure=whole)


def _against_previous(contract: Contract, before: Phase, phase: Phase, number: int) -> Iterator[Finding]:
    if certainly_after(before.start, before.end) or certainly_after(before.end, contract.data.contract.period.end):
        return  # told at the phase before
    if certainly_after(before.start, phase.end):
        message = f"{_titled(phase, number)}在 {phase.end} 结束，上一阶段却在 {before.start} 才开始。"
        yield _at_day(contract, f"phases[{number}].end", message, f"phases[{number - 1}].start")
    elif certainly_after(before.end, phase.start):
        message = f"{_titled(phase, number)}的开始 {phase.start} 早于上一阶段的结束 {before.end}。"
        yield _at_day(contract, f"phases[{number}].start", message, f"phases[{number - 1}].end", sure=False)


@rule("D206", "年度与日期相差过远", on=Contract)
def year_fits_dates(contract: Contract) -> Iterator[Finding]:
    """为什么: 年度与签订、履行的年份相差两年以上，多半是沿用旧合同时没有改；相差一年是常有的事，不算错。

    错误:
        contract: {year: 2021, sign_date: 2026-02-10, period: {start: 2026-02-10, end: 2026-12-31}}
    正确:
        contract: {year: 2020, sign_date: 2021-06-21, period: {start: 2021-06-21, end: 2022-05-31}}
    """
    terms = contract.data.contract
    dates = (terms.sign_date, terms.period.start, terms.period.end)
    years = [*_years(dates), *_years_in(terms.name), *_years_in(terms.project_name)]
    if terms.year is None or not years or min(abs(year - terms.year) for year in years) < 2:
        return
    spoken = "、".join(str(year) for year in sorted(set(years)))
    message = f"年度写的是 {terms.year}，而合同名称和日期里的年份是 {spoken}。"
    hint = "请核对年度；它会印在各份文件里。"
    related = ["contract.sign_date", "contract.period"]
    yield at(contract, "contract.year", message, severity=Severity.WARNING, related=related, hint=hint)


def _years(dates: Iterable[PartialDate | None]) -> Iterator[int]:
    return (date.year for date in dates if date is not None and date.year is not None)


def _years_in(name: str | None) -> list[int]:
    return [int(year) for year in _YEAR.findall(name or "")]


@rule("D207", "法审日期晚于签订日期", on=Contract)
def reviewed_before_signing(contract: Contract) -> Iterator[Finding]:
    """为什么: 法制审核在签订之前进行，签订以后再审没有意义。

    错误:
        contract: {sign_date: 2021-06-21}
        review: {date: 2021-07-02}
    正确:
        contract: {sign_date: 2021-06-21}
        review: {date: 2021-06-02}
    """
    reviewed, signed = contract.data.review.date, contract.data.contract.sign_date
    if certainly_after(reviewed, signed):
        message = f"法审建议单的日期 {reviewed} 晚于合同的签订日期 {signed}。"
        yield _at_day(contract, "review.date", message, "contract.sign_date", sure=False)


@rule("D208", "名称中的年份与年度不同", on=Contract)
def year_in_names(contract: Contract) -> Iterator[Finding]:
    """为什么: 合同名称、项目名称里的年份和年度说的是同一年；有一处不同，多半是沿用旧合同时没有改全。

    错误:
        contract: {year: 2021, name: 2021年度专项评估服务协议, project_name: 2020年度专项评估项目}
    正确:
        contract: {year: 2021, name: 2021年度专项评估服务协议, project_name: 2021年度专项评估项目}
    """
    terms = contract.data.contract
    names = {"contract.name": _years_in(terms.name), "contract.project_name": _years_in(terms.project_name)}
    stated = {path: years[0] for path, years in names.items() if len(years) == 1}
    if len(stated) < 2:
        return
    stated |= {} if terms.year is None else {"contract.year": terms.year}
    years = list(stated.values())
    most = max(years, key=years.count)
    for path, year in stated.items():
        if year != most:
            message = (
                f"这里的年份是 {year}，{contract.label(next(p for p, y in stated.items() if y == most))}里是 {most}。"
            )
            related = [other for other in stated if other != path]
            yield at(contract, path, message, severity=Severity.WARNING, related=related, hint="请核对年份。")
