"""Many contracts, each by itself: found, made over all cores or on a cluster, told of in their order.

What one contract does (a fault, a crash, work without end) is told and costs no other. What was finished by an earlier
run and has not changed since is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from docgen.contract.folders import DATA_FILE, find_kits, holding, kit_names
from docgen.contract.kit import Kit, load_kit
from docgen.contract.load import base_of, load, load_row
from docgen.contract.source_text import decode
from docgen.contract.table import SUFFIXES, Row, read_rows, unfit
from docgen.errors import DocgenError, InputError, refusal
from docgen.outputs.done import Done, mark_of
from docgen.outputs.inputs import begin
from docgen.outputs.workspace import recorded
from docgen.pipeline import Options, built
from docgen.pool import Job, Lost, Words, results
from docgen.report.outcome import FileReport, Outcome
from docgen.template.press import Shelf

SECONDS: Final = 300.0
"""How long one contract may take by the clock; what its templates may take is limited besides."""

MEMORY: Final = 1536 * 1024 * 1024
"""How much memory one contract may take, where the system can limit it."""

WORDS: Final = Words("没有生成完", "生成它的程序意外退出了")
AGAIN: Final = "上次已经生成，此后没有变化。"
_DATA: Final = (".yaml", ".yml")
_PART: Final = re.compile(r"(?:文件|file)[ \u3000：]*([^\s\"'#]+\.ya?ml)", re.IGNORECASE)


class Item(NamedTuple):
    """One contract of a batch: the name of its set, its data as the user named it, its file or row."""

    name: str
    shown: str
    path: Path
    row: Row | None = None


class Found(NamedTuple):
    """The contracts in what was named, in order, and what could not be read at all."""

    items: list[Item]
    refused: list[Outcome]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is made: where to, with which kits, by how many processes, and whether everything anew."""

    options: Options
    jobs: int | None = None
    anew: bool = False
    scheduler: str | None = None


Progress = Callable[[int, int], None]


def find(data: Sequence[str], base: str | None, kits: Path | None) -> Found:
    """The contracts in folders, files and tables; a table needs a base."""
    items: list[Item] = []
    refused: list[Outcome] = []
    for shown in data:
        try:
            items += _rows(shown, base, kits) if Path(shown).suffix.lower() in SUFFIXES else _files(shown)
        except (DocgenError, OSError, UnicodeEncodeError) as error:
            refused.append(unread(shown, error))
    return Found(items, refused)


def _rows(shown: str, base: str | None, kits: Path | None) -> Iterator[Item]:
    if base is None:
        hint = "例如：docgen batch --base 样本/contract.yaml 清单.csv"
        raise InputError(f"{shown}：表格要和一份作底本的数据一起用，请用 --base 指定。", hint=hint)
    under = base_of(Path(base), base, kits)
    for row in read_rows(Path(shown), shown, under):
        yield Item(row.name, f"{shown}:{row.line}", under.path, row)


def _files(shown: str) -> Iterator[Item]:
    path = Path(shown)
    if not path.is_dir():
        named = path.resolve().parent.name if path.name == DATA_FILE else path.stem
        yield Item(named, shown, path)
    elif (path / DATA_FILE).exists():
        yield Item(path.resolve().name, shown, path)
    else:
        found = list(_inside(path, shown.rstrip("/\\")))
        if not found:
            raise InputError(f"{shown}：里面没有合同数据。", hint=f"应有含 {DATA_FILE} 的子文件夹，或 .yaml 文件。")
        yield from found


