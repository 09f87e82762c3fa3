"""Returned files, set by set: what was read out of them is told, and written into the data where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from docgen.changes import Change
from docgen.contract.contract import Contract
from docgen.contract.folders import DATA_FILE
from docgen.contract.load import load
from docgen.errors import InputError
from docgen.outputs.rewrite import recover, rewrite
from docgen.pipeline import all_drafted
from docgen.pull.found import WordEdit
from docgen.pull.origin import Returned, returned
from docgen.pull.proof import encoded
from docgen.pull.pull import Pulled, Told, pull
from docgen.report.changes import ChangeReport, FileState, said
from docgen.template.documents import documents

_HEADING = "读回数据的改动"


@dataclass(frozen=True, slots=True)
class Options:
    """Where the data and the sets lie, the kits, and whether the changes are to be written."""

    data: Path = Path("data")
    out: Path = Path("outputs")
    kits: Path | None = None
    write: bool = False


def pulled(files: Sequence[tuple[Path, str]], options: Options) -> list[ChangeReport]:
    """For each set the changes that its files ask for; raises InputError for a file that is of no set here."""
    found = [returned(path, shown, options.out, options.data) for path, shown in files]
    return [_of_set(name, [file for file in found if file.set == name], options) for name in _sets(found)]


def _sets(files: Sequence[Returned]) -> list[str]:
    return list(dict.fromkeys(file.set for file in files))


def _of_set(name: str, files: Sequence[Returned], options: Options) -> ChangeReport:
    data = _data(name, options.data)
    folder = data.parent if data.is_file() else data
    recover(folder)
    before = {path.resolve(): path.read_bytes() for path in sorted(folder.rglob("*.y*ml"))}
    contract = _contract(data, name, files[0], options)
    drafts, _ = all_drafted(contract, documents(contract), options.out / name)
    result = pull(contract, drafts, files, options.kits)
    if options.write and result.texts:
        new = {_in(contract, path): encoded(path, text) for path, text in result.texts.items()}
        read = {_in(contract, path): before[path.resolve()] for path in result.texts}
        rewrite(contract.folder, new, read, folder.as_posix())
    labels = {change.field: contract.label(change.field) for change in result.changes}
    states = tuple(_state(file, result, contract) for file in files)
    remarks = tuple(_remarks(result, contract, write=options.write))
    failed, others = any(result.left.values()), tuple(_others(result))
    told = ChangeReport(name, states, tuple(result.changes), labels, None, remarks, _HEADING, failed, others)
    named = {draft.origin.document: draft.document.named for draft in drafts}
    return replace(told, titles={file.file: named[file.document] for file in files if file.document in named})


def _data(name: str, data: Path) -> Path:
    """The data of a set: the folder itself, the one in it of that name, or the file in it that a batch made it of."""
    if (data / DATA_FILE).exists():
        return data
    files = (data / f"{name}{suffix}" for suffix in (".yaml", ".yml"))
    return next((file for file in files if file.is_file() and not (data / name).is_dir()), data / name)


def _others(result: Pulled) -> Iterator[Change]:
    """What was changed and does not come into the data, file by file."""
    for told in chain.from_iterable((*result.left.values(), *result.words.values())):
        yield Change("", told.edit.old, told.edit.new, told.place)


def _in(contract: Contract, path: Path) -> str:
    return path.relative_to(contract.folder).as_posix()


def _contract(data: Path, name: str, file: Returned, options: Options) -> Contract:
    contract, findings = load(data, shown=data.as_posix(), kits=options.kits, name=name if data.is_file() else None)
    if contract is None:
        told = f"：{findings[0].message}" if findings else "。"
        raise InputError(
            f"{file.file}：它的数据 {data.as_posix()} 读不出来{told}", hint="请先用 docgen check 核对数据。"
        )
    return contract


def _state(file: Returned, result: Pulled, contract: Contract) -> FileState:
    """The file, with what was changed in it and is no value, and what could not be taken over."""
    told = [f"未读回　{_told(each, contract)}" for each in result.left.get(file.file, ())]
    told += [f"条款文字　{each.place.label or '正文'}　{_edit(each.edit)}" for each in result.words.get(file.file, ())]
    found = told or any(change.place.file == file.file for change in result.changes)
    version = "" if file.current else "，由以前的一版数据生成"
    # Headers of odd and of even pages say the same, and are edited alike.
    lines = tuple(dict.fromkeys(told))
    return FileState(file.file, "edited" if file.changed or found else "unchanged", version.lstrip("，"), lines)


def _told(told: Told, contract: Contract) -> str:
    place = f"{told.place.label}　" if told.place.label else ""
    label = f"{contract.label(told.path)}：" if told.path else ""
    return f"{place}{label}{_edit(told.edit)}{'　' if told.edit.old or told.edit.new else ''}{told.reason}"


def _edit(edit: WordEdit) -> str:
    if edit.moved:
        return f"{said(edit.old, None).partition(' → ')[0]}移了位置"
    return said(edit.old, edit.new) if edit.old or edit.new else ""


def _remarks(result: Pulled, contract: Contract, *, write: bool) -> list[str]:
    told = []
    if result.known:
        told.append(f"另有 {result.known} 处改动，数据里已经是这样。")
    if result.follows:
        told.append(f"另有 {result.follows} 处改动，数据改后就会这样印出，不必另改。")
    if result.texts:
        names = "、".join(sorted(path.relative_to(contract.folder).as_posix() for path in result.texts))
        told.append(f"已写入 {names}。接着运行 docgen plan 看其余文件要跟着改什么。" if write
                    else f"没有写入；加 --write 写进 {names}。")  # fmt: skip
    elif not result.changes and not result.known:
        told.append("没有要读回数据的改动。")
    if result.outdated:
        told.append(f"数据这样改后有 {len(result.outdated)} 个控制数要跟着改，或者删去，由程序得出：")
        told += [f"  {contract.label(one.path)}　{one.said}" for one in result.outdated]
    if result.doubts:
        told.append(f"数据这样改后有 {len(result.doubts)} 处对不上，请一并改：")
        told += [f"  {contract.label(f.place.path or '')}　{f.message}" for f in result.doubts]
    if any(result.words.values()):
        told.append("条款文字的改动不进数据，生成时会保留在文件里。")
    return told
