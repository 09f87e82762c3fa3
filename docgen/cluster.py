"""The same batch on a dask.distributed cluster: work goes out in chunks as data, results come back as bytes.

The machines of the cluster need docgen and nothing else: neither the disk of this one nor its kits. Each chunk is
worked on in a process of its own there, which isolates its contracts as a batch at home does; what comes back is
written here, once, by this machine alone.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from asyncio import CancelledError
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docgen.batch import Item, data_files, job_of, kit_files, kits_named, lost, unread
from docgen.contract.folders import DATA_FILE, find_kits
from docgen.errors import DocgenError, InputError, ToolMissing
from docgen.findings import Finding
from docgen.office import soffice
from docgen.outputs.carry import carry, folder_files
from docgen.pipeline import Options
from docgen.pool import Lost, results
from docgen.report.outcome import FileReport, Outcome

if TYPE_CHECKING:
    from distributed import Client

_SECONDS_TO_CONNECT: Final = 20
_MOST_IN_CHUNK: Final = 25
_CHUNKS_A_THREAD: Final = 3
_KITS: Final = "templates"
_OUT: Final = "outputs"
_BROKEN_OFF: Final = "内存不足或机器停机，集群上处理它的程序反复中断"
_GONE: Final = "集群在中途停了，这一套还没有做完"
_ABSENT: Final = (ImportError, AttributeError)
_NO_OFFICE: Final = "集群的机器上没有安装 LibreOffice，不能生成 PDF"
_NOT_THERE: Final = "集群的机器上没有安装 docgen，或与本机的版本不同"


class Parcel(NamedTuple):
    """One contract as data: its number, the item, its data files by name, and its set's folder as it lies."""

    number: int
    item: Item
    files: Mapping[str, bytes]
    lying: Mapping[str, bytes]


class Chunk(NamedTuple):
    """Contracts that go out together, with the files of their kits, and which documents of them are asked for."""

    parcels: tuple[Parcel, ...]
    kits: Mapping[str, bytes]
    only: tuple[str, ...] = ()
    pdf: bool = False


class Returned(NamedTuple):
    """What became of a contract elsewhere: the outcome, and its set's folder as it is to be."""

    number: int
    outcome: Outcome
    folder: Mapping[str, bytes]


def made_on(scheduler: str, todo: Sequence[tuple[int, Item]], options: Options) -> Iterator[tuple[int, Outcome]]:
    """The outcome of each contract, made on the cluster and written here, as they come."""
    parcels, refused = _packed(todo, options)
    yield from refused
    items = {parcel.number: parcel for parcel in parcels}
    with _client(scheduler) as client:
        for numbers, answer in _answers(client, parcels, options):
            if isinstance(answer, str):
                yield from ((number, lost(items[number].item, answer)) for number in numbers)
                continue
            for returned in answer:
                yield returned.number, _written(items[returned.number], returned, options)


def _packed(todo: Sequence[tuple[int, Item]], options: Options) -> tuple[list[Parcel], list[tuple[int, Outcome]]]:
    parcels, refused = [], []
    for number, item in todo:
        try:
            parcels.append(Parcel(number, item, data_files(item.path), folder_files(options.out / item.name)))
        except (DocgenError, OSError) as error:
            refused.append((number, unread(item.shown, error, item.name)))
    return parcels, refused


