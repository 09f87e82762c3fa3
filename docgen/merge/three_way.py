"""Three versions of a Word file made one: what it was generated as, what a person made of it, what it is now.

The person's file is the ground: its formatting, its styles, all that nobody generated stays. What the new version
says otherwise than the old one is put into it, paragraph by paragraph, row by row, word by word. Where both changed
the same words, the new ones are put in as a tracked change beside the person's, with a comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from docgen.merge.align import align, text_likeness
from docgen.merge.blocks import merge_blocks
from docgen.merge.definitions import Definitions
from docgen.merge.formats import Formats
from docgen.merge.graft import Graft
from docgen.merge.opened import Opened, opened
from docgen.merge.parts import Parts, matching_parts, new_headers
from docgen.merge.pen import Pen, PlainPen, TrackingPen
from docgen.merge.story import Story, Values
from docgen.merge.things import Things
from docgen.merge.work import Remark, Work, on_a_line
from docgen.word.authors import MERGING
from docgen.word.comments import Comment, add_comments
from docgen.word.package import Package, write_package
from docgen.word.parts import serialize
from docgen.word.revisions import Tracker, next_number
from docgen.word.text import PARAGRAPH, paragraphs, part_name, visible_text

KEPT_LOOKS = "模板改了格式，而这里的格式手工改过，没有并入："
"""How a note begins that tells of formatting."""
# So many blocks are named in one note, by so many characters.
_NAMED, _SHORT = 5, 24


Files = tuple[Opened, Opened, Opened]


class Version(NamedTuple):
    """A Word file, and where the values stand that docgen wrote into it: spans by part and paragraph."""

    data: bytes
    values: Values = MappingProxyType({})


class Conflict(NamedTuple):
    """What both changed: where it stands in the merged file, and the three texts."""

    part: str
    position: int
    start: int
    end: int
    base: str
    mine: str
    theirs: str

    @property
    def by_hand(self) -> str:
        """What the person did there, in words for a clerk."""
        if self.mine == self.base:
            return "加上了批注、修订、图片或脚注"
        return f"改成了“{on_a_line(self.mine)}”" if self.mine else "删去了"


class Note(NamedTuple):
    """What could not be brought over, in words for a clerk: where, by part and paragraph, and what to do about it.

    `hint` is None where it is the usual: to put it in by hand.
    """

    text: str
    spots: tuple[tuple[str, int], ...] = ()
    hint: str | None = None


class Merged(NamedTuple):
    """The merged file, its conflicts, and what could not be brought over."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def said(self) -> tuple[str, ...]:
        """What the notes say."""
        return tuple(note.text for note in self.notes)


def merge(base: Version, mine: Version, theirs: Version) -> Merged:
    """What a person made of `base` (`mine`) with the changes from `base` to `theirs` in it."""
    if base.data == theirs.data:
        return Merged(mine.data)
    files = opened(base.data), opened(mine.data), opened(theirs.data)
    doubt = TrackingPen(files[1].sight, Tracker(MERGING, _numbers(files[1].package)))
    return _merged(files, (base, mine, theirs), (PlainPen(files[1].sight), doubt), looks=True)


def redline(old: bytes, new: bytes, author: str = MERGING) -> Merged:
    """The old file with all that the new one says otherwise as tracked changes."""
    files = opened(old), opened(old), opened(new)
    pen = TrackingPen(files[1].sight, Tracker(author, _numbers(files[1].package)))
    return _merged(files, (Version(old), Version(old), Version(new)), (pen, pen), looks=False)


def _numbers(package: Package) -> Iterator[int]:
    """Numbers that no mark of a file bears; it is gone through for them when the first one is needed."""
    yield from count(next_number(package))


def _merged(
    files: Files,
    versions: tuple[Version, Version, Version],
    pens: tuple[Pen, Pen],
    *,
    looks: bool,
) -> Merged:
    """The versions made one; how things look is brought over only where `looks` asks for it."""
    packages = files[0].package, files[1].package, files[2].package
    graft = Graft(packages[2], packages[1])
    definitions = Definitions(packages, graft)
    formats = Formats(definitions.speech) if looks else None
    things = Things(packages[0], packages[2], graft) if looks else None
    found: dict[str, bytes] = {}
    conflicts: list[Conflict] = []
    notes: list[Remark] = []
    matching = matching_parts(*files)
    for parts in matching:
        if parts.mine is not None and parts.theirs is not None:
            graft.carrier.know(parts.theirs, parts.mine)
    for parts in matching:
        if parts.mine is None or parts.theirs is None:
            notes += _not_brought(files, parts)
            continue
        graft.between(parts.theirs, parts.mine)
        stories = _stories(files, versions, (parts.base, parts.mine, parts.theirs))
        if things is not None:
            things.between(parts.base, parts.theirs)
        work = Work(*pens, graft, stories, definitions, formats, things)
        after = _part(work)
        if after is not None:
            found[parts.mine] = after
        conflicts += _placed(work, part_name(parts.mine))
        notes += work.notes
    if formats is not None:
        definitions.follow()
        notes += [*_kept_looks(formats.left), *map(Remark, definitions.left)]
    notes += [
        Remark(_without_place(name)) for name in new_headers(files[0], files[2]) if not graft.carrier.brought(name)
    ]
    changes = graft.changes(found)
    merged = write_package(packages[1].replaced(changes)) if changes else versions[1].data
    return Merged(
        add_comments(merged, [_comment(conflict) for conflict in conflicts]),
        tuple(conflicts),
        tuple(_noted(files[1], notes)),
    )


