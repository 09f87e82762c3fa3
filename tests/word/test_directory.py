"""The directory of a zip, read without Python's own module."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import InputError
from docgen.word.directory import entries_of, usual
from docgen.word.package import CONTENT_TYPES, read_package, write_package
from tests.endure import examples

PARTS = st.dictionaries(
    st.text("abcdef/", min_size=1, max_size=8).filter(lambda name: name.strip("/") == name),
    st.binary(max_size=60),
    max_size=4,
).map(lambda parts: {CONTENT_TYPES: b"<Types/>", **parts})


def by_python(data: bytes) -> dict[str, bytes] | None:
    """What Python's own module unpacks, None where it finds the file damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001  # a damaged file may raise anything
        return None


def by_us(data: bytes) -> dict[str, bytes] | None:
    """What we unpack, None where we find the file damaged."""
    try:
        return {part.name: part.data for part in read_package(data)}
    except InputError:
        return None


@given(PARTS)
@settings(max_examples=examples(40))
def test_finds_what_python_finds(parts: dict[str, bytes]) -> None:
    """Entry by entry the directory is the one that Python's own module reads."""
    data = write_package(parts)

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert usual(data) == entries_of(archive)


@given(PARTS, st.data())
@settings(max_examples=examples(150, 20_000))
def test_a_damaged_file_gives_no_other_bytes(parts: dict[str, bytes], drawn: st.DataObject) -> None:
    """Whichever byte of a file is another, what is unpacked is what Python's own module unpacks, or refused."""
    data = bytearray(write_package(parts))
    at = drawn.draw(st.integers(0, len(data) - 1))
    data[at] = drawn.draw(st.integers(0, 255))

    ours, theirs = by_us(bytes(data)), by_python(bytes(data))

    assert None in (ours, theirs) or ours == theirs


def test_anything_unusual_is_left_to_python() -> None:
    """Comments, names that are not ASCII, other ways of packing, and bytes before or behind the zip."""
    plain = write_package({CONTENT_TYPES: b"<Types/>"})
    named = write_package({CONTENT_TYPES: b"<Types/>", "单位.xml": b"<a/>"})
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr(CONTENT_TYPES, b"<Types/>")
    commented = io.BytesIO(plain)
    with zipfile.ZipFile(commented, "a") as archive:
        archive.comment = b"said"
    odd = (b"before" + plain, plain + b"behind", named, other.getvalue(), commented.getvalue(), b"PK", b"")

    assert [usual(data) for data in odd] == [None] * len(odd)
    assert usual(plain) is not None
    assert [by_us(data) for data in odd] == [by_python(data) for data in odd]
