"""The main job, step by step: load, check, render, read back, check again, write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.amounts.find import find_amounts
from docgen.contract.contract import DRAFT, Contract
from docgen.contract.load import DATA_FILE, load
from docgen.draft import Draft, drafted, marked, path_of, proof
from docgen.errors import InputError
from docgen.findings import Finding, Place, Severity, blocking
from docgen.outputs.disk import digest_of
from docgen.outputs.manifest import Record
from docgen.outputs.names import file_name
from docgen.outputs.workspace import About, State, Workspace
from docgen.report.outcome import FileReport, Outcome, Output, by_file
from docgen.rules.catalogue import check_contract
from docgen.rules.facts import facts_of
from docgen.template.documents import Document, documents

_OUTPUTS: Mapping[State, Output] = {State.NEW: "written", State.CHANGED: "written", State.UNCHANGED: "unchanged"}


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for: where to write, which documents, PDF beside them, kits from where."""

    out: Path = Path("outputs")
    only: tuple[str, ...] = ()
    pdf: bool = False
    kits: Path | None = None


def check(data: Path, shown: str, *, kits: Path | None = None) -> Outcome:
    """The findings about the data of one contract; nothing is rendered."""
    contract, findings = _checked(data, shown, kits)
    title = contract.name if contract else ""
    return Outcome(by_file([FileReport(_data_file(data, shown))], findings), title=title)


def build(data: Path, shown: str, options: Options) -> Outcome:
    """The set of one contract, written to `out`/<set>: whole and proven, or not at all.

    A 草稿 is written with its findings as comments; a 定稿 with a finding at error level is refused.
    """
    contract, findings = _checked(data, shown, options.kits)
    if contract is None:
        return _refused(_data_file(data, shown), [], findings)
    folder = options.out / contract.name
    planned = documents(contract)
    chosen = _chosen(planned, options.only)
    if contract.stage != DRAFT and blocking(findings):
        return _refused(contract.file, [_not_made(path_of(folder, document)) for document in planned], findings)
    drafts = drafted(contract, planned, folder)
    facts = facts_of(contract, planned)
    findings += [finding for draft in drafts for finding in proof(draft, facts)]
    if contract.stage == DRAFT:
        drafts = marked(drafts, findings)
    elif blocking(findings):
        return _refused(contract.file, [_report(draft, "refused") for draft in drafts], findings)
    asked = [draft for draft in drafts if draft.document in chosen]
    return _published(contract, asked, findings, folder, options)


def _checked(data: Path, shown: str, kits: Path | None) -> tuple[Contract | None, list[Finding]]:
    contract, findings = load(data, shown=shown, kits=kits)
    return contract, findings + (check_contract(contract) if contract else [])


def _data_file(data: Path, shown: str) -> str:
    return f"{shown.rstrip('/')}/{DATA_FILE}" if data.is_dir() else shown


def _chosen(planned: Sequence[Document], only: Sequence[str]) -> list[Document]:
    """The documents that were asked for by id, title, number or annex label; all where nothing was asked."""
    names = [_names(document) for document in planned]
    unknown = [name for name in only if not any(name in known for known in names)]
    if unknown:
        known = "、".join(f"{document.number:02d} {document.title}" for document in planned)
        raise InputError(f"这套合同里没有 {'、'.join(unknown)}。", hint=f"可以写序号、标题、附件号或标识：{known}")
    return [document for document, own in zip(planned, names, strict=True) if not only or own & set(only)]


def _names(document: Document) -> set[str]:
    annex = [f"附件{document.annex}"] if document.annex else []
    stem = file_name(document.number, document.title)
    return {document.id, document.title, str(document.number), f"{document.number:02d}", stem, *annex}


def _not_made(file: str) -> FileReport:
    return FileReport(file, unread="数据有错误，没有生成", output="refused")


def _refused(data: str, reports: Sequence[FileReport], findings: Sequence[Finding]) -> Outcome:
    """The outcome of a set that is not written because of its findings."""
    remark = "定稿有错误，整套文件一份也没有写出。请改正后重新生成，或者先把阶段改为 草稿。"
    return Outcome(by_file([FileReport(data, output="refused"), *reports], findings), remarks=(remark,))


