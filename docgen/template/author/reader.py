"""A Word file read back as a Manuscript: sections with their headers and footers, paragraphs, tables."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from docgen.errors import InputError
from docgen.template.author.inline import PIECE, print_runs
from docgen.template.author.markup import NOTHING, PAGE_NUMBER, PAGE_OF_PAGES
from docgen.template.author.model import Block, Manuscript, Paragraph, Section
from docgen.template.author.pages import A4, LANDSCAPE, PAGE_TEXT, PAGES_TEXT, PORTRAIT, SPARE, twips
from docgen.template.author.reader_tables import read_table
from docgen.template.author.reader_text import Names, is_on, read_paragraph, style_names
from docgen.word.package import Package, read_package
from docgen.word.parts import OFFICE, parse, relationships_of
from docgen.word.text import PARAGRAPH, TABLE, w

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_INSIDE = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")})
_PAGES = {"default": "", "even": "偶数页", "first": "首页"}


@dataclass(slots=True)
class _Source:
    """The file that is read: its styles, its headers and footers, and which of them are in force."""

    package: Package
    names: Names
    targets: dict[str, str]
    even_pages: bool
    margins: dict[tuple[str, str], list[Paragraph]] = field(default_factory=dict)


def read_manuscript(data: bytes, file: str = "") -> Manuscript:
    """The manuscript of a Word file; what the house does not know is shown by its own name."""
    package = read_package(data, file)
    _refuse_broken(package, file)
    document = _main_part(package, file)
    source = _source(package, document)
    body = parse(package[document]).find(w("body"))
    sections: list[Section] = []
    blocks: list[Block] = []
    for element in () if body is None else _blocks(body):
        if element.tag == w("sectPr"):
            sections.append(_section(element, blocks, source))
            blocks = []
            continue
        block = read_table(element, source.names) if element.tag == TABLE else read_paragraph(element, source.names)
        end = element.find(f"{w('pPr')}/{w('sectPr')}")
        if not _is_mark(block):
            blocks.append(block)
        if end is not None:
            sections.append(_section(end, blocks, source))
            blocks = []
    if blocks:
        sections.append(Section("纵向", tuple(blocks), "", NOTHING))
    return Manuscript(tuple(sections))


def _refuse_broken(package: Package, file: str) -> None:
    for part in package:
        try:
            if part.name.endswith((".xml", ".rels")):
                parse(part.data)
        except etree.XMLSyntaxError as error:
            message = f"{f'“{file}”' if file else '文件'}的 {part.name} 已损坏，不能读取。"
            raise InputError(message, hint="请在 Word 中打开后另存。") from error


def _main_part(package: Package, file: str) -> str:
    root = parse(package["_rels/.rels"]) if "_rels/.rels" in package else ()
    for relation in root:
        if relation.get("Type", "").endswith("/officeDocument"):
            name = relation.get("Target", "").lstrip("/")
            if name in package:
                return name
    raise InputError(f"“{file}”中没有 Word 正文，不能显示。" if file else "文件中没有 Word 正文，不能显示。")


def _source(package: Package, document: str) -> _Source:
    rels = relationships_of(document)
    folder = posixpath.dirname(document)
    root = parse(package[rels]) if rels in package else ()
    relations = [(r.get("Id", ""), r.get("Type", ""), r.get("Target", "")) for r in root]
    targets = {
        identity: target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        for identity, _, target in relations
    }
    kinds = {kind.rpartition("/")[2]: targets[identity] for identity, kind, _ in relations if kind.startswith(OFFICE)}
    names = style_names(_part(package, kinds.get("styles")))
    settings = _part(package, kinds.get("settings"))
    return _Source(package, names, targets, is_on(settings, "evenAndOddHeaders"))


def _part(package: Package, name: str | None) -> etree._Element | None:
    return parse(package[name]) if name is not None and name in package else None


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (PARAGRAPH, TABLE, w("sectPr")):
            yield child
        elif child.tag in _INSIDE:
            yield from _blocks(child)


def _is_mark(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style == "分节" and not block.runs


def _section(properties: etree._Element, blocks: list[Block], source: _Source) -> Section:
    _take_margins(properties, source)
    size = properties.find(w("pgSz"))
    landscape = size is not None and size.get(w("orient")) == "landscape"
    cover = any(isinstance(block, Paragraph) and block.style.startswith("封面") for block in blocks)
    start = properties.find(w("pgNumType"))
    number = None if start is None else start.get(w("start"))
    return Section(
        kind="横向" if landscape else "封面" if cover else "纵向",
        blocks=tuple(blocks),
        header=_margin_text(source, "header", "default"),
        footer=_footer(source),
        start=int(number) if number is not None else None,
        margins=_page_margins(properties, landscape=landscape),
        notes=(*_paper(size, landscape=landscape), *_other_pages(properties, source)),
    )


def _take_margins(properties: etree._Element, source: _Source) -> None:
    """Put the headers and footers of this section in force; where it names none, those before stay."""
    for kind in ("header", "footer"):
        for reference in properties.iterfind(w(f"{kind}Reference")):
            root = _part(source.package, source.targets.get(reference.get(_RELATION, "")))
            paragraphs = [] if root is None else [read_paragraph(p, source.names) for p in root.iter(PARAGRAPH)]
            source.margins[kind, reference.get(w("type"), "default")] = paragraphs


def _margin_text(source: _Source, kind: str, pages: str) -> str:
    return PIECE.join(print_runs(paragraph.runs) for paragraph in source.margins.get((kind, pages), []))


def _footer(source: _Source) -> str:
    paragraphs = source.margins.get(("footer", "default"), [])
    text = _margin_text(source, "footer", "default")
    if text == PAGE_TEXT and paragraphs[0].style == "页码单":
        return PAGE_NUMBER
    return {PAGES_TEXT: PAGE_OF_PAGES, "": NOTHING}.get(text, text)


def _other_pages(properties: etree._Element, source: _Source) -> Iterator[str]:
    """What stands on even and first pages, where that is not what stands on the others."""
    for pages, shown in _PAGES.items():
        applies = is_on(properties, "titlePg") if pages == "first" else source.even_pages
        for kind, name in (("header", "页眉"), ("footer", "页脚")):
            text = _margin_text(source, kind, pages)
            if pages != "default" and applies and text != _margin_text(source, kind, "default"):
                yield f"@{shown}{name} {text or NOTHING}"


def _paper(size: etree._Element | None, *, landscape: bool) -> Iterator[str]:
    expected = (A4[1], A4[0]) if landscape else A4
    actual = _numbers(size, "w", "h")
    if actual and any(abs(a - b) > 20 for a, b in zip(actual, expected, strict=True)):
        yield f"@纸张 {_millimetres(actual[0])}×{_millimetres(actual[1])} 毫米"


def _page_margins(properties: etree._Element, *, landscape: bool) -> tuple[int, ...] | None:
    actual = _numbers(properties.find(w("pgMar")), "top", "right", "bottom", "left")
    house = LANDSCAPE if landscape else PORTRAIT
    expected = [twips(mm) - SPARE * (edge == 2) for edge, mm in enumerate(house)]
    if not actual or all(abs(a - b) <= SPARE for a, b in zip(actual, expected, strict=True)):
        return None
    return tuple(_millimetres(number + SPARE * (edge == 2)) for edge, number in enumerate(actual))


def _numbers(element: etree._Element | None, *names: str) -> list[int]:
    given = [element.get(w(name), "") for name in names] if element is not None else []
    return [int(number) for number in given] if all(number.lstrip("-").isdigit() for number in given) else []


def _millimetres(number: int) -> int:
    return round(number * 25.4 / 1440)
