"""Lines of house markup in which some of the text has become tags: what a proposal is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from docgen.template.author.inline import CELL

EACH: Final = "[*]"
"""Stands in a path for the entry that a loop is at."""

_LINE: Final = re.compile(r"(\[[^\]\[]+\]|@页眉|@页脚)(?: |$)")
_SINGULAR: Final = {"goods": "item", "team": "member", "policies": "policy", "copies": "copy"}


class Tag(NamedTuple):
    """A value in a template: the path of its field and the form it is printed in.

    A path that begins with = is an expression of its own.
    """

    path: str
    form: str = ""

    @property
    def field(self) -> str | None:
        """The path of the field; None for an expression."""
        return None if self.path.startswith("=") else self.path


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of text that a tag takes the place of; several tags while it is not known which one is meant."""

    text: str
    tags: tuple[Tag, ...]


class If(NamedTuple):
    """The words in a line that depend on a condition; `field` is what must be there, or a condition of loops."""

    field: str
    there: tuple[Piece, ...]
    otherwise: tuple[Piece, ...] = ()


class Each(NamedTuple):
    """The words in a line that are repeated for every entry of a list, and what stands between two of them."""

    path: str
    body: tuple[Piece, ...]
    between: str = ""


Piece: TypeAlias = str | Slot | If | Each


class Control(NamedTuple):
    """What begins or ends a repetition or a condition over whole lines: for, if or end, and the path it is about."""

    word: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of house markup: its style or directive, its text in pieces, and where in the paper it stood.

    `sample` is the form of its automatic number, `label` what the paper called the clause, `name` what references
    know it by.
    """

    head: str
    pieces: tuple[Piece, ...] = ()
    place: str = ""
    control: Control | None = None
    sample: str = ""
    label: str = ""
    name: str = ""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return not self.head

    @property
    def text(self) -> str:
        """The text as it stood in the paper, without what repeats or depends."""
        return "".join(plain_text(self.pieces))


def plain_text(pieces: Iterable[Piece]) -> Iterator[str]:
    """The texts of pieces as they stood in the paper."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, Slot):
            yield piece.text


def line_of(markup: str, place: str = "") -> Line:
    """The line of house markup."""
    if markup.startswith(CELL):
        return Line("", (markup,), place)
    match = _LINE.match(markup)
    if match is None:
        return Line(markup, (), place)
    body = markup[match.end() :]
    return Line(match[1], (body,) if body else (), place)


def entry_name(path: str) -> str:
    """What templates call an entry of the list at that path."""
    key = re.sub(r"\[[^\]]*\]", "", path).rpartition(".")[2]
    if key in _SINGULAR:
        return _SINGULAR[key]
    return key[:-1] if key.endswith("s") and len(key) > 3 else f"{key}_entry"


def expression(path: str) -> str:
    """The path as a template writes it: entries of open loops by their names, others by their number from 0."""
    if path.startswith("="):
        return path[1:]
    before, star, rest = path.rpartition(EACH)
    shown = f"{entry_name(before)}{rest}" if star else path
    return re.sub(r"\[(\d+)\]", lambda match: f"[{int(match[1]) - 1}]", shown)


def printed(line: Line) -> str:
    """The line as house markup."""
    if line.control is not None:
        return _control(line.control, row=line.is_row)
    name = f', "{line.name}"' if line.name else ""
    number = f'{{{{ no("{line.sample}"{name}) }}}}' if line.sample else ""
    body = number + "".join(map(piece_text, line.pieces))
    return f"{line.head} {body}".rstrip(" ") if line.head else body


def _control(control: Control, *, row: bool) -> str:
    mark = "tr" if row else "p"
    words = {
        "for": f"for {entry_name(control.path)} in {expression(control.path)}",
        "if": f"if {expression(control.path)}",
    }
    inner = words.get(control.word, control.word.removeprefix("="))
    tag = f"{{%{mark} {inner} %}}"
    return f"{CELL}{tag}{CELL}" if row else tag


def piece_text(piece: Piece) -> str:
    """The piece as house markup."""
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Slot):
        tag = piece.tags[0]
        return f"{{{{ {expression(tag.path)}{f'|{tag.form}' if tag.form else ''} }}}}"
    if isinstance(piece, If):
        return _condition(expression(piece.field), *("".join(map(piece_text, part)) for part in piece[1:]))
    body = "".join(map(piece_text, piece.body))
    between = f"{{% if not loop.last %}}{piece.between}{{% endif %}}" if piece.between else ""
    return f"{{% for {entry_name(piece.path)} in {expression(piece.path)} %}}{body}{between}{{% endfor %}}"


def _condition(written: str, there: str, otherwise: str) -> str:
    if not there:
        denied = written.replace(" == ", " != ") if " == " in written else f"not {written}"
        return f"{{% if {denied} %}}{otherwise}{{% endif %}}"
    return f"{{% if {written} %}}{there}{f'{{% else %}}{otherwise}' if otherwise else ''}{{% endif %}}"


def slots_of(pieces: Iterable[Piece]) -> Iterator[tuple[Slot, bool]]:
    """Every slot in the pieces, and whether it is always printed."""
    for piece in pieces:
        if isinstance(piece, Slot):
            yield piece, True
        elif isinstance(piece, If):
            yield from ((slot, False) for slot, _ in slots_of((*piece.there, *piece.otherwise)))
        elif isinstance(piece, Each):
            yield from slots_of(piece.body)


def replaced(piece: Piece, before: str, after: str) -> Piece:
    """The piece with every path that begins with `before` beginning with `after`."""
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Slot):
        return Slot(piece.text, tuple(Tag(moved(tag.path, before, after), tag.form) for tag in piece.tags))
    if isinstance(piece, If):
        parts = (tuple(replaced(inner, before, after) for inner in part) for part in (piece.there, piece.otherwise))
        return If(moved(piece.field, before, after), *parts)
    body = tuple(replaced(inner, before, after) for inner in piece.body)
    return Each(moved(piece.path, before, after), body, piece.between)


def moved(path: str, before: str, after: str) -> str:
    """The path with its beginning replaced, if that is how it begins."""
    inside = path == before or path.startswith((f"{before}.", f"{before}["))
    return after + path[len(before) :] if inside else path
