"""Marks that a person gave words and cells without changing them: colours, bold type, a line under or through them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree

from docgen.merge.work import Remark, Work, on_a_line, short
from docgen.word.sight import Sight
from docgen.word.text import CELL, PARAGRAPH, visible_text, w

_RUN, _VALUE, _FILL, _SHADED = w("rPr"), w("val"), w("fill"), w("shd")
# What programs write anew by themselves, such as fonts and languages, is none of them.
_MARKS = (_SHADED, *map(w, ("color", "highlight", "b", "i", "u", "strike", "dstrike", "em")))
_AROUND = (w("pPr"), w("tcPr"))
_NONE = frozenset({"auto", "none", "0", "false", "off", "FFFFFF", "000000"})
_ON = "1"
_GONE = "按数据删去或者整块换掉的内容，手工给它做的标记（颜色、加粗等）或分段随之不在了："
_WHAT_TO_DO = "还要留用的，用 docgen restore 取回原来的文件，或者在数据里把这一项加回来。"


def tell_of_marks(
    work: Work, base: etree._Element, mine: Sequence[etree._Element], beside: etree._Element | None
) -> None:
    """Say of a block that goes that a person had marked it or split it, though not changed its words.

    `beside` is a block that stays, by which its place is told.
    """
    if work.formats is None:
        return
    if len(mine) > 1 or marked(base, mine[0], (work.stories[0].sight, work.stories[1].sight)):
        said = on_a_line("\n".join(visible_text(each) for block in mine for each in block.iter(PARAGRAPH)))
        work.notes.append(Remark(f"{_GONE}{short(said)}", () if beside is None else (beside,), _WHAT_TO_DO))


def marked(base: etree._Element, mine: etree._Element, sights: tuple[Sight, Sight]) -> bool:
    """Whether a block that says what it said has other marks than when it was generated."""
    old, new = (_marks(block, sight) for block, sight in zip((base, mine), sights, strict=True))
    return old != new


def _marks(block: etree._Element, sight: Sight) -> tuple[list[frozenset[tuple[str, str]]], Counter[str]]:
    """The marks of each character, and the colours of the ground of paragraphs and cells."""
    found: list[frozenset[tuple[str, str]]] = []
    for paragraph in block.iter(PARAGRAPH):
        for stretch in sight.stretches(paragraph):
            found += [_said(next(stretch.element.iterancestors()))] * len(stretch.text)
    grounds = (each.find(f"{kind}/{_SHADED}") for each in block.iter(PARAGRAPH, CELL) for kind in _AROUND)
    return found, Counter(fill for each in grounds if each is not None and (fill := _value(each)) not in _NONE)


def _said(run: etree._Element) -> frozenset[tuple[str, str]]:
    properties = run.find(_RUN)
    marks = properties.iterchildren(*_MARKS) if properties is not None else ()
    said = ((str(mark.tag), _value(mark)) for mark in marks)
    return frozenset((tag, value) for tag, value in said if value not in _NONE)


def _value(mark: etree._Element) -> str:
    value = mark.get(_FILL, "auto") if mark.tag == _SHADED else mark.get(_VALUE, _ON)
    return {"true": _ON, "on": _ON}.get(value, value)
