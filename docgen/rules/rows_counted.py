"""How many rows a table has, against the sentence before it that says how many there are: 调查14次，选题如下."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.tables import Table, tables
from docgen.rules.numerals import chinese, how_many
from docgen.rules.rule import inside, place_in

_COUNT: Final = regex(
    r"(?<![每第约近超少多前后内于\d.、一二三四五六七八九十~～\-—至到])(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?个?"
    r"(?P<unit>[次项家名人份台套种类处场期件门篇]|课题|子项|分项|标段|标包|品目|岗位|站点|点位)(?![上下内外以余多])"
)
_ANNOUNCES: Final = regex(r"(?:如下|下列|以下|下表)[^。；]{0,12}[:：。]?\s*$")
_SERIAL: Final = regex(r"\s*(?:序\s*号|编\s*号|No\.?)\s*", re.IGNORECASE)
_CAPTION: Final = 24
_WITHIN: Final = 10
_LEAST: Final = 3
_FAR: Final = 3


def off_counts(reading: Reading) -> Iterator[Finding]:
    """The findings about sentences that count the rows of the table below them otherwise."""
    for table in tables(reading):
        lead = [block for block in table.lead if block.text.strip()]
        if not lead or not (said := next((block for block in lead[-2:] if _ANNOUNCES.search(block.text)), None)):
            continue
        captions = lead[lead.index(said) + 1 :]
        if any(len(block.text.strip()) > _CAPTION for block in captions) or (listed := _rows(table)) is None:
            continue
        rows, header = listed
        if (match := _claim(said, rows, "".join(block.text for block in captions) + header)) is not None:
            first, last = table.rows[1][0].blocks[0], table.rows[-1][0].blocks[0]
            number = match["number"]
            yield inside(
                reading,
                said,
                match.span("number"),
                f"这里说有 {number} {match['unit']}，下面的表列了 {rows} 行。",
                severity=Severity.WARNING,
                expected=str(rows) if number.isascii() else chinese(rows),
                related=(place_in(reading, first, (0, len(first.text))), place_in(reading, last, (0, len(last.text)))),
                hint="请核对次数、项数，或补上漏列的一行。",
            )


def _rows(table: Table) -> tuple[int, str] | None:
    """How many rows a table numbers from 1 without a gap, and what the column beside the numbers is called."""
    head, *rows = table.rows
    if len(head) < 2 or not _SERIAL.fullmatch(head[0].text):
        return None
    numbers = [row[0].text.strip() for row in rows if row[0].cell.column == head[0].cell.column]
    counted = [number for number in numbers if number.isdecimal()]
    if len(counted) < _LEAST or counted != [str(number) for number in range(1, len(counted) + 1)]:
        return None
    return len(counted), head[1].text


def _claim(block: Block, rows: int, named: str) -> re.Match[str] | None:
    """The number that should be that of the rows: the last of its sentence, beside a word that the table has too."""
    sentence = max(block.text.rstrip("。：: \n").rfind("。"), 0)
    found = list(_COUNT.finditer(block.text, sentence))
    values = [how_many(match["number"]) or 0 for match in found]
    if not found or rows in values or not values[-1] >= _LEAST or abs(values[-1] - rows) > _FAR:
        return None
    last = found[-1]
    near = re.split(r"[，,、；;：:。]", block.text[max(last.start() - _WITHIN, 0) : last.start()])[-1]
    near += re.split(r"[，,、；;：:。]", block.text[last.end("unit") - 1 : last.end() + _WITHIN // 2])[0]
    words = {near[at : at + 2] for at in range(len(near) - 1)}
    return last if any(word in named and word.isalpha() for word in words) else None
