"""The changes of one version brought into another: through paragraphs, tables, rows and cells down to words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from lxml import etree

from docgen.merge.align import Pair, text_likeness
from docgen.merge.answers import SHORTEST_MOVED, THE_SAME, moved, nodes, rows
from docgen.merge.boxes import copy_box, drawn_again
from docgen.merge.cells import follow
from docgen.merge.columns import columns_of, own_cells
from docgen.merge.marked import tell_of_marks
from docgen.merge.pen import Pen
from docgen.merge.properties import raw
from docgen.merge.story import Cell, Node, Paragraph, Row, Table, node_likeness, row_likeness
from docgen.merge.torn import Triple, whole
from docgen.merge.touched import touched
from docgen.merge.words import Clash, Together, together
from docgen.merge.work import Found, Remark, Work, short
from docgen.merge.writing import write
from docgen.word.text import PARAGRAPH, TEXT_BOX, w

# A paragraph that is less like what it was than this says something else now.
_REWRITTEN, _LONG = 0.5, 16
_PROPERTIES = frozenset({w("tcPr"), w("tblPr"), w("tblGrid"), w("tblPrEx"), w("pPr")})


_Block = TypeVar("_Block", Node, Row)


def merge_blocks(
    work: Work, container: etree._Element, base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node]
) -> None:
    """Bring the changes of a sequence of paragraphs and tables into the person's version, which `container` holds."""
    _merge_sequence(work, container, (base, mine, theirs), _Way(nodes, node_likeness, _merge_node, whole))


@dataclass(frozen=True, slots=True)
class _Way(Generic[_Block]):
    """How blocks of one kind are merged: which answer to each other, how alike two are, how one is changed.

    `whole` gives the versions with what a person tore apart or ran together as one block in all of them.
    """

    pairs: Callable[[Sequence[_Block], Sequence[_Block]], list[Pair]]
    likeness: Callable[[_Block, _Block], float]
    merge: Callable[[Work, _Block, _Block, _Block], None]
    whole: Callable[[Triple[_Block]], Triple[_Block]]


def _merge_sequence(work: Work, container: etree._Element, versions: Triple[_Block], way: _Way[_Block]) -> None:
    if _nothing_new(work, versions[0], versions[2]):
        return
    base, mine, theirs = way.whole(versions)
    old: list[Pair] = way.pairs(base, mine)
    new: list[Pair] = way.pairs(base, theirs)
    elsewhere: dict[int, int] = moved(base, mine, old, way.likeness)
    own = {i: mine[j] for i, j in (*old, *elsewhere.items()) if i is not None and j is not None}
    _learn(work, base, own, theirs, new)
    gaps = _gaps(new)
    added = [(mine[j], gap) for j, gap in _gaps(old).items() if j not in elsewhere.values()]
    at = _At(work, container, mine)
    gone: list[tuple[_Block, _Block]] = []
    for i, j in new:
        here = own.get(i) if i is not None else None
        if i is None:
            assert j is not None
            same = _put_in_by_both(added, theirs[j], gaps[j], way.likeness)
            added = [each for each in added if each[0] is not same]
            _put_in(work, at, same, theirs[j], way)
        elif here is None:
            if j is not None:
                _back(work, at, base[i], theirs[j])
        elif j is None:
            gone.append((base[i], here))
        else:
            way.merge(work, base[i], here, theirs[j])
        if here is not None and i not in elsewhere and here.element.getparent() is not None:
            at.last = here.element
    # What is new stands there first: a table that had no row left for a moment would be gone with it.
    for before, now in gone:
        _gone(work, before, now)


def _nothing_new(work: Work, base: Sequence[_Block], theirs: Sequence[_Block]) -> bool:
    """Whether the new version says what the old one says, and looks as it does where that counts."""
    if [block.key for block in base] != [block.key for block in theirs]:
        return False
    if work.formats is None:
        return True
    if work.things is not None and work.things.anew:
        return False
    return not work.definitions.numbered_anew and all(map(_alike, base, theirs))


