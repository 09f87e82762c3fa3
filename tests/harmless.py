"""Edits of Word files that change nothing that a contract says: looks, runs, blanks, and lawful other spellings."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Final

from lxml import etree

from docgen.word.package import read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.text import PARAGRAPH, RUN, TEXT, TEXT_BOX, w

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_TRADITIONAL: Final = str.maketrans("贰叁陆万", "貳叄陸萬")
_WORDS: Final = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}(?=元)")
_FIGURES: Final = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?:\.\d\d)?(?![\d,])")
_SIGNED: Final = re.compile(r"((?:签订)?(?:日期|时间)：)\d{4}年\d{1,2}月\d{1,2}日")

Edit = Callable[[etree._Element], None]


def _fonts(root: etree._Element) -> None:
    """Another font and size for every run."""
    for run in root.iter(RUN):
        for old in run.findall(w("rPr")):
            run.remove(old)
        looks = etree.Element(w("rPr"))
        etree.SubElement(looks, w("rFonts")).set(w("eastAsia"), "楷体")
        etree.SubElement(looks, w("sz")).set(w("val"), "21")
        run.insert(0, looks)


def _single_characters(root: etree._Element) -> None:
    """Each character in a run of its own, as after much editing."""
    for run in list(root.iter(RUN)):
        texts = run.findall(TEXT)
        if len(texts) != 1 or len(run) - len(run.findall(w("rPr"))) != 1 or not texts[0].text:
            continue
        for char in texts[0].text[1:][::-1]:
            other = deepcopy(run)
            other.find(TEXT).text = char
            other.find(TEXT).set(_SPACE, "preserve")
            run.addnext(other)
        texts[0].text = texts[0].text[0]
        texts[0].set(_SPACE, "preserve")


def _blanks(root: etree._Element) -> None:
    """Blanks at the end of paragraphs, and around the figures of amounts."""
    for paragraph in root.iter(PARAGRAPH):
        texts = [text for text in paragraph.iter(TEXT) if text.text]
        for text in texts:
            text.text = re.sub(r"(?<=￥)(?=\d)|(?<=\d)(?=元)", " ", text.text)
        if texts:
            texts[-1].text += "  "
            texts[-1].set(_SPACE, "preserve")


def _traces(root: etree._Element) -> None:
    """What Word leaves behind: proofing marks, bookmarks, where pages broke."""
    for number, run in enumerate(list(root.iter(RUN))):
        run.addprevious(etree.Element(w("proofErr"), {w("type"): "spellStart"}))
        run.addprevious(etree.Element(w("bookmarkStart"), {w("id"): str(number + 900), w("name"): f"b{number}"}))
        run.addnext(etree.Element(w("bookmarkEnd"), {w("id"): str(number + 900)}))
        run.insert(len(run.findall(w("rPr"))), etree.Element(w("lastRenderedPageBreak")))


def _empty_paragraphs(root: etree._Element) -> None:
    """An empty paragraph before each of the body."""
    body = root.find(w("body"))
    for paragraph in [] if body is None else body.findall(PARAGRAPH):
        paragraph.addprevious(etree.Element(PARAGRAPH))


def _controls(root: etree._Element) -> None:
    """Each paragraph of the body in a content control."""
    body = root.find(w("body"))
    for paragraph in [] if body is None else body.findall(PARAGRAPH):
        if next(paragraph.iter(TEXT_BOX), None) is None:
            control = etree.Element(w("sdt"))
            paragraph.addprevious(control)
            etree.SubElement(control, w("sdtContent")).append(paragraph)


def _rewritten(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Edit:
    def edit(root: etree._Element) -> None:
        for text in root.iter(TEXT):
            text.text = pattern.sub(new, text.text or "")

    return edit


LOOKS: Final[dict[str, Edit]] = {
    "字体": _fonts,
    "逐字分段": _single_characters,
    "空格": _blanks,
    "编辑痕迹": _traces,
    "空段落": _empty_paragraphs,
    "内容控件": _controls,
}
"""Edits that leave every word as it is, or only blanks around it: nothing may be found after them."""

SPELLINGS: Final[dict[str, Edit]] = {
    "繁体大写": _rewritten(_WORDS, lambda match: match[0].translate(_TRADITIONAL)),
    "圆正": _rewritten(re.compile("元整"), lambda _match: "圆正"),
    "不分节的数字": _rewritten(_FIGURES, lambda match: match[0].replace(",", "")),
    "未签日期": _rewritten(_SIGNED, lambda match: f"{match[1]}    年  月  日"),
}
"""Edits that write the same otherwise, or leave it blank: notes at most may be found after them."""


def edited(data: bytes, edit: Edit) -> bytes:
    """The Word file with an edit made in its document, headers, footers and notes."""
    package = read_package(data)
    parts = {}
    for name in package.names:
        if re.fullmatch(r"word/(?:document|header\d+|footer\d+|footnotes)\.xml", name):
            root = parse(package[name])
            edit(root)
            parts[name] = serialize(root)
    return write_package(package.replaced(parts))
