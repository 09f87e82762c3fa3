"""Annexes of a set: what is listed, what is there, and what a reference means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.annex_subjects import meant_by_subject
from docgen.rules.annex_titles import Annexes, Entry, annexes_in, bare
from docgen.rules.annexes import annex_references, foreign
from docgen.rules.annexes_quoted import one_left_out
from docgen.rules.annexes_retold import retold
from docgen.rules.facts import Facts
from docgen.rules.numbers import tokens
from docgen.rules.party_records import contracts_of
from docgen.rules.rule import inside, place_in, rule

_ELSEWHERE: Final = regex(r"另附|另册|另行|单独|略|无$")
_GENERIC: Final = regex(
    r"由?双方在?|甲方|乙方|另行|约定|依照|按照|执行|具体|工作|内容|方案|评估|年度|服务|项目|管理|详见|附件|要求|以及|有关|相关|协助|开展|辅助|本项|情况|实施|计划|标准|办法|本合|合同|协议|清单|明细|[\d\W_]"
)
_ALIKE: Final = 0.5
_TELLING: Final = 2


@rule("R103", "附件清单与附件的标题不一致", on=Bundle)
def titles_agree(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 清单里的附件名称和附件本身的标题不同，就说不清合同附的是哪一份文件。

    错误:
        附件：
        1. 项目报价
        2. 年度效绩评估工作方案
        附件1：项目报价
        总价一万元。
        附件2：年度绩效评估工作方案
        为做好绩效工作，制定本方案。
    正确:
        附件：
        1. 项目报价（格式附后）
        2. 绩效评估工作方案
        附件1：项目报价
        总价一万元。
        附件2：年度绩效评估工作方案
        为做好绩效工作，制定本方案。
    """
    for contract in contracts_of(bundle):
        annexes = annexes_in(contract)
        yield from _titles_of(annexes)
        yield from retold(contract, annexes)


def _titles_of(annexes: Annexes) -> Iterator[Finding]:
    for entry in annexes.listed:
        heading = _heading(annexes, entry.number)
        if heading is None or _same(entry.title, heading.title):
            continue
        message = f"附件{entry.number}在清单中是“{bare(entry.title)}”，附件本身的标题是“{bare(heading.title)}”。"
        related = (place_in(heading.reading, heading.block, heading.span),)
        yield inside(
            entry.reading, entry.block, entry.span, message, severity=Severity.WARNING, expected=bare(heading.title),
            related=related, hint="请统一附件的名称。",
        )  # fmt: skip
    yield from _renumbered(annexes)


def _renumbered(annexes: Annexes) -> Iterator[Finding]:
    """The annexes that begin with another number than the list gives to their title."""
    listed: dict[str, list[Entry]] = {}
    for entry in annexes.listed:
        listed.setdefault(bare(entry.title), []).append(entry)
    headed = {(entry.number, bare(entry.title)) for entry in annexes.headed}
    for entry in annexes.headed:
        title = bare(entry.title)
        said = listed.get(title, [])
        if (
            len(title) < _TITLED
            or len(said) != 1
            or said[0].number == entry.number
            or (said[0].number, title) in headed
        ):
            continue
        message = f"“{title}”在清单中是附件{said[0].number}，这里写的是附件{entry.number}。"
        related = (place_in(said[0].reading, said[0].block, said[0].span),)
        yield inside(
            entry.reading, entry.block, entry.span, message, severity=Severity.WARNING,
            expected=f"附件{said[0].number}", related=related, hint="请核对附件号。",
        )  # fmt: skip


_TITLED: Final = 4


