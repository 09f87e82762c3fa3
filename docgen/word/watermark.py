"""A word across every page (草稿), as Word itself makes it: a shape in each header."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.word.names import BODY
from docgen.word.package import Package, read_package, write_package
from docgen.word.parts import OFFICE, added, changed, parse, relationships_of, serialize
from docgen.word.text import MAIN, PARAGRAPH, RUN, w

SETTINGS = "word/settings.xml"
_NAME = "PowerPlusWaterMarkObject"
_SHAPE = """\
<w:r xmlns:w="{main}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>
<v:f eqn="if @0 @4 21600"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136"
 style="position:absolute;margin-left:0;margin-top:0;width:360pt;height:180pt;rotation:315;z-index:-251658752;\
mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="silver" stroked="f">
<v:fill opacity=".5"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="{text}"/></v:shape>
</w:pict></w:r>"""


def add_watermark(data: bytes, text: str) -> bytes:
    """The Word file with `text` (a word without XML characters) behind every page of every section."""
    package = _with_headers(read_package(data))
    for number, name in enumerate(_headers(package), 1):
        shape = _SHAPE.replace("\n", "").format(main=MAIN, number=number, spid=2048 + number, text=text)

        def draw(root: etree._Element, shape: str = shape) -> None:
            next(root.iter(PARAGRAPH)).append(etree.fromstring(shape))

        package = changed(package, name, draw)
    return write_package(package)


def remove_watermark(data: bytes) -> bytes:
    """The Word file without the marks that `add_watermark` drew, also after another program saved it."""
    package = read_package(data)
    changes: dict[str, bytes] = {}
    for name in [name for name in package.names if name.startswith("word/header")]:
        root = parse(package[name])
        for run in [run for run in root.iter(RUN) if any(map(_draws_mark, run.iter()))]:
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
                changes[name] = serialize(root)
    return write_package(package.replaced(changes)) if changes else data


def _draws_mark(element: etree._Element) -> bool:
    # The name of the shape stands in one attribute or another, as the program likes.
    return any(_NAME in str(value) for value in element.attrib.values())


def watermark_header(text: str) -> bytes:
    """A header that holds nothing but the mark."""
    root = etree.Element(w("hdr"), nsmap={"w": MAIN})
    shape = _SHAPE.replace("\n", "").format(main=MAIN, number=0, spid=2048, text=text)
    etree.SubElement(root, PARAGRAPH).append(etree.fromstring(shape))
    return serialize(root)


def _headers(package: Package) -> list[str]:
    relations = relationships_of(BODY)
    if relations not in package:
        return []
    targets = [r.get("Target", "") for r in parse(package[relations]) if r.get("Type") == f"{OFFICE}/header"]
    return sorted({f"word/{target.removeprefix('/word/')}" for target in targets})


def _with_headers(package: Package) -> Package:
    """The package with a header for every kind of page that has none yet, so that the mark shows there too."""
    missing = list(_missing(package))
    if not missing:
        return package
    name = next(n for n in (f"word/header{i}.xml" for i in range(1, 1000)) if n not in package)
    empty = etree.Element(w("hdr"), nsmap={"w": MAIN})
    etree.SubElement(empty, PARAGRAPH)
    package, identity = added(package, BODY, name, "header", serialize(empty))

    def refer(root: etree._Element) -> None:
        for number, kind in missing:
            section = _sections(root)[number]
            reference = etree.Element(w("headerReference"), {w("type"): kind, f"{{{OFFICE}}}id": identity})
            section.insert(0, reference)

    return changed(package, BODY, refer)


def _missing(package: Package) -> Iterator[tuple[int, str]]:
    """The (section, kind of header) pairs where nothing is inherited from an earlier section either."""
    settings = parse(package[SETTINGS]) if SETTINGS in package else None
    even = settings is not None and settings.find(w("evenAndOddHeaders")) is not None
    known: set[str | None] = set()
    for number, section in enumerate(_sections(parse(package[BODY]))):
        known |= {reference.get(w("type")) for reference in section.iter(w("headerReference"))}
        first = section.find(w("titlePg")) is not None
        for kind in ("default", *(["even"] if even else []), *(["first"] if first else [])):
            if kind not in known:
                known.add(kind)
                yield number, kind


def _sections(root: etree._Element) -> list[etree._Element]:
    """The sections as they are, without what they were before a tracked change."""
    was = w("sectPrChange")
    return [section for section in root.iter(w("sectPr")) if next(section.iterancestors(was), None) is None]
