"""Whole Word files for tests of binding: parts with their content types, so that they are sound by themselves."""

from __future__ import annotations

from docgen.word.package import write_package
from docgen.word.parts import OFFICE
from docgen.word.text import MAIN

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}" xmlns:wp="{PICTURE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/'
    '2006/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
PORTRAIT = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/>'
LANDSCAPE = PORTRAIT.replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')
NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
_ROOTS = {"header": "hdr", "footer": "ftr", "theme": "theme"}
_TYPES = {"theme": "application/vnd.openxmlformats-officedocument.theme+xml"}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def document(
    body: str,
    section: str = PORTRAIT,
    *,
    parts: dict[str, str] | None = None,
    media: dict[str, bytes] | None = None,
    links: dict[str, str] | None = None,
) -> bytes:
    """A Word file: `parts` by stem (header1, styles, footnotes) with the XML inside their roots, `media` by file name.

    Each part is related to the document under its stem as id, each link under its own.
    """
    inner = {name: _part(name, inside) for name, inside in (parts or {}).items()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES.get(_kind(name), f"{WORD}.{_kind(name)}+xml")}"/>'
        for name in inner
    )
    related = [_relation(name, _kind(name), f"{name}.xml") for name in inner]
    related += [_relation(name.partition(".")[0], "image", f"media/{name}") for name in media or {}]
    related += [
        _relation(name, "hyperlink", url).replace("/>", ' TargetMode="External"/>')
        for name, url in (links or {}).items()
    ]
    return write_package(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
                'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override '
                f'PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}</Types>'
            ).encode(),
            "_rels/.rels": _relations([_relation("rId1", "officeDocument", "word/document.xml")]),
            "word/document.xml": (
                f"<w:document {SPACES}><w:body>{body}<w:sectPr>{section}</w:sectPr></w:body></w:document>".encode()
            ),
            "word/_rels/document.xml.rels": _relations(related),
            **{f"word/{name}.xml": data for name, data in inner.items()},
            **{f"word/media/{name}": data for name, data in (media or {}).items()},
        }
    )


def p(text: str, properties: str = "", inside: str = "") -> str:
    """A paragraph with these properties and this text, and what else stands in it."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r>{inside}</w:p>'


def field(instruction: str, shown: str) -> str:
    """A field as Word writes it, in runs."""
    edges = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{edges[0]}{code}{edges[1]}<w:r><w:t>{shown}</w:t></w:r>{edges[2]}"


def edge(kind: str, pages: str, part: str) -> str:
    """A reference of a section to a header or footer."""
    return f'<w:{kind}Reference w:type="{pages}" r:id="{part}"/>'


def style(identity: str, name: str, inside: str, kind: str = "paragraph") -> str:
    """A style with these properties."""
    return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{inside}</w:style>'


def note(kind: str, number: int, text: str) -> str:
    """A footnote, endnote or comment."""
    return f'<w:{kind} w:id="{number}">{p(text)}</w:{kind}>'


def numbering(form: str) -> str:
    """One list whose numbers are written in that form."""
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{form}"/></w:lvl>'
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:nsid w:val="12345678"/>{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _part(name: str, inside: str) -> bytes:
    if _kind(name) == "theme":
        return inside.encode()
    root = _ROOTS.get(_kind(name), _kind(name))
    return f"<w:{root} {SPACES}>{inside}</w:{root}>".encode()


def _relation(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _relations(related: list[str]) -> bytes:
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(related)}</Relationships>'.encode()
