"""Values of the data in a paper as tags: which of several equal fields is meant is told by the words around."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from docgen.contract.scalars import Scalar
from docgen.contract.shape import FieldShape, GroupShape, every_field
from docgen.template.author.inline import CELL, split_outside_tags
from docgen.template.papers.forms import SKIPPED, Form, Found, Index, forms_of, lengths_of, values_below
from docgen.template.papers.lines import If, Line, Piece, Slot, Tag
from docgen.template.papers.lists import ROLES, lists_below
from docgen.template.papers.remarks import Remark
from docgen.template.values import Record, Rows, path_of

_BEFORE, _AFTER = 40, 20
_SENTENCE: Final = re.compile(r"[。；]")
_PARTY: Final = re.compile(r"[^：。，]{0,8}?([甲乙])方[^。，]{0,6}[：｜¶（(\[]")
_ACROSS: Final = re.compile(r"\[>(\d+)\]")
_EVIDENT: Final = 2
_LONG: Final = 6
_OF_WHOLE: Final = "总价、总额、经费、违约金、合同价"
_HINTS: Final = {"contract.copies.total": "一式"}
_UNITS: Final = {"工作日": "个工作日", "月": "个月"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words about a field: its own label and remark, and those of the groups around it."""

    own: str
    remark: str
    around: str
    unit: str = ""
    hint: str = ""


@dataclass(slots=True)
class Matcher:
    """Finds the values of a contract in lines and puts tags in their place."""

    index: Index
    words: dict[str, Words]
    remarks: list[Remark]
    party: str = ""
    follows: str = ""

    def tagged(self, lines: Sequence[Line]) -> list[Line]:
        """The lines with every value that can be told as a tag."""
        made: list[Line] = []
        heads: list[str] = []
        for at, line in enumerate(lines):
            self.follows = next((each.control.path for each in lines[at + 1 : at + 2] if each.control is not None), "")
            if line.head.startswith("@表 "):
                heads = []
            heads = heads or (_columns(line.text) if line.is_row else [])
            over = _over(line.text, heads) if line.is_row else []
            if party := _PARTY.match(line.text):
                self.party = party[1]
            if line.control is None and line.pieces:
                made.append(replace(line, pieces=tuple(self._line(line, over))))
            else:
                made.append(line)
        return made

    def _line(self, line: Line, over: list[str]) -> Iterator[Piece]:
        column, before = 0, ""
        for piece in line.pieces:
            if isinstance(piece, str):
                for made in self._text(piece, line, before, over[column:]):
                    yield made
                    before += made if isinstance(made, str) else made.text if isinstance(made, Slot) else ""
                column += len(split_outside_tags(piece, CELL)) - 1 if line.is_row else 0
            elif isinstance(piece, If):
                yield If(
                    piece.field, tuple(self._inside(piece.there, line)), tuple(self._inside(piece.otherwise, line))
                )
            else:
                yield piece
                before += piece.text if isinstance(piece, Slot) else ""

    def _inside(self, pieces: Sequence[Piece], line: Line) -> Iterator[Piece]:
        for piece in pieces:
            if isinstance(piece, str):
                yield from self._text(piece, line, "", [])
            else:
                yield piece

    def _text(self, text: str, line: Line, before: str, over: list[str]) -> Iterator[Piece]:
        at = 0
        for found in self.index.find(text):
            cell = text.count(CELL, 0, found.start)
            tag = self._meant(found, text, line, before, over[cell : cell + 1])
            if tag is not None:
                if found.start > at:
                    yield text[at : found.start]
                yield Slot(text[found.start : found.end], (tag,))
                at = found.end
        if at < len(text):
            yield text[at:]

    def _meant(self, found: Found, text: str, line: Line, before: str, heads: list[str]) -> Tag | None:
        """The tag that a value is printed by; None where it is not told, or only stands there by chance."""
        value = text[found.start : found.end]
        if ROLES.fullmatch(value) or (not found.firm and _is_number_of_item(text, found)):
            return None
        lead = _SENTENCE.split(before + text[: found.start])[-1][-_BEFORE:]
        end = len(before) + found.end
        after = _SENTENCE.split(line.text[end : end + _AFTER])[0]
        cell = line.is_row and _is_cell(text, found)
        if line.is_row:
            beside = (before + text[: found.start]).rpartition(CELL)
            lead = f"{' '.join(heads)} {beside[0]}{CELL}{beside[2]}"
        known = _once_each(found.tags, after, heads if line.is_row else None)
        if not known:
            return None
        scores = [(self._score(tag, lead, after, found.start + len(before) == 0), tag) for tag in known]
        best = max(score for score, _ in scores)
        if best < _EVIDENT and all("[" in tag.path for tag in known) and not _telling(value):
            return None
        if not found.firm and best < _EVIDENT - 0.5 * (len(known) == 1) and not (cell and len(value) > 1 and best > 0):
            return None
        tags = [tag for score, tag in scores if score == best]
        tags = _plainest(tags)
        if len(tags) > 1:
            shown = "、".join(self._called(tag) for tag in tags)
            self.remarks.append(Remark("歧义", line.place, value, f"与几个字段相同，没有替换：{shown}"))
            return None
        return tags[0]

    def _called(self, tag: Tag) -> str:
        words = self.words.get(_pattern(tag.path))
        return f"{words.around}.{words.own}（{tag.path}）" if words else tag.path

    def _score(self, tag: Tag, lead: str, after: str, first: bool) -> float:
        words = self.words.get(_pattern(tag.path), Words("", "", ""))
        score = 3.0 * (len(words.own) > 1 and words.own in lead[-12:])
        score += 1.5 * len(_pairs(words.own) & (_pairs(lead) | _pairs(after[:8]))) + 0.75 * len(
            _pairs(words.own) & _pairs(after[8:])
        )
        score += 1.0 * len(_pairs(words.remark) & _pairs(lead + after)) + 0.5 * len(_pairs(words.around) & _pairs(lead))
        group = words.around.rpartition(".")[2]
        score += 2.0 * (len(group) > 1 and group in lead[-12:]) + 1.0 * bool(
            words.unit and after.startswith(words.unit)
        )
        score += 4.0 * bool(words.hint and words.hint in lead[-6:])
        score += 0.75 * bool(self.party and words.around.startswith(f"{self.party}方"))
        if tag.form.startswith("length"):
            # A list that follows tells what is counted; its own name alone would do so too often.
            return (
                4.0
                if self.follows == tag.path
                else score + 2.0
                if re.match(f"[种项期节个份名条批]{words.own}", after)
                else 0.0
            )
        return score + 0.25 * (first and tag.path.endswith(".name"))


