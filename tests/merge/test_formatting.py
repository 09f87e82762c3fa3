"""What a template says otherwise of fonts, paragraphs, tables, pages and styles reaches files edited by hand."""

from __future__ import annotations

import random
import re

import pytest

from docgen.merge.three_way import Merged, Version, merge, redline
from docgen.reading.word import read_word
from docgen.word.package import read_package, write_package
from tests.endure import examples
from tests.word.structure import faults
from tests.wordfiles import p, word_file, word_files

BOLD, CENTRED = "<w:rPr><w:b/></w:rPr>", '<w:pPr><w:jc w:val="center"/></w:pPr>'


def test_bold_type_and_alignment_reach_a_paragraph_with_the_persons_words() -> None:
    """The words stay the person's."""
    merged = _merge(_para("合同总价为100元。"), _para("本合同总价为100元。"), _para("合同总价为100元。", BOLD, CENTRED))

    assert _runs(merged) == [("本", ""), ("合同总价为100元。", "<w:b/>")]
    assert CENTRED in _body(merged)


def test_bold_type_on_some_words_comes_to_these_words() -> None:
    """With new words among them."""
    theirs = f"<w:p>{_run('合同总价为')}{_run('人民币150元', BOLD)}{_run('，含税。')}</w:p>"

    merged = _merge(p("合同总价为100元，含税。"), p("合同的总价为100元，含税费。"), theirs)

    assert _runs(merged) == [("合同的总价为", ""), ("人民币150元", "<w:b/>"), ("，含税费。", "")]


def test_formatting_of_the_person_stays_where_the_template_changes_something_else() -> None:
    """Each property is looked at for itself."""
    own, new = '<w:rPr><w:u w:val="single"/></w:rPr>', '<w:rPr><w:sz w:val="32"/></w:rPr>'

    merged = _merge(_para("第一条"), _para("第一条", own), _para("第一条", new))

    assert _runs(merged) == [("第一条", '<w:sz w:val="32"/><w:u w:val="single"/>')]
    assert merged.notes == ()


def test_formatting_that_both_changed_stays_the_persons_and_is_told() -> None:
    """By the words it stands on."""
    own, new = '<w:pPr><w:jc w:val="right"/></w:pPr>', CENTRED

    merged = _merge(_para("第一条"), _para("第一条", "", own), _para("第一条", "", new))

    assert own in _body(merged)
    assert merged.said == ("模板改了格式，而这里的格式手工改过，没有并入：第一条",)


def test_formatting_that_did_not_come_over_is_told_with_its_blocks() -> None:
    """Each by its paragraph in the merged file."""
    own, body = '<w:pPr><w:jc w:val="right"/></w:pPr>', "{}" + p("中") + "{}"

    merged = _merge(
        body.format(_para("第一条"), _para("第二条")),
        p("新") + body.format(_para("第一条", "", own), _para("第二条", "", own)),
        body.format(_para("第一条", "", CENTRED), _para("第二条", "", CENTRED)),
    )

    assert [note.spots for note in merged.notes] == [(("body", 1), ("body", 3))]


@pytest.mark.parametrize(
    ("mine", "told"),
    [
        (p("乙方应当按期提交成果"), ()),
        (f"<w:p>{'<w:r><w:rPr><w:lang/></w:rPr><w:t>乙方应当</w:t></w:r>'}<w:r><w:t>按期提交成果</w:t></w:r></w:p>", ()),
        ('<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>乙方应当按期提交成果</w:t></w:r></w:p>', ()),
        ('<w:p><w:r><w:rPr><w:highlight w:val="red"/></w:rPr><w:t>乙方应当按期提交成果</w:t></w:r></w:p>', ("乙方应当按期提交成果",)),
        (p("乙方应当按期") + p("提交成果"), ("乙方应当按期／提交成果",)),
    ],
    ids=["as it was", "saved anew", "not bold", "marked", "split"],
)  # fmt: skip
def test_what_a_person_marked_and_the_data_removed_goes_with_a_word(mine: str, told: tuple[str, ...]) -> None:
    """What a program only wrote anew goes without one."""
    base = p("甲方") + p("乙方应当按期提交成果") + p("丙方")

    merged = _merge(base, p("甲方") + mine + p("丙方"), p("甲方") + p("丙方"))

    assert [block.text for block in read_word(merged.data, "x").blocks] == ["甲方", "丙方"]
    assert [note.text.rpartition("：")[2] for note in merged.notes] == list(told)
    assert [note.spots for note in merged.notes] == [(("body", 0),) for _ in told]


