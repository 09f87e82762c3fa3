"""A set rendered: with templates known to be good in this process, with new ones in a process of their own.

A template is known once it has been compiled and has printed a document in a process whose time and memory the
system limits; from then on its compiled form is kept (cache.py), and what it does is bounded by its meter alone
(meter.py). So whatever a new template does, be it in a corner that no meter watches, it costs seconds and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docgen.contract.contract import Contract
from docgen.errors import DocgenError, TemplateError, reason
from docgen.template.budget import LIMITED, MEMORY, PROCESSOR_SECONDS
from docgen.template.cache import compiled_template, keep, kept, packed, unpacked
from docgen.template.compiled import CompiledTemplate
from docgen.template.context import document_context, set_context
from docgen.template.delivered import are_delivered
from docgen.template.documents import Document, documents
from docgen.template.render import Evaluated, Rendered, each, evaluate, finish
from docgen.template.render import Job as Rendering

if TYPE_CHECKING:
    import mmap

    from docgen.contract.table import Row

_UNKNOWN: Final = 255


class Source(NamedTuple):
    """A template as it lies in its kit: its name, its bytes, and the shared blocks it may ask for."""

    name: str
    data: bytes
    blocks: tuple[tuple[str, bytes], ...]


@dataclass(slots=True)
class Shelf:
    """The compiled templates at hand; one that is shared by many contracts keeps them in memory."""

    shared: bool = False
    _known: dict[Source, CompiledTemplate] = field(default_factory=dict)

    def find(self, source: Source) -> CompiledTemplate | None:
        """The compiled template, if it is known."""
        found = self._known.get(source) or kept(source.data, source.name, dict(source.blocks))
        if found is not None and self.shared:
            self._known[source] = found
        return found

    def put(self, source: Source, template: CompiledTemplate) -> None:
        """Keep a template that has proved good."""
        self._known[source] = template


def printed_set(
    contract: Contract,
    planned: Sequence[Document],
    shelf: Shelf | None = None,
    sources: Mapping[Path, Source] | None = None,
) -> list[Rendered]:
    """Every document of the set, rendered; `sources` are its templates where they were read already.

    Raises TemplateError with what is wrong in any of the templates, all at once.
    """
    shelf = shelf or Shelf()
    sources = sources or sources_of(contract, planned)
    templates = {path: shelf.find(source) for path, source in sources.items()}
    known = {path: template for path, template in templates.items() if template is not None}
    if len(known) == len(templates):
        return _printed(contract, planned, known.__getitem__)
    if are_delivered(_files(contract, sources)):
        return _printed(contract, planned, partial(_delivered, sources, shelf))
    return _tried(contract, planned, sources, shelf)


def _files(contract: Contract, sources: Mapping[Path, Source]) -> dict[str, bytes]:
    """The files that the documents are made from, by name."""
    blocks = next(iter(sources.values())).blocks if sources else ()
    shared = zip(contract.kit.blocks.values(), blocks, strict=True) if sources else ()
    return {path.name: data for path, (_, data) in shared} | {p.name: source.data for p, source in sources.items()}


def _delivered(sources: Mapping[Path, Source], shelf: Shelf, path: Path) -> CompiledTemplate:
    """The compiled template of a kit that came along, for which no limits are needed."""
    source = sources[path]
    template = shelf.find(source)
    if template is None:
        template = compiled_template(source.data, source.name, dict(source.blocks))
        shelf.put(source, template)
    return template


def sources_of(contract: Contract, planned: Sequence[Document]) -> dict[Path, Source]:
    """The templates of the documents as they lie in their kit, by their files."""
    blocks = tuple(zip(contract.kit.blocks, each(_bytes, contract.kit.blocks.values()), strict=True))
    paths = list(dict.fromkeys(document.template for document in planned))
    files = each(_bytes, paths)
    return {path: Source(path.as_posix(), data, blocks) for path, data in zip(paths, files, strict=True)}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"模板 {path} 不能读取：{reason(error)}") from error


def _printed(
    contract: Contract, planned: Sequence[Document], template: Callable[[Path], CompiledTemplate]
) -> list[Rendered]:
    base = set_context(contract, planned)

    def evaluated(document: Document) -> Evaluated:
        context = document_context(base, document)
        return evaluate(Rendering(template(document.template), context, {"title": document.title}))

    return each(finish, each(evaluated, planned))


class _Trial(NamedTuple):
    """What a set of new templates came to in its own process, and their compiled forms if they are asked for."""

    made: list[Rendered] | DocgenError
    compiled: tuple[tuple[Path, bytes], ...]


class _Order(NamedTuple):
    """The set to be made, as it is here or as another process finds it again."""

    contract: Contract | _Address
    sources: Mapping[Path, Source]
    asked: bool
    at: mmap.mmap | None = None


class _Address(NamedTuple):
    """Where a contract is loaded from."""

    path: Path
    shown: str
    kits: Path
    blanks: frozenset[str]
    row: Row | None

    def load(self) -> Contract:
        """The contract, once more."""
        from docgen.contract.load import load, load_row

        row, shown = self.row, self.shown
        contract, _ = load_row(row, self.kits) if row else load(self.path, shown=shown, kits=self.kits)
        if contract is None:
            raise TemplateError(f"{self.shown}：数据在生成时被改动。", hint="请重新运行。")
        return replace(contract, blanks=self.blanks)


def _tried(
    contract: Contract, planned: Sequence[Document], sources: Mapping[Path, Source], shelf: Shelf
) -> list[Rendered]:
    """The set rendered in a process of its own; its templates are known afterwards, if it came to an end."""
    # Only a new template needs all this, and most runs have none.
    import mmap

    from docgen.pool import Job, Lost, Words, forks, limits_processor, results

    at = mmap.mmap(-1, 1) if forks() else None
    order = _Order(contract if at is not None else _address(contract), sources, shelf.shared, at)
    # The clock counts what the machine does besides; it is the only limit where the system has no other.
    seconds = 30.0 if limits_processor() else 15.0
    words = Words("没有生成完", "内容过大，生成它的程序退出了")
    job: Job[Any, _Trial] = Job(_first, lambda _: seconds, words, PROCESSOR_SECONDS, MEMORY)
    if at is not None:
        job = replace(job, work=partial(_first_here, order, planned))
    ((_, result),) = results(job, [None if at is not None else order], 1)
    if isinstance(result, Lost):
        raise TemplateError(f"{_suspect(at, planned)}{result.reason}。", hint=LIMITED)
    for path, compiled in result.compiled:
        shelf.put(sources[path], unpacked(compiled))
    if isinstance(result.made, DocgenError):
        raise result.made
    return result.made


def _suspect(at: mmap.mmap | None, planned: Sequence[Document]) -> str:
    """The template that a process was at when it was ended."""
    number = at[0] if at is not None else _UNKNOWN
    if number < len(planned):
        return f"模板“{planned[number].template.as_posix()}”"
    return "这套合同的模板"


def _address(contract: Contract) -> _Address:
    path = contract.folder / contract.file.rpartition("/")[2]
    return _Address(path, contract.file, contract.kit.folder.parent, contract.blanks, contract.row)


def _first_here(order: _Order, planned: Sequence[Document], _: object) -> _Trial:
    assert isinstance(order.contract, Contract)
    return _trial(order.contract, planned, order)


def _first(order: _Order) -> _Trial:
    assert isinstance(order.contract, _Address)
    contract = order.contract.load()
    return _trial(contract, documents(contract), order)


def _trial(contract: Contract, planned: Sequence[Document], order: _Order) -> _Trial:
    from docgen.template.compile import compile_template

    compiled: dict[Path, CompiledTemplate] = {}

    def template(path: Path) -> CompiledTemplate:
        if path not in compiled:
            source = order.sources[path]
            compiled[path] = compile_template(source.data, source.name, dict(source.blocks))
        return compiled[path]

    made: list[Rendered] | DocgenError
    try:
        made = _noted(contract, planned, template, order.at)
    except DocgenError as error:
        made = error
    for path, found in compiled.items():
        source = order.sources[path]
        keep(source.data, source.name, dict(source.blocks), found)
    return _Trial(made, tuple((path, packed(found)) for path, found in compiled.items()) if order.asked else ())


def _noted(
    contract: Contract,
    planned: Sequence[Document],
    template: Callable[[Path], CompiledTemplate],
    at: mmap.mmap | None,
) -> list[Rendered]:
    """The set rendered, with a note of the template that is at work for whoever waits outside."""
    numbers = {document.template: number for number, document in reversed(list(enumerate(planned)))}

    def noted(path: Path) -> CompiledTemplate:
        if at is not None:
            at[0] = min(numbers[path], _UNKNOWN)
        return template(path)

    return _printed(contract, planned, noted)
