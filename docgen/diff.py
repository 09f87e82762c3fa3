"""Two versions of a document held against each other: what is said otherwise, and a Word file that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from docgen.changes import Change
from docgen.contract.folders import find_kits, kit_names
from docgen.contract.kit import Kit, read_kit
from docgen.contract.shape import labelled_path
from docgen.copies import COMPARED, word_bytes, write_copy
from docgen.draft import unmarked
from docgen.errors import InputError
from docgen.findings import Place
from docgen.merge.differences import Difference, Spot, differences
from docgen.merge.three_way import redline
from docgen.merge.words import Edit, Span, edits
from docgen.outputs.history import version_of
from docgen.patterns import regex
from docgen.plan import possible_fields
from docgen.provenance import Provenance, field_ids, provenance_of
from docgen.reading.document import Block, Reading
from docgen.reading.word import read_word
from docgen.report.changes import ChangeReport, FileState
from docgen.rules.rule import place_of
from docgen.word.authors import COMPARING

_VERSION = regex(r"(.+)@([0-9]{1,6})")
_SAME = "两个版本说的完全一样（格式不比较）。"
_WORDS = "文字"
_NOT_SHOWN = "有的改动不能写进对比文件，见上面列出的文字。"


@dataclass(frozen=True)
class Side:
    """One of the two versions: its file as people name it, and its bytes without the marks of a draft."""

    shown: str
    data: bytes

    @cached_property
    def reading(self) -> Reading:
        """What it says."""
        return read_word(self.data, self.shown)

    @cached_property
    def blocks(self) -> Mapping[tuple[str, int], Block]:
        """Its blocks by part and paragraph."""
        return self.reading.by_place()

    @cached_property
    def known(self) -> Provenance | None:
        """What the file knows of itself, as long as its values stand where they stood."""
        known = provenance_of(self.data)
        return known if known is not None and not known.moved(self.reading) else None


class Value(NamedTuple):
    """A value in a paragraph: the field it comes from, and its characters."""

    field: str
    start: int
    end: int


def diff(old: str, new: str, out: Path | None = None, kits: Path | None = None) -> ChangeReport:
    """What `new` says otherwise than `old`, with a copy of `old` that shows it in tracked changes.

    Each is a Word file, or FILE@N for the file as it stood in version N of its set. The copy is written to `out` (a
    folder or a .docx), or beside the new file; raises OutputError where another file has its name.
    """
    one, other = _side(old), _side(new)
    found = differences(one.data, other.data)
    if not found:
        return ChangeReport("", (FileState(old, "old"), FileState(new, "same")), remarks=(_SAME,))
    kit, values = _values(one, other, kits)
    changes = tuple(change for each in found for change in _changes(each, one, other, values))
    labels = {change.field: labelled_path(kit.shape, change.field) for change in changes if kit and change.field}
    labels[""] = _WORDS
    marked = redline(one.data, other.data, COMPARING)
    copy = write_copy(_file(new), COMPARED, out, marked.data)
    files = FileState(old, "old"), FileState(new, "differs"), FileState(copy, "redline")
    remarks = (*dict.fromkeys(marked.said), *((_NOT_SHOWN,) if marked.notes else ()))
    return ChangeReport("", files, changes, labels, remarks=remarks, heading="不同之处")


def _file(given: str) -> Path:
    """The path of what was given, without the number of a version."""
    version = _VERSION.fullmatch(given)
    return Path(version[1]) if version is not None and not Path(given).exists() else Path(given)


def _side(given: str) -> Side:
    path = _file(given)
    if path == Path(given):
        return Side(given, _unmarked(word_bytes(path, given), given))
    number = int(given.rpartition("@")[2])
    data = version_of(path.parent, number, path.name)
    if data is None:
        hint = f"docgen restore {path.parent.as_posix()} 列出这套文件有哪些版本。"
        raise InputError(f"{given}：历史记录里没有这份文件的第 {number} 版。", hint=hint)
    return Side(given, _unmarked(data, given))


def _unmarked(data: bytes, given: str) -> bytes:
    try:
        return unmarked(data)
    except InputError as error:
        raise InputError(f"{given}：{error}", hint=error.hint) from None


Values = Mapping[tuple[str, int], Sequence[Value]]


def _values(one: Side, other: Side, kits: Path | None) -> tuple[Kit | None, tuple[Values, Values]]:
    """The kit of which both files are the same document, and their values with the fields they come from."""
    old, new = one.known, other.known
    nothing: tuple[Values, Values] = ({}, {})
    if old is None or new is None:
        return None, nothing
    if (old.origin.set, old.origin.document) != (new.origin.set, new.origin.document):
        return None, nothing
    root = find_kits(kits)
    for name in kit_names(root):
        kit, _ = read_kit(root / name)
        found = (_placed(old, kit), _placed(new, kit)) if kit is not None else nothing
        if any(found):
            return kit, found
    return None, nothing


def _placed(known: Provenance, kit: Kit) -> Values:
    fields = field_ids(known.origin, possible_fields(kit.shape, ()))
    found: dict[tuple[str, int], list[Value]] = {}
    for stand in known.stands:
        if stand.field in fields:
            found.setdefault((stand.part, stand.position), []).append(
                Value(fields[stand.field], stand.start, stand.end)
            )
    return found


def _changes(each: Difference, one: Side, other: Side, values: tuple[Values, Values]) -> Iterator[Change]:
    """The values that changed in a paragraph, each by its field; the whole paragraph where its own words did."""
    if each.before is not None and each.after is not None and each.old is not None and each.new is not None:
        found = list(_fields(each.old, each.new, values[0].get(each.before, ()), values[1].get(each.after, ())))
        if found and all(found):
            for old, new in dict.fromkeys(pair for pair in found if pair is not None):
                place = _place(other, each.after, new.start, new.end)
                yield Change(new.field, each.old[old.start : old.end], each.new[new.start : new.end], place)
            return
    side, spot = (other, each.after) if each.after is not None else (one, each.before)
    yield Change("", each.old, each.new, _place(side, spot, 0, len((each.new if side is other else each.old) or "")))


def _fields(
    old: str, new: str, before: Sequence[Value], after: Sequence[Value]
) -> Iterator[tuple[Value, Value] | None]:
    """For each edit of a paragraph the value that it changes, as it was and as it is; None for the words around."""
    shift = 0
    for edit in edits(old, new, _spans(before), _spans(after)):
        was = _around(before, edit.start, edit.end)
        now = _around(after, edit.start + shift, edit.start + shift + len(edit.text))
        yield (was, now) if was is not None and now is not None and was.field == now.field else None
        shift += _growth(edit)


def _spans(values: Sequence[Value]) -> list[Span]:
    return [(value.start, value.end) for value in values]


def _growth(edit: Edit) -> int:
    return len(edit.text) - (edit.end - edit.start)


def _around(values: Sequence[Value], start: int, end: int) -> Value | None:
    return next((value for value in values if value.start <= start and end <= value.end), None)


def _place(side: Side, spot: Spot | None, start: int, end: int) -> Place:
    block = side.blocks.get(spot) if spot is not None else None
    most = len(block.text) if block is not None else end
    return place_of(side.shown, block, spot.part if spot is not None else "body", (start, min(end, most)))
