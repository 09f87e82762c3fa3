"""Where a file comes from: which set, which data and template, which field stands where, and whether it was changed.

The record travels inside the file. It holds ids and salted hashes alone: no value, no path, no name; whoever has the
set can match them, nobody else learns anything from them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from docgen.reading.document import Reading
from docgen.template.written import Written
from docgen.word.attachment import SPACE, attach, attached

_ATTRIBUTE = re.compile('([a-z]+)="([^"]*)"')
_PART = re.compile('<v p="([^"]*)">([^<]*)</v>')
_VALUE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})\+([0-9]{1,9})(?:=([0-9a-f]+))?")
# What a program fills in by itself (page numbers) is no change by a person, so headers and footers are left out.
_SAID = ("body", "footnotes", "endnotes")
_ID, _FIELD = 24, 10


@dataclass(frozen=True, slots=True)
class Origin:
    """Which set and document a file is, and from which data of it and which template it was made: ids and hashes."""

    set: str
    document: str
    data: str
    template: str


@dataclass(frozen=True, slots=True)
class Stand:
    """A value in a file: the id of its field (empty for what comes from no single one), and where it stands."""

    field: str
    part: str
    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file knows of itself: where it comes from, a hash of what it said, and its values in order."""

    origin: Origin
    text: str
    stands: tuple[Stand, ...] = ()

    def changed(self, reading: Reading) -> bool:
        """Whether the file says something else than when it was written."""
        return _text_id(self.origin, reading) != self.text


def identity(*texts: str) -> str:
    """The id of what these texts name: the same texts give the same id, the id gives no text."""
    return hashlib.sha256("\0".join(("docgen", *texts)).encode()).hexdigest()[:_ID]


def field_ids(origin: Origin, paths: Iterable[str]) -> dict[str, str]:
    """The fields by their ids in files of this origin."""
    return {_field_id(origin.data, path): path for path in paths}


def with_provenance(data: bytes, origin: Origin, reading: Reading, written: Iterable[Written]) -> bytes:
    """The Word file with the record of where it comes from, what it says and which field stands where."""
    parts = dict(_listed(origin, written))
    values = "".join(f'<v p="{part}">{" ".join(stands)}</v>' for part, stands in parts.items())
    about = f'set="{origin.set}" document="{origin.document}" data="{origin.data}" template="{origin.template}"'
    record = f'<record xmlns="{SPACE}" {about} text="{_text_id(origin, reading)}">{values}</record>'
    return attach(data, record.encode())


def provenance_of(data: bytes) -> Provenance | None:
    """What a Word file knows of itself; None where docgen did not write it, or the record was damaged."""
    content = attached(data)
    if content is None:
        return None
    text = content.decode(errors="replace")
    about = dict(_ATTRIBUTE.findall(text.partition("<v ")[0]))
    try:
        origin = Origin(about["set"], about["document"], about["data"], about["template"])
        return Provenance(origin, about["text"], tuple(_stands(text)))
    except KeyError:
        return None


def _listed(origin: Origin, written: Iterable[Written]) -> Mapping[str, Sequence[str]]:
    identify = cache(lambda path: f"={_field_id(origin.data, path)}" if path else "")
    found: dict[str, list[str]] = {}
    for path, _, part, position, start, end in written:
        found.setdefault(part, []).append(f"{position}:{start}+{end - start}{identify(path)}")
    return found


def _stands(text: str) -> Iterator[Stand]:
    for part, listed in _PART.findall(text):
        for position, start, length, field in _VALUE.findall(listed):
            yield Stand(field, part, int(position), int(start), int(start) + int(length))


def _field_id(data: str, path: str) -> str:
    return identity("field", data, path)[:_FIELD]


def _text_id(origin: Origin, reading: Reading) -> str:
    said = (block.text.strip() for block in reading.blocks if block.part in _SAID)
    return identity("text", origin.data, "\n".join(text for text in said if text))