def _columns(row: str) -> list[str]:
    """What stands at the head of each column, as often as it goes over several."""
    return [cell for cell in split_outside_tags(row, CELL) for _ in range(_width(cell))]


def _over(row: str, heads: Sequence[str]) -> list[str]:
    """What stands over each cell of a row."""
    cells = split_outside_tags(row, CELL)
    starts = [sum(map(_width, cells[:at])) for at in range(len(cells))]
    return [heads[start] if start < len(heads) else "" for start in starts]


def _width(cell: str) -> int:
    """How many columns a cell takes."""
    across = _ACROSS.search(cell)
    return int(across[1]) if across else 1


def _once_each(tags: Sequence[Tag], after: str, heads: Sequence[str] | None) -> list[Tag]:
    """One tag for each field, in 万元 where the words say so: behind the figure, or at the head of its column."""
    scaled = after.lstrip().startswith("万") or any("万元" in head for head in heads or ())
    kept: dict[str, Tag] = {}
    for tag in sorted(tags, key=lambda tag: tag.form.startswith("万元") is not scaled):
        if scaled or not tag.form.startswith("万元"):
            kept.setdefault(tag.path, tag)
    return list(kept.values())


def _is_cell(text: str, found: Found) -> bool:
    """Whether a value is all that its cell holds."""
    before, after = text[: found.start].rstrip(), text[found.end :].lstrip()
    return before.endswith((CELL, "")) and before[-1:] in (CELL, "") and after[:1] in (CELL, "[", "")


def _is_number_of_item(text: str, found: Found) -> bool:
    """Whether a figure only numbers a paragraph."""
    before, after = text[: found.start][-1:], text[found.end : found.end + 1]
    return (before in ("", "¶", CELL) and after in tuple(".．、")) or (before in tuple("（(") and after in tuple("）)"))


def _telling(value: str) -> bool:
    """Whether a value of an entry is told by itself: a long text, or an amount."""
    return (
        len(value) >= _LONG
        or re.fullmatch(r"[\d,.]{5,}|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{4,}", value) is not None
    )


def _plainest(tags: list[Tag]) -> list[Tag]:
    """Of fields that the words around do not tell apart, the ones that stand highest in the data."""
    depths = [len(re.findall(r"[.\[]", tag.path)) + 2 * ("review." in tag.path) for tag in tags]
    return [tag for tag, depth in zip(tags, depths, strict=True) if depth == min(depths)]


def _pattern(path: str) -> str:
    return re.sub(r"\[[^\]]*\]", "[]", path)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if re.match(r"[\u4e00-\u9fff]{2}", text[at : at + 2])}


def matcher(top: dict[str, Any], shape: GroupShape, remarks: list[Remark], known: Callable[[str], bool]) -> Matcher:
    """What finds the values of a contract's data; `known` says which fields may be used."""
    used = [(path, value) for path, value in _every(top) if _pattern(path) not in SKIPPED and known(path)
            and not path.endswith((".no", ".annex"))]  # fmt: skip
    forms = [form for path, value in used for form in forms_of(value, path)]
    counts = [form for name, value in top.items() if not name.startswith("_") for rows in lists_below(value)
              if known(str(path_of(rows))) for form in lengths_of(rows)]  # fmt: skip
    forms = [form for form in (*forms, *counts) if form in counts or _may_be_told(form)]
    return Matcher(Index(forms), {path: _words(shape, path, item) for path, item in every_field(shape)}, remarks)


def _may_be_told(form: Form) -> bool:
    """Whether a form says enough to be looked for: a single character may stand anywhere."""
    return len(form.text) > 1 or form.text.isascii() or form.tag.form == "份数" or form.tag.path in _HINTS


def _every(top: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in top.items():
        if not name.startswith("_"):
            yield from values_below(value)
            yield from _entries(value)


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The values in entries of lists."""
    if isinstance(value, Rows):
        for item in value:
            yield from values_below(item)
            yield from _entries(item)
    elif isinstance(value, Record):
        for name, inner in vars(value).items():
            if not name.startswith("_"):
                yield from _entries(inner)


def _words(shape: GroupShape, path: str, item: FieldShape) -> Words:
    from docgen.contract.shape import labelled_path

    around = labelled_path(shape, path).rpartition(".")[0].replace("[]", "")
    remark = item.description or ""
    rate = _OF_WHOLE if isinstance(item.shape, Scalar) and item.shape.kind == "rate" else ""
    told = "" if remark.startswith(("控制数", "写")) else remark
    return Words(item.label, told + rate, around, _UNITS.get(remark, remark), _HINTS.get(path, ""))
