"""What somebody changed in a file that docgen wrote: values, rows of lists, and words that belong to no field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby

from docgen.merge.align import Pair
from docgen.merge.answers import moved, nodes, rows
from docgen.merge.opened import opened
from docgen.merge.parts import matching_parts
from docgen.merge.story import Cell, Node, Paragraph, Row, Story, Table, node_likeness, only_pages_moved
from docgen.merge.torn import whole
from docgen.merge.trace import Traced, begun
from docgen.pull.found import Edits, ListEdit, NewRow, Spot, Unclear, ValueEdit, WordEdit
from docgen.pull.items import Items, items_of, read_like
from docgen.pull.rows import Entry, Owner, entries_now, out_of_order, owner_of, owners_of, with_moves
from docgen.pull.spans import Stand, around, framed, numbered_like, read_between, span_of, told_apart, whole_of
from docgen.word.text import PARAGRAPH, paragraphs, w


def edits_of(base: bytes, edited: bytes, stands: Sequence[Stand]) -> Edits:
    """What was changed between the file as docgen wrote it and as it is now."""
    files = opened(base), opened(edited)
    found = Edits()
    for parts in matching_parts(files[0], files[1], files[0]):
        if parts.mine is not None:
            _Comparison(files[0].story(parts.base), files[1].story(parts.mine), stands, found).run()
    return found


class _Comparison:
    """One part of the file as it was and as it is."""

    def __init__(self, old: Story, new: Story, stands: Sequence[Stand], found: Edits) -> None:
        self._old, self._new, self._found = old, new, found
        self._before = {element: n for n, element in enumerate(paragraphs(old.root))}
        self._after = {element: n for n, element in enumerate(paragraphs(new.root))}
        self._stands: dict[int, list[Stand]] = {}
        for stand in stands:
            if stand.part == old.name:
                self._stands.setdefault(stand.position, []).append(stand)

    def run(self) -> None:
        for one, other in zip(self._old.held(), self._new.held(), strict=False):
            self._nodes(one, other)

    def _nodes(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        old, new, _ = whole((old, new, old))
        pairs = _rewritten(nodes(old, new), old, new)
        elsewhere = moved(old, new, pairs, node_likeness)
        settled = self._items(old, new, pairs, elsewhere)
        for i, j in pairs:
            if (i is None and j in elsewhere.values()) or (i, j) in settled:
                continue
            before, after = old[i] if i is not None else None, new[j] if j is not None else None
            if before is not None and i in elsewhere:
                after = new[elsewhere[i]]
                self._moved(before, after, old)
            if isinstance(before, Paragraph) and isinstance(after, Paragraph):
                self._paragraph(before, after)
            elif isinstance(before, Table) and isinstance(after, Table):
                self._rows(before.rows, [row for row in after.rows if not _struck_out(row)])
            else:
                self._block(before, after)

    def _moved(self, before: Node, after: Node, old: Sequence[Node]) -> None:
        """A paragraph or table that stands elsewhere now; one of a list, whose order the data have, is unclear."""
        edit = WordEdit(before.text, before.text, self._spot(after), moved=True)
        owner = self._owner(before)
        if owner is None or not _listed(owner, map(self._owner, old)):
            self._found.words.append(edit)
        else:
            entry = f"{owner.path}[{owner.number}]"
            self._found.unclear.append(Unclear(edit, "次序由数据决定，要换次序请在数据里移动这一项", entry))

    def _block(self, before: Node | Row | None, after: Node | Row | None) -> None:
        """A paragraph, table or row that stands on one side only."""
        gone = self._stood(before) if after is None else None
        edit = WordEdit(before.text if before else None, after.text if after else None, self._spot(after), before=gone)
        paths = [stand.path for stand in self._standing(before) if stand.path] if before is not None else []
        if paths:
            owner = owner_of(paths)
            entry = f"{owner.path}[{owner.number}]" if owner is not None else paths[0]
            what = "整行" if isinstance(before, Row) else "整张表" if isinstance(before, Table) else "整段"
            reason = f"{what}被删去，无法判断其中的数据是要删去还是改写；要删去的，请直接改数据"
            self._found.unclear.append(Unclear(edit, reason, entry))
        elif (before or after) and (edit.old or edit.new):
            self._found.words.append(edit)

    def _paragraph(self, before: Paragraph, after: Paragraph) -> None:
        if before.parts or after.parts:
            one, other = ("／".join(piece.text for piece in each.pieces) for each in (before, after))
            self._found.words.append(WordEdit(one, other, self._spot(after.pieces[0])))
        if before.text != after.text and (before.parts or after.parts or not only_pages_moved(before, after)):
            stands = [
                stand._replace(start=stand.start + begin, end=stand.end + begin)
                for piece, begin in begun(before)
                for stand in self._stands.get(self._before[piece.element], [])
            ]
            pieces = tuple((self._after[piece.element], begin) for piece, begin in begun(after))
            here = Traced("", 0, before.text, "", pieces[0][0], after.text, pieces)
            self._text(
                here, [stand for stand in stands if stand.end > stand.start or (stand.silent and not before.text)]
            )
        for boxes in zip(before.boxes, after.boxes, strict=False):
            self._nodes(*boxes)

    def _text(self, here: Traced, stands: Sequence[Stand]) -> None:
        """The values of a changed paragraph, and whether anything else of it was changed."""
        spans = [whole_of(here, stand) or span_of(here, stand, stands) for stand in stands]
        if None in spans:
            spans = framed(here, stands) or read_between(here, stands) or spans
        if any(span is None and stand.silent for stand, span in zip(stands, spans, strict=True)):
            self._text(here, [stand for stand in stands if not stand.silent])
            return
        lost = [stand for stand, span in zip(stands, spans, strict=True) if span is None and stand.path]
        whole = Spot(self._new.name, here.new_position, 0, len(here.new_text))
        if lost:
            edit = WordEdit(here.text, here.new_text, whole)
            self._found.unclear.append(Unclear(edit, "改动跨过了数据的边界，分不清哪些字属于数据"))
            return
        kept = told_apart(here, [(s, span) for s, span in zip(stands, spans, strict=True) if span is not None])
        for stand, (start, end) in kept:
            now = here.new_text[start:end]
            if stand.path and now != here.text[stand.start : stand.end]:
                position, begin = next(piece for piece in reversed(here.pieces) if piece[1] <= start)
                spot = Spot(self._new.name, position, start - begin, end - begin)
                old = here.text[stand.start : stand.end]
                self._found.values.append(ValueEdit(stand.path, stand.occurrence, old, now, spot, stand.silent))
        if around(here.text, [(s.start, s.end) for s, _ in kept]) != around(here.new_text, [s for _, s in kept]):
            self._found.words.append(WordEdit(here.text, here.new_text, whole))

    def _items(
        self, old: Sequence[Node], new: Sequence[Node], pairs: Sequence[Pair], elsewhere: Mapping[int, int]
    ) -> set[Pair]:
        """Find the changes of lists that have a paragraph for each entry; the pairs of what came or went with them."""
        if all(None not in pair for pair in pairs):
            return set()
        owners = [self._owner(node) if isinstance(node, Paragraph) else None for node in old]
        there = set(elsewhere.values())
        standing = [(i, j) for i, j in pairs if not (i in elsewhere or (i is None and j in there))]
        settled: set[Pair] = set()
        for items in items_of(owners, standing):
            if not any(i in elsewhere for _, i in items.before):
                settled |= self._entries(items, old, new)
        return settled

    def _entries(self, items: Items, old: Sequence[Node], new: Sequence[Node]) -> set[Pair]:
        """The paragraphs that came or went with entries of a list, which is noted."""
        read = {entry.new: self._new_item(items, entry, old, new[entry.new]) for entry in items.come}
        come = [number for number, made in read.items() if made is not None]
        if not (come or items.gone) or (items.several and not come):
            return set()
        first = new[come[0]] if come else None
        gone = [old[i] for i in items.gone]
        settled: set[Pair] = {(None, j) for j in come}
        if items.several:
            reason = "新增的这一段像是列表的一项，而每一项在文件里不止一段；请在数据里添加整项"
            edit = WordEdit(None, first.text if first else None, self._spot(first))
            self._found.unclear.append(Unclear(edit, reason, items.path))
            return settled
        settled |= {(i, None) for i in items.gone}
        if any(self._more_of(items.path, old[i]) for _, i in items.before):
            self._found.unclear.append(self._summed_up(gone, first, self._spot(first), items.path))
            return settled
        order = [read[e.new] if e.old is None else e.owner.number for e in items.now if e.owner is not None]
        kept = tuple(item for item in order if item is not None)
        before = tuple(number for number, _ in items.before)
        said = {number: self._said(old[i], f"{items.path}[{number}]") for number, i in items.before}
        stood = self._stood(gone[0]) if gone else None
        self._found.lists.append(ListEdit(items.path, before, kept, self._spot(first), said, stood))
        return settled

    def _new_item(self, items: Items, entry: Entry, old: Sequence[Node], after: Node) -> NewRow | None:
        """What stands in a new paragraph, where it reads like one of the list in one way alone, number and all."""
        models = [(number, i) for number, i in items.before if i == entry.model] + list(items.before)
        lone = isinstance(after, Paragraph) and not after.parts
        read = (self._like(old[i], f"{items.path}[{number}]", after) for number, i in models) if lone else ()
        return next((made for made in read if made is not None), None)

    def _like(self, model: Node, entry: str, after: Node) -> NewRow | None:
        """What stands in a paragraph for the fields of an entry, read like that of another entry."""
        found = read_like(model.text, list(self._standing(model)), entry, after.text)
        return NewRow(found[0], self._spot(after) or Spot(self._new.name, 0), found[1]) if found is not None else None

    def _rows(self, old: Sequence[Row], new: Sequence[Row]) -> None:
        pairs = with_moves(old, new, rows(old, new))
        for i, j in pairs:
            if i is not None and j is not None:
                self._row(old[i], new[j])
        owners = owners_of([[stand.path for stand in self._standing(row) if stand.path] for row in old])
        for i in (i for i, j in pairs if i is not None and j is None and owners[i] is None):
            self._block(old[i], None)
        listed = set(self._lists(owners, pairs, old, new))
        kept = [(i, j) for i, j in pairs if i is not None and j is not None]
        astray = out_of_order([i for i, _ in kept])
        for i, j in kept:
            owner = owners[i]
            if i in astray and (owner is None or owner.path not in listed):
                self._unclear(old[i], new[j], "这一行移了位置，而它的次序不由数据决定")

    def _lists(
        self, owners: Sequence[Owner | None], pairs: Sequence[Pair], old: Sequence[Row], new: Sequence[Row]
    ) -> Iterator[str]:
        """Find the changes of all lists whose entries stand in the rows; the paths of those that changed."""
        now, strays = entries_now(owners, pairs)
        for j in strays:
            self._block(None, new[j])
        for path in dict.fromkeys(owner.path for owner in owners if owner is not None):
            if self._list(path, owners, now, old, new):
                yield path

    def _row(self, before: Row, after: Row) -> None:
        if before.key == after.key:
            return
        if len(before.cells) == len(after.cells):
            for one, other in zip(before.cells, after.cells, strict=True):
                self._nodes(one.nodes, other.nodes)
        else:
            self._unclear(before, after, "单元格的个数变了")

    def _owner(self, block: Node | Row) -> Owner | None:
        """The list and the number of the entry whose values stand in the row; None where it has none, or several."""
        return owner_of([stand.path for stand in self._standing(block) if stand.path])

    def _list(
        self, path: str, owners: Sequence[Owner | None], now: Sequence[Entry], old: Sequence[Row], new: Sequence[Row]
    ) -> bool:
        """Whether the entries of one list stand in another order, or some are new or gone; that is noted."""
        numbered = [(owner.number, row) for owner, row in zip(owners, old, strict=True) if owner and owner.path == path]
        before = [number for number, _ in numbered]
        here = [entry for entry in now if entry.owner is not None and entry.owner.path == path]
        models = [(Owner(path, number), row) for number, row in numbered]
        order = [self._entry(entry, old, new, models) for entry in here]
        if order == before:
            return False
        put_in = next((new[entry.new] for entry in here if entry.old is None), None)
        other = next((new[e.new] for e, item, was in zip(here, order, before, strict=False) if item != was), None)
        spot = self._spot(put_in if put_in is not None else other)
        made = [item for item in order if item is not None]
        gone: list[Node | Row] = [row for number, row in numbered if number not in order]
        if len(made) < len(order):
            entry = here[order.index(None)]
            why = self._misfit(entry.owner or Owner(path, 0), old[entry.model], new[entry.new])
            self._unclear(None, new[entry.new], f"新增的行与原有的行格式不同，读不出各项数据：{why}", path)
        elif len(set(before)) != len(before):
            self._unclear(None, new[now[0].new], "一项数据占了几行，分不清增删的是哪一项", path)
        elif any(self._more_of(path, row) for row in (gone or (row for _, row in numbered))):
            self._found.unclear.append(self._summed_up(gone, put_in, spot, path))
        else:
            said = {number: self._said(row, f"{path}[{number}]") for number, row in numbered}
            stood = self._stood(gone[0]) if gone else None
            self._found.lists.append(ListEdit(path, tuple(before), tuple(made), spot, said, stood))
        return True

    def _entry(
        self, entry: Entry, old: Sequence[Row], new: Sequence[Row], models: Sequence[tuple[Owner, Row]]
    ) -> int | NewRow | None:
        """The number of an entry that was there, or what stands in a new one, read like a model that it fits."""
        assert entry.owner is not None
        if entry.old is not None:
            return entry.owner.number
        tried = [(entry.owner, old[entry.model]), *models]
        return next((made for owner, row in tried if (made := self._new_row(owner, row, new[entry.new]))), None)

    def _said(self, block: Node | Row, entry: str) -> dict[str, str]:
        """What the row or paragraph of an entry says for each of its fields."""
        held = [node for cell in block.cells for node in cell.nodes] if isinstance(block, Row) else [block]
        lines = (node for node in held if isinstance(node, Paragraph))
        return {
            stand.path[len(entry) :].lstrip("."): line.text[stand.start : stand.end]
            for line in lines
            for stand in self._stands.get(self._before[line.element], ())
            if stand.path and stand.path.startswith(entry)
        }

    def _summed_up(
        self, gone: Sequence[Node | Row], put_in: Node | Row | None, spot: Spot | None, path: str
    ) -> Unclear:
        """The change of a list where its entries are only summed up, which have more to say elsewhere."""
        what = "这一段" if any(isinstance(each, Paragraph) for each in (*gone, put_in)) else "这一行"
        if gone:
            reason = f"删去了{what}，而这一项的其他内容还在文件里，无法判断是否整项删去"
            return Unclear(WordEdit(gone[0].text, None, None, before=self._stood(gone[0])), reason, path)
        if put_in is not None:
            reason = f"新增了{what}，而这样的一项在文件里还应有其他内容；请在数据里添加整项"
            return Unclear(WordEdit(None, put_in.text, spot), reason, path)
        reason = "这里的各行换了次序，而各项的其他内容还在原处；要换次序的，请在数据里移动整项"
        return Unclear(WordEdit(None, None, spot), reason, path)

    def _more_of(self, path: str, row: Node | Row) -> bool:
        """Whether an entry that stands in a row or paragraph has lists of its own that stand elsewhere."""
        here = set(self._standing(row))
        own = {
            match[0]
            for stand in here
            if stand.path and (match := re.match(re.escape(path) + r"\[[0-9]+\]", stand.path))
        }
        listed = (stand for stands in self._stands.values() for stand in stands if stand not in here and stand.path)
        return any((stand.path or "").startswith(f"{entry}.") and "[" in (stand.path or "")[len(entry) :]
                   for stand in listed for entry in own)  # fmt: skip

    def _new_row(self, owner: Owner, model: Row, row: Row) -> NewRow | None:
        """What stands in a new row, cell by cell as in a row of its list; None where that does not fit."""
        if len(model.cells) != len(row.cells):
            return None
        values: dict[str, str] = {}
        for one, other in zip(model.cells, row.cells, strict=True):
            found = self._cell(owner, one, other)
            if found is None:
                return None
            values |= found
        return NewRow(values, self._spot(row) or Spot(self._new.name, 0))

    def _cell(self, owner: Owner, model: Cell, cell: Cell) -> dict[str, str] | None:
        """What stands in a cell of a new row for each field; None where that does not fit."""
        lines = [node for node in model.nodes if isinstance(node, Paragraph)]
        said = [node.text for node in cell.nodes if isinstance(node, Paragraph)]
        said = said if len(lines) != 1 else ["\n".join(said)]
        if len(lines) != len(said):
            return None
        entry = f"{owner.path}[{owner.number}]"
        read = [self._read(line, text, entry) for line, text in zip(lines, said, strict=True)]
        return {key: text for each in read for key, text in (each or {}).items()} if None not in read else None

    def _misfit(self, owner: Owner, model: Row, row: Row) -> str:
        """Why a new row cannot be read like one of its list, in words for a clerk."""
        if len(model.cells) != len(row.cells):
            return f"有 {len(row.cells)} 格，原有的行是 {len(model.cells)} 格"
        cells = zip(count(1), model.cells, row.cells, strict=False)
        odd = ((n, one, other) for n, one, other in cells if self._cell(owner, one, other) is None)
        told = (f"第 {n} 格是“{other.text}”，原有的行写作“{one.text}”" for n, one, other in odd)
        return next(told, "")

    def _read(self, line: Paragraph, text: str, entry: str) -> dict[str, str] | None:
        """What stands in a line of a new row for each field, where its other words are those of the model."""
        pattern, at = "", 0
        stands = sorted(self._stands.get(self._before[line.element], []), key=lambda stand: stand.start)
        for stand in stands:
            # The number of an item is no part of what stands behind it.
            number = "" if stand.path else f"{numbered_like(line.text[stand.start : stand.end])}|"
            pattern += re.escape(line.text[at : stand.start]) + f"({number}.*?)"
            at = stand.end
        match = re.fullmatch(pattern + re.escape(line.text[at:]), text, re.DOTALL)
        if match is None:
            return None
        return {
            stand.path[len(entry) :].lstrip("."): value
            for stand, value in zip(stands, match.groups(), strict=True)
            if stand.path
            and stand.path.startswith(entry)
            # What the template prints for nothing is nothing.
            and not (stand.silent and value == line.text[stand.start : stand.end])
        }

    def _standing(self, block: Node | Row) -> Iterator[Stand]:
        held = block.pieces if isinstance(block, Paragraph) else (block,)
        for element in (each for piece in held for each in piece.element.iter(PARAGRAPH)):
            yield from (stand for stand in self._stands.get(self._before.get(element, -1), ()) if not stand.silent)

    def _spot(self, block: Node | Row | None) -> Spot | None:
        if block is None:
            return None
        return Spot(self._new.name, self._after.get(next(block.element.iter(PARAGRAPH)), 0))

    def _stood(self, block: Node | Row | None) -> Spot | None:
        """Where a block stood in the file as docgen wrote it."""
        if block is None:
            return None
        return Spot(self._old.name, self._before.get(next(block.element.iter(PARAGRAPH)), 0))

    def _unclear(self, before: Row | None, after: Row, reason: str, path: str = "") -> None:
        edit = WordEdit(before.text if before else None, after.text, self._spot(after))
        self._found.unclear.append(Unclear(edit, reason, path))


def _struck_out(row: Row) -> bool:
    """Whether a row was deleted with changes being tracked: it goes as soon as somebody accepts that."""
    return row.element.find(f"{w('trPr')}/{w('del')}") is not None


def _listed(owner: Owner, others: Iterable[Owner | None]) -> bool:
    """Whether other entries of the same list are among these."""
    return any(other is not None and other.path == owner.path and other != owner for other in others)


def _rewritten(pairs: Sequence[Pair], old: Sequence[Node], new: Sequence[Node]) -> list[Pair]:
    """The pairs, where as many paragraphs are new as are gone at one place: those were written anew, one by one."""
    found: list[Pair] = []
    for paired, group in groupby(pairs, key=lambda pair: None not in pair):
        apart = list(group)
        gone, come = [i for i, _ in apart if i is not None], [j for _, j in apart if j is not None]
        lone = [*(old[i] for i in gone), *(new[j] for j in come)]
        if not paired and len(gone) == len(come) and all(isinstance(node, Paragraph) and node.text for node in lone):
            found += zip(gone, come, strict=True)
        else:
            found += apart
    return found