def _gaps(pairs: Sequence[Pair]) -> dict[int, Pair]:
    """For each block that was put in, by its number, the blocks around it that the old version has too."""
    found: dict[int, Pair] = {}
    following: int | None = None
    for i, j in reversed(pairs):
        if i is None and j is not None:
            found[j] = (None, following)
        following = i if i is not None and j is not None else following
    before: int | None = None
    for i, j in pairs:
        if i is None and j is not None:
            found[j] = (before, found[j][1])
        before = i if i is not None and j is not None else before
    return dict(sorted(found.items()))


def _put_in_by_both(
    added: Sequence[tuple[_Block, Pair]], theirs: _Block, gap: Pair, likeness: Callable[[_Block, _Block], float]
) -> _Block | None:
    """The block that the person put in as the new version does; None where there is none.

    It says the same, or stands at the same place and says it in much the same words.
    """
    anywhere = len(theirs.text) >= SHORTEST_MOVED
    same = next((block for block, own in added if block.key == theirs.key and (anywhere or _meet(own, gap))), None)
    if same is not None or not theirs.text:
        return same
    alike = [(likeness(block, theirs), -n) for n, (block, own) in enumerate(added) if _meet(own, gap)]
    best = max(alike, default=(0.0, 0))
    return added[-best[1]][0] if best[0] >= THE_SAME else None


def _meet(one: Pair, other: Pair) -> bool:
    """Whether two places between blocks may be the same one."""
    first = max(-1 if gap[0] is None else gap[0] for gap in (one, other))
    return all(gap[1] is None or first < gap[1] for gap in (one, other))


def _put_in(work: Work, at: _At, same: _Block | None, theirs: _Block, way: _Way[_Block]) -> None:
    """Put in what is new in the new version; `same` is what the person had put in for it."""
    if same is None:
        at.put(theirs, work.pen)
    else:
        _agree(work, same, theirs, way.merge)
        at.last = same.element


def _agree(work: Work, mine: _Block, theirs: _Block, merge_one: Callable[[Work, _Block, _Block, _Block], None]) -> None:
    """Bring what both put in to the words of the new version; in doubt where more than a serial number differs."""
    if mine.key == theirs.key:
        return
    # What both put in looks as the person has it.
    work = replace(work, formats=None, things=None)
    if _differ_in_numbers(mine, theirs):
        merge_one(work, mine, mine, theirs)
        return
    work.found.append(Found(_first(mine.element), 0, 0, "", mine.text, theirs.text))
    merge_one(replace(work, pen=work.doubt), mine, mine, theirs)


def _differ_in_numbers(mine: Node | Row, theirs: Node | Row) -> bool:
    """Whether two rows differ in their first cells alone, whole numbers: a row that others were put before."""
    if not isinstance(mine, Row) or not isinstance(theirs, Row):
        return False
    if [cell.key for cell in mine.cells[1:]] != [cell.key for cell in theirs.cells[1:]]:
        return False
    first = [row.cells[0].text for row in (mine, theirs) if row.cells]
    return len(first) == 2 and all(text.isdecimal() and len(text) <= 4 for text in first)


class _At:
    """Where the next new block goes: behind the last one that both have."""

    def __init__(self, work: Work, container: etree._Element, mine: Sequence[Node] | Sequence[Row]) -> None:
        self.work, self.container = work, container
        self.first = mine[0].element if mine else None
        self.last: etree._Element | None = None

    def put(self, block: Node | Row, pen: Pen) -> etree._Element | None:
        """The copy of the block that was put in, of several pieces the last one; None where it could not be."""
        new = None
        for element in _elements(block):
            new = self._put(element, block.text, pen)
        return new

    def _put(self, element: etree._Element, text: str, pen: Pen) -> etree._Element | None:
        try:
            new = self.work.graft.fitted(element)
        except ValueError:
            said = f"新增的内容引用的图片或注释不在文件里，没有并入：{short(text)}"
            self.work.notes.append(Remark(said, () if self.last is None else (self.last,)))
            return None
        if self.work.columns is not None:
            self.work.notes += [Remark(_no_column(each), (new,)) for each in self.work.columns.fit(new)]
        if self.last is not None and self.last.getparent() is not None:
            self.last.addnext(new)
        elif self.first is not None and self.first.getparent() is not None:
            self.first.addprevious(new)
        else:
            self.container.insert(sum(child.tag in _PROPERTIES for child in self.container), new)
        pen.announce(new)
        self.last = new
        return new


