"""Where a file comes from: which set, which data and template, which field stands where, and whether it was changed.

The record travels inside the file. It holds ids and salted hashes alone: no value, no path, no name; whoever has the
set can match them, nobody else learns anything from them.

What says anything of a contract (the name of its set, its data, what a file said) is hashed with the key of the set,
which stands in docgen's records beside the set and in no file. Without it nobody can find out by guessing what a name
or a figure was that has been taken out of a file since. The key follows from the data of the first build (key_of) and
stays: following from the data, it makes the same files of the same data in every empty folder and on every machine;
staying, it lets a later change of the data leave the files alone that it does not reach, and lets all versions of a
set know each other. Data are too many to be guessed as a whole, which is what the key would take.

Two things can be told without the key, since they give nothing away. The id of a field is the same in all files: names
of fields are the kit's. And a hash of how long the paragraphs are tells whoever compares two files whether the values
still stand where the record says.

A file of before there were keys has a record without that hash: its ids follow from what stands in it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from docgen.reading.document import Reading
from docgen.template.written import Written
from docgen.word.attachment import SPACE, attached, attached_to
from docgen.word.package import Package, write_package

_ATTRIBUTE = re.compile('([a-z]+)="([^"]*)"')
_PART = re.compile('<v p="([^"]*)">([^<]*)</v>')
_VALUE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})\+([0-9]{1,9})(?:=([0-9a-f]+))?")
# What a program fills in by itself (page numbers) is no change by a person, so headers and footers are left out.
_SAID = ("body", "footnotes", "endnotes")
_ID, _FIELD = 24, 10
_PART_OF = attrgetter("part")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which set and document a file is, and from which data of it and which template it was made: ids and hashes.

    `keyless` marks one of before there were keys.
    """

    set: str
    document: str
    data: str
    template: str
    keyless: bool = False


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
    """What a file knows of itself: where it comes from, hashes of what it said and how long, its values in order."""

    origin: Origin
    text: str
    lengths: str = ""
    stands: tuple[Stand, ...] = ()

    def changed(self, reading: Reading, key: str) -> bool:
        """Whether the file says something else than when it was written; `key` is that of its set."""
        return _text_id(self.origin, _said(reading), key) != self.text

    def moved(self, reading: Reading) -> bool:
        """Whether the values may stand elsewhere than when the file was written."""
        if self.origin.keyless:
            return self.changed(reading, "")
        return _lengths_id(self.origin, _said(reading)) != self.lengths


class Seal:
    """What the records of one set are made with: its key and its id."""

    def __init__(self, key: str, name: str) -> None:
        self.key = key
        self.set = set_id(name, key)

    def origin(self, document: str, written: Sequence[Written], template: str) -> Origin:
        """Where a document of the set comes from: `written` are the data of this document alone.

        So a change elsewhere leaves its bytes as they are.
        """
        texts = "\0".join([value.text for value in written])
        return Origin(self.set, document, identity(self.key, "data", texts), template)

    def sealed(self, package: Package, origin: Origin, reading: Reading, written: Iterable[Written]) -> bytes:
        """The Word file of a package with the record of where it comes from, what it says, which field stands where."""
        parts = _listed(written)
        values = "".join(f'<v p="{part}">{" ".join(stands)}</v>' for part, stands in parts.items())
        about = f'set="{origin.set}" document="{origin.document}" data="{origin.data}" template="{origin.template}"'
        said = _said(reading)
        hashes = f'text="{_text_id(origin, said, self.key)}" lengths="{_lengths_id(origin, said)}"'
        record = f'<record xmlns="{SPACE}" {about} {hashes}>{values}</record>'
        return write_package(attached_to(package, record.encode()))


def key_of(data: str) -> str:
    """The key of a set that begins with these data: the same data give the same key, the key gives no data."""
    return hashlib.sha256(f"docgen key\0{data}".encode()).hexdigest()


def set_id(name: str, key: str) -> str:
    """The id of a set in its files."""
    return identity(key, "set", name)


def is_of(origin: Origin, name: str, key: str) -> bool:
    """Whether a file is of the set with this name and key."""
    return origin.set == (identity("set", name) if origin.keyless else set_id(name, key))


def identity(*texts: str) -> str:
    """The id of what these texts name: the same texts give the same id, the id gives no text."""
    return hashlib.sha256("\0".join(("docgen", *texts)).encode()).hexdigest()[:_ID]


def field_ids(origin: Origin, paths: Iterable[str]) -> dict[str, str]:
    """The fields by their ids in files of this origin."""
    if origin.keyless:
        return {identity("field", origin.data, path)[:_FIELD]: path for path in paths}
    return {_field(path)[1:]: path for path in paths}


def provenance_of(data: bytes) -> Provenance | None:
    """What a Word file knows of itself; None where docgen did not write it, or the record was damaged."""
    content = attached(data)
    if content is None:
        return None
    text = content.decode(errors="replace")
    about = dict(_ATTRIBUTE.findall(text.partition("<v ")[0]))
    try:
        lengths = about.get("lengths", "")
        origin = Origin(about["set"], about["document"], about["data"], about["template"], keyless=not lengths)
        return Provenance(origin, about["text"], lengths, tuple(_stands(text)))
    except KeyError:
        return None


def _listed(written: Iterable[Written]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for name, group in groupby(written, _PART_OF):
        listed = [f"{position}:{start}+{end - start}{_field(path)}" for path, _, _, position, start, end in group]
        found.setdefault(name, []).extend(listed)
    return found


def _stands(text: str) -> Iterator[Stand]:
    for part, listed in _PART.findall(text):
        for position, start, length, field in _VALUE.findall(listed):
            yield Stand(field, part, int(position), int(start), int(start) + int(length))


# Of a kit with many documents, or of several kits: worked out once for all contracts of a batch.
@lru_cache(maxsize=16_384)
def _field(path: str | None) -> str:
    """What a record says of a field; nothing of what comes from no single one."""
    return f"={hashlib.sha256(f'docgen field {path}'.encode()).hexdigest()[:_FIELD]}" if path else ""


def _said(reading: Reading) -> list[str]:
    texts = [block.text.strip() for block in reading.blocks if block.part in _SAID]
    return [text for text in texts if text]


def _text_id(origin: Origin, said: Sequence[str], key: str) -> str:
    return identity(*(() if origin.keyless else (key,)), "text", origin.data, "\n".join(said))


def _lengths_id(origin: Origin, said: Sequence[str]) -> str:
    return identity("lengths", origin.data, repr(list(map(len, said))))
