"""What dates in documents are about: the day of signing, the term, acceptance; and which years a document supports."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from docgen.findings import Place
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.once import once_per_reading
from docgen.rules.rule import place_in
from docgen.rules.written_dates import MARKS, Written, dates_in

_BLANKS: Final = regex(r"[\s\u3000_＿]+")
_NOT_BARE: Final = regex(r"[^\s\u3000_＿【】\[\]（）()。.]")
_SIGNED: Final = regex(r"(?:^|[\s\u3000])(?:本)?(?:合同|协议)?签[订定署约字][\s\u3000]*(?:日期|时间)[:：]?为?$")
_DATED: Final = regex(r"^日\s*期[:：]$")
_SIGNING: Final = regex(r"盖\s*章|公\s*章|签\s*章|签\s*字|签\s*名|签订")
_STAMPED: Final = regex(r"盖\s*章|公\s*章|签\s*章|签\s*字(?!\s*(?:准备|确认|验收|版|稿|完成))|法定代表人|委托代理人")
_ITS_PARTY: Final = regex(
    r"甲\s*方|乙\s*方|丙\s*方|委托[方人]|受托[方人]|采购[方人]|供应商|授权代表|委托代理人|法定代表人"
)
_ANOTHER: Final = regex(r"《[^》。]*(?:合同|协议)[^》。]*》\s*[（(，,][^。；;]*$")
_TITLE: Final = regex(r"(?:合同|协议)书?$")
_YEAR: Final = regex(r"(?<![0-9〔])((?:19|20)[0-9]{2})(?=[ \t]*年|】|\]|[-./][0-9]{1,2}[-./])")
_ENUMERATED: Final = regex(
    r"^\s*(?:第[〇一二三四五六七八九十百]+[条章]|[（(]?[0-9一二三四五六七八九十]{1,3}[)）、.．]+|[0-9]+(?:\.[0-9]+)+)\s*"
)
_YEAR_OF_TITLE: Final = regex(r"(?<![0-9])((?:19|20)[0-9]{2})(?=[ \t]*年度|】|\])")
_STATEMENT: Final = regex(r"^.{2,28}(?:阶段|期限|时间)\s*$")
_NO_WORDS: Final = regex(r"[\s\u3000“”\"'*_\-–—~～至（）()：:，,【】]+|开始履行|^\s*自")
_DUE: Final = regex(r"(?:应当?|[须需可将要])[在于]$")
_BEFORE: Final = regex(r"^(?:之?前|以前|[，,])+")
_DUTY: Final = 12
_COVER: Final = 40
_BACK: Final = 8
_LAST_WORDS: Final = 60
_LINE: Final = 120
_REACH: Final = 200


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with what stands before it: `lead` in its own block or the cell before, `above` in the block before.

    `head` is the text at the top of its column in a table.
    """

    reading: Reading
    block: Block
    date: Written
    lead: str
    above: str
    signing: bool = False
    head: str = ""

    @property
    def behind(self) -> str:
        """The few characters after the date."""
        return self.block.text[self.date.end : self.date.end + 8]

    @property
    def of_another(self) -> bool:
        """Whether its sentence has named another contract before it: 签订《…合同》（编号…），期限自…."""
        return _ANOTHER.search(self.lead) is not None

    @property
    def place(self) -> Place:
        """Where the date stands."""
        return place_in(self.reading, self.block, (self.date.start, self.date.end))

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from other dates of the same document."""
        return self.block.index, self.date.start


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a block: the last texts, whether its row is to be signed, whether it is a cover's."""

    before: tuple[str, ...]
    signed_row: bool
    cover: bool
    head: str = ""


@once_per_reading
def dated_in(reading: Reading) -> tuple[Dated, ...]:
    """The dates of a document that have a year, in order."""
    return tuple(_all_dated(reading))


def _all_dated(reading: Reading) -> Iterator[Dated]:
    dated = [(block, dates) for block in blocks_with(reading, *MARKS) if (dates := dates_in(block.text))]
    if not dated:
        return
    signed_rows, heads, cover = _signed_rows(reading), _heads(reading, dated), _end_of_cover(reading.blocks)
    for block, dates in dated:
        before = list(_before(reading.blocks, block.index))
        row, head, label = None, "", ""
        if block.cell is not None:
            row = block.cell.table, block.cell.row
            head = heads.get((block.cell.table, block.cell.column), "")
            beside = before[0].cell if before else None
            label = before[0].text if beside is not None and (beside.table, beside.row) == row else ""
        texts = ["", "", *(one.text[-_LAST_WORDS:] for one in reversed(before))][-_BACK:]
        around = _Around(tuple(texts), row in signed_rows, block.index <= cover, head)
        yield from _dated(reading, block, dates, label, around)


