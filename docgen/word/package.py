"""A Word file's zip: the parts that are in it, and the same bytes again for the same parts.

Parts that nobody changed keep their compressed bytes, so that writing a file costs what was changed in it.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docgen.errors import InputError
from docgen.word.deflate import Making, deflater, usual_deflater
from docgen.word.directory import DEFLATED, ENCRYPTED, STORED, Entry, entries_of, usual

if TYPE_CHECKING:
    import zipfile

CONTENT_TYPES = "[Content_Types].xml"
PACKAGE_RELATIONSHIPS = "_rels/.rels"

_MOST_PARTS = 10_000
_MOST_BYTES = 512 * 1024 * 1024
_LARGEST_PART = 64 * 1024 * 1024
_SAVE_PLAIN = "请在 Word 或 WPS 中另存为不加密的 .docx。"
_FETCH_AGAIN = "请重新取得该文件，或在 Word 中打开后另存。"
_SPLIT = "请核对文件来源；确是需要的文件时，请在 Word 中拆成几个文件。"
_OLE = b"\xd0\xcf\x11\xe0"
_SMALL = 64 * 1024
_UTF8_NAME = 0x800
# The zip format begins to count on this day, so every file gets it: 1980-01-01 00:00.
_TIME, _DATE = 0, 0x21


class Packed(NamedTuple):
    """The bytes of a part as they lie in a zip: compression method, checksum, size unpacked, compressed bytes."""

    method: int
    checksum: int
    size: int
    data: bytes


class Part(NamedTuple):
    """One part of a package: its name without a leading slash, its bytes, and how it was packed when read."""

    name: str
    data: bytes
    packed: Packed | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file in the order of the zip; names are unique, also without regard to case."""

    parts: tuple[Part, ...]
    _named: dict[str, Part] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name()

    def __getitem__(self, name: str) -> bytes:
        return self._by_name()[name].data

    def _by_name(self) -> Mapping[str, Part]:
        # Filled in when somebody first asks: a file may have thousands of parts, and writing asks for none by name.
        if not self._named:
            self._named.update((part.name, part) for part in reversed(self.parts))
        return self._named

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in order."""
        return tuple(part.name for part in self.parts)

    @property
    def carries_macros(self) -> bool:
        """Whether a part holds program code (VBA); such a file may be read, but never be a template."""
        return any(posixpath.basename(part.name).lower().startswith("vbaproject") for part in self.parts)

    def replaced(self, changes: Mapping[str, bytes | None]) -> Package:
        """The package with the given parts changed, added at the end, or taken out where the bytes are None."""
        kept = [_changed(part, changes) for part in self.parts if changes.get(part.name, b"") is not None]
        known = set(self.names)
        added = [Part(name, data) for name, data in changes.items() if name not in known and data is not None]
        return Package((*kept, *added))

    def only_packed(self) -> Package:
        """The package as it lies in a zip, the bytes of its parts only in their packed form."""
        packed = ((part.name, part.packed or pack((part.data,), usual_deflater())) for part in self.parts)
        return Package(tuple(Part(name, b"", how) for name, how in packed))

    def unpacked(self, name: str) -> bytes:
        """The bytes of a part, also of one that is only there in its packed form."""
        part = self._by_name()[name]
        if part.data or part.packed is None:
            return part.data
        return zlib.decompress(part.packed.data, -zlib.MAX_WBITS) if part.packed.method else part.packed.data

    def repacked(self, changes: Mapping[str, Packed]) -> Package:
        """The package with the given parts of it, packed already, in place of those it has."""
        return Package(tuple(Part(part.name, part.data, changes.get(part.name, part.packed)) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts of a Word file by name, each unpacked only when it is asked for."""

    file: str
    data: bytes = field(repr=False)
    entries: Mapping[str, Entry]
    archive: zipfile.ZipFile | None = None

    def __contains__(self, name: object) -> bool:
        return name in self.entries

    def packed(self) -> Package:
        """The parts as they lie in the zip, none of them unpacked; those packed in another way are packed anew."""
        found = {name: _as_it_lies(entry, self.data) for name, entry in self.entries.items()}
        return Package(tuple(Part(name, b"", packed or pack((self[name],))) for name, packed in found.items()))

    def __getitem__(self, name: str) -> bytes:
        entry = self.entries[name]
        if entry.size > _LARGEST_PART:
            limit = f"（超过 {_LARGEST_PART >> 20} MB）"
            raise InputError(f"{_shown(self.file)}中的 {name} 展开后过大{limit}，不予读取。", hint=_SPLIT)
        try:
            return _unpacked(entry, self.data, self.archive)
        except _damages() as error:
            raise _damaged(self.file) from error


def open_package(data: bytes, file: str = "") -> Contents:
    """The parts of the Word file in `data`, not yet unpacked; an InputError says why there are none."""
    shown = _shown(file)
    if data.startswith(_OLE):
        raise InputError(f"{shown}是加密的 Word 文件或旧版 .doc 文件，不能直接读取。", hint=_SAVE_PLAIN)
    archive = None
    entries = usual(data)
    if entries is None:
        archive = _archive(data, file)
        entries = entries_of(archive)
    parts = [(_name(entry), entry) for entry in entries if not entry.name.endswith("/")]
    _refuse_hostile(parts, shown)
    found = dict(parts)
    if CONTENT_TYPES not in found:
        raise InputError(f"{shown}是压缩文件，但不是 Word 文件：缺少 {CONTENT_TYPES}。")
    return Contents(file, data, found, archive)


