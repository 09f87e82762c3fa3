"""Binding several Word files into one changes nothing that a person sees of any of them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.reading.word import read_word
from docgen.word.bind.bind import Layout, bind
from docgen.word.bind.front import Front
from docgen.word.fields import fields
from docgen.word.package import Package, read_package
from docgen.word.parts import OFFICE, parse, relationships_of
from docgen.word.text import PARAGRAPH, visible_text, w
from docgen.word.watermark import add_watermark
from tests.endure import examples
from tests.word.bind.files import (
    LANDSCAPE,
    NORMAL,
    PORTRAIT,
    document,
    edge,
    field,
    note,
    numbering,
    p,
    style,
)
from tests.word.structure import faults

LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
EVEN = "<w:evenAndOddHeaders/>"
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="图"/><a:graphic><a:graphicData uri="x">'
    '<a:blip r:embed="image1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def break_(section: str) -> str:
    """A paragraph that ends a section."""
    return f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr></w:p>"


CONTRACT = document(
    p("合同", '<w:pStyle w:val="Heading1"/>')
    + break_(edge("header", "first", "header2") + PORTRAIT + "<w:titlePg/>")
    + p("第一项", LISTED)
    + p("第二项", LISTED)
    + p("见注", inside='<w:r><w:footnoteReference w:id="2"/></w:r>')
    + PICTURE,
    edge("header", "default", "header1") + edge("footer", "default", "footer1") + PORTRAIT,
    parts={
        "styles": NORMAL + style("Heading1", "heading 1", '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>'),
        "numbering": numbering("%1."),
        "header1": p("合同页眉"),
        "header2": p("合同首页"),
        "footer1": p("第", inside=field("PAGE", "1") + field("NUMPAGES", "9")),
        "footnotes": note("footnote", 2, "合同的注"),
        "settings": "",
    },
    media={"image1.png": b"picture"},
)
ROSTER = document(
    p("名单", '<w:pStyle w:val="Heading1"/>')
    + p("甲", LISTED)
    + p("注", inside='<w:r><w:footnoteReference w:id="2"/></w:r>')
    + PICTURE,
    edge("header", "even", "header1") + edge("footer", "default", "footer1") + LANDSCAPE,
    parts={
        "styles": NORMAL + style("Heading1", "heading 1", '<w:rPr><w:sz w:val="44"/></w:rPr>'),
        "numbering": numbering("（%1）"),
        "header1": p("名单双页"),
        "footer1": p("共", inside=field("NUMPAGES", "9")),
        "footnotes": note("footnote", 2, "名单的注"),
        "settings": EVEN,
    },
    media={"image1.png": b"picture"},
)
PLAIN = document(p("方案"), '<w:type w:val="continuous"/>' + PORTRAIT)
SET = [CONTRACT, ROSTER, PLAIN]


def said(data: bytes) -> list[tuple[str, str]]:
    """What the body of a file says, with the numbers that Word gives."""
    return [(b.number, b.text) for b in read_word(data, "x").blocks if b.part == "body" and b.text]


def body(data: bytes) -> etree._Element:
    """The main part of a file."""
    return parse(read_package(data)["word/document.xml"])


def sections(data: bytes) -> list[etree._Element]:
    """The sections of a file."""
    return list(body(data).iter(w("sectPr")))


def edges(data: bytes) -> Iterator[dict[str, str]]:
    """What stands above and below the pages of each section, by side and kind of page, inherited or its own."""
    package = read_package(data)
    relations = {r.get("Id"): f"word/{r.get('Target')}" for r in parse(package[relationships_of("word/document.xml")])}
    known: dict[tuple[str, str], str] = {}
    settings = b"".join(part.data for part in package if part.name == "word/settings.xml")
    for section in sections(data):
        for side in ("header", "footer"):
            for reference in section.iter(w(f"{side}Reference")):
                part = parse(package[relations[reference.get(f"{{{OFFICE}}}id")]])
                known[(side, reference.get(w("type"), ""))] = "".join(map(visible_text, part.iter(PARAGRAPH)))
        kinds = ["default", "first"] if section.find(w("titlePg")) is not None else ["default"]
        shown = {f"{side} {kind}": known.get((side, kind), "") for side in ("header", "footer") for kind in kinds}
        for side in ("header", "footer"):
            even = known.get((side, "even"), "") if b"evenAndOdd" in settings else shown[f"{side} default"]
            shown[f"{side} even"] = even
        yield shown


def asked(data: bytes, part: str = "word/document.xml") -> list[str]:
    """The instructions of the fields in a part."""
    return [each.instruction.strip() for each in fields(parse(read_package(data)[part]))]


def footers(data: bytes) -> list[list[str]]:
    """The instructions of the fields in each footer that has any."""
    found = [asked(data, name) for name in read_package(data).names if name.startswith("word/footer")]
    return [each for each in found if each]


def test_all_is_said_once_and_in_order() -> None:
    """The bound file is a sound Word file that says what its documents say, lists numbered as they were."""
    made = bind(SET).data

    assert faults(made) == []
    assert said(made) == [line for each in SET for line in said(each)]
    assert ("（1）", "甲") in said(made)


def test_pages_keep_their_size_and_margins() -> None:
    """Every section has the pages that it had, upright or not."""
    shape = [
        [etree.tostring(s.find(w(n)), method="c14n", exclusive=True) for n in ("pgSz", "pgMar")]
        for s in sections(bind(SET).data)
    ]

    assert shape == [
        [etree.tostring(s.find(w(n)), method="c14n", exclusive=True) for n in ("pgSz", "pgMar")]
        for each in SET
        for s in sections(each)
    ]


def test_headers_and_footers_are_those_of_each_document() -> None:
    """First, even and other pages show what they showed: nothing comes over from the document before."""
    made = bind([CONTRACT, ROSTER, PLAIN, CONTRACT]).data

    assert list(edges(made)) == [shown for each in (CONTRACT, ROSTER, PLAIN, CONTRACT) for shown in edges(each)]


def test_each_document_begins_on_a_new_page_with_its_own_number() -> None:
    """The first section of a document begins a page, which is number 1 unless it had another number."""
    later = document(p("乙"), PORTRAIT + '<w:pgNumType w:fmt="decimal" w:start="5"/>')
    firsts = [sections(bind([CONTRACT, PLAIN, later]).data)[n] for n in (0, 2, 3)]

    assert [s.find(w("type")).get(w("val")) for s in firsts] == ["nextPage"] * 3
    assert [s.find(w("pgNumType")).get(w("start")) for s in firsts] == ["1", "1", "5"]
    assert sections(bind(SET).data)[1].find(w("pgNumType")) is None


def test_documents_may_begin_on_odd_pages() -> None:
    """Where odd pages are asked for, each document begins on one."""
    kinds = [s.find(w("type")) for s in sections(bind(SET, odd=True).data)]

    assert [None if kind is None else kind.get(w("val")) for kind in kinds] == ["oddPage", None, "oddPage", "oddPage"]


def test_different_styles_of_one_name_stay_apart() -> None:
    """A style that looks otherwise gets a name of its own; an equal one is shared."""
    package = read_package(bind([CONTRACT, ROSTER, CONTRACT]).data)
    styles = {s.get(w("styleId")): s for s in parse(package["word/styles.xml"]).iter(w("style"))}
    used = [each.get(w("val")) for each in parse(package["word/document.xml"]).iter(w("pStyle"))]
    sizes = [styles[each].find(f"{w('rPr')}/{w('sz')}").get(w("val")) for each in used]

    assert list(styles) == ["Normal", "Heading1", "Heading1_2"]
    assert (used, sizes) == (["Heading1", "Heading1_2", "Heading1"], ["32", "44", "32"])


def test_documents_of_one_template_share_its_styles() -> None:
    """Styles that differ from those of the first document are there once, however many documents have them."""
    styles = parse(read_package(bind([CONTRACT, ROSTER, PLAIN, ROSTER, ROSTER]).data)["word/styles.xml"])

    assert [s.get(w("styleId")) for s in styles.iter(w("style"))] == ["Normal", "Heading1", "Heading1_2"]


_DEFAULTS = "<w:docDefaults><w:rPrDefault><w:rPr>{}</w:rPr></w:rPrDefault></w:docDefaults>"
_GRIDDED = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>'
    f"<w:tcPr/>{p('格')}</w:tc></w:tr></w:tbl>"
)


def test_defaults_of_a_file_become_part_of_its_styles() -> None:
    """Where files differ in what holds without a style, each keeps its own, also for paragraphs without a style."""
    defaults = _DEFAULTS.format('<w:sz w:val="{}"/>')
    files = [document(p(size), parts={"styles": defaults.format(size) + NORMAL}) for size in ("21", "32")]
    package = read_package(bind(files).data)
    styles = {s.get(w("styleId")): s for s in parse(package["word/styles.xml"]).iter(w("style"))}
    second = list(parse(package["word/document.xml"]).iter(PARAGRAPH))[1]
    named = second.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))

    assert faults(bind(files).data) == []
    assert named != "Normal"
    assert styles[named].find(f"{w('rPr')}/{w('sz')}").get(w("val")) == "32"


def test_in_tables_the_style_of_the_table_still_decides() -> None:
    """What holds without a style is overruled by a table's style, and still is when files differ in it."""
    grid = style("Grid", "Table Grid", '<w:rPr><w:sz w:val="18"/></w:rPr>', "table")
    small = document(p("甲"), parts={"styles": _DEFAULTS.format('<w:sz w:val="21"/>') + NORMAL})
    large = document(_GRIDDED + p("乙"), parts={"styles": _DEFAULTS.format('<w:sz w:val="32"/><w:b/>') + NORMAL + grid})
    package = read_package(bind([small, large]).data)
    styles = {s.get(w("styleId")): s for s in parse(package["word/styles.xml"]).iter(w("style"))}
    root = parse(package["word/document.xml"])
    named = [each.find(f"{w('pPr')}/{w('pStyle')}") for each in root.iter(PARAGRAPH)]
    told = [() if each is None else styles[each.get(w("val"))].iterfind(f"{w('rPr')}/*") for each in named]
    of_table = styles[next(root.iter(w("tblStyle"))).get(w("val"))].find(w("rPr"))

    assert [[etree.QName(each).localname for each in own] for own in told] == [[], [], ["b", "sz"]]
    assert [(etree.QName(each).localname, each.get(w("val"))) for each in of_table] == [("b", None), ("sz", "18")]