def test_page_margins_reach_an_edited_file() -> None:
    """What the person set otherwise on the page stays."""
    margins = '<w:pgSz w:w="{}" w:h="16838"/><w:pgMar w:left="{}" w:right="1000"/>'
    base, theirs = (write_package(word_files(p("甲"), section=margins.format(11906, n))) for n in (1500, 1800))
    mine = write_package(word_files(p("甲乙"), section=margins.format(11000, 1500)))

    merged = _merged(base, mine, theirs)

    assert re.findall('w:(?:w|left)="([0-9]+)"', _body(merged)) == ["11000", "1800"]


def test_widths_and_heights_of_a_table_reach_an_edited_file() -> None:
    """Also where a cell of it was edited, and where the data changed in the same row."""
    merged = _merge(_grid("甲", "100", 2000), _grid("甲方", "100", 2000), _grid("甲", "150", 3000))

    assert re.findall('<w:(?:tcW|gridCol|trHeight) [^>]*="([0-9]+)"', _body(merged)) == ["3000"] * 4
    assert [b.text for b in read_word(merged.data, "x").blocks] == ["甲方", "150"]


def test_a_new_section_break_comes_with_its_paragraph() -> None:
    """The pages before it have the size and the header that the template gives them."""
    section = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr></w:pPr></w:p>'

    merged = _merge(p("甲") + p("乙"), p("甲改") + p("乙"), p("甲") + section + p("乙"))
    moved = _merge(p("甲") + section + p("乙"), p("甲改") + section + p("乙"), p("甲") + p("乙"))

    assert 'w:orient="landscape"' in _body(merged)
    assert 'w:orient="landscape"' not in _body(moved)
    assert [b.text for b in read_word(moved.data, "x").blocks] == ["甲改", "乙"]


def test_a_break_put_on_a_paragraph_that_stands_there_comes_too() -> None:
    """And goes again."""
    broken = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838"/></w:sectPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    mine = broken.replace("甲", "甲改")

    assert "16838" in _body(_merge(p("甲") + p("乙"), p("甲改") + p("乙"), broken + p("乙")))
    assert "16838" not in _body(_merge(broken + p("乙"), mine + p("乙"), p("甲") + p("乙")))


def test_tab_stops_are_looked_at_one_by_one() -> None:
    """A stop that the person set stays; the one that the template moved is moved."""

    def tabs(*stops: int) -> str:
        each = "".join(f'<w:tab w:val="left" w:pos="{stop}"/>' for stop in stops)
        return f"<w:pPr><w:tabs>{each}</w:tabs></w:pPr>"

    merged = _merge(_para("甲", "", tabs(400, 8000)), _para("甲", "", tabs(400, 900, 8000)),
                    _para("甲", "", tabs(400, 7000)))  # fmt: skip

    assert tabs(400, 900, 7000) in _body(merged)
    assert merged.notes == ()


def test_a_break_that_both_put_in_is_no_clash() -> None:
    """Where the pages look alike."""
    broken = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838"/></w:sectPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'

    assert _merge(p("甲") + p("乙"), broken + p("乙改"), broken + p("乙")).notes == ()
    other = _merge(p("甲") + p("乙"), broken.replace("16838", "9999") + p("乙改"), broken + p("乙"))
    assert other.said == ("模板改了格式，而这里的格式手工改过，没有并入：甲",)


def test_columns_that_a_program_rounded_are_no_clash() -> None:
    """Where they are what the new version has."""
    base, both = (f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:tc>{p("甲")}</w:tc></w:tr>'
                  "</w:tbl><w:p/>" for width in (708, 707))  # fmt: skip

    assert _merge(base, both, both).notes == ()


STYLE = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/>{2}</w:style>'
NORMAL = STYLE.format("a", "Normal", "")
TITLE = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'


def test_a_new_style_comes_with_what_uses_it() -> None:
    """With the style it is based on, under an id that is free."""
    new = STYLE.format("t", "条款", '<w:basedOn w:val="g"/>') + STYLE.format("g", "条款底样", "")
    own = STYLE.format("t", "我的样式", "")

    merged = _merged(
        _styled(p("甲"), NORMAL), _styled(p("甲改"), NORMAL + own), _styled(TITLE.format("t", "甲"), NORMAL + new)
    )

    styles = _part(merged, "word/styles.xml")
    used = re.findall('pStyle w:val="([^"]+)"', _body(merged))
    assert re.findall(f'styleId="{used[0]}"><w:name w:val="([^"]+)"/>', styles) == ["条款"]
    assert 'w:val="条款底样"' in styles
    assert own in styles


