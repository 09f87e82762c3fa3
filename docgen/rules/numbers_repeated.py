"""Sentences that stand in a contract and once more in its annexes, word for word but for one number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.facts import Facts
from docgen.rules.once import once_per_reading
from docgen.rules.party_records import contracts_of
from docgen.rules.rule import inside, place_in, rule

_NUMBER: Final = r"(?:[0-9]+(?:\.[0-9]+)?|[一二三四五六七八九十]{1,3})"
# What an obligation is counted in; amounts and dates have rules of their own.
_COUNTED: Final = regex(
    rf"(?<![0-9.年月第—～~至到/-])(?P<number>{_NUMBER})\s?(?P<unit>个?工作日|个?自然日|个?日历[天日]|[日天](?=内|以内|前|后|之)|个月|小时|次|名|[%％‰])"
)
_UNITS: Final = (
    "工作日",
    "自然日",
    "日历",
    "日内",
    "日以",
    "日前",
    "日后",
    "日之",
    "天内",
    "天以",
    "天前",
    "天后",
    "天之",
    "个月",
    "小时",
    "次",
    "名",
    "%",
    "％",
    "‰",
)
_SENTENCE: Final = regex(r"[^。；;]+")
_LEADING: Final = regex(r"[\s（(]*(?:第?[0-9一二三四五六七八九十.]{1,5}\s?[条）)、.．]|[-*•])?\s*")
_PARTY: Final = regex(r"甲方|乙方|丙方|双方|委托方|受托方|委托人|受托人|采购人|供应商|中标人|买方|卖方|发包人|承包人")
_CHARACTER: Final = regex(r"[\u4e00-\u9fff]")
_ANNEX: Final = regex(r"\s*附件[ \u3000]?[0-9０-９一二三四五六七八九十]{1,2}\s*(?:[：:、.．]|\s|$)")
_LEAST: Final = 20
"""So many characters without the numbers; what is shorter is a phrase that many clauses use."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with the counts in it: where each stands and what it says."""

    reading: Reading
    block: Block
    counts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@rule("W116", "同一句话在附件里数字不同", on=Bundle)
def numbers_repeated(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 正文和附件里逐字相同的一句话只有一个期限、比例或者次数不同，履行时就不知道以哪一个为准。

    错误:
        乙方应当在合同签订后10个工作日内提交实施方案，并经甲方书面确认。
        附件1：服务方案
        乙方应当在合同签订后15个工作日内提交实施方案，并经甲方书面确认。
    正确:
        乙方应当在合同签订后10个工作日内提交实施方案，并经甲方书面确认。
        附件1：服务方案
        乙方应当在合同签订后10个工作日内提交实施方案，并经甲方书面确认。
        乙方应当在合同变更后15个工作日内提交实施方案，并经甲方书面确认。
    """
    for contract in contracts_of(bundle):
        begins = {_annexes_begin(reading) for reading in contract.readings}
        # Most files are the body alone, or one annex.
        annexes = _said(contract.readings, annexed=True) if begins not in ({None}, {0}) else {}
        body = _said(contract.readings, annexed=False) if annexes else {}
        for shape, said in annexes.items():
            # Where it stands more often, each place has a number of its own.
            if len(said) == len(body.get(shape, ())) == 1:
                yield from _off(body[shape][0], said[0])


def _said(readings: Iterable[Reading], *, annexed: bool) -> dict[str, list[_Said]]:
    """The sentences of the annexes, or of all before them, by what they are without their counts."""
    said: dict[str, list[_Said]] = {}
    for reading in readings:
        for shape, one in _sentences(reading, annexed=annexed):
            said.setdefault(shape, []).append(one)
    return said


def _off(body: _Said, annex: _Said) -> Iterator[Finding]:
    different = [at for at, (one, other) in enumerate(zip(body.counts, annex.counts, strict=True)) if one != other]
    if len(different) != 1:
        return
    (at,) = different
    message = f"同一句话在正文里写的是“{body.counts[at]}”，在附件里写的是“{annex.counts[at]}”。"
    related = (place_in(body.reading, body.block, body.spans[at]),)
    yield inside(
        annex.reading, annex.block, annex.spans[at], message, severity=Severity.WARNING, related=related,
        hint="请核对以哪一处为准；两处本来就不同的，请写明各自的情形。",
    )  # fmt: skip


@once_per_reading
def _annexes_begin(reading: Reading) -> int | None:
    """The paragraph from which on a file is annexes; None where it has none."""
    return next((block.index for block in blocks_with(reading, "附件") if _ANNEX.match(block.text)), None)


def _sentences(reading: Reading, *, annexed: bool) -> Iterator[tuple[str, _Said]]:
    """The sentences in which parties promise something counted, without the counts, and with them."""
    begins = _annexes_begin(reading)
    if begins == (0 if not annexed else None):
        return
    for block in blocks_with(reading, *_UNITS):
        if (begins is not None and begins <= block.index) != annexed:
            continue
        if block.cell is not None or not _PARTY.search(block.text) or not _COUNTED.search(block.text):
            continue
        for sentence in _SENTENCE.finditer(block.text):
            begin = _LEADING.match(block.text, sentence.start(), sentence.end())
            start = begin.end() if begin else sentence.start()
            matches = list(_COUNTED.finditer(block.text, start, sentence.end()))
            text = _COUNTED.sub("\0", block.text[start : sentence.end()])
            if not matches or not _PARTY.search(text) or len(_CHARACTER.findall(text)) < _LEAST:
                continue
            shape = "".join(text.split())
            counts = tuple("".join(match[0].split()) for match in matches)
            yield shape, _Said(reading, block, counts, tuple(match.span() for match in matches))