@rule("R104", "引用的附件另有所指", on=Bundle)
def references_mean_their_annex(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 条文说的是一件事，引用的附件却是另一件事，多半是附件调整以后没有改号。

    错误:
        政务公开的安排见附件1。
        附件1：绩效考核方案
        绩效考核每季度一次。
        附件2：政务公开方案
        政务公开每月一次。
    正确:
        政务公开的安排见附件2，费用见附件1。
        附件1：绩效考核方案
        绩效考核每季度一次。
        附件2：政务公开方案
        政务公开每月一次。
    """
    for contract in contracts_of(bundle):
        yield from _meanings_of(contract, annexes_in(contract))


def _meanings_of(bundle: Bundle, annexes: Annexes) -> Iterator[Finding]:
    telling = {entry.number: _telling(entry.title) for entry in annexes.headed}
    if len(telling) < _TELLING or _of_others(annexes):
        return
    titles = {entry.number: entry.title for entry in annexes.headed}
    headings = {(entry.reading.file, entry.block.index) for entry in (*annexes.listed, *annexes.headed)}
    for reading in bundle.readings:
        referring = {block.index for block in blocks_with(reading, "附件")}
        above: list[Block] = []
        for block in reading.blocks if referring else ():
            if (reading.file, block.index) in headings:
                above = []
                continue
            if block.index in referring:
                found = list(_misdirected(reading, block, _heading_of(above), telling))
                yield from found or _off_subject(reading, block, titles)
            if len(block.text) <= _LINE and "。" not in block.text:
                above.append(block)


def _misdirected(reading: Reading, block: Block, above: str, telling: dict[int, set[str]]) -> Iterator[Finding]:
    references = [one for one in annex_references(block.text) if not foreign(block.text, one.start)]
    if len(references) != 1 or references[0].number not in telling:
        return
    (reference,) = references
    spoken = _spoken_of(block.text, reference.start, above)
    number, shared = _best(telling, spoken)
    own = telling[reference.number]
    if number == reference.number or not own or 4 * len(own & spoken) > len(own):
        return
    if not shared or 2 * len(shared) < len(telling[number]):
        return
    message = f"这里说的是“{'、'.join(_joined(shared))}”，引用的却是附件{reference.number}；附件{number}才与此有关。"
    span = (reference.start, reference.end)
    yield inside(
        reading, block, span, message, severity=Severity.WARNING, expected=f"附件{number}", hint="请核对附件号。"
    )


def _off_subject(reading: Reading, block: Block, titles: dict[int, str]) -> Iterator[Finding]:
    """The references whose own words name another annex, or speak of what only another one can hold."""
    for reference in annex_references(block.text):
        if reference.number not in titles or foreign(block.text, reference.start):
            continue
        meant = meant_by_subject(block.text, reference, titles)
        if meant is not None:
            number, words = meant
            message = f"这里说的是“{words}”，引用的是附件{reference.number}“{bare(titles[reference.number])}”"
            message += f"；附件{number}是“{bare(titles[number])}”。"
            span = (reference.start, reference.end)
            yield inside(
                reading, block, span, message, severity=Severity.WARNING, expected=f"附件{number}",
                hint="请核对附件号。",
            )  # fmt: skip


def _joined(pairs: set[str]) -> list[str]:
    """The words that overlapping pairs of characters make: 政务, 务公, 公开 are 政务公开."""
    behind = {pair[0]: pair for pair in pairs}
    starts = sorted(pair for pair in pairs if not any(other != pair and other[1] == pair[0] for other in pairs))
    words = []
    for start in starts or sorted(pairs)[:1]:
        word, left = start, set(pairs) - {start}
        while (following := behind.get(word[-1])) in left and following is not None:
            left.discard(following)
            word += following[1]
        words.append(word)
    return words


def _best(telling: dict[int, set[str]], spoken: set[str]) -> tuple[int, set[str]]:
    """The annex whose title says most of what is spoken of, and what they share."""
    number = max(telling, key=lambda one: (len(telling[one] & spoken) / max(1, len(telling[one])), -one))
    return number, telling[number] & spoken


def _spoken_of(text: str, end: int, above: str) -> set[str]:
    """What a reference is about: the clause that it ends, else its sentence, or all of it where it is a remark."""
    clause = re.split(r"(?=[，,。；;（(：:])", text[:end])[-1]
    if clause[:1] in ("（", "("):
        return _telling(clause) or _telling(above) | _telling(text)
    return _telling(clause) or _telling(re.split(r"[。；;]", text[:end])[-1])


def _heading_of(above: list[Block]) -> str:
    """The heading that the next paragraph stands under, the last numbered one of those lines; others are let go."""
    while above and not tokens([above[-1]]):
        above.pop()
    return above[-1].text if above else ""


_LINE: Final = 40


@rule("R105", "附件清单与实有附件不符", on=Bundle)
def listed_annexes_are_there(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 清单列了附件而文件里没有，或者有附件而清单没有列，合同的组成就不明确。

    错误:
        附件：
        1. 项目报价
        2. 人员名单
        3. 工作方案
        附件1：项目报价
        总价一万元。
        附件2：人员名单
        共三人。
    正确:
        附件：
        1. 项目报价
        2. 人员名单
        3. 投标文件（另附）
        附件1：项目报价
        总价一万元。
        附件2：人员名单
        共三人。
    """
    for contract in contracts_of(bundle):
        yield from _off_list(annexes_in(contract))


def _off_list(annexes: Annexes) -> Iterator[Finding]:
    headed = {entry.number for entry in annexes.headed}
    listed = {entry.number: entry for entry in annexes.listed}
    if len(headed) < _TELLING or len(listed) < _TELLING or _of_others(annexes):
        return
    missing = [listed[number] for number in sorted(listed.keys() - headed) if not _is_elsewhere(listed[number])]
    missing = [entry for entry in missing if any(map(str.isalnum, entry.title))]  # 附件5：......
    unlisted = [entry for entry in annexes.headed if entry.number not in listed]
    for entry, heading in _misnumbered(missing, unlisted):
        missing.remove(entry)
        unlisted.remove(heading)
    if len(missing) <= _FEW and 2 * len(missing) < len(listed):
        for entry in missing:
            message = f"清单列有附件{entry.number}“{bare(entry.title)}”，文件里没有这份附件。"
            yield _of_list(entry, message, "请补上附件，或从清单中删去；另附的请注明“另附”。")
    if len(unlisted) <= _FEW and 2 * len(unlisted) < len(headed):
        for entry in unlisted:
            yield _of_list(entry, f"附件{entry.number}“{bare(entry.title)}”没有列入附件清单。", "请补进清单。")


def _of_others(annexes: Annexes) -> bool:
    """Whether the list is of other annexes than stand there: a tender has those of the bid and of the contract."""
    titles = [bare(entry.title) for entry in annexes.headed]
    listed = [bare(entry.title) for entry in annexes.listed]
    known = sum(any(_alike(title, other) for other in titles) for title in listed)
    return 2 * known < len(listed)


def _alike(one: str, other: str) -> bool:
    return one in other or other in one or SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _misnumbered(missing: list[Entry], unlisted: list[Entry]) -> list[tuple[Entry, Entry]]:
    """The annexes that bear one number in the list and another one on themselves, which is told as such."""
    titled = {bare(entry.title): entry for entry in unlisted if len(bare(entry.title)) >= _TITLED}
    return [(entry, titled[title]) for entry in missing if (title := bare(entry.title)) in titled]


# More than so many, and it is the list that was not understood.
_FEW: Final = 2
_PAGE_NUMBER: Final = regex(r"[\t .…]\d{1,3}\s*$")


def _is_elsewhere(entry: Entry) -> bool:
    """Whether a listed annex is told to be another paper, is a line of the contents, or begins somewhere unread."""
    if _ELSEWHERE.search(entry.title) or _PAGE_NUMBER.search(entry.block.text):
        return True
    begins = regex(rf"\s*附件[ \u3000]?{entry.number}(?!\d)")
    others = (block for block in entry.reading.blocks if block.index > entry.block.index)
    return any(begins.match(block.seen) for block in others)


def _of_list(entry: Entry, message: str, hint: str) -> Finding:
    return inside(entry.reading, entry.block, entry.span, message, severity=Severity.WARNING, hint=hint)


def _heading(annexes: Annexes, number: int) -> Entry | None:
    """The heading of an annex, known only where there is one."""
    found = [entry for entry in annexes.headed if entry.number == number]
    return found[0] if len({bare(entry.title) for entry in found}) == 1 else None


def _same(one: str, other: str) -> bool:
    """Whether two titles are the same, one of them perhaps shortened."""
    first, second = bare(one), bare(other)
    if one_left_out(first, second):
        return False
    return not first or first in second or second in first or SequenceMatcher(None, first, second).ratio() < _ALIKE


def _telling(text: str) -> set[str]:
    """The pairs of characters of a text that say what it is about."""
    kept = _GENERIC.sub(" ", text)
    return {kept[at : at + 2] for at in range(len(kept) - 1) if " " not in kept[at : at + 2]}
