"""From drafts to files: what is new goes into the set's folder as a whole, records and other people's edits stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from docgen.contract.contract import DRAFT, Contract
from docgen.draft import Draft
from docgen.findings import Finding, Place, Severity
from docgen.outputs.disk import digest_of
from docgen.outputs.manifest import Record
from docgen.outputs.traces import outdated, traces
from docgen.outputs.workspace import About, State, Workspace
from docgen.report.outcome import FileReport, Outcome, Output, by_file
from docgen.rules.amount_pairs import amounts_in

_OUTPUTS: Mapping[State, Output] = {
    State.NEW: "written",
    State.CHANGED: "written",
    State.MERGED: "merged",
    State.UNCHANGED: "unchanged",
}
_PDF = "pdf"
_HAND = "merged"

Old = Mapping[str, Record]


class Target(NamedTuple):
    """Where a set goes: its folder, whether the drafts are all of it, and whether PDF files go beside them."""

    folder: Path
    whole: bool = True
    pdf: bool = False


def published(contract: Contract, drafts: Sequence[Draft], findings: Sequence[Finding], target: Target) -> Outcome:
    """Write the drafts as a whole, and say what became of each file.

    A record that lies there is kept, and told where the contract has changed since. Where somebody edited a file,
    nothing is written.
    """
    folder = target.folder
    with Workspace(folder, folder.as_posix()) as workspace:
        old: Old = workspace.manifest.files if workspace.manifest else {}
        drafts, findings = _where_they_lie(drafts, findings, old, folder)
        records = {draft.name for draft in drafts if _recorded(draft, old, folder)}
        fresh = {draft.name: draft.data for draft in drafts if draft.name not in records}
        prints = _prints(fresh, records, old, folder)
        lying = {name: (folder / name).read_bytes() for name in records} if target.pdf else {}
        made, notes = _printed({**fresh, **lying}, prints) if target.pdf else ({}, ())
        kept = records | prints if target.whole else set(old)
        signed = {spec.id for spec in contract.kit.documents if spec.record}
        now = traces(contract) if signed else ("", "")
        final = contract.stage != DRAFT
        entries = {d.name: _entry(d, now if d.document.id in signed else ("", ""), final=final) for d in drafts}
        entries |= {name: Record("", role=_PDF) for name in made}
        generated = {draft.name: draft.generated for draft in drafts if draft.generated is not None}
        merged = {draft.name: draft.edited for draft in drafts if draft.edited is not None}
        about = About(contract.kit.name, contract.stage, repr(contract.data), entries, generated, merged)
        states = workspace.publish({**fresh, **made}, about, kept=kept - made.keys())
    stale = [_review_again(draft) for draft in drafts if draft.name in records and _outdated(draft, old, now)]
    found = [*findings, *_edited(folder, states), *stale]
    reports = [FileReport(contract.file), *(reported(draft, _output(draft, states)) for draft in drafts)]
    remarks = () if State.EDITED in states.values() else (*_told(states, made), *notes)
    return Outcome(by_file(reports, found), title=contract.name, folder=folder, remarks=remarks)


def reported(draft: Draft, output: Output) -> FileReport:
    """The report on a draft: the amounts it states, the values that were found again in it."""
    amounts = sum(len(amounts_in(block.text)) for block in draft.reading.blocks)
    return FileReport(draft.file, amounts=amounts, output=output, values=len(draft.written))


def _recorded(draft: Draft, old: Old, folder: Path) -> str | None:
    """The file in which a record already lies, under whatever number; None for what may be written."""
    if not draft.document.record:
        return None
    # One that was written with the marks of a draft is none yet.
    names = [name for name, record in old.items() if record.document == draft.document.id and record.form]
    return next((name for name in names if (folder / name).exists()), None)


def _where_they_lie(
    drafts: Sequence[Draft], findings: Sequence[Finding], old: Old, folder: Path
) -> tuple[list[Draft], list[Finding]]:
    """The drafts, records under the names they were signed by, and the findings about them likewise."""
    named = {draft.file: (folder / name).as_posix() for draft in drafts if (name := _recorded(draft, old, folder))}
    lying = [replace(draft, file=named.get(draft.file, draft.file)) for draft in drafts]
    return lying, [_moved(finding, named) for finding in findings]


def _moved(finding: Finding, named: Mapping[str, str]) -> Finding:
    """The finding, with every place in a file that has another name now."""
    places = [replace(place, file=named.get(place.file, place.file)) for place in (finding.place, *finding.related)]
    return replace(finding, place=places[0], related=tuple(places[1:]))


def _prints(fresh: Mapping[str, bytes], records: set[str], old: Old, folder: Path) -> set[str]:
    """The PDF files that lie there and still show what their document says."""
    same = [name for name, data in fresh.items() if name in old and old[name].sha256 == digest_of(data)]
    return {name for name in map(_print_of, [*same, *records]) if name in old and (folder / name).exists()}


def _print_of(name: str) -> str:
    return f"{name.removesuffix('.docx')}.pdf"


def _printed(files: Mapping[str, bytes], prints: set[str]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The PDF files that are not there yet, and remarks on their fonts."""
    missing = {name: data for name, data in files.items() if _print_of(name) not in prints}
    if not missing:
        return {}, ()
    from docgen.outputs.pdf import pdfs

    conversion = pdfs(missing)
    return dict(conversion.files), conversion.notes


def _entry(draft: Draft, now: tuple[str, str], *, final: bool) -> Record:
    """What the manifest says of a document; until it is signed in a final set, its own words may change."""
    document, (contract, form) = draft.document, now
    signed = form if document.record and final else ""
    hand = _HAND if draft.hand else ""
    return Record("", document.id, document.title, document.role, contract, signed, hand=hand)


def _outdated(draft: Draft, old: Old, now: tuple[str, str]) -> bool:
    """Whether the contract has changed since a record was signed; the bytes tell of one that has no traces of it."""
    record = old[draft.name]
    return outdated(record, now) if record.contract else record.sha256 != digest_of(draft.data)


def _review_again(draft: Draft) -> Finding:
    message = f"“{draft.document.called}”是已经签署的记录，不再生成；合同此后有改动，需要重新法审。"
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


def _told(states: Mapping[str, State], made: Mapping[str, bytes]) -> list[str]:
    """What else happened in the folder: files moved aside, PDF files made."""
    gone = [name for name, state in states.items() if state is State.ORPHANED]
    told = [f"{name} {_why_gone(name)}，已移到 .docgen/orphans/ 保存。" for name in gone]
    written = sum(states[name] in (State.NEW, State.CHANGED) for name in made)
    return [*told, *([f"已转成 PDF：{written} 份。"] if written else [])]


def _why_gone(name: str) -> str:
    return "已经过时" if name.endswith(".pdf") else "不再属于这套合同"
