"""Automatic numbers, as Word shows them."""

from __future__ import annotations

import pytest

from docgen.reading.word import read_word
from docgen.reading.word_numbers import written
from docgen.word.package import write_package
from tests.wordfiles import p, word_files


def level(n: int, text: str, kind: str = "decimal", *, start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(n: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{n}">{"".join(levels)}</w:abstractNum>'


def num(n: int, definition: int, override: str = "") -> str:
    return f'<w:num w:numId="{n}"><w:abstractNumId w:val="{definition}"/>{override}</w:num>'


def begins(n: int, at: int) -> str:
    return f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def item(number: int | str, n: int | None = 0, text: str = "文", mark: str = "") -> str:
    place = "" if n is None else f'<w:ilvl w:val="{n}"/>'
    properties = f'<w:numPr>{place}<w:numId w:val="{number}"/></w:numPr>{mark}'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def styled(style: str, own: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr><w:r><w:t>文</w:t></w:r></w:p>'


def numbers(body: str, numbering: str, styles: str = "") -> list[str]:
    files = word_files(body, parts={"numbering": numbering, "styles": styles})
    return [block.number for block in read_word(write_package(files), "a").blocks]


CONTRACT = abstract(
    0,
    level(0, "第%1条", "chineseCountingThousand"),
    level(1, "%1.%2", more="<w:isLgl/>"),
    level(2, "（%3）", "chineseCounting"),
    level(3, "%4)"),
)


def test_levels_count_below_each_other() -> None:
    """Each level counts on, and begins anew under the next item of a level above."""
    body = "".join(item(1, n) for n in (0, 1, 1, 2, 2, 0, 1, 2, 3, 3))
    expected = ["第一条", "1.1", "1.2", "（一）", "（二）", "第二条", "2.1", "（一）", "1)", "2)"]

    assert expected == numbers(body, CONTRACT + num(1, 0))


def test_lists_of_one_definition_count_together() -> None:
    """Two lists of the same definition are one count; one that says so begins anew, once."""
    numbering = CONTRACT + num(1, 0) + num(2, 0) + num(3, 0, begins(0, 1)) + num(4, 0, begins(0, 7))
    body = "".join(map(item, (1, 2, 1, 3, 3, 1, 4, 4, 3)))

    assert [f"第{n}条" for n in "一二三一二三七八九"] == numbers(body, numbering)


def test_a_skipped_level_counts_as_begun() -> None:
    """An item of a lower level before any above shows their first number, and the next of those is the second."""
    assert ["1.1", "1.2", "第二条", "2.1"] == numbers("".join(item(1, n) for n in (1, 1, 0, 1)), CONTRACT + num(1, 0))


def test_restarts_can_be_turned_off() -> None:
    """A level that never restarts counts on under every item, one that restarts late only under some."""
    never = abstract(0, level(0, "%1."), level(1, "（%2）", more='<w:lvlRestart w:val="0"/>'))
    late = abstract(0, level(0, "%1."), level(1, "%2)"), level(2, "%3]", more='<w:lvlRestart w:val="1"/>'))

    assert ["1.", "（1）", "2.", "（2）"] == numbers("".join(item(1, n) for n in (0, 1, 0, 1)), never + num(1, 0))
    assert ["1.", "1)", "1]", "2)", "2]", "2.", "1)", "1]"] == numbers(
        "".join(item(1, n) for n in (0, 1, 2, 1, 2, 0, 1, 2)), late + num(1, 0)
    )


def test_a_list_may_write_a_level_anew() -> None:
    """A list may write a level in its own way, and begin it where it likes."""
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "附件%1：")}</w:lvlOverride>'

    assert ["第一条", "附件2："] == numbers(item(1) + item(2), CONTRACT + num(1, 0) + num(2, 0, override))
    assert ["5."] == numbers(item(1), abstract(0, level(0, "%1.", start=5)) + num(1, 0))


STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2a"><w:name w:val="款"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="项"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="0"><w:name w:val="无"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)


def test_styles_number_paragraphs() -> None:
    """A style numbers its paragraphs, through the styles it is based on and the levels that name it; 0 is no list."""
    linked = CONTRACT.replace('<w:lvlText w:val="（%3）"/>', '<w:pStyle w:val="3"/><w:lvlText w:val="（%3）"/>')
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    lower = '<w:numPr><w:ilvl w:val="3"/></w:numPr>'
    body = styled("1") + styled("2") + styled("2a") + styled("3") + styled("1", none) + styled("0") + styled("1", lower)

    assert ["第一条", "1.1", "1.2", "（一）", "", "", "1)"] == numbers(body, linked + num(1, 0), STYLES)


def test_the_default_style_may_number() -> None:
    """Paragraphs without a style are those of the default style."""
    style = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    assert ["第一条", "第二条"] == numbers(p("文") + p("文"), CONTRACT + num(1, 0), style)


def test_list_styles_are_followed() -> None:
    """A definition that points to a list style counts as that style's list."""
    style = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    pointer = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'

    assert ["第一条", "第二条"] == numbers(item(1) + item(9), CONTRACT + pointer + num(1, 0) + num(9, 5), style)


def test_what_is_not_there_is_not_counted() -> None:
    """A deleted or hidden item is not counted, an empty one is; a bullet is no number, an unknown list none at all."""
    gone = "<w:rPr><w:del/></w:rPr>"
    deleted = item(1, text="", mark=gone).replace(
        "<w:r><w:t></w:t></w:r>", "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    )
    bullet = abstract(1, level(0, "", "bullet"))

    assert ["第一条", "", "第二条", "第三条", "", ""] == numbers(
        item(1) + deleted + item(1, text="") + item(1) + item(2) + item(77), CONTRACT + bullet + num(1, 0) + num(2, 1)
    )


def test_custom_formats_are_filled_up() -> None:
    """A custom format stands beside a plain one; figures are filled up with zeros."""
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )

    assert ["001", "002"] == numbers(item(1) + item(1), abstract(0, custom) + num(1, 0))


def test_labels_use_the_numbers() -> None:
    """A place is named by the numbers a reader sees, typed or automatic."""
    body = item(1, 0) + item(1, 1, "10万元") + p("说明") + p("（1）乙") + item(1, 0)
    files = word_files(body, parts={"numbering": CONTRACT + num(1, 0)})
    labels = [block.label for block in read_word(write_package(files), "a").blocks]

    assert ["第一条", "第一条 1.1", "第一条 1.1", "第一条 1.1 （1）", "第二条"] == labels


def test_hostile_lists_do_no_harm() -> None:
    """Huge starts, long patterns and lists without levels give short numbers or none."""
    wild = abstract(0, level(0, "%1" * 5000, "lowerLetter", start=999_999))

    assert [50 * "999999", "", ""] == numbers(
        item(1) + item(2) + item(3), wild + abstract(1) + num(1, 0) + num(2, 1) + num(3, 99)
    )


FORMS = {
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 101: "一百零一", 110: "一百一十"},
    "chineseCountingThousand": {12: "十二", 1001: "一千零一", 10000: "10000"},
    "japaneseCounting": {10: "十", 21: "二十一", 100: "百", 110: "百十"},
    "ideographDigital": {10: "一○"},
    "chineseLegalSimplified": {10: "壹拾", 104: "壹佰零肆"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "11"},
    "ideographZodiac": {1: "子", 12: "亥"},
    "ideographZodiacTraditional": {1: "甲子", 60: "癸亥"},
    "decimalEnclosedCircleChinese": {1: "①", 20: "⑳", 21: "㉑", 51: "51"},
    "decimalEnclosedCircle": {10: "⑩"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇"},
    "decimalEnclosedFullstop": {2: "⒉"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉"},
    "decimalFullWidth": {12: "１２"},
    "decimalZero": {3: "03", 12: "12"},
    "upperRoman": {4: "IV", 1999: "MCMXCIX", 0: "0"},
    "lowerRoman": {9: "ix"},
    "upperLetter": {1: "A", 27: "AA", 781: "781"},
    "lowerLetter": {26: "z", 28: "bb"},
    "ordinal": {1: "1st", 11: "11th", 23: "23rd"},
    "numberInDash": {2: "- 2 -"},
    "none": {1: ""},
    "bullet": {1: ""},
    "nobody knows": {7: "7"},
}


@pytest.mark.parametrize("kind", FORMS)
def test_number_formats(kind: str) -> None:
    """Each format writes its numbers as Word does, and plain figures where it has no more."""
    assert FORMS[kind] == {number: written(number, kind) for number in FORMS[kind]}
