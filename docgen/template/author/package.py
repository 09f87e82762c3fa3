"""The parts of a Word file around its text: styles, settings, fonts, relations, properties."""

from __future__ import annotations

from docgen.template.author.body import block_xml, paragraph_xml
from docgen.template.author.model import Manuscript, Paragraph, Section
from docgen.template.author.pages import Margin, margin_parts, reference_xml, section_xml, text_width
from docgen.template.author.styles import styles_xml
from docgen.template.author.xml import DECLARATION, RELATIONS, element, part, tag
from docgen.word.package import write_package

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_TYPE = f"{_PACKAGE}/metadata/core-properties"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_FIXED = ("styles", "settings", "fontTable")


def build(manuscript: Manuscript) -> bytes:
    """The Word file of the manuscript; the same manuscript gives the same bytes."""
    body, margins = _document(manuscript)
    parts = {
        "word/document.xml": part(element("w:document", body)),
        "word/styles.xml": part(styles_xml()),
        "word/settings.xml": part(_settings()),
        "word/fontTable.xml": part(_font_table()),
        "docProps/core.xml": _core(),
    }
    for name, margin in margins.items():
        root = "w:hdr" if margin.element == "header" else "w:ftr"
        parts[f"word/{name}.xml"] = part(element(root, margin.xml))
    parts["word/_rels/document.xml.rels"] = _relations([(name, f"{name}.xml") for name in (*_FIXED, *margins)])
    parts["_rels/.rels"] = _package_relations()
    parts["[Content_Types].xml"] = _content_types(list(margins))
    return write_package(parts)


def _document(manuscript: Manuscript) -> tuple[str, dict[str, Margin]]:
    """The body, and the headers and footers by the name of their part."""
    margins: dict[str, Margin] = {}
    effective: dict[tuple[str, str], str] = {}
    pieces: list[str] = []
    for position, section in enumerate(manuscript.sections):
        references = ""
        for margin in margin_parts(section):
            if _inherited(margin, effective):
                continue
            effective[margin.element, margin.pages] = margin.xml
            name = f"{margin.element}{sum(known.element == margin.element for known in margins.values()) + 1}"
            margins[name] = margin
            references += reference_xml(margin, _relation_id(name))
        pieces += [block_xml(block, text_width(section)) for block in section.blocks]
        properties = section_xml(section, references)
        last = position == len(manuscript.sections) - 1
        # The mark has a paragraph of its own: the last one of the text may disappear when rendered.
        pieces.append(_end(section) + properties if last else paragraph_xml(Paragraph("分节"), section=properties))
    return element("w:body", *pieces), margins


def _end(section: Section) -> str:
    """The last paragraph of the text where nothing else is sure to be one: Word would add one, a whole line high."""
    end = section.blocks[-1] if section.blocks else None
    stays = isinstance(end, Paragraph) and end.style != "标记"
    return "" if stays else paragraph_xml(Paragraph("分节"))


def _inherited(margin: Margin, effective: dict[tuple[str, str], str]) -> bool:
    """Whether Word shows this margin without a word: it is that of the section before, or none at all."""
    before = effective.get((margin.element, margin.pages))
    return before == margin.xml or (before is None and "<w:r>" not in margin.xml)


def _relation_id(name: str) -> str:
    return f"rId_{name}"


def _relations(targets: list[tuple[str, str]]) -> bytes:
    kinds = [(name, name.rstrip("0123456789"), target) for name, target in targets]
    items = (
        tag("Relationship", Id=_relation_id(name), Type=f"{RELATIONS}/{kind}", Target=target)
        for name, kind, target in kinds
    )
    return (DECLARATION + tag("Relationships", *items, xmlns=_PACKAGE)).encode()


def _package_relations() -> bytes:
    document = tag("Relationship", Id="rId1", Type=f"{RELATIONS}/officeDocument", Target="word/document.xml")
    core = tag("Relationship", Id="rId2", Type=_CORE_TYPE, Target="docProps/core.xml")
    return (DECLARATION + tag("Relationships", document, core, xmlns=_PACKAGE)).encode()


def _content_types(margins: list[str]) -> bytes:
    defaults = [
        tag("Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"),
        tag("Default", Extension="xml", ContentType="application/xml"),
    ]
    kinds = [("document", "document.main"), *((name, name) for name in _FIXED)]
    kinds += [(name, name.rstrip("0123456789")) for name in margins]
    overrides = [
        tag("Override", PartName=f"/word/{name}.xml", ContentType=f"{_WORD_TYPE}{kind}+xml") for name, kind in kinds
    ]
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides.append(tag("Override", PartName="/docProps/core.xml", ContentType=core))
    return (DECLARATION + tag("Types", *defaults, *overrides, xmlns=_TYPES)).encode()


def _core() -> bytes:
    """Properties that name nobody; what a document is called is set when it is rendered."""
    names = {"xmlns:cp": _CORE, "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
    return (DECLARATION + tag("cp:coreProperties", tag("dc:title"), tag("dc:creator"), **names)).encode()


def _settings() -> str:
    compatible = [
        element(f"w:{name}")
        for name in (
            "spaceForUL",
            "balanceSingleByteDoubleByteWidth",
            "doNotLeaveBackslashAlone",
            "ulTrailSpace",
            "doNotExpandShiftReturn",
        )
    ]
    office = "http://schemas.microsoft.com/office/word"
    modes = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    compatible += [element("w:compatSetting", name=name, uri=office, val=value) for name, value in modes.items()]
    return element(
        "w:settings",
        element("w:zoom", percent=100),
        element("w:defaultTabStop", val=640),
        element("w:evenAndOddHeaders"),
        element("w:characterSpacingControl", val="compressPunctuation"),
        element("w:compat", *compatible),
        element("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
        element("w:decimalSymbol", val="."),
        element("w:listSeparator", val=","),
    )


# What Word takes where a font is not installed: recent systems have 仿宋 and 楷体 without _GB2312.
_FONTS = (
    ("仿宋_GB2312", "仿宋,FangSong", "02010609030101010101", "modern"),
    ("楷体_GB2312", "楷体,KaiTi", "02010609030101010101", "modern"),
    ("黑体", "SimHei", "02010609060101010101", "modern"),
    ("宋体", "SimSun", "02010600030101010101", "auto"),
    ("方正小标宋简体", "方正小标宋_GBK,小标宋,华文中宋,宋体", "02010601030101010101", "script"),
)


def _font_table() -> str:
    chinese = [
        element(
            "w:font",
            element("w:altName", val=others),
            element("w:panose1", val=panose),
            element("w:charset", val="86"),
            element("w:family", val=family),
            element("w:pitch", val="default"),
            name=name,
        )
        for name, others, panose, family in _FONTS
    ]
    roman = element(
        "w:font",
        element("w:charset", val="00"),
        element("w:family", val="roman"),
        element("w:pitch", val="variable"),
        name="Times New Roman",
    )
    return element("w:fonts", *chinese, roman)
