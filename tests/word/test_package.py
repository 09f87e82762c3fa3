"""The zip of a Word file."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import InputError
from docgen.word.package import CONTENT_TYPES, Package, Part, read_package, write_package
from tests.endure import examples

NAMES = st.text("abcdefghij/单位", min_size=1, max_size=12).filter(
    lambda name: not name.endswith("/") and name[0] != "/"
)
PARTS = st.dictionaries(NAMES, st.binary(max_size=300), max_size=6).map(
    lambda parts: {CONTENT_TYPES: b"<Types/>", **parts}
)


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def contents(package: Package) -> dict[str, bytes]:
    return {part.name: part.data for part in package}


@given(PARTS)
@settings(max_examples=examples(60))
def test_what_is_written_is_read_back(parts: dict[str, bytes]) -> None:
    """Reading inverts writing, for our reader and for Python's own."""
    data = write_package(parts)

    assert contents(read_package(data)) == parts
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts


def test_order_and_time_do_not_show() -> None:
    """The same parts give the same bytes, in whatever order they come; the content types stand first."""
    one = write_package({"word/document.xml": b"<a/>", CONTENT_TYPES: b"<Types/>", "_rels/.rels": b"<r/>"})
    other = write_package({CONTENT_TYPES: b"<Types/>", "_rels/.rels": b"<r/>", "word/document.xml": b"<a/>"})

    assert one == other
    assert read_package(one).names == (CONTENT_TYPES, "_rels/.rels", "word/document.xml")
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_unchanged_parts_keep_their_compressed_bytes() -> None:
    """A part that was not replaced is copied as it lay in the zip, stored or deflated."""
    stored = zipped((CONTENT_TYPES, b"<Types/>"), ("word/media/a.png", b"\x89PNG" * 99), method=zipfile.ZIP_STORED)
    package = read_package(stored)

    changed = package.replaced({CONTENT_TYPES: b"<Types></Types>", "new.xml": b"<n/>"})

    again = read_package(write_package(changed))
    assert contents(again) == {
        CONTENT_TYPES: b"<Types></Types>",
        "word/media/a.png": b"\x89PNG" * 99,
        "new.xml": b"<n/>",
    }
    picture = next(part for part in again if part.name.endswith("png"))
    assert picture.packed is not None
    assert (picture.packed.method, picture.packed.data) == (zipfile.ZIP_STORED, b"\x89PNG" * 99)


def test_parts_are_taken_out() -> None:
    """Replacing a part by None leaves it out; an equal replacement keeps the part as it was."""
    package = Package((Part("a", b"1"), Part("b", b"2")))

    assert contents(package.replaced({"a": None, "b": b"2"})) == {"b": b"2"}
    assert package["b"] == b"2"
    assert "c" not in package
    with pytest.raises(KeyError):
        package["c"]


def encrypted() -> bytes:
    data = bytearray(zipped((CONTENT_TYPES, b"<Types/>")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def broken() -> bytes:
    data = bytearray(zipped((CONTENT_TYPES, b"<Types/>" * 30)))
    data[60] ^= 0xFF
    return bytes(data)


def with_duplicate() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return zipped((CONTENT_TYPES, b"<Types/>"), ("word/a.xml", b"1"), ("word/a.xml", b"2"))


def bomb() -> bytes:
    data = bytearray(zipped((CONTENT_TYPES, b"<Types/>")))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (2**31).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "“甲.docx”不是完整的 Word 文件（.docx），不能读取。"),
        (b"just text", "“甲.docx”不是完整的 Word 文件（.docx），不能读取。"),
        (zipped((CONTENT_TYPES, b"<Types/>"))[:-30], "“甲.docx”不是完整的 Word 文件（.docx），不能读取。"),
        (broken(), "“甲.docx”不是完整的 Word 文件（.docx），不能读取。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "“甲.docx”是加密的 Word 文件或旧版 .doc 文件，不能直接读取。",
        ),
        (encrypted(), "“甲.docx”有密码保护，不能读取。"),
        (zipped(("a.txt", b"")), "“甲.docx”是压缩文件，但不是 Word 文件：缺少 [Content_Types].xml。"),
        (bomb(), "“甲.docx”展开后过大（超过 512 MB 或 10000 个部件），不予读取。"),
        (
            zipped((CONTENT_TYPES, b""), ("Word/A.xml", b""), ("word/a.xml", b"")),
            "“甲.docx”中部件 word/a.xml 重复出现，无法确定以哪一个为准。",
        ),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, said: str) -> None:
    """Whatever cannot be read as a whole is refused with one Chinese sentence that names the file."""
    with pytest.raises(InputError) as caught:
        read_package(data, "甲.docx")

    assert str(caught.value) == said


def test_equal_names_are_refused() -> None:
    """Two parts of one name could show one text to a person and another to a program."""
    with pytest.raises(InputError, match=r"word/a\.xml 重复出现"):
        read_package(with_duplicate())


def test_macros_are_seen() -> None:
    """A package says whether it carries program code, so that templates with it can be refused."""
    plain = Package((Part(CONTENT_TYPES, b""),))

    assert not plain.carries_macros
    assert plain.replaced({"word/vbaProject.bin": b"x"}).carries_macros
