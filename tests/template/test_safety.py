"""What a template must not carry."""

from __future__ import annotations

import pytest

from docgen.errors import TemplateError
from docgen.template.compile import compile_template
from docgen.template.plain import render_file
from docgen.word.package import read_package, write_package
from docgen.word.text import MAIN
from tests.template.making import docx, p, rendered, texts

_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str, *, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    return _RELATIONS.format(f'<Relationship Id="rId9" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>').encode()


def field(command: str) -> str:
    return f"<w:p><w:r><w:instrText> {command} </w:instrText></w:r></w:p>"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (docx(extra={"word/vbaProject.bin": b"x"}), "模板“样本.docx”带有宏（VBA），不能使用。"),
        (docx(extra={"../evil.xml": b"<x/>"}), "模板“样本.docx”里有名称不正当的部件：../evil.xml。"),
        (docx(field("DDEAUTO c:\\\\cmd")), "模板“样本.docx”有会自动取用外部数据的域（DDEAUTO），不能使用。"),
        (docx(field("D</w:instrText><w:instrText>deauto c:")), "模板“样本.docx”有会自动取用外部数据的域（Ddeauto），不能使用。"),
        (docx('<w:p><w:fldSimple w:instr=" DDE a b"/></w:p>'), "模板“样本.docx”有会自动取用外部数据的域（DDE），不能使用。"),
        (docx(field("INCLUDETEXT x")), "模板“样本.docx”有会自动取用外部数据的域（INCLUDETEXT），不能使用。"),
        (
            docx(extra={"word/settings.xml": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"}),
            "模板“样本.docx”的 word/settings.xml 带有 DTD 声明，不予读取。",
        ),
        (
            docx(extra={"word/_rels/header1.xml.rels": related("image", "http://example.com/a.png")}),
            "模板“样本.docx”引用了外部文件或嵌入的外来内容：http://example.com/a.png",
        ),
        (
            docx(extra={"word/_rels/header1.xml.rels": related("aFChunk", "chunk.html", external=False)}),
            "模板“样本.docx”引用了外部文件或嵌入的外来内容：chunk.html",
        ),
        (docx('<w:ins w:id="1" w:author="x"><w:r><w:t>甲</w:t></w:r></w:ins>'), "模板“样本.docx”里有未处理的修订。"),
        (docx("甲\ufdd0"), "模板“样本.docx”里有 U+FDD0 至 U+FDEF 之间的非字符，不能使用。"),
        (docx("<w:p><w:r><w:t>&#xFDD0;0&#64977;</w:t></w:r></w:p>"), "模板“样本.docx”里有 U+FDD0 至 U+FDEF 之间的非字符，不能使用。"),
        (docx(extra={"word/settings.xml": "<x/>".encode("utf-16")}), "模板“样本.docx”的 word/settings.xml 不是 UTF-8 编码。"),
        (
            docx(extra={"word/settings.xml": b'<?xml version="1.0" encoding="UTF-7"?><x/>'}),
            "模板“样本.docx”的 word/settings.xml 不是 UTF-8 编码。",
        ),
        (docx(extra={"word/settings.xml": b"<w:settings"}), "模板“样本.docx”的 word/settings.xml 已损坏，不能读取。"),
        (docx(extra={"_rels/.rels": b"<"}), "模板“样本.docx”的 _rels/.rels 已损坏，不能读取。"),
        (docx(extra={"word/_rels/document.xml.rels": b"x"}), "模板“样本.docx”的 word/_rels/document.xml.rels 已损坏，不能读取。"),
        (docx(extra={"[Content_Types].xml": b""}), "模板“样本.docx”的 [Content_Types].xml 已损坏，不能读取。"),
        (
            docx(extra={"word/settings.xml": b"<!--" + b"x" * 5000 + b"--><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
            "模板“样本.docx”的 word/settings.xml 带有 DTD 声明，不予读取。",
        ),
    ],
)  # fmt: skip
def test_templates_that_act_by_themselves_are_refused(source: bytes, said: str) -> None:
    """Macros, linked files, fields that fetch data, entities, undecided changes and broken parts are refused."""
    with pytest.raises(TemplateError) as caught:
        compile_template(source, "样本.docx")

    assert str(caught.value) == said


def cut(*pieces: str) -> str:
    """A field whose command is cut over several runs."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


@pytest.mark.parametrize(
    "source",
    [
        docx(cut(" LI", "NK Excel.Sheet.8 a.xlsx")),
        docx(cut(" macrobutton", " Run now")),
        docx(cut(" PRINT 27")),
        docx(cut(" EMBED Package")),
        docx(cut(" D", "D", "E c:\\\\cmd")),
        docx('<w:p><w:fldSimple w:instr=" RD other.docx "><w:r/></w:fldSimple></w:p>'),
        *(
            docx(extra={"word/_rels/document.xml.rels": related(kind, "embeddings/x.bin", external=False)})
            for kind in ("oleObject", "control", "vbaProject", "mailMergeSource", "subDocument", "frame")
        ),
        docx(extra={"word/_rels/header1.xml.rels": related("hyperlink", "file:///c:/x.EXE")}),
        docx('<w:p><w:r><w:object><o:OLEObject xmlns:o="o" Type="Embed" r:id="rId9"/></w:object></w:r></w:p>'),
        docx('<w:p><w:r><w:drawing><a:blip xmlns:a="a" r:link="rId9"/></w:drawing></w:r></w:p>'),
    ],
)
def test_objects_and_commands_of_other_programs_are_refused(source: bytes) -> None:
    """OLE objects, controls, macros under another name, linked pictures, and fields that start or fetch something."""
    with pytest.raises(TemplateError, match=r"^模板“样本\.docx”(有|嵌入了)"):
        compile_template(source, "样本.docx")


FIELD_IN_FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText>QUOTE 68 68 69</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:instrText> c:\\cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def pict(inner: str) -> str:
    """A paragraph with an old drawing."""
    return f"<w:p><w:r><w:pict><v:shape {_VML}>{inner}</v:shape></w:pict></w:r></w:p>"


@pytest.mark.parametrize(
    "source",
    [
        *(
            docx("{{ a }}", extra={"word/_rels/header1.xml.rels": related("hyperlink", target)})
            for target in ("javascript:alert(1)", "file:///c:/x", "ms-msdt:/id", "\\\\host\\share", "smb://host/x", "C:\\x")
        ),
        docx("{{ a }}", extra={"word/_rels/header1.xml.rels": related("image", "http://host/i.png", external=False)}),
        docx("{{ a }}", extra={"word/_rels/header1.xml.rels": related("AFCHUNK", "x.html", external=False)}),
        docx("{{ a }}", extra={"_rels/x.rels": related("ui/extensibility", "customUI.xml", external=False)}),
        docx("{{ a }}", extra={"word/media/x.exe": b"MZ"}),
        docx("{{ a }}", extra={"word/settings.xml": f'<w:settings xmlns:w="{MAIN}"><w:mailMerge ><w:query/></w:mailMerge></w:settings>'.encode()}),
        docx(cut("{{ a }}AUTO c:\\cmd")),
        docx(cut(" DD{{ a }} c:\\cmd")),
        docx(FIELD_IN_FIELD),
        docx(cut(' HYPERLINK "javascript:x"')),
        docx(cut(" HYPERLINK file:///c:/x")),
        docx(pict('<v:imagedata src="http://host/i.png"/>')),
        docx(pict('<v:fill o:href="http://host/i.png"/>')),
    ],
)  # fmt: skip
def test_whatever_would_call_out_is_refused(source: bytes) -> None:
    """Links that start programs, commands made up by tags or fields, and pictures from elsewhere, in both engines."""
    for make in (lambda: compile_template(source, "样本.docx"), lambda: render_file(source, {"a": "DDE"})):
        with pytest.raises(TemplateError, match=r"^模板“(样本\.docx|模板)”"):
            make()


@pytest.mark.parametrize("body", ["{{ a }}", "{{ a }}{%- if a %}{% endif %}"])
def test_a_plain_document_asks_for_no_template_of_its_own(body: str) -> None:
    """Word would fetch it when it opens the file; the rest of the settings stays."""
    settings = f'<w:settings xmlns:w="{MAIN}" xmlns:r="r"><w:attachedTemplate r:id="rId9"/><w:zoom w:percent="90"/></w:settings>'
    files = {
        "word/settings.xml": settings.encode(),
        "word/_rels/settings.xml.rels": related("attachedTemplate", "http://host/x.dotm"),
        "word/_rels/document.xml.rels": related("settings", "settings.xml", external=False),
    }
    made = read_package(render_file(docx(body, extra=files), {"a": 1}))

    assert not any(b"host" in part.data or b"attachedTemplate" in part.data for part in made)
    assert b"zoom" in made["word/settings.xml"]


def test_links_and_fields_of_every_day_stay() -> None:
    """A link to a page, a mailbox or a file beside, with a tag in its address, and fields within fields."""
    rels = "".join(related("hyperlink", target).decode() for target in ("mailto:mail@example.com",))
    nested = FIELD_IN_FIELD.replace(
        'begin"/></w:r><w:r><w:fldChar', 'begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r><w:r><w:fldChar'
    )
    source = docx(
        "{{ a }}",
        cut(' HYPERLINK "https://example.com/{{ a }}"'),
        nested,
        extra={"word/_rels/header1.xml.rels": rels.encode()},
    )

    assert texts(render_file(source, {"a": 1}))[0] == "1"


def test_harmless_fields_stay() -> None:
    """Page numbers, and a link whose address has such a word in it, are what they are."""
    link = cut(' HYPERLINK "https://example.com/link/', 'print/control.html"')

    assert texts(rendered(docx(link, cut(" PAGE "), "甲{{ 1 }}")).data)[-1] == "甲1"


def test_strict_files_are_refused_with_the_way_out() -> None:
    """A Strict Open XML file says so and how to save it."""
    package = read_package(docx("甲"))
    body = package["word/document.xml"].replace(
        b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"purl.oclc.org/ooxml/wordprocessingml/main"
    )
    with pytest.raises(TemplateError, match="Strict Open XML"):
        compile_template(write_package(package.replaced({"word/document.xml": body})), "样本.docx")


def test_links_stay_and_traces_of_the_author_go() -> None:
    """A hyperlink is kept; custom properties, comments and the path of the author's own template are not."""
    source = docx(
        "甲{{ 1 }}",
        extra={
            "_rels/.rels": _RELATIONS.format(
                f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
                f'<Relationship Id="rId2" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/>'
            ).encode(),
            "docProps/custom.xml": b"<Properties>secret</Properties>",
            "docProps/app.xml": b"<Properties><Company>secret</Company></Properties>",
            "customXml/item1.xml": b"<x>secret</x>",
            "word/comments.xml": b"<x>secret</x>",
            "word/settings.xml": b'<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r"><w:attachedTemplate r:id="rId1"/></w:settings>',
            "word/_rels/settings.xml.rels": related("attachedTemplate", "file:///C:/Users/secret/x.dotx"),
            "word/_rels/document.xml.rels": _RELATIONS.format(
                f'<Relationship Id="rId1" Type="{_OFFICE}/hyperlink" Target="https://example.com/" TargetMode="External"/>'
                f'<Relationship Id="rId2" Type="{_OFFICE}/comments" Target="comments.xml"/>'
                f'<Relationship Id="rId3" Type="{_OFFICE}/settings" Target="settings.xml"/>'
            ).encode(),
        },
    )

    package = read_package(rendered(source).data)

    assert texts(rendered(source).data) == ["甲1"]
    assert "secret" not in "".join(part.data.decode() for part in package)
    assert b"https://example.com/" in package["word/_rels/document.xml.rels"]
    assert not {"docProps/custom.xml", "customXml/item1.xml", "word/comments.xml"} & set(package.names)


def test_a_long_paragraph_is_no_burden() -> None:
    """A paragraph cut into thousands of runs is compiled in moments."""
    runs = [piece for n in range(1500) for piece in ("{", "{ ", str(n), " }", "}")]

    assert texts(rendered(docx(p(*runs))).data) == ["".join(map(str, range(1500)))]
