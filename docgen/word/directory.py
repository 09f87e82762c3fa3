"""The directory of a zip, read in a fifth of the time that Python's own module takes, where it is the usual kind."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import zipfile

STORED: Final = 0
DEFLATED: Final = 8
ENCRYPTED: Final = 0x1
# How hard a part was compressed, that its sizes follow it, and that its name is UTF-8: none of it matters here.
_USUAL_FLAGS: Final = 0x80E
_NEWEST: Final = 63  # the version of the format that Python knows
_END, _LARGE_END, _LISTED, _LOCAL = b"PK\x05\x06", b"PK\x06\x07", b"PK\x01\x02", b"PK\x03\x04"
_LAST: Final = struct.Struct("<8xHHLLH")
_ENTRY: Final = struct.Struct("<4s2xHHH4xLLLHHH8xL")
_BEGIN: Final = struct.Struct("<26xHH")
_UNKNOWN: Final = 0xFFFFFFFF


class Entry(NamedTuple):
    """One part in a zip's directory: its name there, how it is packed, its sizes packed and not, where it begins."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    offset: int

    def begin(self, data: bytes) -> int | None:
        """Where the packed bytes begin; None where the part that begins there is not of this name."""
        # The local header repeats the name and may carry extra fields of another length than the directory's.
        name = self.name.encode()
        start = self.offset + _BEGIN.size
        if data[self.offset : self.offset + 4] != _LOCAL or data[start : start + len(name)] != name:
            return None
        length, extra = _BEGIN.unpack_from(data, self.offset)
        return start + len(name) + extra if length == len(name) else None


def usual(data: bytes) -> list[Entry] | None:
    """The entries of a zip that has nothing unusual about it; None for any other, which may be a zip all the same."""
    end = len(data) - 22
    if data[max(end, 0) : end + 4] != _END or data[max(end - 20, 0) : end - 16] == _LARGE_END:
        return None
    here, count, size, at, comment = _LAST.unpack_from(data, end)
    if comment or at + size != end or here != count:
        return None
    found: list[Entry] = []
    while at + _ENTRY.size <= end:
        mark, version, flags, method, checksum, packed, unpacked, length, extra, said, offset = _ENTRY.unpack_from(
            data, at
        )
        name = data[at + _ENTRY.size : at + _ENTRY.size + length]
        odd = version > _NEWEST or flags & ~_USUAL_FLAGS or method not in (STORED, DEFLATED) or extra or said
        if odd or mark != _LISTED or _UNKNOWN in (packed, unpacked, offset) or not name.isascii() or b"\0" in name:
            return None
        found.append(Entry(name.decode(), flags, method, checksum, packed, unpacked, offset))
        at += _ENTRY.size + length
    return found if at == end and len(found) == count else None


def entries_of(archive: zipfile.ZipFile) -> list[Entry]:
    """The entries of any zip, as Python's own module finds them."""
    return [
        Entry(
            each.filename,
            each.flag_bits,
            each.compress_type,
            each.CRC,
            each.compress_size,
            each.file_size,
            each.header_offset,
        )
        for each in archive.infolist()
    ]
