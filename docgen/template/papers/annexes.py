"""A paper as the documents it holds: the body and its annexes, and how they speak of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from docgen.template.papers.lines import Control, Line, Piece, Slot, Tag

_LABEL: Final = re.compile(r"附件[ \u3000]?(\d{1,2}|[一二三四五六七八九十]{1,3})?[：:]?")
_MENTION: Final = re.compile(r"附件[ \u3000]?(\d{1,2})(?!\d)")
_ENTRY: Final = re.compile(r"(附件\d{1,2})([：:、\s\u3000]*)(.+?)[；;。]?")
_TITLES: Final = ("[标题", "[封面题名", "[封面标题")
_IDS: Final = (
    ("报价", "price"), ("名单", "roster"), ("保密", "confidentiality"), ("廉政", "integrity"), ("廉洁", "integrity"),
    ("需求", "requirements"), ("清单", "list"), ("方案", "plan"), ("验收", "acceptance"), ("收货", "receipt"),
    ("安装", "installation"), ("授权", "authorisation"), ("承诺", "commitment"), ("审", "review"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document that becomes a template: its identity in the kit, its title, its lines, and the file it stood in.

    `annex` is its number among the annexes; `title` what kit.yaml says, `shown` what the paper says. A document that is
    made for `each` entry of a list has so many `copies`, and a `name` that they have in common.
    """

    id: str
    title: str
    shown: str
    annex: int | None
    lines: tuple[Line, ...]
    file: str
    number: int = 0
    each: str = ""
    copies: int = 1
    name: str = ""

    @property
    def template(self) -> str:
        """The name of its template file."""
        name = re.sub(r'[\\/:*?"<>|\s{}]', "", (self.name or self.shown).replace("\\n", ""))[:30] or self.id
        name += str(self.number or "")
        return f"附件-{name}.docx" if self.annex is not None else "正文.docx" if self.id == "body" else f"{name}.docx"


def sheets_of(papers: Sequence[tuple[str, Sequence[Line]]]) -> list[Sheet]:
    """The documents that the papers hold, in order; each annex begins with its label."""
    made: list[Sheet] = []
    annex = 0
    for file, lines in papers:
        for part in _parts(lines):
            title = next((line.text for line in part if line.head.startswith(_TITLES)), PurePath(file).stem)
            labelled = any(line.head.startswith("[附件号") for line in part)
            annex += labelled
            identity = _identity(title, "body" if not made else None, {sheet.id for sheet in made}, len(made))
            made.append(Sheet(identity, "", title.strip(), annex if labelled else None, tuple(part), file))
    return [
        replace(sheet, number=number) if _doubled(sheet, made[:number]) else sheet for number, sheet in enumerate(made)
    ]


def _doubled(sheet: Sheet, others: Sequence[Sheet]) -> bool:
    return any(other.template == sheet.template for other in others)


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each document: an annex begins with the page that its label stands on."""
    starts = [0]
    for at, line in enumerate(lines):
        if not line.head.startswith("[附件号") or not _LABEL.fullmatch(line.text.strip()):
            continue
        begin = at
        while begin and (lines[begin - 1].head.startswith(("@页", "[空行", "[分页"))):
            begin -= 1
        if begin:
            starts.append(begin)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        part = list(lines[start:end])
        while part and part[0].head in ("[空行]", "[分页]"):
            part.pop(0)
        pages = part and part[0].head.startswith("@页面")
        yield part if pages else [Line("@页面 纵向"), *part]


def _identity(title: str, first: str | None, taken: set[str], number: int) -> str:
    if first:
        return first
    meant = next((name for word, name in _IDS if word in title), f"annex_{number}")
    return meant if meant not in taken else f"{meant}_{number}"


def linked(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The documents with their own label and title, the list of annexes and mentions of annexes as tags."""
    ids: dict[int | None, str] = {sheet.annex: sheet.id for sheet in sheets if sheet.annex is not None}
    titles: dict[int | None, str] = {sheet.annex: sheet.shown for sheet in sheets if sheet.annex is not None}
    return [replace(sheet, lines=tuple(_linked(sheet, ids, titles))) for sheet in sheets]


def _linked(sheet: Sheet, ids: dict[int | None, str], titles: dict[int | None, str]) -> Iterator[Line]:
    titled = False
    lines = _with_list(sheet.lines, titles)
    for line in lines:
        if line.head.startswith("[附件号") and sheet.annex is not None:
            yield replace(line, pieces=(Slot(line.text, (Tag("=doc.label"),)),))
        elif (
            line.head.startswith("[标题")
            and not titled
            and line.text.strip() == sheet.shown
            and sheet.annex is not None
        ):
            titled = True
            yield replace(line, pieces=(Slot(line.text, (Tag("=doc.title"),)),))
        elif line.control is None:
            yield replace(line, pieces=tuple(_mentions(line.pieces, ids)))
        else:
            yield line


def _mentions(pieces: Sequence[Piece], ids: dict[int | None, str]) -> Iterator[Piece]:
    for piece in pieces:
        if not isinstance(piece, str):
            yield piece
            continue
        at = 0
        for match in _MENTION.finditer(piece):
            if int(match[1]) in ids:
                yield piece[at : match.start()]
                yield Slot(match[0], (Tag(f'=annex("{ids[int(match[1])]}")'),))
                at = match.end()
        yield piece[at:]


def _with_list(lines: Sequence[Line], titles: dict[int | None, str]) -> list[Line]:
    """The lines with a list of all annexes as a loop."""
    found = [_ENTRY.fullmatch(line.text) if line.head.startswith("[") else None for line in lines]
    wanted = [(f"附件{number}", title) for number, title in titles.items()]
    for at in range(len(lines) - len(wanted) + 1) if wanted else ():
        matches = [match for match in found[at : at + len(wanted)] if match is not None]
        if [(match[1], match[3]) for match in matches] == wanted and len({match[2] for match in matches}) == 1:
            first = lines[at]
            body = replace(first, pieces=(
                Slot(matches[0][1], (Tag("=entry.label"),)), matches[0][2], Slot(matches[0][3], (Tag("=entry.title"),)),
            ))  # fmt: skip
            loop = [Line("{%p", (), first.place, Control("=for entry in annexes")), body,
                    Line("{%p", (), first.place, Control("endfor"))]  # fmt: skip
            return [*lines[:at], *loop, *lines[at + len(wanted) :]]
    return list(lines)
