"""The bound set (合订本): the contractual documents and annexes of a set as one Word file, with contents in front."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from docgen import __version__
from docgen.contract.contract import DRAFT, Contract
from docgen.contract.kit import BoundSpec
from docgen.draft import WATERMARK, Draft
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.reading.word import read_word

if TYPE_CHECKING:
    from docgen.word.bind.bind import Bound, Layout
    from docgen.word.bind.front import Front

TITLE: Final = "合订本"
FILE: Final = f"{TITLE}.docx"
PRINT: Final = f"{TITLE}.pdf"
ROLE: Final = "bound"
_HEADING: Final = "目　录"
_REMARK: Final = "页次从本页起连续计算；各份文件的页码自行编排。"
_NO_PAGES: Final = "以上文件依次装订成册，各份文件的页码自行编排。"
_FIGURES: Final = regex(r"[0-9]+")
_PLACE: Final = regex(r"[0-9]+\+[0-9]+")
_SHORT: Final = 16


class Volume(NamedTuple):
    """The bound set: its bytes, its layout as the record keeps it, and remarks on what could not be kept.

    `engine` is the version of docgen that made the bytes.
    """

    data: bytes
    layout: str
    remarks: tuple[str, ...] = ()
    engine: str = __version__


def belongs(draft: Draft) -> bool:
    """Whether a document is part of the bound set: internal ones are not."""
    return draft.document.role != "internal"


def volume(contract: Contract, drafts: Sequence[Draft], known: str = "", *, laid_out: bool = False) -> Volume | None:
    """The bound set of the drafts; None where there are fewer than two documents to bind.

    Page numbers are found by laying the set out with LibreOffice, where that is asked for. `known` is the layout that
    was found before, in the words of the record: it holds as long as the documents are the same. Where LibreOffice did
    not tell it, the record says so by telling no pages, and it is not asked again.
    """
    members = [draft for draft in drafts if belongs(draft)]
    if len(members) < 2:
        return None
    from docgen.word.bind.bind import bind
    from docgen.word.watermark import watermark_header

    spec = contract.kit.bound
    header = watermark_header(WATERMARK) if contract.stage == DRAFT else None
    documents = [draft.data for draft in members]
    mark = _mark(members, spec)
    layout = _recorded(known, mark)
    if layout is None and laid_out and known != mark:
        layout = _found(members, spec)
    front = _front(members, header, _REMARK if layout else _NO_PAGES) if spec.contents else None
    made = bind(documents, front, layout, odd=spec.odd)
    _prove(made, members, front)
    told = _told(layout, mark) if layout or laid_out or known == mark else ""
    return Volume(made.data, told, tuple(_lost(made, members)))


def _front(members: Iterable[Draft], header: bytes | None = None, remark: str = _REMARK) -> Front:
    from docgen.word.bind.front import Front

    return Front(_HEADING, tuple(map(_entry, members)), remark, header)


def _entry(draft: Draft) -> str:
    annex, title = draft.document.annex, draft.document.called
    return f"附件{annex}　{title}" if annex else title


def _mark(members: Sequence[Draft], spec: BoundSpec) -> str:
    """What tells whether a layout found before still holds: it changes with every document, title and option."""
    told = [repr(spec), *(f"{_entry(draft)}\0{hashlib.sha256(draft.data).hexdigest()}" for draft in members)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:_SHORT]


def _recorded(known: str, mark: str) -> Layout | None:
    from docgen.word.bind.bind import Layout

    said, *places = known.split() or [""]
    if said != mark or not places or not all(map(_PLACE.fullmatch, places)):
        return None
    pairs = [(int(start), int(pages)) for start, _, pages in (place.partition("+") for place in places)]
    return Layout(tuple(start for start, _ in pairs), tuple(pages for _, pages in pairs))


def _told(layout: Layout | None, mark: str) -> str:
    """The layout in the words of the record: 2+10 is a document of ten pages that begins on page 2."""
    places = zip(layout.starts, layout.pages, strict=True) if layout else ()
    return " ".join([mark, *(f"{start}+{pages}" for start, pages in places)])


def _found(members: Sequence[Draft], spec: BoundSpec) -> Layout | None:
    """Where LibreOffice puts the documents, when all of them stand in one file."""
    from docgen.outputs.layout import linked_pages
    from docgen.outputs.pdf import pdfs
    from docgen.word.bind.bind import Layout, bind

    asking = _front(members)._replace(asking=True)
    files = {FILE: bind([draft.data for draft in members], asking, odd=spec.odd).data}
    linked = linked_pages(pdfs(files).files[PRINT], len(members))
    # Pages that are left blank have places of their own, and belong to no document.
    whole = linked_pages(pdfs(files, blanks=True).files[PRINT], len(members)) if spec.odd else linked
    if linked is None or whole is None:
        return None
    ends = (*linked.targets[1:], linked.pages + 1)
    pages = tuple(end - begin for begin, end in zip(linked.targets, ends, strict=True))
    return Layout(whole.targets, pages) if min(pages) > 0 else None


def _prove(made: Bound, members: Sequence[Draft], front: Front | None) -> None:
    """Read the bound set from its bytes: it says what its documents say, in their order, and nothing else."""
    reading = read_word(made.data, FILE)
    said = _body(reading)
    if front is not None:
        lines = len(front.entries) + 1
        named = [text.partition("\t")[0] for _, text in said[:lines]]
        if named != [front.heading, *front.entries]:
            raise AssertionError("the contents of a bound set must name its documents")
        if [text for _, text in said[lines : lines + 1]] != [front.remark]:
            raise AssertionError("the contents of a bound set must say how its pages are counted")
        said = said[lines + 1 :]
    if not _same(said, [line for draft in members for line in _body(draft.reading)]):
        raise AssertionError("binding must not change what a document says")
    beside = {_FIGURES.sub("", line) for draft in members for line in _beside(draft.reading)}
    if {_FIGURES.sub("", line) for line in _beside(reading)} != beside:
        raise AssertionError("binding must keep headers, footers and notes")


def _same(said: list[tuple[str, str]], meant: list[tuple[str, str]]) -> bool:
    """Whether two texts are the same with their numbers; how many pages there are a document may say for itself."""
    if said == meant:
        return True
    plain = [[(number, _FIGURES.sub("", text)) for number, text in lines] for lines in (said, meant)]
    return plain[0] == plain[1]


def _body(reading: Reading) -> list[tuple[str, str]]:
    """The paragraphs that say something, each with the number that Word gives it."""
    return [(block.number, block.text) for block in reading.blocks if block.part == "body" and block.text]


def _beside(reading: Reading) -> Iterator[str]:
    return (block.text for block in reading.blocks if block.part != "body" and block.text)


def _lost(made: Bound, members: Sequence[Draft]) -> Iterator[str]:
    """Remarks on settings of documents that hold for a whole file, and are those of the first one now."""
    together: dict[tuple[str, ...], list[str]] = {}
    for number, lost in made.lost:
        together.setdefault(tuple(lost), []).append(_entry(members[number - 1]))
    for settings, called in together.items():
        named = called[0] if len(called) == 1 else f"{called[0]} 等 {len(called)} 份文件"
        yield f"合订本：{named} 的{'、'.join(settings)}没有带进来，整册按第一份文件的设置排版，请核对版面。"
