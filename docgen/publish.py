"""From drafts to files: what is new goes into the set's folder as a whole, records and other people's edits stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from docgen.bound import FILE, ROLE, TITLE, Volume, belongs, volume
from docgen.contract.contract import DRAFT, Contract
from docgen.draft import Draft
from docgen.findings import Finding, Place, Severity
from docgen.outputs.disk import digest_of
from docgen.outputs.history import HAND, kept
from docgen.outputs.manifest import Record
from docgen.outputs.said import said_bytes
from docgen.outputs.traces import outdated, traces
from docgen.outputs.workspace import About, State, Workspace
from docgen.reading.word import read_word
from docgen.reconcile import TakenUp, bound_as_made, bound_by_hand, for_binding, nobodys
from docgen.report.outcome import SAVED, FileReport, Outcome, Output, by_file
from docgen.rules.amount_pairs import amounts_in

_OUTPUTS: Mapping[State, Output] = {
    State.NEW: "written",
    State.CHANGED: "written",
    State.MERGED: "merged",
    State.UNCHANGED: "unchanged",
}
_PDF = "pdf"

Old = Mapping[str, Record]


class Target(NamedTuple):
    """Where a set goes: its folder, whether the drafts are all of it, and whether PDF files go beside them.

    `bound` are the drafts of the whole set where the bound set is to be made of them, `inputs` is the hash of all the
    files that the set follows from.
    """

    folder: Path
    whole: bool = True
    pdf: bool = False
    bound: tuple[Draft, ...] = ()
    inputs: str = ""


def published(contract: Contract, drafts: Sequence[Draft], findings: Sequence[Finding], target: Target) -> Outcome:
    """Write the drafts as a whole, and say what became of each file.

    A record that lies there is kept, and told where the contract has changed since. Where somebody edited a file,
    nothing is written.
    """
    folder = target.folder
    with Workspace(folder, folder.as_posix()) as workspace:
        old: Old = workspace.manifest.files if workspace.manifest else {}
        edition = prepared(contract, drafts, findings, target, old)
        states = workspace.publish(edition.files, edition.about, kept=edition.kept)
    found = [*edition.findings, *_edited(folder, states)]
    drafts, bound = edition.drafts, edition.bound
    reports = [FileReport(contract.file), *(reported(draft, _output(draft.name, states)) for draft in drafts)]
    reports += [FileReport((folder / FILE).as_posix(), output=_output(FILE, states))] if bound else []
    reports = [_as_saved(report, edition, folder, old) for report in reports]
    left = bound.remarks if bound else _left_behind(states, old)
    told = (*_told(states, edition.prints), *edition.notes, *left)
    remarks = () if State.EDITED in states.values() else told
    return Outcome(by_file(reports, found), title=contract.name, folder=folder, remarks=remarks)


class Edition(NamedTuple):
    """A set as it is to be written: its files, what the record says of them, what stays, and the drafts behind it.

    `outdated` are the names of records that the contract has changed since; `prints` the PDF files among the files.
    """

    files: Mapping[str, bytes]
    about: About
    kept: frozenset[str]
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]
    outdated: frozenset[str] = frozenset()
    bound: Volume | None = None
    prints: Mapping[str, bytes] = MappingProxyType({})
    notes: tuple[str, ...] = ()

    def keeps(self, name: str) -> bool:
        """Whether a file that somebody saved is the ground of what is written; else it is made anew."""
        return name not in self.about.merged or name in self.about.generated


def prepared(
    contract: Contract, drafts: Sequence[Draft], findings: Sequence[Finding], target: Target, old: Old
) -> Edition:
    """The set as it is to be written over what lies there; `old` is the record of that."""
    folder = target.folder
    drafts, findings = _where_they_lie(drafts, findings, old, folder)
    records = {draft.name for draft in drafts if _recorded(draft, old, folder)}
    fresh = {draft.name: draft.data for draft in drafts if draft.name not in records}
    taken = _bound(contract, target, old)
    bound = taken.volume if taken else None
    fresh |= {FILE: bound.data} if bound else {}
    prints = _prints(fresh, records, old, folder)
    lying = {name: (folder / name).read_bytes() for name in records} if target.pdf else {}
    made, notes = _printed({**fresh, **lying}, prints, odd=contract.kit.bound.odd) if target.pdf else ({}, ())
    # Alone, a document leaves the others as they are, but not a PDF of its own that says something else.
    kept = records | prints if target.whole else set(old) - ({_print_of(name) for name in fresh} - prints)
    now = _traces(contract)
    entries = _entries(contract, drafts, now) | {name: Record("", role=_PDF) for name in made}
    entries |= {FILE: _bound_entry(taken)} if taken else {}
    generated = {draft.name: draft.generated for draft in drafts if draft.generated is not None}
    merged = {draft.name: draft.edited for draft in drafts if draft.edited is not None}
    if taken and taken.generated is not None:
        generated[FILE] = taken.generated
    if taken and taken.edited is not None:
        merged[FILE] = taken.edited
    stale = [draft for draft in drafts if draft.name in records and _outdated(draft, old, now)]
    said = (*findings, *map(_review_again, stale), *(taken.findings if taken else ()))
    told = said_bytes(said, contract.file, folder.as_posix()) if target.inputs else None
    # Once a build has taken up somebody's edits, or a contract was changed that is signed, there is more to be told.
    known = told is not None and not (merged or stale)
    inputs, part = target.inputs if known else "", not target.whole
    key = next((draft.seal.key for draft in (*drafts, *target.bound)), "")
    about = About(contract.kit.name, contract.stage, repr(contract.data), entries, generated, merged)
    about = about._replace(inputs=inputs, said=(told or b"") if said else b"", part=part, key=key)
    outdated = frozenset(draft.name for draft in stale)
    files, left = {**fresh, **made}, frozenset(kept - made.keys())
    return Edition(files, about, left, tuple(drafts), said, outdated, bound, made, notes)


def _as_saved(report: FileReport, edition: Edition, folder: Path, old: Old) -> FileReport:
    """The report, which calls no file merged that a program only saved again: nothing of a person's was in it."""
    name = report.file.rpartition("/")[2]
    before = kept(folder, edition.about.merged[name], name) if report.output == "merged" else None
    if before is None or name not in old or not nobodys(folder, name, old[name], before):
        return report
    became = "格式已保留" if edition.keeps(name) else "已重新生成"
    return replace(report, output="written", remark=f"{SAVED}，{became}")


