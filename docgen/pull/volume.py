"""A bound set that came back: which set it is of, and where the values of its documents stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from docgen.bound import FILE
from docgen.errors import InputError
from docgen.outputs.history import kept, versions
from docgen.outputs.manifest import Record
from docgen.outputs.workspace import recorded
from docgen.pull.spans import Stand
from docgen.word.names import BODY, usual_package
from docgen.word.parts import parse
from docgen.word.sight import sight_in
from docgen.word.text import paragraphs, part_name

# So much of what it says is what docgen wrote, however much a person changed.
_LEAST_SHARED: Final = 0.7


class BoundSet(NamedTuple):
    """A bound set as docgen made it: the name of the set, the bytes, its documents, whether the last build made it."""

    set: str
    base: bytes
    members: tuple[bytes, ...]
    current: bool


def bound_set(found: bytes, names: Iterable[str], out: Path) -> BoundSet | None:
    """The bound set that a file was before somebody edited it; None where it is none of these sets, or of several."""
    try:
        said = Counter(filter(str.strip, _texts(found)))
    except InputError:
        return None
    best: dict[str, tuple[float, BoundSet]] = {}
    for name in dict.fromkeys(names):
        for one in _made(name, out / name):
            shared = _shared(said, Counter(filter(str.strip, _texts(one.base))))
            if shared >= _LEAST_SHARED and (name not in best or shared > best[name][0]):
                best[name] = shared, one
    found_in = sorted(best.values(), key=lambda pair: -pair[0])
    alone = len(found_in) == 1 or (len(found_in) > 1 and found_in[0][0] > found_in[1][0])
    return found_in[0][1] if alone else None


def bound_stands(base: bytes, members: Iterable[tuple[bytes, Sequence[Stand]]]) -> Iterator[Stand]:
    """The values in the text of the documents, where they stand in the bound set that holds these one after another."""
    texts, begin = _texts(base), 0
    for data, stands in members:
        own = _texts(data)
        places = range(begin, len(texts) - len(own) + 1)
        at = next((n for n in places if texts[n] == own[0] and texts[n : n + len(own)] == own), None)
        if at is not None:
            begin = at + len(own)
            body = part_name(BODY)
            yield from (s._replace(position=s.position + at) for s in stands if s.part == body)


def _made(name: str, folder: Path) -> Iterator[BoundSet]:
    """The bound sets of a folder that are kept, the newest first."""
    manifest = recorded(folder)
    now = dict(manifest.files) if manifest else {}
    seen = set()
    for records in (now, *(version.manifest.files for version in reversed(versions(folder)))):
        record = records.get(FILE)
        base = kept(folder, record.base, FILE) if record is not None and record.base not in seen else None
        if record is not None and base is not None:
            seen.add(record.base)
            yield BoundSet(name, base, tuple(_documents(folder, records)), now.get(FILE) == record)


def _documents(folder: Path, records: Mapping[str, Record]) -> Iterator[bytes]:
    for name, record in sorted(records.items()):
        data = kept(folder, record.base, name) if record.document and name.endswith(".docx") else None
        if data is not None:
            yield data


def _texts(data: bytes) -> list[str]:
    """What the paragraphs of the body say."""
    package = usual_package(data)
    sight = sight_in(package)
    return ["".join(s.text for s in sight.stretches(element)) for element in paragraphs(parse(package[BODY]))]


def _shared(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max(one.total(), other.total(), 1)
