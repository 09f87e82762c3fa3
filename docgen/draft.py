"""A set in memory: its documents rendered and read back, and a 草稿 marked as one, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import __version__
from docgen.contract.contract import FINAL, Contract
from docgen.contract.derive import settle
from docgen.findings import Finding
from docgen.outputs.disk import digest_of
from docgen.outputs.names import file_name
from docgen.outputs.workspace import recorded
from docgen.provenance import Origin, Seal, identity, key_of
from docgen.reading.document import Reading
from docgen.reading.word import read_word
from docgen.rules.document_rules import check_reading, check_written
from docgen.rules.facts import Facts
from docgen.template.documents import Document
from docgen.template.press import Shelf, Source, printed_set, sources_of
from docgen.template.written import Written

if TYPE_CHECKING:
    from docgen.word.comments import Comment

WATERMARK = "草稿"


@dataclass(frozen=True, slots=True)
class Draft:
    """One document of a set: its file as people name it, its bytes, what was written where, and what it reads as.

    `generated` are the bytes before a person's own words came in (`hand`) or the marks of a draft, where they did;
    `edited` is the hash of the file with those words, which this one takes the place of. `engine` is the version of
    docgen that made the bytes, `seal` what the records of the set are made with.
    """

    document: Document
    file: str
    data: bytes = field(repr=False)
    written: tuple[Written, ...] = field(repr=False)
    reading: Reading = field(repr=False)
    origin: Origin
    seal: Seal = field(repr=False, compare=False)
    generated: bytes | None = field(default=None, repr=False)
    edited: str | None = None
    hand: bool = False
    engine: str = __version__

    @property
    def name(self) -> str:
        """The name of the file inside the set's folder."""
        return self.file.rpartition("/")[2]


def path_of(folder: Path, document: Document) -> str:
    """The file of a document in the folder of its set, as people name it."""
    return (folder / file_name(document.number, document.called)).as_posix()


def drafted(contract: Contract, planned: Sequence[Document], folder: Path, shelf: Shelf | None = None) -> list[Draft]:
    """Every document of the set, rendered and read back from its own bytes; `shelf` has the compiled templates.

    Raises TemplateError with what is wrong in any of the templates, all at once.
    """
    sources = sources_of(contract, planned)
    rendered = printed_set(contract, planned, shelf, sources)
    templates, seal = _template_ids(sources), _seal(contract, folder)
    made: list[Draft] = []
    for document, own, one in zip(planned, _ids(planned), rendered, strict=True):
        written, file = one.written, path_of(folder, document)
        origin = seal.origin(own, written, templates[document.template])
        reading = read_word(one.data, file)
        data = seal.sealed(one.package, origin, reading, written)
        made.append(Draft(document, file, data, written, reading, origin, seal))
    return made


def _seal(contract: Contract, folder: Path) -> Seal:
    """What the records of the set are made with; its key stays what it was at first."""
    last = recorded(folder)
    return Seal(last.key if last is not None and last.key else key_of(repr(contract.data)), contract.name)


def _ids(planned: Sequence[Document]) -> list[str]:
    """The kit's id of each document, with the number among those of that id."""
    ids = [document.id for document in planned]
    return [f"{own}-{ids[:place].count(own) + 1}" for place, own in enumerate(ids)]


def _template_ids(sources: Mapping[Path, Source]) -> dict[Path, str]:
    """The ids of the templates, the shared blocks that they may ask for among what they stand for."""
    shared = next(iter(sources.values())).blocks if sources else ()
    blocks = [digest_of(data) for _, data in shared]
    return {path: identity("template", digest_of(source.data), *blocks) for path, source in sources.items()}


def facts_of(contract: Contract, made: Iterable[Document]) -> Facts:
    """What a contract and the documents of its set say about each of these documents."""
    annexes = frozenset(document.annex for document in made if document.annex is not None)
    return Facts(settle(contract.data).total, annexes, contract.stage == FINAL)


def proof(draft: Draft, facts: Facts) -> list[Finding]:
    """What is wrong in a document as it would be saved: amounts, references, leftovers, and each value written."""
    own = facts.for_internal() if draft.document.role == "internal" else facts
    return [*check_reading(draft.reading, own), *check_written(draft.reading, draft.written)]


def marked(drafts: Sequence[Draft], findings: Sequence[Finding]) -> list[Draft]:
    """The drafts with the watermark 草稿 on every page and each finding as a comment at its place."""
    from docgen.report.annotate import Page, comments

    pages = [Page(draft.reading, draft.written) for draft in drafts]
    return [_marked(draft, found) for draft, found in zip(drafts, comments(findings, pages), strict=True)]


def _marked(draft: Draft, found: Sequence[Comment]) -> Draft:
    from docgen.word.comments import add_comments
    from docgen.word.watermark import add_watermark

    data = add_comments(add_watermark(draft.data, WATERMARK), found)
    reading = read_word(data, draft.file)
    if [block.text for block in reading.blocks if block.text] != [b.text for b in draft.reading.blocks if b.text]:
        raise AssertionError("marking a draft must not change what it says")
    return replace(draft, data=data, reading=reading, generated=draft.generated or draft.data)


def unmarked(data: bytes) -> bytes:
    """The bytes of a document without the marks of a draft; the same object where there are none."""
    from docgen.word.authors import CHECKING
    from docgen.word.comments import remove_comments
    from docgen.word.watermark import remove_watermark

    return remove_comments(remove_watermark(data), CHECKING)
