"""The history of a set: every version that docgen wrote or replaced, kept until somebody asks to drop it.

The files of all versions lie side by side under the hash of their bytes, and each version is a record like the
manifest, numbered from 1, that says which of them stood under which name. No times are kept: the file's own tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from docgen.outputs.disk import digest_of
from docgen.outputs.manifest import Manifest, manifest_bytes, read_manifest

HISTORY = ".docgen/history"
# What a record says of a file with a person's own words in it: docgen put them into what it made, or they are kept
# as the person left them, before something else took their place.
HAND = "merged"
LEFT = "left"


class Version(NamedTuple):
    """One version of a set: its number from 1, its record, and when it was written (seconds since 1970)."""

    number: int
    manifest: Manifest
    written: float


def versions(folder: Path) -> list[Version]:
    """The versions of the set in a folder, oldest first; a record that cannot be made out is left out."""
    found = []
    for path in sorted((folder / HISTORY).glob("[0-9]*.json")):
        manifest = read_manifest(path)
        if manifest is not None and path.stem.isdigit():
            found.append(Version(int(path.stem), manifest, path.stat().st_mtime))
    return sorted(found)


def kept(folder: Path, sha256: str, name: str) -> bytes | None:
    """The bytes of a file that the history keeps under this hash; None where it has them no more, or damaged."""
    try:
        data = (folder / stored_as(sha256, name)).read_bytes()
    except OSError:
        return None
    return data if digest_of(data) == sha256 else None


def version_of(folder: Path, number: int, name: str) -> bytes | None:
    """The bytes of a file as it stood in a version of the set; None where it was not in it, or is kept no more."""
    records = (version.manifest.files for version in versions(folder) if version.number == number)
    record = next(records, {}).get(name)
    return kept(folder, record.sha256, name) if record is not None else None


def stored_as(sha256: str, name: str) -> str:
    """Where the history keeps the bytes of a file, relative to the set's folder."""
    return f"{HISTORY}/{sha256}{Path(name).suffix}"


def record_name(number: int) -> str:
    """Where the history keeps the record of a version, relative to the set's folder."""
    return f"{HISTORY}/{number:04d}.json"


class Change(NamedTuple):
    """What a new version makes of a set: the last record and the new one, the files that go and those that come.

    `going` are the bytes of files as they lie there before they are replaced or moved aside, `coming` those that are
    written and those that were generated, before anybody's own words were merged into them. Where only docgen's own
    record changes (`silent`), that is no version.
    """

    last: Manifest | None
    new: Manifest
    going: Mapping[str, bytes]
    coming: Sequence[Mapping[str, bytes]]
    silent: bool = False


def additions(folder: Path, change: Change) -> dict[str, bytes]:
    """What the history takes up with a change: paths relative to the set's folder, and their bytes.

    Where somebody edited a file that goes, the set as it lies there becomes a version of its own first.
    """
    files = dict(_files(folder, [change.going, *change.coming]))
    if change.silent:
        return files
    number = max((version.number for version in versions(folder)), default=0)
    records = [change.new]
    if change.last is not None and (edited := _edited(change.last, change.going)) != change.last:
        records.insert(0, edited)
    return files | {record_name(n): manifest_bytes(record) for n, record in enumerate(records, number + 1)}


def _edited(last: Manifest, going: Mapping[str, bytes]) -> Manifest:
    """The last record with the hashes of the files as they lie there."""
    files = dict(last.files)
    for name, data in going.items():
        record = files.get(name)
        if record is not None and record.sha256 != digest_of(data):
            files[name] = replace(record, sha256=digest_of(data), generated=record.base, hand=LEFT)
    return replace(last, files=files)


def _files(folder: Path, given: Iterable[Mapping[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for files in given:
        for name, data in files.items():
            path = stored_as(digest_of(data), name)
            if not (folder / path).exists():
                yield path, data
