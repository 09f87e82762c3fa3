"""Word files as awkward as those that clerks receive, from readable text in which the bound facts are marked.

A file of tests/cases/awkward is one set. Its lines:

    === 01_合同.docx        the next document of the set
    正文的一段              a paragraph; `¦` parts runs, `↵` is a line break, `⇥` a tab
    @页眉 …  @页脚 …        header and footer of the document
    @框 …                   a paragraph in a text box, written twice as Word does it (Choice and Fallback)
    @控件 …                 a paragraph in a block of content controls
    @注 …                   a footnote of the paragraph before
    @号1 …  @号2 …          a paragraph with an automatic number: 第一条 / 一、 / （一） / 1. / （1）
    |格|格|                 a row of a table: `>2 格` spans two columns, `v 格` begins a cell merged downwards, `^` goes
                            on with it, `格¶格` are two paragraphs, `[a;b//c;d]` is a table in the cell

In a paragraph `[+…+]` is inserted text, `[-…-]` deleted text, `⟪…⟫` a content control, `⟨…⟩` the result of a field,
and `{kind:text}` a fact of that kind (tests.slips.SLIPS) that is stated twice or bound by arithmetic or order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from docgen.reading.document import Block
from docgen.reading.word import read_word
from docgen.word.package import write_package
from tests.slips import SLIPS
from tests.wordfiles import word_files

KINDS: Final = (*SLIPS, "行")
_OPEN: Final = {kind: chr(0xE000 + at) for at, kind in enumerate(KINDS)}
_CLOSE: Final = "\uf000"
_MARKS: Final = re.compile("[\ue000-\uf000]")
_FACT: Final = re.compile(r"\{(" + "|".join(KINDS) + r"):([^{}]*)\}")
_PIECE: Final = re.compile(r"\[\+(.*?)\+\]|\[-(.*?)-\]|⟪(.*?)⟫|⟨(.*?)⟩|([^⟪⟨\[]+|.)")
_CELL: Final = re.compile(r"(?:>(\d) )?(v |\^)?(.*)", re.DOTALL)
_BOX: Final = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{0}"
    "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
_REVISION: Final = 'w:id="7" w:author="" w:date="2026-01-01T00:00:00Z"'
_LEVELS: Final = (("chineseCountingThousand", "第%1条"), ("chineseCountingThousand", "%1、"),
                  ("chineseCountingThousand", "（%1）"), ("decimal", "%1."), ("decimal", "（%1）"))  # fmt: skip
_NUMBERING: Final = "".join(
    f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    for at, (form, text) in enumerate(_LEVELS, 1)
) + "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(_LEVELS) + 1))


@dataclass(frozen=True, slots=True)
class Marked:
    """A bound fact: its kind, the paragraph it stands in, and its characters there."""

    kind: str
    block: Block
    start: int
    end: int


def awkward_set(text: str) -> list[tuple[str, bytes, list[Marked]]]:
    """The documents that the lines describe: name, Word file without marks, and the facts that were marked in it."""
    return [(name, _file(_MARKS.sub("", lines)), _facts(name, lines)) for name, lines in _sources(text)]


def _sources(text: str) -> Iterator[tuple[str, str]]:
    """The name and the lines of each document, its facts between private characters."""
    text = _FACT.sub(lambda match: f"{_OPEN[match[1]]}{match[2]}{_CLOSE}", text)
    assert not re.search(r"\{|\}", text), "a mark that is no kind of fact"
    for document in re.split(r"^=== *", text, flags=re.MULTILINE)[1:]:
        name, _, lines = document.partition("\n")
        yield name.strip(), lines


def _facts(name: str, lines: str) -> list[Marked]:
    """The facts of a document, found where the file with its marks is read."""
    clean = read_word(_file(_MARKS.sub("", lines)), name).blocks
    found = [
        Marked(kind, clean[block.index], start, end)
        for block in read_word(_file(lines), name).blocks
        for kind, start, end in _marked(block.text)
    ]
    wanted = len(re.findall(_CLOSE, lines))
    assert len(found) == wanted, f"{name}: {wanted} facts are marked, {len(found)} are read"
    return found


def _marked(text: str) -> Iterator[tuple[str, int, int]]:
    kind, start, at = "", 0, 0
    for char in text:
        if char == _CLOSE:
            yield kind, start, at
        elif char in _OPEN.values():
            kind, start = KINDS[ord(char) - 0xE000], at
        else:
            at += 1


def _file(lines: str) -> bytes:
    body: list[str] = []
    notes: list[str] = []
    edges: dict[str, str] = {}
    for is_table, group in groupby(lines.splitlines(), key=lambda line: line.startswith("|")):
        if is_table:
            body.append(_table([line.strip()[1:-1].split("|") for line in group]))
            continue
        for line in group:
            _line(line, body, notes, edges)
    section = "".join(f'<w:{name[:6]}Reference w:type="default" r:id="{name}"/>' for name in edges)
    parts = {**edges, "numbering": _NUMBERING}
    if notes:
        parts["footnotes"] = "".join(f'<w:footnote w:id="{at}">{note}</w:footnote>' for at, note in enumerate(notes, 1))
    return write_package(word_files("".join(body), section=section, parts=parts))


def _line(line: str, body: list[str], notes: list[str], edges: dict[str, str]) -> None:
    """One line of a document: a paragraph of its body, or of what stands beside it."""
    match = re.match(r"@(页眉|页脚|框|控件|注|号\d) ?(.*)", line)
    what, text = (match[1], match[2]) if match else ("", line)
    if what in ("页眉", "页脚"):
        edges["header1" if what == "页眉" else "footer1"] = _paragraph(text)
    elif what == "框":
        body.append(_BOX.format(_paragraph(text)))
    elif what == "控件":
        body.append(f"<w:sdt><w:sdtContent>{_paragraph(text)}</w:sdtContent></w:sdt>")
    elif what == "注":
        notes.append(_paragraph(text))
        mark = f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r></w:p>'
        body[-1] = body[-1].removesuffix("</w:p>") + mark
    elif what:
        body.append(_paragraph(text, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{what[-1]}"/></w:numPr>'))
    else:
        body.append(_paragraph(text))


def _paragraph(text: str, properties: str = "") -> str:
    inside = "".join(_piece(match) for match in _PIECE.finditer(text))
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def _piece(match: re.Match[str]) -> str:
    inserted, deleted, control, field, plain = match.groups()
    if inserted is not None:
        return f"<w:ins {_REVISION}>{_runs(inserted)}</w:ins>"
    if deleted is not None:
        gone = f'<w:r><w:delText xml:space="preserve">{escape(deleted)}</w:delText></w:r>'
        return f"<w:del {_REVISION}>{gone}</w:del>"
    if control is not None:
        return f"<w:sdt><w:sdtContent>{_runs(control)}</w:sdtContent></w:sdt>"
    return f'<w:fldSimple w:instr=" REF a ">{_runs(field)}</w:fldSimple>' if field is not None else _runs(plain)


def _runs(text: str) -> str:
    """The runs of a text: one for each piece between `¦`, of other looks in turn."""
    looks = ("", "<w:rPr><w:u w:val='single'/></w:rPr>")
    return "".join(f"<w:r>{looks[at % 2]}{_shown(run)}</w:r>" for at, run in enumerate(text.split("¦")))


def _shown(run: str) -> str:
    text = f'<w:t xml:space="preserve">{escape(run)}</w:t>'
    return text.replace("↵", '</w:t><w:br/><w:t xml:space="preserve">').replace(
        "⇥", '</w:t><w:tab/><w:t xml:space="preserve">'
    )


def _table(rows: Iterable[list[str]]) -> str:
    made = "".join(f"<w:tr>{''.join(_cell(text) for text in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{made}</w:tbl>"


def _cell(text: str) -> str:
    match = _CELL.fullmatch(text.strip())
    assert match is not None
    span, merged, inside = match.groups()
    properties = f'<w:gridSpan w:val="{span}"/>' if span else ""
    properties += {"v ": '<w:vMerge w:val="restart"/>', "^": "<w:vMerge/>"}.get(merged or "", "")
    nested = re.fullmatch(r"(.*?)\[([^+-].*)\]", inside)
    if nested:
        table = _table([row.split(";") for row in nested[2].split("//")])
        content = f"{_paragraph(nested[1])}{table}<w:p/>"
    else:
        content = "".join(_paragraph(piece) for piece in inside.split("¶"))
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"