def _part(work: Work) -> bytes | None:
    """The bytes of a part with all that the new version says otherwise; None where that is nothing."""
    root = work.stories[1].root
    before = serialize(root)
    for containers in _answering(work.stories):
        base, mine, theirs = (story.nodes(container) for story, container in zip(work.stories, containers, strict=True))
        merge_blocks(work, containers[1], base, mine, theirs)
        if work.formats is not None:
            work.formats.last_section(*containers)
    after = serialize(root)
    return after if after != before else None


def _noted(mine: Opened, remarks: Sequence[Remark]) -> Iterator[Note]:
    """The remarks with the places that their blocks have in the merged file; those that are gone from it have none."""
    spots: dict[etree._Element, tuple[str, int]] = {}
    for name, root in mine.roots() if any(remark.blocks for remark in remarks) else ():
        spots |= {element: (part_name(name), number) for number, element in enumerate(paragraphs(root))}
    for remark in remarks:
        firsts = (next(block.iter(PARAGRAPH), None) for block in remark.blocks)
        yield Note(remark.text, tuple(spots[each] for each in firsts if each in spots), remark.hint)


def _kept_looks(left: Sequence[tuple[str, etree._Element | None]]) -> Iterator[Remark]:
    """A note on the blocks that look as the person has them, where the template has a new look for them."""
    if left:
        named = "；".join(
            f"{on_a_line(text)[:_SHORT]}…" if len(text) > _SHORT else on_a_line(text) for text, _ in left[:_NAMED]
        )
        more = f"；等 {len(left)} 处" if len(left) > _NAMED else ""
        blocks = tuple(block for _, block in left if block is not None)
        yield Remark(f"{KEPT_LOOKS}{named}{more}", blocks)


def _answering(
    stories: tuple[Story, Story, Story],
) -> list[tuple[etree._Element, etree._Element, etree._Element]]:
    """What holds the blocks of a part in each version; notes answer to each other by what they say."""
    base, mine, theirs = (story.containers() for story in stories)
    if len(base) == len(mine) == len(theirs):
        return list(zip(base, mine, theirs, strict=True))
    old, own, new = ([_said(each) for each in held] for held in (base, mine, theirs))
    here = {i: j for i, j in align(old, own, str, text_likeness) if i is not None}
    there = {i: j for i, j in align(old, new, str, text_likeness) if i is not None}
    pairs = [(i, here[i], there[i]) for i in range(len(base))]
    return [(base[i], mine[j], theirs[k]) for i, j, k in pairs if j is not None and k is not None]


def _said(container: etree._Element) -> str:
    """The text of a body or note, a line for each paragraph."""
    return "\n".join(map(visible_text, container.iter(PARAGRAPH)))


def _not_brought(files: Files, parts: Parts) -> list[Remark]:
    """A note where a header or a note changed for which the person's file has no place."""
    old = files[0].text(parts.base)
    new = files[2].text(parts.theirs) if parts.theirs else ""
    return [] if old == new else [Remark(_without_place(parts.base))]


def _without_place(name: str) -> str:
    return f"{part_label(part_name(name))}的改动没有并入：这份文件里没有它的位置。"


def part_label(part: str) -> str:
    """What a clerk calls a part of a Word file."""
    labels = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
    return labels.get(part.rstrip("0123456789"), "正文")


def _stories(
    files: Files, versions: tuple[Version, Version, Version], names: tuple[str, str, str]
) -> tuple[Story, Story, Story]:
    made = [file.story(name, version.values) for file, version, name in zip(files, versions, names, strict=True)]
    return made[0], made[1], made[2]


def _placed(work: Work, part: str) -> list[Conflict]:
    """The conflicts of a part with the places they have in the merged file."""
    if not work.found:
        return []
    numbers = {element: number for number, element in enumerate(paragraphs(work.stories[1].root))}
    return [
        Conflict(part, numbers[f.paragraph], f.start, f.end, f.base, f.mine, f.theirs)
        for f in work.found
        if f.paragraph in numbers
    ]


def _comment(conflict: Conflict) -> Comment:
    new = f"数据现在是“{on_a_line(conflict.theirs)}”" if conflict.theirs else "数据中已经没有这些字"
    old = f"原来生成的是“{on_a_line(conflict.base)}”；" if conflict.base else ""
    text = f"{old}这里被{conflict.by_hand}，{new}。新的内容已用修订方式写入，请决定接受还是拒绝。"
    return Comment(conflict.part, conflict.position, conflict.start, conflict.end, text, MERGING)
