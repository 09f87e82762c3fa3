"""Tags taken out of a part's XML tree, each leaving a mark where its code belongs.

A tag is found in the visible text of its paragraph, however many runs Word split it into, and taken out of exactly
the text elements that show it. A tag alone in its paragraph, row or cell ({%p %}, {%tr %}, {%tc %}) takes that
element's place; what stands beside it would be lost, so it is a fault.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace

from lxml import etree

from docgen.template import cells
from docgen.template.compiled import DRAWING_ID, MARK, NEEDS_PARAGRAPH, STOP, TABLE_END, TABLE_START
from docgen.template.dialect import (
    Fault,
    Kind,
    Place,
    Tag,
    parse_tag,
    remains,
    replaced,
    spans,
    unescaped,
    unknown_statement,
)
from docgen.template.lists import RESTART, go_on, restart
from docgen.template.places import Places
from docgen.word.text import (
    CELL,
    FALLBACK,
    PARAGRAPH,
    ROW,
    RUN,
    TABLE,
    TEXT,
    Stretch,
    paragraphs,
    stretches,
    visible_text,
    w,
)

MARKS = re.compile(f"{MARK}([0-9]+){STOP}")

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PROPERTIES, _SECTION = w("pPr"), w("sectPr")
_BOOKMARK = (w("bookmarkStart"), w("bookmarkEnd"))
_NOISE = (w("proofErr"), w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"), w("annotationRef"))
_TARGETS = {"p": PARAGRAPH, "tr": ROW, "tc": CELL}
_TARGET_NAMES = {"p": "段", "tr": "表格行", "tc": "单元格"}
# What holds paragraphs and has to end with one.
CONTAINERS = frozenset({CELL, w("hdr"), w("ftr"), w("txbxContent"), w("footnote"), w("endnote"), w("sdtContent")})
_BRACES = re.compile("[{}｛｝]")
_MOST_TAGS = 2_000


@dataclass(slots=True)
class Woven:
    """What was found in a part: its tags by number, the faults, lists that begin anew, whether columns may change.

    `lost` are tags that would go with the place of another one, by the number of the tag that they follow.
    """

    tags: list[Tag] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    columns_vary: bool = False
    lists: set[str] = field(default_factory=set)
    hoisted: list[tuple[etree._Element, str]] = field(default_factory=list)
    lost: dict[int, list[Tag]] = field(default_factory=dict)
    columns: cells.Columns = field(default_factory=cells.Columns)

    def mark(self, tag: Tag) -> str:
        """The mark that stands for the tag in the tree."""
        self.tags.append(tag)
        return f"{MARK}{len(self.tags) - 1}{STOP}"


def clean(root: etree._Element) -> None:
    """Take out what is only noise in a template: spelling marks, comments, and tags' copies (`cut_copies`).

    So is Word's bookmark of the last edit, which would begin without ending where its paragraph disappears.
    """
    edits = [mark.get(w("id")) for mark in root.iter(w("bookmarkStart")) if mark.get(w("name")) == "_GoBack"]
    for element in [mark for mark in root.iter(*_BOOKMARK) if mark.get(w("id")) in edits]:
        cut(element)
    for element in list(root.iter(*_NOISE)):
        cut(element)
    cut_copies(root)


def cut_copies(root: etree._Element) -> None:
    """Take out the copies of tags that Word keeps for Word 2007: there they would be printed as they are."""
    for element in list(root.iter(FALLBACK)):
        if any("{" in (text.text or "") for text in element.iter(TEXT)):
            cut(element)


def weave(root: etree._Element, places: Places) -> Woven:
    """The tags of a part; in the tree each is replaced by its mark."""
    woven = Woven()
    braced = {next(text.iterancestors(PARAGRAPH), None) for text in root.iter(TEXT) if _BRACES.search(text.text or "")}
    for number, paragraph in enumerate(paragraphs(root)):
        if paragraph not in braced:
            continue
        if [*paragraph.iterancestors()][-1:] == [root]:
            _weave_paragraph(woven, paragraph, places, number)
        else:  # it went with the row or cell of another tag, which is told there
            text = visible_text(paragraph)
            lost = _tags_of(text, places.of(paragraph, number, text))
            woven.lost.setdefault(len(woven.tags) - 1, []).extend(lost)
    for container, level in dict.fromkeys(woven.hoisted):
        if level == "p" and container.tag in CONTAINERS:
            _secure_paragraph(container)
        if level == "tr":
            _secure_rows(container, woven.tags)
    if woven.lists:
        go_on(root, frozenset(woven.lists))
    for drawing in root.iter(_DRAWING):
        drawing.set("id", DRAWING_ID)
    return woven


def weave_hidden(root: etree._Element, woven: Woven, places: Places) -> None:
    """Take the tags out of attributes and of texts that nobody sees, such as the address of a link."""
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if "{{" in str(value) or "{%" in str(value):
                element.set(key, _hidden(woven, str(value), element, places))
        if element.tag != TEXT and element.text and ("{{" in element.text or "{%" in element.text):
            element.text = _hidden(woven, element.text, element, places)


def _hidden(woven: Woven, text: str, element: etree._Element, places: Places) -> str:
    paragraph = next(element.iterancestors(PARAGRAPH), element)
    place = places.of(paragraph, 0, text)

    def mark(typed: str) -> str:
        tag = parse_tag(typed, place)
        if tag.kind is Kind.COMMENT:
            return ""
        if tag.kind is Kind.STATEMENT:
            woven.faults.append(Fault("这里只能用 {{ }}，不能用语句", place, tag.typed, "T107"))
        return woven.mark(replace(tag, code=f"({tag.code})|_attribute"))

    if (left := remains(text)) is not None:
        woven.faults.append(Fault(f"“{left}”没有配成完整的标签", place, rule="T103"))
    return replaced(text, mark)


def cut(element: etree._Element) -> None:
    """Take the element out of its tree, leaving the text behind it."""
    replace_by_text(element, "")


def replace_by_text(element: etree._Element, text: str) -> None:
    """Put text in the place of the element."""
    parent, before = element.getparent(), element.getprevious()
    text += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
    if parent is not None:
        parent.remove(element)


def _weave_paragraph(woven: Woven, paragraph: etree._Element, places: Places, number: int) -> None:
    shown = stretches(paragraph)
    text = "".join(stretch.text for stretch in shown)
    place = places.of(paragraph, number, text)
    if (left := remains(text)) is not None:
        message = f"“{left}”没有配成完整的标签（应为半角的 {{{{ }}}}、{{% %}}，写在同一段内）"
        woven.faults.append(Fault(message, place, rule="T103"))
    found = _tags_of(text, place)
    if len(found) > _MOST_TAGS:
        woven.faults.append(Fault(f"一段里有 {len(found)} 个标签，最多 {_MOST_TAGS} 个", place))
        return
    woven.faults += [
        Fault(reason, place, tag.typed, "T106", tag.start)
        for tag in found
        if (reason := unknown_statement(tag)) is not None
    ]
    hoisted = [tag for tag in found if tag.level in _TARGETS]
    if hoisted:
        before = len(woven.tags)
        _hoist(woven, paragraph, hoisted[0])
        kept = hoisted[0] if len(woven.tags) > before else None
        woven.lost.setdefault(len(woven.tags) - 1, []).extend(tag for tag in found if tag is not kept)
        return
    first = len(woven.tags)
    marks = [_mark(woven, paragraph, tag) for tag in found]
    starts = [stretch.start for stretch in shown]
    for tag, mark in reversed(list(zip(found, marks, strict=True))):
        _splice(shown, starts, tag.start, tag.start + len(tag.typed), mark)
        if tag.level == "r":
            _split_run(paragraph, mark)
    _nest(woven, paragraph, first)
    _tidy(shown)


def _tags_of(text: str, place: Place) -> list[Tag]:
    return [parse_tag(text[start:end], place, start) for start, end in spans(text)]


def _mark(woven: Woven, paragraph: etree._Element, tag: Tag) -> str:
    """The mark of a tag inside its paragraph; cell tags act on their cell and leave nothing."""
    if tag.kind is Kind.COMMENT:
        return ""
    if tag.keyword == RESTART:
        found = restart(paragraph, tag, woven.mark)
        woven.faults += [found] if isinstance(found, Fault) else []
        woven.lists |= {found} if isinstance(found, str) else set()
        return ""
    if tag.cell is None:
        return woven.mark(tag)
    cell = next(paragraph.iterancestors(CELL), None)
    if cell is None:
        woven.faults.append(Fault("只能写在表格的单元格里", tag.place, tag.typed, "T107", tag.start))
        return ""
    woven.columns_vary |= tag.cell in {"hm", "colspan"}
    cells.apply(cell, tag, woven.mark, woven.columns)
    return ""


def _hoist(woven: Woven, paragraph: etree._Element, tag: Tag) -> None:
    """Put the tag in the place of the paragraph, row or cell that it stands alone in."""
    name = _TARGETS[tag.level or "p"]
    target = paragraph if name == PARAGRAPH else next(paragraph.iterancestors(name), None)
    parent = None if target is None else target.getparent()
    if target is None or parent is None:
        woven.faults.append(Fault("不在表格里", tag.place, tag.typed, "T107", tag.start))
        return
    beside = "".join(visible_text(inner) for inner in target.iter(PARAGRAPH)).replace(tag.typed, "", 1).strip()
    if beside and tag.kind is not Kind.COMMENT:
        what = _TARGET_NAMES[tag.level or "p"]
        message = f"须独占一{what}，同{what}的“{beside[:20]}”会丢失"
        hint = f"开头、内容、结尾各占一{what}。" if tag.opens or tag.closes else None
        woven.faults.append(Fault(message, tag.place, tag.typed, "T107", tag.start, hint=hint))
    if next(target.iter(_SECTION), None) is not None:
        message = "所在的段带有分节符，会随标签一起消失；请另起一段"
        woven.faults.append(Fault(message, tag.place, tag.typed, "T107", tag.start))
    nest = tuple(ancestor.tag for ancestor in target.iterancestors())
    mark = woven.mark(replace(tag, nest=nest)) if tag.kind is not Kind.COMMENT else ""
    replace_by_text(target, mark)
    woven.hoisted.append((parent, tag.level or "p"))
    woven.columns_vary |= tag.level == "tc"


def _splice(shown: list[Stretch], starts: list[int], start: int, end: int, mark: str) -> None:
    """Take the characters from start to end out of the elements that show them, the mark in place of the first."""
    for stretch in shown[bisect_right(starts, start) - 1 : bisect_left(starts, end)]:
        if stretch.end <= start:
            continue
        if stretch.element.tag != TEXT:
            cut(stretch.element)
            continue
        text = stretch.element.text or ""
        before = text[: max(start - stretch.start, 0)]
        # Later tags were spliced first: up to the end of this one the text is still what it was.
        after = text[min(end, stretch.end) - stretch.start :]
        stretch.element.text = before + mark + after
        mark = ""


def _tidy(shown: list[Stretch]) -> None:
    """Keep the spaces around marks, and drop the runs that only held a piece of a tag."""
    for stretch in shown:
        element = stretch.element
        if element.tag != TEXT:
            continue
        if element.text:
            element.text = unescaped(element.text)
        if element.text == stretch.text:
            continue
        if element.text:
            element.set(_SPACE, "preserve")
            continue
        run = element.getparent()
        if run is not None:
            cut(element)
            if run.tag == RUN and all(child.tag == w("rPr") for child in run):
                cut(run)


def _split_run(paragraph: etree._Element, mark: str) -> None:
    """Put the mark between two runs of equal properties, where it stood inside one."""
    text = next(element for element in paragraph.iter(TEXT) if mark in (element.text or ""))
    run = text.getparent()
    parent = None if run is None else run.getparent()
    if run is None or parent is None or run.tag != RUN:
        return
    before, _, after = (text.text or "").partition(mark)
    second = etree.Element(RUN)
    if (properties := run.find(w("rPr"))) is not None:
        second.append(etree.fromstring(etree.tostring(properties, with_tail=False)))
    following = list(text.itersiblings())
    text.text = before
    text.set(_SPACE, "preserve")
    if after:
        rest = etree.SubElement(second, TEXT, {_SPACE: "preserve"})
        rest.text = after
    for element in following:
        second.append(element)
    second.tail, run.tail = run.tail, mark
    parent.insert(parent.index(run) + 1, second)


def _nest(woven: Woven, paragraph: etree._Element, first: int) -> None:
    """Note for each statement in which elements it stands, so that its counterpart can be compared."""
    if not any(tag.kind is Kind.STATEMENT for tag in woven.tags[first:]):
        return
    for element in paragraph.iter():
        behind = None if element is paragraph else element.tail  # what follows the paragraph belongs to its cell
        for text, holder in ((element.text, element), (behind, element.getparent())):
            for match in MARKS.finditer(text or "") if holder is not None else ():
                number = int(match[1])
                if number >= first and holder is not None:
                    nest = (holder.tag, *(ancestor.tag for ancestor in holder.iterancestors()))
                    woven.tags[number] = replace(woven.tags[number], nest=nest)


def _secure_paragraph(container: etree._Element) -> None:
    """Ask rendering to see to it that the container ends in a paragraph, which Word demands, whatever is left out."""
    last = container[-1] if len(container) else None
    if last is None:
        container.text = (container.text or "") + NEEDS_PARAGRAPH
    elif last.tag != PARAGRAPH or last.tail:
        last.tail = (last.tail or "") + NEEDS_PARAGRAPH


def _secure_rows(table: etree._Element, tags: list[Tag]) -> None:
    """Ask rendering to drop the table when no row is left of it, unless one row stands in any case."""
    table = next(table.iterancestors(TABLE), table) if table.tag != TABLE else table
    depth = 0
    for child in table:
        if child.tag == ROW and depth == 0:
            return
        for match in MARKS.finditer(child.tail or ""):
            depth += tags[int(match[1])].opens - tags[int(match[1])].closes
    before, parent = table.getprevious(), table.getparent()
    if parent is None or TABLE_END in (table.tail or ""):
        return
    table.tail = TABLE_END + (table.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + TABLE_START
    else:
        parent.text = (parent.text or "") + TABLE_START