def _archive(data: bytes, file: str) -> zipfile.ZipFile:
    """The zip as Python's own module reads it; an InputError says that it is none."""
    import zipfile  # most files need none of it

    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _damages() as error:
        raise _damaged(file) from error


def read_package(data: bytes, file: str = "") -> Package:
    """The parts of the Word file in `data`; an InputError says why there are none, naming `file`."""
    contents = open_package(data, file)
    try:
        return Package(tuple(_part(name, entry, contents) for name, entry in contents.entries.items()))
    except _damages() as error:
        raise _damaged(file) from error


def _damages() -> tuple[type[Exception], ...]:
    """What reading a damaged file may raise."""
    import lzma
    import zipfile

    own = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error)
    return (*own, NotImplementedError, EOFError, ValueError, OSError)


def _shown(file: str) -> str:
    return f"“{file}”" if file else "文件"


def _damaged(file: str) -> InputError:
    return InputError(f"{_shown(file)}不是完整的 Word 文件（.docx），不能读取。", hint=_FETCH_AGAIN)


def write_package(parts: Package | Mapping[str, bytes]) -> bytes:
    """The bytes of a Word file with these parts: the same parts always give the same bytes."""
    listed = parts if isinstance(parts, Package) else tuple(Part(name, data) for name, data in parts.items())
    files, directory, offset, count = [], [], 0, 0
    for part in sorted(listed, key=_rank):
        name, packed = part.name.encode(), part.packed or pack((part.data,))
        common = _common_header(name, packed)
        local = b"PK\x03\x04" + common + name
        directory.append(b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name)
        files += [local, packed.data]
        offset += len(local) + len(packed.data)
        count += 1
    size = sum(map(len, directory))
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, offset, 0)
    return b"".join([*files, *directory, end])


def _changed(part: Part, changes: Mapping[str, bytes | None]) -> Part:
    data = changes.get(part.name)
    return part if data is None or data == part.data else Part(part.name, data)


def _refuse_hostile(parts: list[tuple[str, Entry]], shown: str) -> None:
    if any(entry.flags & ENCRYPTED for _, entry in parts):
        raise InputError(f"{shown}有密码保护，不能读取。", hint="请去掉密码后再试。")
    if len(parts) > _MOST_PARTS or sum(entry.size for _, entry in parts) > _MOST_BYTES:
        raise InputError(f"{shown}展开后过大（超过 {_MOST_BYTES >> 20} MB 或 {_MOST_PARTS} 个部件），不予读取。")
    seen: set[str] = set()
    for name, _ in parts:
        if name.lower() in seen:
            raise InputError(f"{shown}中部件 {name} 重复出现，无法确定以哪一个为准。", hint="请在 Word 中打开后另存。")
        seen.add(name.lower())


def _name(entry: Entry) -> str:
    return entry.name.replace("\\", "/").lstrip("/")


def _part(name: str, entry: Entry, contents: Contents) -> Part:
    return Part(name, _unpacked(entry, contents.data, contents.archive), _as_it_lies(entry, contents.data))


def _as_it_lies(entry: Entry, data: bytes) -> Packed | None:
    """The packed bytes of a part, where they are packed as docgen would do it."""
    start = entry.begin(data) if entry.method in (STORED, DEFLATED) else None
    return (
        None if start is None else Packed(entry.method, entry.checksum, entry.size, data[start : start + entry.packed])
    )


def _unpacked(entry: Entry, data: bytes, archive: zipfile.ZipFile | None) -> bytes:
    """The bytes of a part; where its zip is an unusual one, Python's own module unpacks it."""
    if archive is not None:
        return archive.read(entry.name)
    start = entry.begin(data)
    if start is None:
        raise EOFError(entry.name)
    packed = data[start : start + entry.packed]
    content = (
        packed
        if entry.method == STORED
        else (_inflated if entry.size > _SMALL else _small_inflated)(packed, entry.size)
    )
    if len(content) != entry.size or zlib.crc32(content) != entry.checksum:
        raise EOFError(entry.name)
    return content


def _inflated(packed: bytes, size: int) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)


# Files of one kit have most of their small parts in common.
_small_inflated = lru_cache(maxsize=64)(_inflated)


class Packer:
    """A part being compressed, one stretch of it after the other; `size` is what it has taken so far."""

    def __init__(self, making: Making | None = None) -> None:
        self._compressor, self._crc32 = making or deflater()
        self._checksum = 0
        self._packed: list[bytes] = []
        self.size = 0

    def take(self, stretch: bytes) -> None:
        """Compress the next stretch."""
        self._checksum = self._crc32(stretch, self._checksum)
        self.size += len(stretch)
        self._packed.append(self._compressor.compress(stretch))

    def done(self) -> Packed:
        """The part compressed."""
        self._packed.append(self._compressor.flush())
        return Packed(DEFLATED, self._checksum, self.size, b"".join(self._packed))


def pack(stretches: Iterable[bytes], making: Making | None = None) -> Packed:
    """A part compressed, one stretch of it after the other."""
    packer = Packer(making)
    for stretch in stretches:
        packer.take(stretch)
    return packer.done()


def _common_header(name: bytes, packed: Packed) -> bytes:
    sizes = packed.checksum, len(packed.data), packed.size, len(name), 0
    return struct.pack("<HHHHHIIIHH", 20, _UTF8_NAME, packed.method, _TIME, _DATE, *sizes)


def _rank(part: Part) -> tuple[int, str]:
    """The place of a part: Word wants the content types first, the rest stands by name."""
    first = (CONTENT_TYPES, PACKAGE_RELATIONSHIPS)
    return (first.index(part.name) if part.name in first else len(first)), part.name