def _traces(contract: Contract) -> tuple[str, str]:
    """What tells later on that the contract has changed since a record of it was signed, if it has any."""
    return traces(contract) if any(spec.record for spec in contract.kit.documents) else ("", "")


def _entries(contract: Contract, drafts: Sequence[Draft], now: tuple[str, str]) -> dict[str, Record]:
    signed = {spec.id for spec in contract.kit.documents if spec.record}
    final = contract.stage != DRAFT
    return {d.name: _entry(d, now if d.document.id in signed else ("", ""), final=final) for d in drafts}


def reported(draft: Draft, output: Output) -> FileReport:
    """The report on a draft: the amounts it states, the values that were found again in it."""
    amounts = sum(len(amounts_in(block.text)) for block in draft.reading.blocks)
    return FileReport(draft.file, amounts=amounts, output=output, values=len(draft.written))


def _bound(contract: Contract, target: Target, old: Old) -> TakenUp | None:
    """The bound set, with records as they were signed, with the pages that were found before and with hand edits."""
    drafts = [_as_it_lies(draft, old, target.folder) for draft in target.bound if belongs(draft)]
    known = old[FILE].layout if FILE in old else ""
    members = [for_binding(draft) for draft in drafts]
    made = volume(contract, members, known, laid_out=target.pdf)
    if made is None:
        return None
    if all(draft.name in old and old[draft.name].sha256 == digest_of(draft.data) for draft in drafts):
        made = bound_as_made(made, target.folder, old)
    rewritten = any(draft.hand and draft.data != draft.generated for draft in members)
    return bound_by_hand(made, target.folder, old, draft=contract.stage == DRAFT, rewritten=rewritten)


def _bound_entry(taken: TakenUp) -> Record:
    """What the manifest says of the bound set."""
    hand = HAND if taken.generated is not None else ""
    return Record("", title=TITLE, role=ROLE, layout=taken.volume.layout, hand=hand, docgen=taken.volume.engine)


def _as_it_lies(draft: Draft, old: Old, folder: Path) -> Draft:
    name = _recorded(draft, old, folder)
    if name is None:
        return draft
    data = (folder / name).read_bytes()
    return replace(draft, data=data, reading=read_word(data, draft.file))


def _left_behind(states: Mapping[str, State], old: Old) -> tuple[str, ...]:
    """A remark that the bound set says something else now than a document that was written without it."""
    fresh = any(state in (State.NEW, State.CHANGED, State.MERGED) for state in states.values())
    return (f"{FILE} 没有随之更新；请不带 --only 再生成一次，或用 --only {TITLE}。",) if fresh and FILE in old else ()


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


def _printed(files: Mapping[str, bytes], prints: set[str], *, odd: bool) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The PDF files that are not there yet, and remarks on their fonts."""
    missing = {name: data for name, data in files.items() if _print_of(name) not in prints}
    if not missing:
        return {}, ()
    from docgen.outputs.pdf import pdfs

    # The bound set alone has pages that are left blank on purpose.
    bound = {name: missing.pop(name) for name in (FILE,) if odd and name in missing}
    made = [pdfs(missing), pdfs(bound, blanks=True)] if bound else [pdfs(missing)]
    files = {name: data for each in made for name, data in each.files.items()}
    return files, tuple(note for each in made for note in each.notes)


def _entry(draft: Draft, now: tuple[str, str], *, final: bool) -> Record:
    """What the manifest says of a document; until it is signed in a final set, its own words may change."""
    document, (contract, form) = draft.document, now
    signed = form if document.record and final else ""
    hand = HAND if draft.hand else ""
    return Record("", document.id, document.title, document.role, contract, signed, hand=hand, docgen=draft.engine)


def _outdated(draft: Draft, old: Old, now: tuple[str, str]) -> bool:
    """Whether the contract has changed since a record was signed; the bytes tell of one that has no traces of it."""
    record = old[draft.name]
    return outdated(record, now) if record.contract else record.sha256 != digest_of(draft.data)


def _review_again(draft: Draft) -> Finding:
    message = f"“{draft.document.called}”是已经签署的记录，不再生成；合同此后有改动，需要重新法审。"
    return Finding("F503", Severity.WARNING, message, Place(draft.file))


def _output(name: str, states: Mapping[str, State]) -> Output:
    state = states.get(name, State.UNCHANGED)
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
