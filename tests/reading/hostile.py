"""Word files that are meant to do harm, by name; run with files it reads them and prints what came of each."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from docgen.errors import InputError
from docgen.reading.word import read_word
from tests.wordfiles import p, word_files

_HEAD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_TAIL = b"</w:body></w:document>"
_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


def packed(**changes: bytes) -> bytes:
    """A Word file with some parts replaced; a part's name has _ for / and ends before .xml."""
    files = word_files(p("甲")) | {f"{name.replace('_', '/')}.xml": data for name, data in changes.items()}
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def document(inside: bytes, before: bytes = b"") -> bytes:
    """A Word file with that body."""
    return packed(word_document=before + _HEAD + inside + _TAIL)


def overlapping() -> bytes:
    """A file whose directory claims far more than 512 MB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in word_files(p("甲")).items():
            archive.writestr(name, content)
        for number in range(3):
            archive.writestr(f"word/media/{number}.bin", bytes(200 << 20), zipfile.ZIP_DEFLATED, 1)
    return data.getvalue()


def styles(inside: bytes) -> bytes:
    """A Word file with those styles."""
    relation = (
        b'<Relationship Id="s" Target="styles.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>'
    )
    files = word_files('<w:p><w:pPr><w:pStyle w:val="s1"/></w:pPr></w:p>')
    files["word/styles.xml"] = _HEAD.replace(b"document", b"styles").replace(b"<w:body>", b"") + inside + b"</w:styles>"
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


_CHAIN = b"".join(
    b'<w:style w:styleId="s%d"><w:basedOn w:val="s%d"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>' % (n, n + 1)
    for n in range(50_000)
)

FILES: dict[str, Callable[[], bytes]] = {
    "a part of 300 MB": lambda: document(b" " * (300 << 20)),
    "600 MB in all": overlapping,
    "a billion laughs": lambda: document(b"<w:p>&l9;</w:p>", b'<!DOCTYPE d [<!ENTITY l0 "ha">' + _LAUGHS + b"]>"),
    "a file of the machine": lambda: document(b"&e;", b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
    "a definition in another encoding": lambda: packed(
        word_document='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d><d/>'.encode("utf-16")
    ),
    "100,000 elements deep": lambda: document(b"<w:sdt>" * 100_000 + b"</w:sdt>" * 100_000),
    "tables 100,000 deep": lambda: document(b"<w:tbl><w:tr><w:tc>" * 100_000),
    "ten million paragraphs": lambda: document(b"<w:p/>" * 10_000_000),
    "a million paragraphs": lambda: document(b"<w:p/>" * 1_000_000),
    "many attributes": lambda: document(b'<w:p a="" b="" c="" d="" e="" f="" g="" h=""/>' * 500_000),
    "one text of 20 MB": lambda: document(b"<w:p><w:r><w:t>" + b"1" * (20 << 20) + b"</w:t></w:r></w:p>"),
    "one paragraph of 5 MB": lambda: document(b"<w:p>" + b"<w:r><w:t>1234567890</w:t></w:r>" * 500_000 + b"</w:p>"),
    "a long line of styles": lambda: styles(_CHAIN),
    "styles in a circle": lambda: styles(
        b'<w:style w:styleId="s1"><w:basedOn w:val="s2"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        b'<w:style w:styleId="s2"><w:basedOn w:val="s1"/></w:style>'
    ),
    "styles that never end": lambda: styles(b"<w:style " * 200_000),
    "a cell over a billion columns": lambda: document(
        b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
}


def main() -> None:
    """Read the named files within 512 MB and print what came of each, and how many seconds all took."""
    resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
    began = time.process_time()
    said = []
    for name in sys.argv[1:]:
        try:
            said.append(f"{len(read_word(Path(name).read_bytes(), 'a.docx').blocks)} blocks")
        except InputError as error:
            said.append(str(error))
    print(json.dumps([said, time.process_time() - began]))


if __name__ == "__main__":
    main()
