"""What Word asks of a file beyond well-formed XML, as far as it can be said without the schemas.

`faults` looks at the package (content types, relationships), at every id that may stand only once, at styles, at the
order of properties, and at tables. A file without faults opens in Word and WPS without being repaired.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from docgen.word.package import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, Package, read_package
from docgen.word.parts import OFFICE, TYPES, parse, relationships_of
from docgen.word.text import CELL, FALLBACK, MAIN, PARAGRAPH, ROW, TABLE, TEXT, TEXT_BOX, visible_text, w

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ID, _VALUE = w("id"), w("val")
# What holds paragraphs, and has to end with one.
_STORIES = tuple(map(w, ("body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "tc")))
_CONTROL = re.compile(r"\s*\{[%#]tr .*", re.DOTALL)
_TYPED = {"header": "header", "footer": "footer", "comments": "comments", "styles": "styles", "settings": "settings",
          "fontTable": "fontTable", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
          "officeDocument": "document.main"}  # fmt: skip

# The order that the schema gives the properties that templates use; others may stand anywhere for all we know.
_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
}


def faults(data: bytes) -> list[str]:
    """What is wrong with a Word file, each fault with the part it is in; an empty list is a sound file."""
    package = read_package(data)
    roots = {part.name: parse(part.data) for part in package if part.name.endswith((".xml", ".rels"))}
    found = [*_type_faults(package, roots), *_relationship_faults(package, roots), *_style_faults(roots)]
    found += _comment_faults(roots)
    for name, root in roots.items():
        if name.startswith("word/") and name.endswith(".xml"):
            found += [f"{name}: {fault}" for check in _PART_CHECKS for fault in check(root)]
    return found


def _repeated(values: Iterable[str | None]) -> list[str | None]:
    return [value for value, times in Counter(values).items() if times > 1]


# The package


def _type_faults(package: Package, roots: dict[str, etree._Element]) -> Iterator[str]:
    types = roots[CONTENT_TYPES]
    defaults = [item.get("Extension", "").lower() for item in types.iter(f"{{{TYPES}}}Default")]
    overrides = [item.get("PartName", "") for item in types.iter(f"{{{TYPES}}}Override")]
    yield from (f"content type given twice: {name}" for name in _repeated([*defaults, *map(str.lower, overrides)]))
    yield from (f"content type of a part that is not there: {name}" for name in overrides if name[1:] not in package)
    for name in package.names:
        if f"/{name}" not in overrides and name.rpartition(".")[2].lower() not in defaults and name != CONTENT_TYPES:
            yield f"no content type: {name}"


def _relationship_faults(package: Package, roots: dict[str, etree._Element]) -> Iterator[str]:
    owners = {relationships_of(name): name for name in package.names} | {PACKAGE_RELATIONSHIPS: ""}
    for rels in (name for name in roots if name.endswith(".rels")):
        if rels not in owners:
            yield f"{rels}: relationships of a part that is not there"
            continue
        yield from (f"{rels}: id given twice: {i}" for i in _repeated(r.get("Id") for r in roots[rels]))
        folder = posixpath.join("/", posixpath.dirname(owners[rels]))
        yield from (f"{rels}: {fault}" for fault in _target_faults(folder, roots[rels], roots[CONTENT_TYPES], package))
    for name, root in roots.items():
        relations = roots.get(relationships_of(name), ())
        kinds = {r.get("Id", ""): r.get("Type", "").rpartition("/")[2] for r in relations}
        yield from (f"{name}: {fault}" for fault in _reference_faults(root, kinds))


def _target_faults(folder: str, relations: etree._Element, types: etree._Element, package: Package) -> Iterator[str]:
    known = {item.get("PartName"): item.get("ContentType", "") for item in types}
    for relation in relations:
        target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
        kind = _TYPED.get(relation.get("Type", "").removeprefix(f"{OFFICE}/"))
        if relation.get("TargetMode") != "External" and target[1:] not in package:
            yield f"no such part: {target}"
        elif kind is not None and not known.get(target, "").endswith(f".{kind}+xml"):
            yield f"{target} has the content type {known.get(target)}"


def _reference_faults(root: etree._Element, kinds: dict[str, str]) -> Iterator[str]:
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if str(key).startswith(f"{{{OFFICE}}}") and value not in kinds:
                yield f"{_name(element)} refers to the unknown relationship {value!s}"
    for section in root.iter(w("sectPr")):
        references = [r for r in section if r.tag in (w("headerReference"), w("footerReference"))]
        yield from (f"section with two references of a kind: {two}" for two in _repeated(
            f"{_name(r)} {r.get(w('type'))}" for r in references))  # fmt: skip
        for reference in references:
            kind = _name(reference).removesuffix("Reference")
            if kinds.get(reference.get(f"{{{OFFICE}}}id", "")) != kind:
                yield f"{_name(reference)} refers to something else"


# Styles, comments, ids


def _style_faults(roots: dict[str, etree._Element]) -> Iterator[str]:
    root = roots.get("word/styles.xml")
    styles = [] if root is None else list(root.iter(w("style")))
    yield from (f"style id given twice: {i}" for i in _repeated(s.get(w("styleId")) for s in styles))
    named = [s.find(w("name")) for s in styles]
    yield from (f"style name given twice: {n}" for n in _repeated(n.get(_VALUE) for n in named if n is not None))
    kinds = {s.get(w("styleId")): s.get(w("type")) for s in styles}
    wanted = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}
    for name, part in roots.items():
        for element in part.iter(*wanted):
            if kinds.get(element.get(_VALUE)) != wanted[element.tag]:
                yield f"{name}: no {wanted[element.tag]} style {element.get(_VALUE)}"
    for style in styles:
        for element in style.iterchildren(w("basedOn"), w("next"), w("link")):
            if element.get(_VALUE) not in kinds:
                yield f"style {style.get(w('styleId'))}: {_name(element)} an unknown style {element.get(_VALUE)}"


def _comment_faults(roots: dict[str, etree._Element]) -> Iterator[str]:
    part, body = roots.get("word/comments.xml"), roots.get("word/document.xml")
    known = [] if part is None else [comment.get(_ID) for comment in part.iter(w("comment"))]
    yield from (f"comment id given twice: {number}" for number in _repeated(known))
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        used = [] if body is None else [mark.get(_ID) for mark in body.iter(w(kind))]
        if Counter(used) != Counter(known):
            yield f"comments {known}, but {kind} of {used}"


def _id_faults(root: etree._Element) -> Iterator[str]:
    seen = [e for e in root.iter(_DRAWING, w("bookmarkStart"), _SHAPE) if next(e.iterancestors(FALLBACK), None) is None]
    ids = [f"{_name(e)} {e.get('id') or e.get(_ID)}" for e in seen]
    names = [f"bookmark name {e.get(w('name'), '').lower()}" for e in seen if e.tag == w("bookmarkStart")]
    yield from (f"given twice: {value}" for value in _repeated([*ids, *names]))
    opened = Counter(mark.get(_ID) for mark in root.iter(w("bookmarkStart")))
    if opened != Counter(mark.get(_ID) for mark in root.iter(w("bookmarkEnd"))):
        yield "bookmarks that do not begin and end once"


# Text and its properties


def _order_faults(root: etree._Element) -> Iterator[str]:
    for kind, order in _ORDERS.items():
        ranks = {w(name): rank for rank, name in enumerate(order.split())}
        for element in root.iter(w(kind)):
            known = [ranks[child.tag] for child in element if child.tag in ranks]
            if known != sorted(known) or (kind != "sectPr" and len(known) != len(set(known))):
                yield f"{kind} in a wrong order: {[_name(child) for child in element]}"
            parent = element.getparent()
            if kind != "sectPr" and parent is not None and parent.index(element) and parent.tag in _FIRST:
                yield f"{kind} is not the first in its {_name(parent)}"


_FIRST = (PARAGRAPH, w("r"), TABLE, CELL)


def _text_faults(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if not str(element.tag).startswith(f"{{{MAIN}}}"):
            continue
        own = "" if element.tag in (TEXT, w("delText"), w("instrText")) else element.text
        if (own or "").strip() or (element.tail or "").strip():
            yield f"text outside of a run, at {_name(element)}: {element.text or element.tail}"
        if element.tag == TEXT and re.search(r"^\s|\s$", element.text or "") and element.get(_SPACE) != "preserve":
            yield f"spaces that Word drops: “{element.text}”"
        if element.tag == TEXT and re.search("[\t\n\r\ufdd0-\ufdef]", element.text or ""):
            yield f"characters that Word does not show: {element.text!r}"


def _field_faults(root: etree._Element) -> Iterator[str]:
    depth = 0
    for mark in root.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(mark.get(w("fldCharType"), ""), 0)
        if depth < 0:
            yield "a field that ends before it begins"
    if depth > 0:
        yield "a field that does not end"


def _story_faults(root: etree._Element) -> Iterator[str]:
    for story in root.iter(*_STORIES):
        if not _ends_with_paragraph(story):
            yield f"{_name(story)} does not end with a paragraph{_after(story)}"
    for paragraph in root.iter(PARAGRAPH):
        above = next(paragraph.iterancestors(PARAGRAPH, TEXT_BOX), None)
        if above is not None and above.tag == PARAGRAPH:
            yield f"a paragraph inside a paragraph: {visible_text(paragraph)[:30]}"


def _ends_with_paragraph(story: etree._Element) -> bool:
    blocks = [child for child in story if child.tag in (PARAGRAPH, TABLE, w("sdt"))]
    if blocks and blocks[-1].tag == w("sdt"):
        content = blocks[-1].find(w("sdtContent"))
        return content is not None and _ends_with_paragraph(content)
    return bool(blocks) and blocks[-1].tag == PARAGRAPH


def _after(element: etree._Element) -> str:
    before = next((p for p in element.iter(PARAGRAPH)), None) if len(element) else None
    return f", with “{visible_text(before)[:30]}”" if before is not None else ""


# Tables


def _table_faults(root: etree._Element) -> Iterator[str]:
    for number, table in enumerate(root.iter(TABLE), 1):
        grid = table.find(w("tblGrid"))
        rows = [row for row in table.iter(ROW) if next(row.iterancestors(TABLE)) is table and not _is_control(row)]
        if grid is None or not len(grid):
            yield f"table {number} has no grid"
        if not rows:
            yield f"table {number} has no rows"
        above: dict[int, int] = {}
        for place, row in enumerate(rows, 1):
            above, found = _row_faults(row, 0 if grid is None else len(grid), above)
            yield from (f"table {number}, row {place}: {fault}" for fault in found)


def _is_control(row: etree._Element) -> bool:
    """Whether the row of a template only holds a {%tr … %} tag, and is not there when it is rendered."""
    return _CONTROL.fullmatch("".join(map(visible_text, row.iter(PARAGRAPH)))) is not None


def _row_faults(row: etree._Element, columns: int, above: dict[int, int]) -> tuple[dict[int, int], list[str]]:
    """The cells that may be continued below (grid column → width), and what is wrong in the row."""
    found: list[str] = []
    below: dict[int, int] = {}
    column = sum(_number(mark) for mark in row.iterfind(f"{w('trPr')}/{w('gridBefore')}"))
    cells = [cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row]
    for cell in cells:
        width = sum(_number(mark) for mark in cell.iterfind(f"{w('tcPr')}/{w('gridSpan')}")) or 1
        merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        if merge is not None:
            below[column] = width
        if merge is not None and merge.get(_VALUE, "continue") != "restart" and above.get(column) != width:
            found.append(f"a cell of {width} columns continues nothing above column {column + 1}")
        column += width
    column += sum(_number(mark) for mark in row.iterfind(f"{w('trPr')}/{w('gridAfter')}"))
    if not cells:
        found.append("no cells")
    if column != columns:
        found.append(f"{column} columns in a grid of {columns}")
    return below, found


def _number(element: etree._Element) -> int:
    return int(element.get(_VALUE, "0"))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


_PART_CHECKS = (_id_faults, _order_faults, _text_faults, _field_faults, _story_faults, _table_faults)