def _no_column(text: str) -> str:
    return f"新增的一行里有的内容没有并入（表格的这一列已被删去）：{short(text)}"


def _gone(work: Work, base: _Block, mine: _Block) -> None:
    """The block is no longer in the new version."""
    if _as_generated(base, mine):
        if work.formats is not None:
            work.formats.without_section(base.element, mine.element)
        own = _elements(mine)
        before = own[0].getprevious()
        tell_of_marks(work, base.element, own, before if before is not None else own[-1].getnext())
        _remove(work.pen, mine)
        return
    if base.text and not mine.text.strip():
        # The person had struck it out as well; what stands there besides words stays.
        if not touched(base.element, mine.element):
            _remove(work.pen, mine)
        return
    work.found.append(Found(_first(_elements(mine)[0]), 0, 0, base.text, mine.text, ""))
    _remove(work.doubt, mine)


def _remove(pen: Pen, block: Node | Row) -> None:
    for element in _elements(block):
        pen.remove(element)


def _as_generated(base: Node | Row, mine: Node | Row) -> bool:
    """Whether nobody put anything into a block since it was generated."""
    return mine.key == base.key and not any(touched(base.element, each) for each in _elements(mine))


def _back(work: Work, at: _At, base: _Block, theirs: _Block) -> None:
    """The person took the block out; where the new version says otherwise than the old one, it comes back in doubt."""
    if base.key == theirs.key:
        return
    new = at.put(theirs, work.doubt)
    if new is not None:
        work.found.append(Found(_first(new), 0, 0, base.text, "", theirs.text))


def _alike(base: Node | Row, theirs: Node | Row) -> bool:
    """Whether a block is in the new version what it was in the old one, to the byte."""
    return [raw(each) for each in _elements(base)] == [raw(each) for each in _elements(theirs)]


def _elements(block: Node | Row) -> list[etree._Element]:
    return [piece.element for piece in block.pieces] if isinstance(block, Paragraph) else [block.element]


def _merge_node(work: Work, base: Node, mine: Node, theirs: Node) -> None:
    if isinstance(base, Paragraph) and isinstance(mine, Paragraph) and isinstance(theirs, Paragraph):
        _merge_paragraph(work, base, mine, theirs)
    elif isinstance(base, Table) and isinstance(mine, Table) and isinstance(theirs, Table):
        _merge_table(work, base, mine, theirs)


def _merge_paragraph(work: Work, base: Paragraph, mine: Paragraph, theirs: Paragraph) -> None:
    if _shown_otherwise(work, base, mine, theirs):
        return
    if base.text != theirs.text:
        merged = together(base.text, mine.text, theirs.text, base.values, theirs.values)
        if merged.clashes and (_rewritten(base, mine) or _rewritten(base, theirs)):
            # Pieces of two sentences side by side would be one that nobody wrote.
            merged = Together((), (Clash(0, len(mine.text), base.text, mine.text, theirs.text),))
        write(work, mine, merged)
    if len(base.boxes) == len(mine.boxes) == len(theirs.boxes):
        for boxes in zip(base.boxes, mine.boxes, theirs.boxes, strict=True):
            _merge_box(work, *boxes)
    elif base.key != theirs.key:
        said = "；".join(node.text for box in theirs.boxes for node in box)
        work.notes.append(Remark(f"文本框的改动没有并入（文本框的个数变了）：{short(said)}", (mine.element,)))
    if work.formats is not None and not _alike(base, theirs):
        for piece in mine.pieces:
            for old, new in zip(base.pieces, theirs.pieces, strict=False):
                work.formats.paragraph(old, piece, new, work.stories)


def _shown_otherwise(work: Work, base: Paragraph, mine: Paragraph, theirs: Paragraph) -> bool:
    """Whether the paragraph was exchanged as a whole for one with other pictures or notes."""
    if work.things is None or not work.things.changed(base, theirs):
        return False
    if _untouched(work, base, mine) and work.things.exchange(mine, theirs):
        return True
    work.notes.append(Remark(f"图片或注释的改动没有并入（这一段手工改过）：{short(mine.text)}", (mine.element,)))
    return False