def _client(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        hint = "请安装：pip install 'docgen[cluster]'；或去掉 --scheduler，在本机生成。"
        raise ToolMissing("没有安装 dask.distributed，不能使用 --scheduler。", hint=hint) from None
    try:
        return Client(scheduler, timeout=_SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        hint = "请核对地址（如 tcp://10.0.0.1:8786），并确认 dask scheduler 正在运行。"
        raise InputError(f"连接不上集群 {scheduler}。", hint=hint) from error


def _answers(
    client: Client, parcels: Sequence[Parcel], options: Options
) -> Iterator[tuple[list[int], list[Returned] | str]]:
    """The numbers of each chunk with what came back for it, or why nothing did."""
    from distributed import as_completed

    waiting: dict[str, list[int]] = {}
    futures = []
    for chunk in _chunks(parcels, options, sum(client.nthreads().values())):
        future = client.submit(make_chunk, pickle.dumps(chunk), pure=False)
        waiting[future.key] = [parcel.number for parcel in chunk.parcels]
        futures.append(future)
    try:
        for future in as_completed(futures):
            yield waiting.pop(future.key), _answer(future)
            future.release()
    except (CancelledError, OSError):
        # The cluster as a whole is gone: what it had not answered by then is told as such.
        yield from ((numbers, _GONE) for numbers in waiting.values())


def _answer(future: Any) -> list[Returned] | str:
    if future.status != "finished":
        error = future.exception() if future.status == "error" else None
        # What a machine without docgen says is that there is no such module, or no such name in it.
        absent = isinstance(error, _ABSENT) or isinstance(getattr(error, "__cause__", None), _ABSENT)
        return _NOT_THERE if absent else _BROKEN_OFF
    answer: list[Returned] = pickle.loads(future.result())  # noqa: S301  (made by docgen on the user's own cluster)
    return answer


def _chunks(parcels: Sequence[Parcel], options: Options, threads: int) -> Iterator[Chunk]:
    """The contracts in chunks: small enough that all have work and little is lost when a machine stops."""
    kits = find_kits(options.kits)
    size = max(1, min(_MOST_IN_CHUNK, len(parcels) // (_CHUNKS_A_THREAD * max(threads, 1))))
    for at in range(0, len(parcels), size):
        together = tuple(parcels[at : at + size])
        named = {name for parcel in together for name in kits_named(parcel.files, kits)}
        sent = {key: data for name in sorted(named) for key, data in kit_files(kits, name).items()}
        yield Chunk(together, sent, options.only, options.pdf)


def _written(parcel: Parcel, returned: Returned, options: Options) -> Outcome:
    """The outcome, once what came back lies in its folder."""
    folder = options.out / parcel.item.name
    try:
        carry(folder, parcel.lying, returned.folder)
    except (DocgenError, OSError) as error:
        return unread(parcel.item.shown, error, parcel.item.name)
    return _at_home(returned.outcome, f"{_OUT}/{parcel.item.name}", folder.as_posix())


def _at_home(outcome: Outcome, there: str, here: str) -> Outcome:
    """The outcome with the files of the set under the names they have on this machine."""

    def named(file: str) -> str:
        return here + file.removeprefix(there) if file.startswith(f"{there}/") else file

    def found(finding: Finding) -> Finding:
        places = [replace(place, file=named(place.file)) for place in (finding.place, *finding.related)]
        return replace(finding, place=places[0], related=tuple(places[1:]))

    def told(file: FileReport) -> FileReport:
        return replace(file, file=named(file.file), findings=tuple(map(found, file.findings)))

    return replace(outcome, files=tuple(map(told, outcome.files)), folder=Path(here) if outcome.folder else None)


def make_chunk(chunk: bytes) -> bytes:
    """What came of a chunk, made in a process of its own: a cluster's process must not start others by itself."""
    program = [sys.executable, "-c", "from docgen.cluster import answer_chunk; answer_chunk()"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        answer, _ = process.communicate(chunk)
    if process.returncode:
        raise RuntimeError(f"docgen.cluster ended with {process.returncode}")
    return answer


def answer_chunk() -> None:
    """Answer one chunk on standard input with what came of it on standard output."""
    chunk: Chunk = pickle.load(sys.stdin.buffer)  # noqa: S301  (sent by our own client)
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no part of the answer
    with tempfile.TemporaryDirectory(prefix="docgen-") as scratch:
        os.chdir(scratch)
        returned = _worked(chunk)
        os.chdir(Path(scratch).parent)
    with answer:
        pickle.dump(returned, answer)


def _worked(chunk: Chunk) -> list[Returned]:
    """The contracts of a chunk, each isolated from the others; the current folder is empty and for this alone."""
    if chunk.pdf and not _prints():
        return [Returned(parcel.number, lost(parcel.item, _NO_OFFICE), parcel.lying) for parcel in chunk.parcels]
    _lay(Path(_KITS), chunk.kits)
    Path(_KITS).mkdir(exist_ok=True)
    items = []
    for parcel in chunk.parcels:
        # Each under its own name: that of the folder is the set's, and parts are looked for beside the data.
        folder = Path("data", str(parcel.number), parcel.item.name if parcel.item.row is None else "data")
        _lay(folder, parcel.files)
        _lay(Path(_OUT) / parcel.item.name, parcel.lying)
        items.append(_moved(parcel.item, folder))
    returned = []
    for at, result in results(job_of(Options(Path(_OUT), chunk.only, chunk.pdf, Path(_KITS))), items, 1):
        parcel = chunk.parcels[at]
        outcome = lost(parcel.item, result.reason) if isinstance(result, Lost) else result
        returned.append(Returned(parcel.number, outcome, folder_files(Path(_OUT) / parcel.item.name)))
    return returned


def _prints() -> bool:
    """Whether this machine has what makes PDF."""
    try:
        soffice("生成 PDF")
    except ToolMissing:
        return False
    return True


def _moved(item: Item, folder: Path) -> Item:
    """The item with its data where they lie now; it is shown under its old name."""
    path = folder if (folder / DATA_FILE).exists() and item.path.name != DATA_FILE else folder / item.path.name
    row = item.row._replace(base=path) if item.row is not None else None
    return item._replace(path=path, row=row)


def _lay(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.write_bytes(data)