def _inside(folder: Path, shown: str) -> Iterator[Item]:
    """The contracts of a folder: folders with a contract.yaml, and files that are part of no other one."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _DATA and path.is_file())
    parts = {name for path in files for name in _named(path.read_bytes())}
    folders = holding(folder, DATA_FILE)
    for path in sorted([*folders, *(path for path in files if path.name not in parts)], key=_in_order):
        yield Item(path.name if path.is_dir() else path.stem, f"{shown}/{path.name}", path)


def _in_order(path: Path) -> list[tuple[int, str]]:
    """What sorts 合同2 before 合同10."""
    return [(int(part) if part.isascii() and part.isdigit() else 0, part) for part in re.split("([0-9]+)", path.name)]


def _named(data: bytes) -> list[str]:
    """The files that data name as parts."""
    try:
        text, _ = decode(data, "")
    except InputError:
        return []
    return [match[1].replace("\\", "/") for match in _PART.finditer(text)]


def batch(found: Found, plan: Plan, progress: Progress | None = None) -> list[Outcome]:
    """What became of each contract, in order; what could not be read comes last."""
    outcomes: dict[int, Outcome] = dict(_clashing(found.items))
    with Done(plan.options.out) as done:
        marks = _Marks(plan.options)
        todo: dict[int, str] = {}
        for number, item in enumerate(found.items):
            if number in outcomes:
                continue
            mark, folder = marks.of(item), plan.options.out / item.name
            if not plan.anew and mark and any(done.holds(each, folder) for each in (mark, *marks.more(mark))):
                outcomes[number] = _passed_over(item, folder)
            else:
                todo[number] = mark
        for number, outcome in _made([(number, found.items[number]) for number in todo], plan):
            outcomes[number] = replace(outcome, title=outcome.title or found.items[number].name)
            if outcome.exit_code == 0 and todo[number]:
                done.add(todo[number])
            if progress is not None:
                progress(len(outcomes), len(found.items))
    return [*(outcomes[number] for number in range(len(found.items))), *found.refused]


def _made(todo: Sequence[tuple[int, Item]], plan: Plan) -> Iterator[tuple[int, Outcome]]:
    """The outcome of each contract that has to be made, as they come."""
    if plan.scheduler is not None and todo:
        from docgen.cluster import made_on

        yield from made_on(plan.scheduler, todo, plan.options)
        return
    job = job_of(plan.options)
    for at, result in results(job, [item for _, item in todo], plan.jobs):
        number, item = todo[at]
        yield number, lost(item, result.reason) if isinstance(result, Lost) else result


def job_of(options: Options) -> Job[Item, Outcome]:
    """What a process does with each contract, within limits."""
    return Job(Maker(options), _seconds, WORDS, memory=MEMORY, employs=True)


def _seconds(_: Item) -> float:
    return SECONDS


class Maker:
    """What makes one contract after the other in a process, with kits read and templates compiled once."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._shelf = Shelf(shared=True)
        self._kits: dict[tuple[str, Path], Kit] = {}

    def __call__(self, item: Item) -> Outcome:
        """What became of a contract."""
        kits = self._options.kits
        # A plan names a set by its folder, so it knows no other.
        begun = begin(item.path / DATA_FILE, find_kits(kits)) if item.path.is_dir() and not item.row else None
        try:
            loaded = (
                load_row(item.row, kits) if item.row else load(item.path, shown=item.shown, kits=kits, name=item.name)
            )
            return built(loaded, item.path, item.shown, self._options, shelf=self._shelf, begun=begun)
        except (DocgenError, OSError, UnicodeEncodeError) as error:
            return unread(item.shown, error, item.name)

    def _kit(self, name: str, root: Path) -> Kit:
        if (name, root) not in self._kits:
            self._kits[name, root] = load_kit(name, root)
        return self._kits[name, root]


def unread(shown: str, error: DocgenError | OSError | UnicodeEncodeError, name: str = "") -> Outcome:
    told = error if isinstance(error, DocgenError) else refusal(error, shown)
    return Outcome((FileReport(shown, unread=str(told), hint=told.hint),), title=name)


def lost(item: Item, reason: str) -> Outcome:
    """The outcome of a contract that ended the process it was made in."""
    return Outcome((FileReport(item.shown, unread=reason),), title=item.name)


def _passed_over(item: Item, folder: Path) -> Outcome:
    last = recorded(folder)
    files = sorted(last.files) if last else []
    reports = [FileReport(item.shown), *(FileReport((folder / name).as_posix(), output="unchanged") for name in files)]
    return Outcome(tuple(reports), item.name, folder, (AGAIN,))