def test_a_changed_style_changes_in_the_edited_file() -> None:
    """What the person set in it stays."""

    def style(size: int, more: str = "") -> str:
        return STYLE.format("a", "Normal", f'<w:rPr>{more}<w:sz w:val="{size}"/></w:rPr>')

    merged = _merged(_styled(p("甲"), style(24)), _styled(p("甲改"), style(24, "<w:b/>")), _styled(p("甲"), style(28)))

    assert style(28, "<w:b/>") in _part(merged, "word/styles.xml")
    assert merged.notes == ()


def test_a_style_that_both_changed_is_told() -> None:
    """The person's stays."""
    files = [_styled(p(text), STYLE.format("a", "Normal", f'<w:rPr><w:sz w:val="{size}"/></w:rPr>'))
             for text, size in (("甲", 24), ("甲改", 30), ("甲", 28))]  # fmt: skip

    merged = _merged(*files)

    assert 'w:val="30"' in _part(merged, "word/styles.xml")
    assert merged.said == ("模板改了样式“Normal”，而这份文件里的这个样式手工改过，没有并入。",)


def test_a_clause_that_the_template_moved_into_another_list_comes_into_it() -> None:
    """The others stay in theirs, whatever was reworded, and the numbers are those of the template."""
    base = _numbered(("3", "甲"), ("3", "乙"), ("3", "丙"), ("4", "丁"))
    mine = _numbered(("3", "甲改"), ("3", "乙"), ("3", "丙"), ("4", "丁"))
    theirs = _numbered(("4", "甲"), ("3", "乙"), ("3", "丙"), ("4", "丁"))

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert _numbers(merged.data) == _numbers(theirs) == ["（1）", "第1条", "第2条", "（2）"]
    assert merged.notes == ()


def test_a_clause_in_a_list_of_which_the_file_has_none_brings_it_along() -> None:
    """It begins with its first number there."""
    base = _numbered(("3", "甲"), ("3", "乙"), kinds="3")
    mine = _numbered(("3", "甲改"), ("3", "乙"), kinds="3")
    theirs = _numbered(("3", "甲"), ("4", "乙"))

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert (_numbers(merged.data), merged.notes) == (["第1条", "（1）"], ())
    assert faults(merged.data) == []


def test_a_clause_that_a_person_moved_into_another_list_stays_there_and_is_told() -> None:
    """The template moved it elsewhere."""
    base, theirs = _numbered(("3", "甲"), ("3", "乙")), _numbered(("4", "甲"), ("3", "乙"))
    mine = _numbered(("5", "甲"), ("3", "乙"))

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert _numbers(merged.data) == ["1.", "第1条"]
    assert merged.said == ("模板改了格式，而这里的格式手工改过，没有并入：甲",)


def test_a_list_with_another_number_is_no_other_list() -> None:
    """Lists that begin anew are numbered on, and one that comes before moves those that follow."""
    base, mine = (_numbered(("31", text), ("31", "乙"), ("3", "丙")) for text in ("甲", "甲改"))
    theirs = _numbered(("31", "新甲新"), ("32", "甲"), ("32", "乙"), ("3", "丙"))

    merged = merge(Version(base), Version(mine), Version(theirs))

    assert (_numbers(merged.data), merged.notes) == (_numbers(theirs), ())


