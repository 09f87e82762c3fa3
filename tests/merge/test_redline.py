"""Two versions shown in tracked changes: refused it is the old one, accepted the new one, whatever stands in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

import pytest

from docgen.merge.three_way import Version, merge, redline
from docgen.reading.word import read_word
from docgen.word.package import write_package
from tests.endure import examples
from tests.tracked import accepted, refused
from tests.word.structure import faults
from tests.wordfiles import p, word_files

_SIGNS = "甲方乙方应当按照约定支付价款合同总价期限项目服务成果验收"


@dataclass
class Cell:
    """What a cell says, over how many columns it goes, and whether it goes on with the one above."""

    text: str
    span: int = 1
    merge: str = ""


@dataclass
class Paper:
    """A document: paragraphs, tables, a note hung on some paragraphs, a header."""

    blocks: list[str | list[list[Cell]]]
    header: str
    notes: dict[int, str] = field(default_factory=dict)


@pytest.mark.parametrize("seed", range(examples(25, 3_000)))
def test_refused_it_is_the_old_version_and_accepted_the_new_one(seed: int) -> None:
    """Merged cells, headers and notes among it; both are sound."""
    chance = random.Random(seed)
    paper = _paper(chance)
    old, new = _file(paper), _file(_changed(chance, paper))

    shown = redline(old, new)

    assert (shown.notes, faults(shown.data)) == ((), [])
    for settled, meant in ((refused(shown.data), old), (accepted(shown.data), new)):
        assert _said(settled) == _said(meant)
        assert faults(settled) == []


def test_what_stands_behind_a_table_with_other_columns_stays_behind_it() -> None:
    """The table is exchanged as a whole; a paragraph that is new comes after the new one."""
    narrow, wide = [[Cell("监测工作"), Cell("100")]], [[Cell("监测工作"), Cell("一次"), Cell("150")]]
    old, new = _file(Paper([narrow, "附则"], "页眉")), _file(Paper([wide, "新增的一条", "附则"], "页眉"))

    shown = redline(old, new).data

    assert (_said(accepted(shown)), _said(refused(shown))) == (_said(new), _said(old))
    assert _said(merge(Version(old), Version(old), Version(new)).data) == _said(new)


def test_a_note_at_words_that_are_exchanged_stays_with_either() -> None:
    """It hangs on the place and is none of the words."""
    old, new = (_file(Paper([f"合同总价为{figure}元"], "页眉", {0: "含税"})) for figure in ("100", "150万"))

    shown = redline(old, new).data

    assert [_said(each)[-1] for each in (accepted(shown), refused(shown))] == [("footnotes", "含税")] * 2


def _said(data: bytes) -> list[tuple[str, str]]:
    """The texts of the body, of the header, of the notes that the body refers to."""
    return [(b.part, b.text) for b in read_word(data, "x").blocks if b.text or b.part == "body"]


def _sentence(chance: random.Random) -> str:
    signs = "".join(chance.choice(_SIGNS) for _ in range(chance.randint(1, 25)))
    return signs + chance.choice(["", "，1,040,000.00元", "。", "（大写：壹佰零肆万元整）"])


def _paper(chance: random.Random) -> Paper:
    blocks: list[str | list[list[Cell]]] = [
        _grid(chance) if chance.random() < 0.3 else _sentence(chance) for _ in range(chance.randint(1, 10))
    ]
    places = [n for n, block in enumerate(blocks) if isinstance(block, str) and chance.random() < 0.2]
    return Paper(blocks, _sentence(chance), {n: _sentence(chance) for n in places})


def _grid(chance: random.Random) -> list[list[Cell]]:
    """A table of three columns, in which cells go over two columns or two rows."""
    rows: list[list[Cell]] = []
    for _ in range(chance.randint(1, 5)):
        if chance.random() < 0.25:
            rows.append([Cell(_sentence(chance)[:9], 2), Cell(_sentence(chance)[:9])])
        elif chance.random() < 0.3:
            rows.append([Cell(_sentence(chance)[:9], 1, "restart"), *(Cell(_sentence(chance)[:9]) for _ in range(2))])
            rows.append([Cell("", 1, "continue"), *(Cell(_sentence(chance)[:9]) for _ in range(2))])
        else:
            rows.append([Cell(_sentence(chance)[:9]) for _ in range(3)])
    return rows


def _changed(chance: random.Random, paper: Paper) -> Paper:
    paper = deepcopy(paper)
    if chance.random() < 0.4:
        paper.header = _reworded(chance, paper.header)
    for n in [n for n in paper.notes if chance.random() < 0.4]:
        paper.notes[n] = _reworded(chance, paper.notes[n])
    for _ in range(chance.randint(1, 4)):
        at, kind = chance.randrange(len(paper.blocks)), chance.random()
        block = paper.blocks[at]
        if not isinstance(block, str):
            _change_grid(chance, block)
        elif kind < 0.2 and at not in paper.notes:
            _moved_up(paper, at, 1)
            paper.blocks.insert(at, _sentence(chance) + "新增")
        elif kind < 0.4 and at not in paper.notes and len(paper.blocks) > 1:
            _moved_up(paper, at, -1)
            del paper.blocks[at]
        else:
            paper.blocks[at] = _reworded(chance, block)
    return paper


def _moved_up(paper: Paper, at: int, by: int) -> None:
    paper.notes = {n + by if n >= at else n: text for n, text in paper.notes.items()}


def _change_grid(chance: random.Random, rows: list[list[Cell]]) -> None:
    kind, at = chance.random(), chance.randrange(len(rows))
    alone = not any(cell.merge for cell in rows[at])
    if kind < 0.2 and not any(cell.merge == "continue" for cell in rows[at]):
        rows.insert(at, [Cell(f"新{chance.randint(100, 999)}") for _ in range(3)])
    elif kind < 0.35 and alone and len(rows) > 1:
        del rows[at]
    else:
        cell = chance.choice([cell for cell in rows[at] if cell.merge != "continue"])
        cell.text = _reworded(chance, cell.text)


def _reworded(chance: random.Random, text: str) -> str:
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(0, 4))
    return text[:start] + chance.choice(["改", "另行约定", "500", ""]) + text[end:] or "空"


def _file(paper: Paper) -> bytes:
    numbers = {n: number for number, n in enumerate(sorted(paper.notes), 1)}
    body = "".join(_xml(block, numbers.get(n)) for n, block in enumerate(paper.blocks))
    notes = "".join(_note(number, paper.notes[n]) for n, number in numbers.items())
    lines = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    section = '<w:headerReference w:type="default" r:id="header1"/>'
    parts = {"header1": p(paper.header), "footnotes": lines + notes}
    return write_package(_typed(word_files(f"{body}<w:p/>", section=section, parts=parts)))


def _note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}">{p(text)}</w:footnote>'


def _xml(block: str | list[list[Cell]], note: int | None) -> str:
    if isinstance(block, str):
        hung = f'<w:r><w:footnoteReference w:id="{note}"/></w:r></w:p>' if note is not None else "</w:p>"
        return p(block).removesuffix("</w:p>") + hung
    rows = "".join(f"<w:tr>{''.join(_cells(row))}</w:tr>" for row in block)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * 3}</w:tblGrid>{rows}</w:tbl>"


def _cells(row: list[Cell]) -> Iterator[str]:
    for cell in row:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
        yield f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{p(cell.text)}</w:tc>"


def _typed(parts: dict[str, bytes]) -> dict[str, bytes]:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in (("header1", "header"), ("footnotes", "footnotes"))
    )
    types = parts["[Content_Types].xml"].replace(b"</Types>", f"{kinds}</Types>".encode())
    return {**parts, "[Content_Types].xml": types}
