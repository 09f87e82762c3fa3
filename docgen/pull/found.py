"""What is found in an edited file, before anybody asks what it means for the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Spot(NamedTuple):
    """A place in the edited file, or in the file as docgen wrote it."""

    part: str
    position: int
    start: int = 0
    end: int = 0


class ValueEdit(NamedTuple):
    """A value that reads otherwise: its field, which of its places in the file (from 0), old and new text.

    `silent` tells that the data leave the field out, and what stood there was what the template prints instead.
    """

    path: str
    occurrence: int
    old: str
    new: str
    spot: Spot
    silent: bool = False


class WordEdit(NamedTuple):
    """Words that were changed and are no value: old is None where they were put in, new where taken out.

    `moved` tells that they stand elsewhere now, as they were. `before` is where they stood in the file as docgen wrote
    it, for those that stand nowhere now.
    """

    old: str | None
    new: str | None
    spot: Spot | None
    moved: bool = False
    before: Spot | None = None


class Unclear(NamedTuple):
    """An edit of which nobody can say what it means for the data: why, and the field or entry where it is of one."""

    edit: WordEdit
    reason: str
    path: str = ""


class NewRow(NamedTuple):
    """A row or paragraph that was put in: what stands in it for each field of an entry, by the rest of its path.

    `again` is what stands in it for fields that stand there already.
    """

    values: Mapping[str, str]
    spot: Spot
    again: tuple[tuple[str, str], ...] = ()


class ListEdit(NamedTuple):
    """The entries of a list as they stand now: numbers from 1 of those that stood there `before`, or new rows.

    `said` is what each of those that stood there said, by the rest of the path of each field; `gone` is where the first
    one that is gone stood.
    """

    path: str
    before: tuple[int, ...]
    order: tuple[int | NewRow, ...]
    spot: Spot | None
    said: Mapping[int, Mapping[str, str]]
    gone: Spot | None = None


@dataclass(slots=True)
class Edits:
    """All that was changed in a file; `unclear` is what nobody can say which value it is of, and why."""

    values: list[ValueEdit] = field(default_factory=list)
    lists: list[ListEdit] = field(default_factory=list)
    words: list[WordEdit] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
