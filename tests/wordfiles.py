"""Small Word files for tests, written as the XML inside the body."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.word.package import write_package
from docgen.word.text import MAIN

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>{overrides}</Types>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = '<Relationship Id="{}" Type="' + _OFFICE + '/{}" Target="{}"/>'
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def word_file(body: str, *, header: str | None = None) -> bytes:
    """A .docx whose document has `body` (XML inside w:body) and, where given, one default header."""
    section, relations, overrides, parts = "", "", "", {}
    if header is not None:
        section = '<w:sectPr><w:headerReference w:type="default" r:id="rId9"/></w:sectPr>'
        relations = _RELATION.format("rId9", "header", "header1.xml")
        overrides = (
            '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.header+xml"/>'
        )
        parts["word/header1.xml"] = f"<w:hdr {_SPACES}>{header}</w:hdr>".encode()
    return write_package(
        {
            "[Content_Types].xml": _TYPES.format(overrides=overrides).encode(),
            "_rels/.rels": _RELATIONS.format(_RELATION.format("rId1", "officeDocument", "word/document.xml")).encode(),
            "word/document.xml": f"<w:document {_SPACES}><w:body>{body}{section}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": _RELATIONS.format(relations).encode(),
            **parts,
        }
    )


def word_files(
    body: str,
    *,
    section: str = "",
    parts: dict[str, str] | None = None,
    relations: Iterable[tuple[str, str, str]] = (),
    raw: dict[str, bytes] | None = None,
) -> dict[str, bytes]:
    """The parts of a .docx with more than a body.

    `section` is the XML inside w:sectPr, `parts` names parts (header1, styles, numbering, footnotes) with the XML inside
    their root, each related to the document under its own name as id; `relations` are further relationships (id, kind,
    target; a target with a colon is external), `raw` further files of the package.
    """
    named = {name: _part(name, inside) for name, inside in (parts or {}).items()}
    related = [(name, name.rstrip("0123456789"), f"{name}.xml") for name in named]
    listed = "".join(
        _RELATION.format(*each).replace("/>", ' TargetMode="External"/>' if ":" in each[2] else "/>")
        for each in [*related, *relations]
    )
    return {
        "[Content_Types].xml": _TYPES.format(overrides="").encode(),
        "_rels/.rels": _RELATIONS.format(_RELATION.format("rId1", "officeDocument", "word/document.xml")).encode(),
        "word/document.xml": (
            f"<w:document {_SPACES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>".encode()
        ),
        "word/_rels/document.xml.rels": _RELATIONS.format(listed).encode(),
        **{f"word/{name}.xml": data for name, data in named.items()},
        **(raw or {}),
    }


def _part(name: str, inside: str) -> bytes:
    kind = name.rstrip("0123456789")
    root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
    return f"<w:{root} {_SPACES}>{inside}</w:{root}>".encode()


def p(*runs: str) -> str:
    """A paragraph with one run for each text."""
    inside = "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs)
    return f"<w:p>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table with one cell for each text."""
    cells = ("".join(f"<w:tc>{p(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
