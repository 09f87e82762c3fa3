"""The paragraphs of a Word file as the markup shows them: their style by name, their runs, what was set by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.template.author.inline import FIELD, joined
from docgen.template.author.model import Paragraph, Run, Runs
from docgen.template.author.styles import JUSTIFICATION, STYLES
from docgen.word.text import COMPATIBILITY, PARAGRAPH, RUN, TEXT, TEXT_BOX, w

_WORDS = {known.name.lower(): known.word for known in STYLES}
_TAKEN = {known.word for known in STYLES} | {"空行"}
_ALIGNED = {known: word for word, known in JUSTIFICATION.items()} | {"start": "左", "end": "右", "distribute": "分散"}

_WITHOUT_TEXT = frozenset({w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("sdtPr"), f"{{{COMPATIBILITY}}}Fallback"})
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_PICTURES = frozenset({w("drawing"), w("pict"), w("object")})
_NOTES = {w("footnoteReference"): "〔脚注〕", w("endnoteReference"): "〔尾注〕"}
_OFF = ("0", "false", "off", "none")
PAGE_BREAK = "〔分页〕"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a file's styles by their ids; Word may give new ids when it saves, the names stay."""

    by_id: Mapping[str, str]
    default: str

    def word(self, style_id: str | None) -> str:
        """The word of the markup for a style; a style that is not of the house keeps its own name."""
        name = self.by_id.get(style_id or "", style_id) or self.default
        word = _WORDS.get(name.lower())
        if word is not None:
            return word
        clean = name.translate(str.maketrans("[]·\n", "〔〕．　"))
        return f"“{clean}”" if clean in _TAKEN else clean


def style_names(styles: etree._Element | None) -> Names:
    """The names of the styles in the part styles.xml."""
    names: dict[str, str] = {}
    default = "Normal"
    for each in () if styles is None else styles.iterfind(w("style")):
        name = value(each, "name") or ""
        names[each.get(w("styleId"), "")] = name
        if each.get(w("type")) == "paragraph" and each.get(w("default")) in ("1", "true"):
            default = name
    return Names(names, default)


def value(element: etree._Element | None, *path: str) -> str | None:
    """The w:val of the element at that path below, None where there is none."""
    found = None if element is None else element.find("/".join(map(w, path)))
    return None if found is None else found.get(w("val"), "")


def is_on(element: etree._Element | None, *path: str) -> bool:
    """Whether the property at that path is switched on."""
    given = value(element, *path)
    return given is not None and given not in _OFF


def read_paragraph(element: etree._Element, names: Names) -> Paragraph:
    """The paragraph as the markup shows it."""
    properties = element.find(w("pPr"))
    word = names.word(value(properties, "pStyle"))
    runs = read_runs(element)
    if [run.text for run in runs] == [PAGE_BREAK]:
        return Paragraph("分页", (), tuple(_notes(properties, "分页")))
    return Paragraph(word, runs, tuple(_notes(properties, word)))


def _notes(properties: etree._Element | None, word: str) -> Iterator[str]:
    given = value(properties, "jc")
    align = None if given is None else _ALIGNED.get(given, given)
    if align is not None and align != house_align(word):
        yield align
    if is_on(properties, "pageBreakBefore"):
        yield "段前分页"
    if value(properties, "numPr", "numId") not in (None, "0"):
        yield f"编号{int(value(properties, 'numPr', 'ilvl') or 0) + 1}级"


def read_runs(paragraph: etree._Element) -> Runs:
    """The runs of the paragraph, fields as 〔PAGE〕, what is no text as 〔图〕 and the like."""
    runs: list[Run] = []
    fields: list[str] = []  # the instructions of the complex fields that are open, innermost last
    for element in _run_level(paragraph):
        if element.tag == w("fldSimple"):
            runs.append(Run(_field(element.get(w("instr"), ""))))
            continue
        properties = element.find(w("rPr"))
        text = "".join(_content(element, fields))
        runs.append(Run(text, is_on(properties, "b"), is_on(properties, "u")))
    return joined(runs)


def _run_level(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == RUN or (child.tag == w("fldSimple") and _field(child.get(w("instr"), ""))):
            yield child
        elif child.tag not in _WITHOUT_TEXT:
            yield from _run_level(child)


def _content(run: etree._Element, fields: list[str]) -> Iterator[str]:
    for element in run:
        if element.tag == w("fldChar"):
            yield from _field_edge(element.get(w("fldCharType"), ""), fields)
        elif element.tag == w("instrText") and fields:
            fields[-1] += element.text or ""
        elif not any(map(_field, fields)):
            yield _shown(element)


def _field_edge(kind: str, fields: list[str]) -> Iterator[str]:
    if kind == "begin":
        fields.append("")
    elif kind == "end" and fields:
        yield _field(fields.pop())


def _field(instruction: str) -> str:
    """How the markup shows a field; nothing for a field of which it shows the result instead."""
    shown = f"〔{instruction.strip().partition(' ')[0].upper()}〕"
    return shown if FIELD.fullmatch(shown) else ""


def _shown(element: etree._Element) -> str:
    tag = element.tag
    if tag == TEXT:
        return element.text or ""
    if tag == w("br"):
        return PAGE_BREAK if element.get(w("type")) == "page" else "\n"
    if tag in _PICTURES or tag == f"{{{COMPATIBILITY}}}AlternateContent":
        return _picture(element)
    return _SIGNS.get(tag) or _NOTES.get(tag, "")


def _picture(element: etree._Element) -> str:
    box = next(element.iter(TEXT_BOX), None)
    if box is None:
        return "〔图〕"
    text = "¶".join("".join(run.text for run in read_runs(paragraph)) for paragraph in box.iter(PARAGRAPH))
    return f"〔文本框：{text}〕"


def house_align(word: str) -> str:
    """The alignment that a style of the house has by itself, 左 for any other."""
    return next((known.align for known in STYLES if known.word == word), "左")


def is_alignment(note: str) -> bool:
    """Whether a note on a paragraph is about its alignment."""
    return note in JUSTIFICATION