def test_what_no_table_decides_is_said_by_the_styles_in_it() -> None:
    """Programs differ in whether a table's style comes before what a file says without one: where it says none, they agree."""
    grid = style("Grid", "Table Grid", '<w:pPr><w:spacing w:after="0"/></w:pPr>', "table")
    large = document(p("甲"), parts={"styles": _DEFAULTS.format('<w:sz w:val="32"/>') + NORMAL})
    small = document(_GRIDDED, parts={"styles": _DEFAULTS.format('<w:sz w:val="21"/>') + NORMAL + grid})
    package = read_package(bind([large, small]).data)
    styles = {s.get(w("styleId")): s for s in parse(package["word/styles.xml"]).iter(w("style"))}
    cell = next(parse(package["word/document.xml"]).iter(w("tc")))
    named = styles[cell.find(f"{w('p')}/{w('pPr')}/{w('pStyle')}").get(w("val"))]

    assert [each.get(w("val")) for each in named.iterfind(f"{w('rPr')}/{w('sz')}")] == ["21"]


def test_a_style_that_numbers_has_a_list_in_each_document() -> None:
    """Numbered headings begin anew in each document, though the files are the same."""
    heading = style("H", "条", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    parts = {"styles": NORMAL + heading, "numbering": numbering("第%1条")}
    one = document("".join(p(text, '<w:pStyle w:val="H"/>') for text in "甲乙"), parts=parts)
    made = bind([one, one, one]).data

    assert said(made) == [("第1条", "甲"), ("第2条", "乙")] * 3
    assert faults(made) == []


def test_the_number_of_pages_is_that_of_the_document() -> None:
    """共 N 页 speaks of the document, by a field that Word and LibreOffice know, and with the number once it is known."""
    assert footers(bind(SET).data) == [["PAGE", "PAGEREF _Bound1End"], ["PAGEREF _Bound2End"]]
    told = bind(SET, layout=Layout((1, 5, 7), (4, 2, 1))).data
    shown = [part.data for part in read_package(told) if part.name.startswith("word/footer")]

    assert [visible_text(parse(data)) for data in shown] == ["第14", "共2", ""]


def test_a_number_of_pages_that_word_cannot_tell_is_told_or_left_blank() -> None:
    """Where the pages of a document are counted anew in the middle, no number is shown that may be wrong."""
    parts = {"footer1": p("共", inside=field("NUMPAGES", "9"))}
    again = PORTRAIT + '<w:pgNumType w:start="1"/>'
    one = document(p("封面") + break_(PORTRAIT) + p("正文"), edge("footer", "default", "footer1") + again, parts=parts)
    blank, told = bind([one, PLAIN]).data, bind([one, PLAIN], layout=Layout((1, 8), (7, 1))).data

    assert [visible_text(parse(read_package(d)["word/footer1.xml"])) for d in (blank, told)] == ["共", "共7"]
    assert (footers(blank), footers(told)) == ([['QUOTE ""']], [['QUOTE "7"']])


def test_footnotes_begin_anew() -> None:
    """Notes keep their text and their numbers, which begin anew in each document and go on through its sections."""
    two = document(
        p("甲", inside='<w:r><w:footnoteReference w:id="1"/></w:r>')
        + break_(PORTRAIT)
        + p("乙", inside='<w:r><w:footnoteReference w:id="2"/></w:r>'),
        parts={"footnotes": note("footnote", 1, "一") + note("footnote", 2, "二")},
    )
    made = bind([two, two]).data
    notes = [s.find(w("footnotePr")) for s in sections(made)]
    ids = [each.get(w("id")) for each in body(made).iter(w("footnoteReference"))]

    assert [n.find(w("numStart")).get(w("val")) for n in notes] == ["1", "2", "1", "2"]
    assert {n.find(w("numRestart")).get(w("val")) for n in notes} == {"eachSect"}
    assert len(set(ids)) == 4
    assert [b.text for b in read_word(made, "x").blocks if b.part == "footnotes" and b.text] == ["一", "二", "一", "二"]
    assert faults(made) == []


def test_sections_without_footnotes_count_none() -> None:
    """A section that holds no footnote begins with the first number: some programs number all notes from the last."""
    one = document(
        p("甲", inside='<w:r><w:footnoteReference w:id="1"/></w:r>') + break_(PORTRAIT) + p("乙"),
        parts={"footnotes": note("footnote", 1, "一")},
    )
    starts = [s.find(f"{w('footnotePr')}/{w('numStart')}").get(w("val")) for s in sections(bind([one, one]).data)]

    assert starts == ["1", "1", "1", "1"]


def test_endnotes_stay_with_their_document() -> None:
    """Endnotes stand at the end of their document, after all of its sections, numbered anew."""
    one = document(
        p("甲", inside='<w:r><w:endnoteReference w:id="1"/></w:r>') + break_(PORTRAIT) + p("乙"),
        parts={"endnotes": note("endnote", 1, "尾注"), "settings": ""},
    )
    made = bind([one, one]).data
    settings = parse(read_package(made)["word/settings.xml"])
    held = [s.find(w("noEndnote")) is not None for s in sections(made)]
    starts = [s.find(f"{w('endnotePr')}/{w('numStart')}").get(w("val")) for s in sections(made)]

    assert faults(made) == []
    assert (held, starts) == ([True, False, True, False], ["1", "2", "1", "2"])
    assert settings.find(f"{w('endnotePr')}/{w('pos')}").get(w("val")) == "sectEnd"


def test_shapes_have_ids_of_their_own() -> None:
    """Shapes of an older kind, as in a watermark, are told apart, and what is drawn stays."""
    shape = '<w:r><w:pict><v:shape id="_x0000_s1" o:spid="_x0000_s1" type="#t" style="width:1pt"/></w:pict></w:r>'
    marked = add_watermark(
        document(p("甲", inside=shape), edge("header", "default", "header1") + PORTRAIT, parts={"header1": p("")}),
        "草稿",
    )
    package = read_package(bind([marked, marked]).data)
    parts = [parse(part.data) for part in package if part.name.startswith(("word/document", "word/header"))]
    shapes = [each for root in parts for each in root.iter("{urn:schemas-microsoft-com:vml}shape")]
    spids = [each.get("{urn:schemas-microsoft-com:office:office}spid") for each in shapes]

    assert len(shapes) == len({each.get("id") for each in shapes}) == len(set(spids)) == 4
    assert sum(str(each.get("id")).startswith("PowerPlusWaterMarkObject") for each in shapes) == 2


def test_comments_of_all_documents_are_kept() -> None:
    """Comments stand where they stood, each with an id of its own."""
    mark = '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    one = document(p("甲", inside=mark), parts={"comments": note("comment", 0, "看这里")})
    made = bind([one, one, PLAIN]).data

    assert faults(made) == []
    assert [c.get(w("id")) for c in parse(read_package(made)["word/comments.xml"])] == ["0", "1"]


def test_the_same_picture_is_there_once() -> None:
    """Pictures are told apart by what they are; every drawing has an id of its own."""
    package = read_package(bind(SET).data)
    drawings = [e.get("id") for e in parse(package["word/document.xml"]).iter() if str(e.tag).endswith("}docPr")]

    assert [name for name in package.names if "media" in name] == ["word/media/image1.png"]
    assert drawings == ["1", "2"]


def test_names_that_two_documents_share_are_kept_apart() -> None:
    """Bookmarks get names of their own, and what refers to them follows, in fields and in links."""
    target = '<w:bookmarkStart w:id="0" w:name="总价"/><w:bookmarkEnd w:id="0"/>'
    link = '<w:hyperlink w:anchor="总价"><w:r><w:t>去</w:t></w:r></w:hyperlink>'
    one = document(p("甲", inside=target + field("REF 总价 \\h", "9") + field('HYPERLINK \\l "总价"', "9") + link))
    made = bind([one, one]).data
    anchors = [each.get(w("anchor")) for each in body(made).iter(w("hyperlink"))]

    assert faults(made) == []
    assert asked(made) == ["REF 总价 \\h", 'HYPERLINK \\l "总价"', "REF 总价_2 \\h", 'HYPERLINK \\l "总价_2"']
    assert anchors == ["总价", "总价_2"]


def test_captions_and_contents_of_a_document_are_its_own() -> None:
    """The first 表 1 of a later document begins anew, and its own contents list nothing of the others."""
    one = document(
        p("目录", inside=field('TOC \\o "1-2"', "…")) + p("表", inside=field("SEQ 表", "1") + field("SEQ 表", "2"))
    )
    made = bind([one, one]).data
    names = [each.get(w("name")) for each in body(made).iter(w("bookmarkStart"))]

    assert asked(made) == [
        'TOC \\o "1-2" \\b _Bound1All', "SEQ 表", "SEQ 表",
        'TOC \\o "1-2" \\b _Bound2All', "SEQ 表 \\r 1", "SEQ 表",
    ]  # fmt: skip
    assert {"_Bound1All", "_Bound2All"} <= set(names)


def test_links_lead_where_they_led() -> None:
    """Addresses outside are the same, though both documents call them alike."""
    link = '<w:hyperlink r:id="link1"><w:r><w:t>去</w:t></w:r></w:hyperlink>'
    files = [
        document(p("甲", inside=link), links={"link1": url}) for url in ("http://example.com/1", "http://example.com/2")
    ]
    package = read_package(bind(files).data)
    relations = {r.get("Id"): r.get("Target") for r in parse(package["word/_rels/document.xml.rels"])}
    used = [each.get(f"{{{OFFICE}}}id") for each in parse(package["word/document.xml"]).iter(w("hyperlink"))]

    assert [relations[each] for each in used] == ["http://example.com/1", "http://example.com/2"]


def test_content_controls_are_kept_without_the_data_of_others() -> None:
    """A control shows what it showed; two have no id in common, and no data outside decides what they show."""
    control = (
        '<w:sdt><w:sdtPr><w:id w:val="7"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
        f"<w:sdtContent>{p('填')}</w:sdtContent></w:sdt>"
    )
    one = document(control + p("末"))
    root = body(bind([one, one]).data)

    assert len({each.get(w("val")) for each in root.iter(w("id"))}) == 2
    assert list(root.iter(w("dataBinding"))) == []
    assert said(bind([one, one]).data) == [("", "填"), ("", "末")] * 2


def test_another_theme_becomes_part_of_the_text() -> None:
    """Fonts and colours that a document has from its theme are its own where the first document has another theme."""

    def themed(font: str) -> bytes:
        theme = (
            '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="x"><a:themeElements><a:clrScheme '
            'name="x"><a:accent1><a:srgbClr val="FF0000"/></a:accent1></a:clrScheme><a:fontScheme name="x"><a:majorFont>'
            f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:font script="Hans" typeface="{font}"/></a:majorFont>'
            f'<a:minorFont><a:latin typeface="{font}"/><a:ea typeface="{font}"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
        )
        own = style(
            "T",
            "正文",
            '<w:rPr><w:rFonts w:eastAsiaTheme="majorEastAsia"/><w:color w:val="FF0000" w:themeColor="accent1"/></w:rPr>',
        )
        head = p("页眉").replace("<w:r>", '<w:r><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr>')
        parts = {"styles": NORMAL + own, "theme1": theme, "header1": head}
        return document(p("甲", '<w:pStyle w:val="T"/>'), edge("header", "default", "header1") + PORTRAIT, parts=parts)

    package = read_package(bind([themed("宋体"), themed("楷体"), themed("宋体")]).data)
    styles = {s.get(w("styleId")): s for s in parse(package["word/styles.xml"]).iter(w("style"))}
    other = styles["T_2"].find(w("rPr"))
    heads = [parse(part.data) for part in package if part.name.startswith("word/header")]
    fonts = [dict(each.attrib) for head in heads for each in head.iter(w("rFonts"))]

    assert list(styles) == ["Normal", "T", "T_2"]
    assert dict(other.find(w("rFonts")).attrib) == {w("eastAsia"): "楷体"}
    assert dict(other.find(w("color")).attrib) == {w("val"): "FF0000"}
    assert fonts == [{w("asciiTheme"): "minorHAnsi"}, {w("ascii"): "楷体"}]


def test_what_only_a_whole_file_can_say_is_told() -> None:
    """Settings that differ and cannot be kept are named, with the document that loses them."""
    stop = '<w:defaultTabStop w:val="{}"/>'
    files = [document(p("甲"), parts={"settings": stop.format(size)}) for size in ("420", "640", "420")]

    package = read_package(PLAIN)
    coloured = package["word/document.xml"].replace(b"<w:body>", b'<w:background w:color="FF0000"/><w:body>')

    assert bind(files).lost == ((2, ("默认制表位",)),)
    assert bind([written(package.replaced({"word/document.xml": coloured})), PLAIN]).lost == ((1, ("页面背景",)),)


def test_contents_stand_in_front() -> None:
    """The first page names each document with a link to it, and the page where it begins once that is known."""
    front = Front("目录", ("合同", "附件1　名单", "附件2　方案"), "页次")
    plain, told = bind(SET, front).data, bind(SET, front, Layout((2, 6, 8), (4, 2, 1))).data
    names = {each.get(w("name")) for each in body(told).iter(w("bookmarkStart"))}

    assert faults(plain) == faults(told) == []
    assert [text for _, text in said(plain)[:4]] == ["目录", "合同", "附件1　名单", "附件2　方案"]
    assert [text for _, text in said(told)[:5]] == ["目录", "合同\t2", "附件1　名单\t6", "附件2　方案\t8", "页次"]
    assert {each.get(w("anchor")) for each in body(told).iter(w("hyperlink"))} <= names
    assert list(edges(plain))[1:] == list(edges(bind(SET).data))
    assert set(next(edges(told)).values()) == {""}


def test_styles_are_told_apart_by_name_whatever_the_file_leaves_out() -> None:
    """Files whose contents have a style already, or whose plain style is not marked as one, are bound all the same."""
    bare = document(p("甲"), parts={"styles": NORMAL.replace(' w:default="1"', "")})
    own = document(
        p("目录", '<w:pStyle w:val="TOC1"/>'),
        parts={"styles": NORMAL + style("TOC1", "TOC 1", "<w:rPr><w:b/></w:rPr>")},
    )
    made = [bind(files, Front("目录", ("一", "二"))).data for files in ([PLAIN, own], [own, bare], [bare, CONTRACT])]

    assert [faults(data) for data in made] == [[], [], []]


def test_a_table_at_the_end_is_followed_by_the_next_document() -> None:
    """A document that ends with a table gets a paragraph without height to end its last section."""
    table = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p/></w:tc></w:tr></w:tbl>"
    ends = document(p("甲") + table)
    made = [bind([ends, PLAIN]).data, bind([PLAIN, ends]).data]

    assert [faults(data) for data in made] == [[], []]
    assert [len(sections(data)) for data in made] == [2, 2]


def test_other_libraries_open_it() -> None:
    """python-docx finds every section with its orientation."""
    opened = Document(io.BytesIO(bind(SET, Front("目录", ("一", "二", "三"))).data))

    assert [section.orientation for section in opened.sections] == [0, 0, 0, 1, 0]


def test_a_bound_file_can_be_bound_again() -> None:
    """The marks of an earlier binding do not stand in the way of another."""
    once = bind(SET, Front("目录", ("一", "二", "三"))).data
    twice = bind([once, once]).data

    assert faults(twice) == []
    assert said(twice) == said(once) * 2


@pytest.mark.parametrize("prefix", ["w", "x"])
def test_one_prefix_may_stand_for_two_things(prefix: str) -> None:
    """Files that call namespaces otherwise say the same when they are bound."""
    package = read_package(document(p("甲")))
    other = (
        package["word/document.xml"].replace(b"<w:", f"<{prefix}:".encode()).replace(b"</w:", f"</{prefix}:".encode())
    )
    other = other.replace(b"xmlns:w=", f"xmlns:{prefix}=".encode()).replace(
        b'xmlns:v="urn:schemas-microsoft-com:vml"', b'xmlns:v="urn:other"'
    )
    other = other.replace(b" w:", f" {prefix}:".encode())
    made = bind([document(p("乙")), written(package.replaced({"word/document.xml": other}))]).data

    assert said(made) == [("", "乙"), ("", "甲")]


def written(package: Package) -> bytes:
    """The bytes of a package."""
    from docgen.word.package import write_package

    return write_package(package)


PIECES = st.lists(st.sampled_from(SET), min_size=1, max_size=5)


@given(documents=PIECES, odd=st.booleans(), front=st.booleans(), counted=st.booleans())
@settings(max_examples=examples(25, 2_000), deadline=None)
def test_any_documents_in_any_order(documents: list[bytes], odd: bool, front: bool, counted: bool) -> None:
    """Whatever is bound is sound, says what its documents say under their own headers, and is the same every time."""
    contents = Front("目录", tuple(map(str, range(len(documents))))) if front else None
    layout = Layout((1,) * len(documents), (1,) * len(documents)) if counted else None
    made = bind(documents, contents, layout, odd=odd).data

    assert faults(made) == []
    assert said(made)[len(documents) + 1 if front else 0 :] == [line for each in documents for line in said(each)]
    assert bind(documents, contents, layout, odd=odd).data == made
    if not counted:
        assert list(edges(made))[int(front) :] == [shown for each in documents for shown in edges(each)]
