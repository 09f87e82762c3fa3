"""Compression: zlib's bytes where they are asked for, and the same contents whichever is there."""

from __future__ import annotations

import zlib

import pytest

from docgen.word import deflate
from docgen.word.deflate import VARIABLE, deflater
from docgen.word.package import Packer, pack, read_package, write_package
from tests.template.making import docx

STRETCHES = ("合同".encode() * 3000, b"", b"<w:t>" * 9000, bytes(range(256)) * 20)


def test_zlib_is_used_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """With DOCGEN_DEFLATE=zlib the bytes are those of zlib at its usual level, whatever else is installed."""
    monkeypatch.setenv(VARIABLE, "zlib")
    usual = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    whole = b"".join(STRETCHES)

    packed = pack(STRETCHES)

    assert packed == (8, zlib.crc32(whole), len(whole), usual.compress(whole) + usual.flush())


def test_either_way_holds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ISA-L or zlib packed is unpacked to the same bytes."""
    monkeypatch.delenv(VARIABLE, raising=False)
    packed = pack(STRETCHES)

    assert zlib.decompress(packed.data, -zlib.MAX_WBITS) == b"".join(STRETCHES)
    assert packed.checksum == zlib.crc32(b"".join(STRETCHES))


def test_without_isal_zlib_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is no condition for anything."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(deflate, "_isal", lambda: None)

    assert deflater()[1] is zlib.crc32


def test_parts_kept_in_packed_form_are_written_as_they_are() -> None:
    """A package that keeps no other form of its parts gives the same file, and any part when it is asked."""
    package = read_package(docx("甲"))
    only = package.only_packed()

    assert write_package(only) == write_package(package)
    assert [part.data for part in only] == [b""] * len(only.names)
    assert [only.unpacked(name) for name in only.names] == [package[name] for name in package.names]


def test_the_size_is_known_on_the_way() -> None:
    """What a part has grown to so far can be asked while it is packed."""
    packer = Packer()
    sizes = []
    for stretch in STRETCHES:
        packer.take(stretch)
        sizes.append(packer.size)

    assert sizes == [18_000, 18_000, 63_000, 68_120]