def _numbered(*clauses: tuple[str, str], kinds: str = "345") -> bytes:
    """Clauses, each in the list of its number; those of two digits begin the list of the first one anew."""
    said = {"3": "第%1条", "4": "（%1）", "5": "%1."}
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{said[n]}"/></w:lvl></w:abstractNum>'
        for n in kinds
    )
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    uses = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n[0]}"/>{anew if len(n) > 1 else ""}</w:num>'
        for n in sorted({*kinds, *(n for n, _ in clauses)})
    )
    # Numbering is told by its bytes to be another one.
    order = "".join(f"<!--{n}{text}-->" for n, text in clauses)
    body = "".join(
        _para(text, "", f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{n}"/></w:numPr></w:pPr>')
        for n, text in clauses
    )
    return write_package(_typed(word_files(body, parts={"numbering": f"{order}{lists}{uses}"}), "numbering"))


def _numbers(data: bytes) -> list[str]:
    return [block.number for block in read_word(data, "x").blocks]


def test_numbers_of_clauses_are_written_as_the_template_has_them_now() -> None:
    """Though no word of the text says so."""

    def numbered(text: str, said: str) -> bytes:
        level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{said}"/></w:lvl>'
        numbering = (
            f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
            '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
        )
        listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        return write_package(_typed(word_files(_para(text, "", listed), parts={"numbering": numbering}), "numbering"))

    merged = _merged(numbered("甲", "第%1条"), numbered("甲改", "第%1条"), numbered("甲", "%1．"))

    assert [(b.number, b.text) for b in read_word(merged.data, "x").blocks] == [("1．", "甲改")]


def _with_headers(body: str, **headers: str) -> bytes:
    """A file with a header for each name, which sections refer to by it."""
    parts = word_files(body, section='<w:headerReference w:type="default" r:id="header1"/>',
                       parts={name: p(text) for name, text in headers.items()})  # fmt: skip
    for name in headers:
        parts = _typed(parts, name)
    return write_package(parts)


def test_a_section_put_before_the_others_leaves_each_its_header() -> None:
    """The new one comes with its own; what changed in the old one comes where that stands."""
    cover = (
        '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="header2"/></w:sectPr></w:pPr>'
        "<w:r><w:t>封面</w:t></w:r></w:p>"
    )
    base = _with_headers(p("甲"), header1="合同编号：121号")
    mine = _with_headers(p("甲改"), header1="示例局　合同编号：121号")
    theirs = _with_headers(cover + p("甲"), header1="合同编号：122号", header2="封面的页眉")

    merged = merge(Version(base), Version(mine), Version(theirs))

    blocks = [(b.part[:6], b.text) for b in read_word(merged.data, "x").blocks]
    assert blocks == [
        ("body", "封面"), ("body", "甲改"), ("header", "封面的页眉"), ("header", "示例局　合同编号：122号"),
    ]  # fmt: skip
    assert (faults(merged.data), merged.notes, merged.conflicts) == ([], (), ())


def _with_settings(body: str, inside: str) -> bytes:
    return write_package(_typed(word_files(body, parts={"settings": inside}), "settings"))


def test_headers_of_even_pages_come_with_the_setting_that_shows_them() -> None:
    """What else is set for the whole file is told."""
    base, mine = (_with_settings(p(text), '<w:defaultTabStop w:val="420"/>') for text in ("甲", "甲改"))
    even = _with_settings(p("甲"), '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>')
    other = _with_settings(p("甲"), '<w:defaultTabStop w:val="210"/>')

    shown, told = (_merged(base, mine, theirs) for theirs in (even, other))

    assert "<w:evenAndOddHeaders/>" in _part(shown, "word/settings.xml")
    assert (shown.said, told.said) == ((), ("模板改了整份文件的设置，没有并入：默认制表位。",))


def test_fonts_of_the_theme_are_taken_over() -> None:
    """Or told, where the person chose another one."""

    def themed(text: str, font: str) -> bytes:
        return write_package(word_files(p(text), raw={"word/theme/theme1.xml": f"<a font='{font}'/>".encode()}))

    taken = merge(*map(Version, (themed("甲", "宋体"), themed("甲改", "宋体"), themed("甲", "仿宋"))))
    kept = merge(*map(Version, (themed("甲", "宋体"), themed("甲改", "黑体"), themed("甲", "仿宋"))))

    assert "仿宋" in _part(taken, "word/theme/theme1.xml")
    assert (taken.notes, len(kept.notes)) == ((), 1)


def test_a_redline_leaves_the_formatting_as_it_was() -> None:
    """It compares what is said."""
    shown = redline(word_file(_para("甲")), word_file(_para("甲", BOLD, CENTRED)))

    assert "<w:b/>" not in _body(shown)
    assert "w:jc" not in _body(shown)


_SWITCHES = ("b", "i", "caps", "strike")
_LAYOUT = ("keepNext", "keepLines", "pageBreakBefore", "widowControl")


@pytest.mark.parametrize("seed", range(examples(20, 2_000)))
def test_formatting_of_both_sides_arrives(seed: int) -> None:
    """Each property of each paragraph is what the one said that changed it, whatever was done to the words."""
    chance = random.Random(seed)
    base = [_random(chance) for _ in range(chance.randint(1, 8))]
    mine, theirs = ([_switched(chance, each) for each in base] for _ in range(2))
    words = ["".join(chance.choice("甲乙丙丁戊己庚辛") for _ in range(8)) + str(n) for n in range(len(base))]
    own = [f"{word[:4]}改{word[4:]}" if chance.random() < 0.5 else word for word in words]
    new = [f"{word}，新增" if chance.random() < 0.3 else word for word in words]

    merged = _merge(*("".join(map(_dressed, text, each)) for text, each in
                      ((words, base), (own, mine), (new, theirs))))  # fmt: skip

    wanted = [
        {name: m[name] if m[name] != b[name] else t[name] for name in b}
        for b, m, t in zip(base, mine, theirs, strict=True)
    ]
    found = re.findall("<w:p>.*?</w:p>", _body(merged))
    assert merged.notes == ()
    for each, paragraph in zip(wanted, found, strict=True):
        layout = re.findall("<w:pPr>(.*?)</w:pPr>", paragraph)
        assert [name for name in _LAYOUT if f"<w:{name}/>" in "".join(layout)] == [n for n in _LAYOUT if each[n]]
        for run in re.findall("<w:r>(.*?)</w:r>", paragraph):
            if "改" not in run:
                assert [name for name in _SWITCHES if f"<w:{name}/>" in run] == [n for n in _SWITCHES if each[n]], run


def _random(chance: random.Random) -> dict[str, bool]:
    return {name: chance.random() < 0.3 for name in (*_SWITCHES, *_LAYOUT)}


def _switched(chance: random.Random, said: dict[str, bool]) -> dict[str, bool]:
    return {name: (not value if chance.random() < 0.2 else value) for name, value in said.items()}


def _dressed(text: str, said: dict[str, bool]) -> str:
    layout = "".join(f"<w:{name}/>" for name in _LAYOUT if said[name])
    switches = "".join(f"<w:{name}/>" for name in _SWITCHES if said[name])
    return f"<w:p><w:pPr>{layout}</w:pPr>{_run(text, f'<w:rPr>{switches}</w:rPr>')}</w:p>"


def _merge(base: str, mine: str, theirs: str) -> Merged:
    return _merged(*map(word_file, (base, mine, theirs)))


def _merged(base: bytes, mine: bytes, theirs: bytes) -> Merged:
    """The three merged; each side alone comes through as it is."""
    versions = Version(base), Version(mine), Version(theirs)
    merged = merge(*versions)
    known = faults(mine)
    assert [fault for fault in faults(merged.data) if fault not in known] == []
    assert merge(versions[0], versions[1], versions[0]).data == mine
    assert _body(merge(versions[0], versions[2], versions[2])) == read_package(theirs)["word/document.xml"].decode()
    return merged


def _para(text: str, run: str = "", properties: str = "") -> str:
    return f"<w:p>{properties}{_run(text, run)}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _grid(one: str, other: str, width: int) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{p(text)}</w:tc>' for text in (one, other)
    )
    row = f'<w:tr><w:trPr><w:trHeight w:val="{width}"/></w:trPr>{cells}</w:tr>'
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{row}</w:tbl>'


def _styled(body: str, styles: str) -> bytes:
    return write_package(_typed(word_files(body, parts={"styles": styles}), "styles"))


def _typed(parts: dict[str, bytes], kind: str) -> dict[str, bytes]:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    named = kind.rstrip("0123456789")
    told = f'<Override PartName="/word/{kind}.xml" ContentType="{word}.{named}+xml"/></Types>'.encode()
    return {**parts, "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", told)}


def _runs(merged: Merged) -> list[tuple[str, str]]:
    """The texts of the runs with their properties, equal neighbours joined."""
    found: list[tuple[str, str]] = []
    for run in re.findall("<w:r>(.*?)</w:r>", _body(merged)):
        properties = "".join(re.findall("<w:rPr>(.*?)</w:rPr>", run))
        text = "".join(re.findall("<w:t[^>]*>([^<]*)<", run))
        if found and found[-1][1] == properties:
            found[-1] = (found[-1][0] + text, properties)
        else:
            found.append((text, properties))
    return found


def _body(merged: Merged) -> str:
    return _part(merged, "word/document.xml")


def _part(merged: Merged, name: str) -> str:
    return read_package(merged.data)[name].decode()