def _before(blocks: Sequence[Block], index: int) -> Iterator[Block]:
    """The last few blocks before one that say something, the nearest first."""
    said = (blocks[at] for at in range(index - 1, -1, -1) if blocks[at].text.strip())
    yield from islice(said, _BACK)


def _heads(reading: Reading, dated: Sequence[tuple[Block, object]]) -> dict[tuple[int, int], str]:
    """What stands at the head of each column of tables, where dates stand in tables at all."""
    if all(block.cell is None for block, _ in dated):
        return {}
    tops = ((block.cell, block.text) for block in reading.blocks if block.cell and block.cell.row == 1)
    return {(cell.table, cell.column): text for cell, text in tops if text.strip()}


def _end_of_cover(blocks: Sequence[Block]) -> int:
    """The number of the block that may be the last of a cover."""
    said = (block.index for block in blocks if block.text.strip())
    return deque(islice(said, _COVER), maxlen=1).pop()


def _dated(reading: Reading, block: Block, dates: tuple[Written, ...], label: str, around: _Around) -> Iterator[Dated]:
    at, lead = 0, ""
    for date in dates:
        lead = (lead + block.text[at : date.start])[-_REACH:]
        at = date.end
        if date.earliest() is not None:
            own = lead if lead.strip() else label
            bare = len(block.text) <= _LINE and not _NOT_BARE.search(lead + block.text[date.end :])
            signing = _is_signing(block, own, around, bare=bare)
            yield Dated(reading, block, date, own, around.before[-1], signing, around.head)
        lead += "§"


def _is_signing(block: Block, lead: str, around: _Around, *, bare: bool) -> bool:
    if "签" in lead and _SIGNED.search(_squeezed(lead)) and (block.cell is None or len(lead) <= 12):
        return True
    if not bare and ("期" not in lead or not _DATED.match(_BLANKS.sub("", lead))):
        return False
    if block.cell is not None:
        return around.signed_row
    short = [text for text in around.before if len(text) <= 40]
    if any(_SIGNING.search(text) and _ITS_PARTY.search(text) for text in short):
        return True
    return bare and around.cover and any(_ITS_PARTY.match(text) or _TITLE.search(text.strip()) for text in short)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _signed_rows(reading: Reading) -> set[tuple[int, int] | None]:
    """The rows of tables that are near a place for a signature or a stamp."""
    found: set[tuple[int, int] | None] = set()
    for block in blocks_with(reading, "章", "字", "代"):
        if block.cell is not None and len(block.text) <= 40 and _STAMPED.search(block.text):
            found |= {(block.cell.table, block.cell.row + step) for step in range(-3, 5)}
    return found


def years_supported(readings: Iterable[Reading]) -> Counter[int]:
    """How often each year is written, dates and numbers like 【2026】 among them, those of laws 〔2019〕 left out."""
    return Counter(
        int(year)
        for reading in readings
        for block in blocks_with(reading, "19", "20")
        for year in _YEAR.findall(block.text)
    )


def years_titled(reading: Reading) -> set[int]:
    """The years in the titles and numbers of a document: 2026年度, 【2026】."""
    return {int(year) for block in blocks_with(reading, "19", "20") for year in _YEAR_OF_TITLE.findall(block.text)}


def fact_key(dated: Dated) -> str:
    """The last words before a date, by which the same statement is known again elsewhere; empty where they are few."""
    words = _words(dated.lead)
    if len(words) < 4 and dated.block.cell is None and _STATEMENT.search(dated.above):
        words = _words(dated.above) + words
    return words[-7:] if len(words) >= 5 or words == "合同生效" else ""


def duty(dated: Dated) -> set[str]:
    """The pairs of characters of what has to be done by a day, 承包人应在…前提交报告; empty where none is told."""
    if not _DUE.search(_words(dated.lead)):
        return set()
    words = _BEFORE.sub("", _words(dated.block.text[dated.date.end : dated.date.end + _DUTY]))
    return {words[at : at + 2] for at in range(len(words) - 1)}


def _words(lead: str) -> str:
    words = _NO_WORDS.sub("", _ENUMERATED.sub("", lead))
    return "合同生效" if words.endswith("合同生效") else words


def value_key(date: Written) -> tuple[int, int | None, str | None, int | None]:
    """The date without its year."""
    return date.month, date.day, date.third, date.until
