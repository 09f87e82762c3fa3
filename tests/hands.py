"""What people do by hand to the part of a Word file: words, clauses, rows, looks; each leaves a mark to be found again."""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from docgen.word.edit import run_from
from docgen.word.order import put_in_order
from docgen.word.parts import parse
from docgen.word.sight import Sight
from docgen.word.text import CELL, PARAGRAPH, ROW, RUN, TABLE, TEXT, visible_text, w

# What must not be torn apart or taken away with the words around it.
_KNOTS = tuple(map(w, (
    "ins", "del", "bookmarkStart", "bookmarkEnd", "fldChar", "fldSimple", "commentReference", "commentRangeStart",
    "commentRangeEnd", "sectPr", "drawing", "pict", "hyperlink", "sdt",
)))  # fmt: skip
_AUTHOR = {w("author"): "张三"}


class Hand:
    """Somebody who edits at random; `mark` gives texts that stand nowhere else."""

    def __init__(self, chance: random.Random, mark: Callable[[str], str]) -> None:
        self._chance, self._mark = chance, mark

    def edit(self, root: etree._Element) -> str | None:
        """What was done to a part, in words; None where nothing could be done."""
        doings = [self._write] * 4 + [self._shorten, self._put_in, self._take_out, self._row_in, self._row_out]
        doings += [self._colour, self._split, self._run_together, self._row_moved, self._tracked_in, self._tracked_out]
        body = root.find(w("body"))
        return self._chance.choice(doings)(body if body is not None else root)

    def colour(self, body: etree._Element) -> str | None:
        """Give a run a colour that no other has."""
        return self._colour(body)

    def _write(self, body: etree._Element) -> str | None:
        text = self._text(body)
        if text is None:
            return None
        said, mark = text.text or "", self._mark("手")
        start = self._chance.randint(0, len(said))
        end = min(len(said), start + self._chance.choice([0, 0, 1, 3]))
        text.text = said[:start] + mark + said[end:]
        return f"“{said}” → “{text.text}”"

    def _shorten(self, body: etree._Element) -> str | None:
        text = self._text(body)
        if text is None or len(text.text or "") < 4:
            return None
        said = text.text or ""
        start = self._chance.randint(0, len(said) - 3)
        text.text = said[:start] + said[start + 2 :]
        return f"“{said}” → “{text.text}”"

    def _put_in(self, body: etree._Element) -> str | None:
        paragraph = self._paragraph(body)
        if paragraph is None:
            return None
        new = etree.Element(PARAGRAPH)
        mark = self._mark("手")
        etree.SubElement(etree.SubElement(new, RUN), TEXT).text = f"{mark}新增的一段话"
        paragraph.addnext(new)
        return f"paragraph {mark} behind “{visible_text(paragraph)}”"

    def _take_out(self, body: etree._Element) -> str | None:
        paragraph = self._paragraph(body)
        if paragraph is None or "手" in visible_text(paragraph) or _knotted(paragraph) or _coloured(paragraph):
            return None
        next(paragraph.iterancestors()).remove(paragraph)
        return f"without “{visible_text(paragraph)}”"

    def _row_in(self, body: etree._Element) -> str | None:
        rows = [row for row in body.iter(ROW) if len(row.findall(CELL)) > 1 and not _spans(row)]
        if not rows:
            return None
        model = self._chance.choice(rows)
        new = etree.Element(ROW)
        said = []
        for cell in model.findall(CELL):
            own = etree.SubElement(new, CELL)
            properties = cell.find(w("tcPr"))
            if properties is not None:
                own.append(parse(etree.tostring(properties)))
            said.append(self._mark("手"))
            etree.SubElement(etree.SubElement(etree.SubElement(own, PARAGRAPH), RUN), TEXT).text = said[-1]
        model.addnext(new)
        return f"row {said}"

    def _row_out(self, body: etree._Element) -> str | None:
        row = self._row(body)
        if row is None or "手" in text_in(row) or _coloured(row):
            return None
        next(row.iterancestors()).remove(row)
        return f"without row “{text_in(row)}”"

    def _row_moved(self, body: etree._Element) -> str | None:
        row = self._row(body)
        if row is None:
            return None
        table = next(row.iterancestors(TABLE))
        others = [each for each in table.findall(ROW)[1:] if each is not row and not _spans(each)]
        if row is table.find(ROW) or not others:
            return None
        self._chance.choice(others).addnext(row)
        return f"row moved “{text_in(row)}”"

    def _colour(self, body: etree._Element) -> str | None:
        text = self._text(body)
        run = text.getparent() if text is not None else None
        if run is None or run.tag != RUN or run.find(f"{w('rPr')}/{w('color')}") is not None:
            return None
        properties = run.find(w("rPr"))
        properties = properties if properties is not None else put_in_order(run, etree.Element(w("rPr")))
        number = self._mark("色")[1:4]
        put_in_order(properties, etree.Element(w("color"), {w("val"): f"C0{int(number):04X}"}))
        return f"colour C0{int(number):04X} on “{visible_text(run)}”"

    def _split(self, body: etree._Element) -> str | None:
        paragraph = self._paragraph(body)
        if paragraph is None or len(visible_text(paragraph)) < 16 or _knotted(paragraph):
            return None
        at = self._chance.randint(6, len(visible_text(paragraph)) - 6)
        run = run_from(paragraph, at, Sight())
        assert run is not None
        new = etree.Element(PARAGRAPH)
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            new.append(deepcopy(properties))
        new.extend([run, *run.itersiblings()])
        paragraph.addnext(new)
        return f"split “{visible_text(paragraph)}” | “{visible_text(new)}”"

    def _run_together(self, body: etree._Element) -> str | None:
        paragraph = self._paragraph(body)
        following = paragraph.getnext() if paragraph is not None else None
        if paragraph is None or following is None or following.tag != PARAGRAPH or not visible_text(following):
            return None
        if _knotted(paragraph) or _knotted(following):
            return None
        paragraph.extend([child for child in following if child.tag != w("pPr")])
        next(following.iterancestors()).remove(following)
        return f"run together “{visible_text(paragraph)}”"

    def _tracked_in(self, body: etree._Element) -> str | None:
        text = self._text(body)
        run = text.getparent() if text is not None else None
        if run is None or next(run.iterancestors()).tag != PARAGRAPH or _knotted(next(run.iterancestors())):
            return None
        mark = self._mark("手")
        inserted = etree.Element(w("ins"), {w("id"): f"9{mark[1:4]}", **_AUTHOR})
        etree.SubElement(etree.SubElement(inserted, RUN), TEXT).text = mark
        run.addprevious(inserted)
        return f"tracked {mark} before “{visible_text(run)}”"

    def _tracked_out(self, body: etree._Element) -> str | None:
        paragraph = self._paragraph(body)
        if paragraph is None or _knotted(paragraph) or "手" in visible_text(paragraph) or _coloured(paragraph):
            return None
        said, number = visible_text(paragraph), self._mark("删")[1:4]
        properties = paragraph.find(w("pPr"))
        properties = properties if properties is not None else put_in_order(paragraph, etree.Element(w("pPr")))
        mark = properties.find(w("rPr"))
        mark = mark if mark is not None else put_in_order(properties, etree.Element(w("rPr")))
        put_in_order(mark, etree.Element(w("del"), {w("id"): f"9{number}", **_AUTHOR}))
        for n, run in enumerate(paragraph.findall(RUN)):
            struck = etree.Element(w("del"), {w("id"): f"8{number}{n:02}", **_AUTHOR})
            run.addprevious(struck)
            struck.append(run)
            for text in run.iter(TEXT):
                text.tag = w("delText")
        return f"struck out “{said}”"

    def _paragraph(self, body: etree._Element) -> etree._Element | None:
        own = [p for p in body.findall(PARAGRAPH) if visible_text(p)]
        return self._chance.choice(own[:-1]) if len(own) > 1 else None

    def _text(self, body: etree._Element) -> etree._Element | None:
        own = [text for text in body.iter(TEXT) if text.text and len(text.text) > 1]
        return self._chance.choice(own) if own else None

    def _row(self, body: etree._Element) -> etree._Element | None:
        rows = [row for row in body.iter(ROW) if len(next(row.iterancestors(TABLE)).findall(ROW)) > 2]
        rows = [row for row in rows if not _spans(row) and not _knotted(row)]
        return self._chance.choice(rows) if rows else None


def text_in(row: etree._Element) -> str:
    """The text of a row."""
    return "|".join(map(visible_text, row.iter(PARAGRAPH)))


def _spans(row: etree._Element) -> bool:
    return next(row.iter(w("vMerge"), w("gridSpan")), None) is not None


def _knotted(block: etree._Element) -> bool:
    return next(block.iter(*_KNOTS), None) is not None


def _coloured(block: etree._Element) -> bool:
    return any(each.get(w("val"), "").startswith("C0") for each in block.iter(w("color")))