def _clashing(items: Sequence[Item]) -> Iterator[tuple[int, Outcome]]:
    """An outcome for each contract whose set has no name of its own, or none that a folder can have."""
    by_name: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        by_name.setdefault(item.name.casefold(), []).append(number)
        if item.row is None and (fault := unfit(item.name)) is not None:
            yield number, lost(item, fault)
    for numbers in by_name.values():
        if len(numbers) > 1 and items[numbers[0]].name:
            together = "、".join(items[number].shown for number in numbers)
            message = f"{together} 的套名相同（{items[numbers[0]].name}），几套文件会写到一处，都没有生成"
            yield from ((number, lost(items[number], message)) for number in numbers)


class _Marks:
    """The hashes of everything that sets follow from; what is common to many is read once."""

    def __init__(self, options: Options) -> None:
        self._kits = find_kits(options.kits)
        self._options = options
        self._read: dict[Path, Mapping[str, bytes]] = {}
        self._of_kits: dict[str, bytes] = {}

    def of(self, item: Item) -> str:
        """The mark of a contract; empty where its data cannot be read."""
        try:
            files = self.files(item)
            kits = [self._kit(name) for name in kits_named(files, self._kits)]
        except OSError:
            return ""
        values = [(value.path, value.cell.text) for value in item.row.values] if item.row else []
        row = repr(values).encode("utf-8", "backslashreplace")
        named = (item.name.encode("utf-8", "backslashreplace"), row, *kits)
        mark = mark_of([*named, *chain.from_iterable((name.encode(), data) for name, data in sorted(files.items()))])
        mark = mark_of([mark.encode(), *(name.encode() for name in self._options.only)]) if self._options.only else mark
        return _printed(mark) if self._options.pdf else mark

    def more(self, mark: str) -> tuple[str, ...]:
        """The marks of sets that have all that one of this mark has, and more."""
        return () if self._options.pdf else (_printed(mark),)

    def files(self, item: Item) -> Mapping[str, bytes]:
        """The data files of a contract; those of a base are read once for all rows."""
        if item.row is None:
            return data_files(item.path)
        if item.path not in self._read:
            self._read[item.path] = data_files(item.path)
        return self._read[item.path]

    def _kit(self, name: str) -> bytes:
        if name not in self._of_kits:
            files = sorted(kit_files(self._kits, name).items())
            self._of_kits[name] = mark_of(chain.from_iterable((name.encode(), data) for name, data in files)).encode()
        return self._of_kits[name]


def _printed(mark: str) -> str:
    """The mark of a set that has PDF files as well."""
    return mark_of([mark.encode(), b"pdf"])


def data_files(path: Path) -> dict[str, bytes]:
    """The data file of a contract and the parts that it may name, by their names in its folder."""
    if path.is_dir():
        found = (file for file in path.rglob("*") if file.suffix.lower() in _DATA and file.is_file())
        return {file.relative_to(path).as_posix(): file.read_bytes() for file in found}
    files: dict[str, bytes] = {}
    names = [path.name]
    while names:
        name = names.pop()
        part = path.parent / name
        if name not in files and ".." not in Path(name).parts and (name == path.name or part.is_file()):
            files[name] = part.read_bytes()
            names += _named(files[name])
    return files


def kits_named(files: Mapping[str, bytes], kits: Path) -> tuple[str, ...]:
    """The kits whose name the data hold; all where they hold none."""
    texts = [_text(data) for data in files.values()]
    names = kit_names(kits)
    return tuple(name for name in names if any(name in text for text in texts)) or names


def kit_files(kits: Path, name: str) -> dict[str, bytes]:
    """The files of a kit by their names in the folder of all kits."""
    found = (file for file in (kits / name).rglob("*") if file.is_file() and not file.name.startswith("~$"))
    return {file.relative_to(kits).as_posix(): file.read_bytes() for file in found}


def _text(data: bytes) -> str:
    try:
        return decode(data, "")[0]
    except InputError:
        return ""