def _published(
    contract: Contract, drafts: Sequence[Draft], findings: Sequence[Finding], folder: Path, options: Options
) -> Outcome:
    """Write the drafts as a whole, and say what became of each file."""
    with Workspace(folder, folder.as_posix()) as workspace:
        old = workspace.manifest.files if workspace.manifest else {}
        records = {d.name: name for d in drafts if (name := _recorded(d, old)) and (folder / name).exists()}
        fresh = {draft.name: draft.data for draft in drafts if draft.name not in records}
        kept = set(old) if options.only else set(records.values())
        about = About(contract.kit.name, contract.stage, repr(contract.data), _records(drafts))
        states = workspace.publish(fresh, about, kept=kept)
    outputs = {draft.file: _output(draft, states) for draft in drafts}
    found = [*findings, *_edited(folder, states)]
    found += [_review_again(draft) for draft in drafts if _outdated(draft, records, old)]
    remarks = _remarks(states)
    if options.pdf and State.EDITED not in states.values():
        remarks += _printed(drafts, folder)
    reports = [FileReport(contract.file), *(_report(draft, outputs[draft.file]) for draft in drafts)]
    return Outcome(by_file(reports, found), title=contract.name, folder=folder, remarks=remarks)


def _records(drafts: Sequence[Draft]) -> dict[str, Record]:
    return {d.name: Record("", document=d.document.id, title=d.document.title, role=d.document.role) for d in drafts}


def _recorded(draft: Draft, old: Mapping[str, Record]) -> str | None:
    """The file in which a record already lies, under whatever number; None for what may be written."""
    if not draft.document.record:
        return None
    return next((name for name, record in old.items() if record.document == draft.document.id), None)


def _outdated(draft: Draft, records: Mapping[str, str], old: Mapping[str, Record]) -> bool:
    return draft.name in records and old[records[draft.name]].sha256 != digest_of(draft.data)


def _review_again(draft: Draft) -> Finding:
    message = f"“{draft.document.title}”是已经签署的记录，不再生成；合同此后有改动，需要重新法审。"
    return Finding("F503", Severity.WARNING, message, Place(draft.file))


def _output(draft: Draft, states: Mapping[str, State]) -> Output:
    state = states.get(draft.name, State.UNCHANGED)
    if State.EDITED in states.values() and state is not State.UNCHANGED:
        return "refused"
    return _OUTPUTS.get(state, "refused")


def _edited(folder: Path, states: Mapping[str, State]) -> list[Finding]:
    """A finding for every file that somebody else changed or put there."""
    message = "这份文件在生成之后被人改动过（或者不是 docgen 生成的），没有覆盖；为免新旧混在一起，整套都没有写出。"
    hint = "请把改动写进数据或模板，再把这份文件移到别处，重新生成。"
    names = [name for name, state in states.items() if state is State.EDITED]
    return [Finding("F501", Severity.ERROR, message, Place((folder / name).as_posix()), hint=hint) for name in names]


def _remarks(states: Mapping[str, State]) -> tuple[str, ...]:
    if State.EDITED in states.values():
        return ()
    gone = [name for name, state in states.items() if state is State.ORPHANED]
    return tuple(f"{name} 不再属于这套合同，已移到 .docgen/orphans/ 保存。" for name in gone)


def _report(draft: Draft, output: Output) -> FileReport:
    amounts = sum(len(find_amounts(block.text)) for block in draft.reading.blocks)
    return FileReport(draft.file, amounts=amounts, output=output, values=len(draft.written))


def _printed(drafts: Sequence[Draft], folder: Path) -> tuple[str, ...]:
    """Convert the files that lie there to PDF beside them, and say so."""
    from docgen.outputs.pdf import convert

    printed = convert([folder / draft.name for draft in drafts], folder)
    return (f"已转成 PDF：{len(printed)} 份。",)