def _untouched(work: Work, base: Paragraph, mine: Paragraph) -> bool:
    """Whether a paragraph is to the letter and in its looks what was generated."""
    same = not mine.parts and _as_generated(base, mine)
    return same and work.formats is not None and work.formats.as_it_was(base, mine, work.stories)


def _rewritten(base: Paragraph, other: Paragraph) -> bool:
    """Whether a paragraph, no short one, says something else now."""
    return len(base.text) >= _LONG and text_likeness(base.text, other.text) < _REWRITTEN


def _merge_box(work: Work, base: Sequence[Node], mine: Sequence[Node], theirs: Sequence[Node]) -> None:
    """Bring the changes of a text box into the person's, and into the same box as it is drawn for older programs."""
    if not mine:
        return
    box = next(mine[0].element.iterancestors(TEXT_BOX))
    other = drawn_again(box)
    merge_blocks(work, box, base, mine, theirs)
    if other is not None:
        copy_box(box, other)


def _merge_table(work: Work, base: Table, mine: Table, theirs: Table) -> None:
    if _columns(base) != _columns(theirs):
        _exchange(work, base, mine, theirs)
        return
    if work.formats is not None and not _alike(base, theirs):
        work.formats.table(base, mine, theirs)
    own = replace(work, columns=columns_of(base, mine))
    versions = base.rows, mine.rows, theirs.rows
    _merge_sequence(own, mine.element, versions, _Way(rows, row_likeness, _merge_row, _as_they_are))


def _as_they_are(versions: Triple[Row]) -> Triple[Row]:
    """The rows of the versions: nobody tears a row apart."""
    return versions


def _columns(table: Table) -> int:
    return max((len(row.cells) for row in table.rows), default=0)


def _merge_row(work: Work, base: Row, mine: Row, theirs: Row) -> None:
    if work.formats is not None and not _alike(base, theirs):
        work.formats.row(base, mine, theirs)
    own = own_cells(base, mine)
    work = replace(work, columns=None)
    cells = list(enumerate(zip(base.cells, theirs.cells, strict=False)))
    if len(base.cells) == len(theirs.cells) and all(i in own or old.key == new.key for i, (old, new) in cells):
        for i, (old, new) in cells:
            if i in own:
                _merge_cell(work, old, own[i], new)
    elif base.key != theirs.key:
        _exchange(work, base, mine, theirs)


def _merge_cell(work: Work, base: Cell, mine: Cell, theirs: Cell) -> None:
    follow(base.element, mine.element, theirs.element)
    if work.formats is not None:
        work.formats.cell(base, mine, theirs)
    merge_blocks(work, mine.element, base.nodes, mine.nodes, theirs.nodes)


def _exchange(work: Work, base: Table | Row, mine: Table | Row, theirs: Table | Row) -> None:
    """Put the new table or row in the place of the person's as a whole; in doubt where the person changed it."""
    parent = mine.element.getparent()
    assert parent is not None
    same = _as_generated(base, mine)
    at = _At(work, parent, ())
    at.last = mine.element
    new = at.put(theirs, work.pen if same else work.doubt)
    if new is None:
        return
    if same:
        tell_of_marks(work, base.element, [mine.element], new)
    else:
        work.found.append(Found(_first(new), 0, 0, base.text, mine.text, theirs.text))
    (work.pen if same else work.doubt).remove(mine.element)
    # What follows stands behind the new one.
    mine.element = new


def _learn(
    work: Work, base: Sequence[_Block], own: dict[int, _Block], theirs: Sequence[_Block], pairs: Sequence[Pair]
) -> None:
    """Note which lists answer to each other, before anything is copied that stands in one."""
    for i, j in pairs:
        if i is not None and j is not None and i in own:
            work.definitions.learn(base[i].element, own[i].element, theirs[j].element)


def _first(element: etree._Element) -> etree._Element:
    """The paragraph that a comment on a block hangs on: its first."""
    return next(element.iter(PARAGRAPH))
