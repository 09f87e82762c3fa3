"""Small Word files made from a few lines, and read back as the text a person sees."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from docgen.contract.days import PartialDate
from docgen.template.compile import compile_template
from docgen.template.render import Rendered, render
from docgen.template.values import Amount, Day, Record, Rows, Text, Whole
from docgen.word.package import CONTENT_TYPES, read_package, write_package
from docgen.word.parts import parse
from docgen.word.text import MAIN, paragraphs, visible_text

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = f'<w:styles xmlns:w="{MAIN}"><w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/></w:style></w:styles>'


def run(text: str, properties: str = "") -> str:
    """One run of text."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*texts: str, properties: str = "") -> str:
    """A paragraph of one run per text."""
    return f"<w:p>{properties}{''.join(map(run, texts))}</w:p>"


def cell(*content: str, properties: str = "") -> str:
    """A table cell of paragraphs; a text without markup becomes one."""
    inner = "".join(item if item.startswith("<") else p(item) for item in content)
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{properties}</w:tcPr>{inner}</w:tc>'


def row(*cells: str) -> str:
    """A table row; a text becomes a cell."""
    return f"<w:tr>{''.join(item if item.startswith('<w:tc>') else cell(item) for item in cells)}</w:tr>"


def table(*rows: str, columns: int = 2) -> str:
    """A table of rows."""
    grid = '<w:gridCol w:w="1000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def docx(*body: str, parts: Mapping[str, str] | None = None, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file with this body; `parts` are header and footer files by name (header1) with their content."""
    inner = "".join(item if item.startswith("<") else p(item) for item in body)
    parts = parts or {}
    kinds = {name: name.rstrip("0123456789") for name in parts}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for number, (name, kind) in enumerate(kinds.items(), 10)
    )
    roots = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes"}
    files = {
        CONTENT_TYPES: (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>{relations}</Relationships>'
        ),
        "word/styles.xml": _STYLES,
        "word/document.xml": (
            f'<w:document xmlns:w="{MAIN}" xmlns:r="{_OFFICE}"'
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            f"<w:body>{inner}<w:sectPr/></w:body></w:document>"
        ),
    }
    for name, content in parts.items():
        root = roots[kinds[name]]
        files[f"word/{name}.xml"] = f'<w:{root} xmlns:w="{MAIN}">{content}</w:{root}>'
    return write_package({name: text.encode() for name, text in files.items()} | dict(extra or {}))


def texts(data: bytes, part: str = "word/document.xml") -> list[str]:
    """The text of every paragraph of a part."""
    return [visible_text(paragraph) for paragraph in paragraphs(parse(read_package(data)[part]))]


def xml(data: bytes, part: str = "word/document.xml") -> str:
    """A part as text."""
    return read_package(data)[part].decode()


def rendered(source: bytes, context: Mapping[str, Any] | None = None, **blocks: bytes) -> Rendered:
    """The template rendered with a context."""
    return render(compile_template(source, "样本.docx", blocks), context or {}, {})


def shown(*body: str, **context: Any) -> list[str]:
    """The paragraphs of a template with that body, rendered."""
    return texts(rendered(docx(*body), context).data)


def rows(*names: str) -> Rows:
    """A list of groups with a name and an amount each."""
    return Rows(
        (
            Record(
                f"rows[{n}]",
                {"name": Text(name, f"rows[{n}].name"), "amount": Amount(Decimal(n * 1000), f"rows[{n}].amount")},
            )
            for n, name in enumerate(names, 1)
        ),
        "rows",
    )


SAMPLE: Mapping[str, Any] = {
    "party": Record(
        "party", {"name": Text("示例咨询 & <伙伴>", "party.name"), "phone": Text("13800000001", "party.phone")}
    ),
    "total": Amount(Decimal(1040000), "total"),
    "day": Day(PartialDate(2021, 6, 21), "day"),
    "count": Whole(6, "count"),
    "rows": rows("甲", "乙", "丙"),
    "empty": Rows((), "empty"),
    "yes": True,
    "no_field": False,
}
