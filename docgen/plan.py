"""What a build would do, before it does it: each file, and each value that would be written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import chain, product
from pathlib import Path
from typing import Literal

from docgen.bound import FILE as BOUND
from docgen.bound import belongs
from docgen.changes import Change, Value, changes
from docgen.contract.contract import Contract
from docgen.contract.controls import Outdated, left_behind, typed_controls
from docgen.contract.load import load
from docgen.contract.paths import with_value
from docgen.contract.shape import GroupShape, every_field
from docgen.draft import Draft, unmarked
from docgen.errors import TemplateError
from docgen.findings import Finding, Place, Severity, blocking
from docgen.merge.differences import Difference, differences
from docgen.merge.saved import only_saved
from docgen.outputs.batched import batched
from docgen.outputs.disk import digest, digest_of
from docgen.outputs.history import kept
from docgen.outputs.manifest import Manifest, Record
from docgen.outputs.workspace import State, compare, recorded
from docgen.pipeline import Options, Proven, data_file, foreseen, prove
from docgen.places import Places
from docgen.provenance import Provenance, field_ids, provenance_of
from docgen.publish import Edition, prepared
from docgen.reading.word import read_word
from docgen.reconcile import last_name, nobodys
from docgen.report.changes import ChangeReport, FileState, said
from docgen.report.outcome import SAVED, FileReport, Outcome, by_file
from docgen.report.terminal import where
from docgen.rules.catalogue import check_contract
from docgen.rules.rule import place_of
from docgen.unchanged import NOTHING

Standing = Literal["new", "changed", "unchanged", "edited", "orphaned", "outdated"]

_INDEX = re.compile(r"\[[0-9]*\]")
# Rows that are gone have numbers beyond those that are left: so many more are looked for.
_MORE = 40
_MOST_PATHS = 20_000
_REFUSED = "有错误：现在生成的话一份也不会写出。请先改正下列问题。"
_AGAIN = "这一套是批量生成的；要更新它，运行 {}。"
_LOOKS = "文字没有变；改了格式（字体、加粗、颜色、对齐等）、批注、修订、图片或分段"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file of the set and how a build would find it.

    `merged` tells that a person's words would be merged with new ones; `edits` are what the person said otherwise
    than docgen had, each with its place in the file as it lies there. Without any, `saved` tells that the file was
    only saved again (`anew` that it is made without regard to that), and `looks` that something else than words was
    changed.
    """

    file: str
    state: Standing
    merged: bool = False
    edits: tuple[tuple[Difference, Place], ...] = ()
    saved: bool = False
    looks: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do with one set: its files, the values that change, and what is to be said of it.

    `labels` are the fields of the changes as a clerk says them, `titles` the documents by their files, annexes with
    their numbers. `refused` tells that nothing would be written. `left_behind` are the control figures that what was
    changed leaves wrong, each with its place in the data, `doubts` what contradicts it besides as soon as they are put
    right. `again` is the command that makes the set, where it is no build.
    """

    title: str
    folder: Path
    files: tuple[FilePlan, ...] = ()
    changes: tuple[Change, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=lambda: Outcome(()))
    refused: bool = False
    left_behind: tuple[tuple[Outdated, Place], ...] = ()
    doubts: tuple[Finding, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    again: str = ""


def plan(data: Path, shown: str, options: Options) -> Plan:
    """What a build of this contract would do now; nothing is written."""
    name = batched(data, options.out)
    loaded = load(data, shown=shown, kits=options.kits, name=name)
    contract, _ = loaded
    proven = prove(loaded, data_file(data, shown), options)
    again = f"docgen batch {shown}" if name is not None else ""
    if not isinstance(proven, Outcome):
        return replace(_planned(proven), again=again)
    if contract is None:
        return Plan("", options.out, outcome=proven, refused=True)
    try:
        return replace(_planned(foreseen(contract, proven.findings, options)), refused=True, again=again)
    except TemplateError:
        # What is open may be what a template cannot do without; the findings say so.
        return Plan(contract.name, options.out / contract.name, outcome=proven, refused=True)


def _planned(proven: Proven) -> Plan:
    contract, _, findings, target = proven
    manifest = recorded(target.folder) or Manifest()
    edition, states = _edition(proven, manifest)
    files = tuple(_files(edition, states, manifest, target.folder))
    changed = [] if _as_made(edition, manifest) else _changes(contract, edition, manifest, target.folder)
    labels = {change.field: contract.label(change.field) for change in changed if change.field}
    reports = [FileReport(contract.file), *(FileReport(draft.file) for draft in edition.drafts)]
    outcome = Outcome(by_file(reports, edition.findings), title=contract.name, folder=target.folder)
    titles = {draft.file: draft.document.named for draft in edition.drafts}
    made = Plan(contract.name, target.folder, files, tuple(changed), labels, outcome, titles=titles)
    return _followed(made, contract) if changed and blocking(findings) else made


def _edition(proven: Proven, manifest: Manifest) -> tuple[Edition, Mapping[str, State]]:
    """The set as it would be written, and the state of each file; the bound set is made only where that is a question.

    It is none where nobody edited the bound set, and another text comes into one of its documents.
    """
    contract, drafts, findings, target = proven
    alone = prepared(contract, drafts, findings, target._replace(bound=()), manifest.files)
    states = compare(target.folder, alone.files, alone.kept, alone.about.merged)
    known = manifest.files.get(BOUND)
    lying = digest(target.folder / BOUND) if known is not None and not known.hand else None
    as_written = known is not None and lying == known.sha256 and not {State.NEW, State.EDITED} & {*states.values()}
    bound = [draft for draft in alone.drafts if belongs(draft)]
    if as_written and len(bound) > 1 and any(_reads_otherwise(draft, states, target.folder) for draft in bound):
        return alone, {**states, BOUND: State.CHANGED}
    edition = prepared(contract, drafts, findings, target, manifest.files)
    return edition, compare(target.folder, edition.files, edition.kept, edition.about.merged)


def _reads_otherwise(draft: Draft, states: Mapping[str, State], folder: Path) -> bool:
    """Whether a document will say something else than the file of it that lies there."""
    if states.get(draft.name) not in (State.CHANGED, State.MERGED):
        return False
    return read_word((folder / draft.name).read_bytes(), draft.file).text != draft.reading.text


def _followed(made: Plan, contract: Contract) -> Plan:
    """The plan with the control figures that contradict what was changed, in the order of the data."""
    fields, data = {change.field for change in made.changes}, contract.data
    found = left_behind(data, [path for path in typed_controls(data) if path not in fields])
    placed = [(one, contract.place(one.path)) for one in found]
    right = replace(contract, data=reduce(lambda less, one: with_value(less, one.path, None), found, data))
    known = {(finding.rule, finding.place.path) for finding in made.outcome.findings}
    errors = [each for each in check_contract(right) if each.severity is Severity.ERROR] if found else []
    doubts = tuple(each for each in errors if (each.rule, each.place.path) not in known)
    by_place = sorted(placed, key=lambda each: (each[1].file, each[1].offset or 0))
    return replace(made, left_behind=tuple(by_place), doubts=doubts)


def _as_made(edition: Edition, manifest: Manifest) -> bool:
    """Whether every document would be made of the very bytes that it was made of last."""
    made = {draft.name: digest_of(draft.generated or draft.data) for draft in edition.drafts}
    written = {name: record.base for name, record in manifest.files.items() if record.document}
    return not edition.outdated and made == written


def _changes(contract: Contract, edition: Edition, manifest: Manifest, folder: Path) -> list[Change]:
    """The values that a build would write otherwise."""
    new = {draft.name: list(_new(draft, contract)) for draft in edition.drafts if draft.name not in edition.outdated}
    return changes(_old(contract, edition, manifest, folder, new), chain.from_iterable(new.values()))


def _files(edition: Edition, states: Mapping[str, State], manifest: Manifest, folder: Path) -> Iterator[FilePlan]:
    records = {draft.name for draft in edition.drafts if draft.document.record and draft.name in edition.kept}
    for name in sorted({*states, *records}):
        file, record = (folder / name).as_posix(), manifest.files.get(name)
        state = _state(states.get(name, State.UNCHANGED), record, folder / name)
        found = FilePlan(file, state, states.get(name) is State.MERGED, anew=not edition.keeps(name))
        if record is not None and (state == "edited" or found.merged):
            found = _compared(found, folder, name, record)
        yield replace(found, state="outdated", saved=False) if name in edition.outdated else found


def _compared(found: FilePlan, folder: Path, name: str, record: Record) -> FilePlan:
    """An edited file with what a person changed in it since docgen wrote it, marks of a draft left out."""
    base = kept(folder, record.sha256, name) or kept(folder, record.base, name)
    if base is None:
        return found
    old, mine = unmarked(base), unmarked((folder / name).read_bytes())
    edits = tuple(_edits(old, mine, found.file))
    nothing = (record.base != record.sha256 or not edits) and nobodys(folder, name, record, mine)
    if not nothing and (edits or not only_saved(old, mine)):
        return replace(found, edits=edits, looks=not edits)
    # What a person wrote and the data have said since is no edit any more.
    return replace(
        found, state="changed" if found.merged else "unchanged", saved=nothing and (found.merged or not edits)
    )


def _state(state: State, record: Record | None, path: Path) -> Standing:
    """How a clerk calls it: what was edited since the last build is edited, whatever else comes into it."""
    if state in (State.NEW, State.ORPHANED):
        return "new" if state is State.NEW else "orphaned"
    if state is State.EDITED or (record is not None and digest(path) != record.sha256):
        return "edited"
    return "unchanged" if state is State.UNCHANGED else "changed"


def _edits(old: bytes, mine: bytes, file: str) -> Iterator[tuple[Difference, Place]]:
    """What stands otherwise in a file than in an earlier version of it, each with its place.

    Words that stand nowhere now are named by where they stood.
    """
    then, now = Places(file, old), Places(file, mine)
    for each in differences(old, mine):
        if each.after is not None:
            yield each, now.named(*each.after, 0, len(each.new or ""))
        elif each.before is not None:
            yield each, then.named(*each.before, gone=True)


def _new(draft: Draft, contract: Contract) -> Iterator[Value]:
    """The values as docgen would write them, before anything else is merged in."""
    if draft.hand and draft.generated is not None and (known := provenance_of(draft.generated)) is not None:
        paths = {value.path for value in draft.written if value.path}
        yield from recorded_values(draft.generated, draft.file, known, contract, paths)
        return
    yield from written_values(draft)


def written_values(draft: Draft) -> Iterator[Value]:
    """The values that stand in a draft, each with its place."""
    blocks = draft.reading.by_place()
    for value in draft.written:
        block = blocks.get((value.part, value.position))
        yield Value(value.path or "", value.text, place_of(draft.file, block, value.part, (value.start, value.end)))


def _old(
    contract: Contract, edition: Edition, manifest: Manifest, folder: Path, new: Mapping[str, Iterable[Value]]
) -> Iterator[Value]:
    """The values as docgen wrote them last, by the record inside each file; `new` are those of each document now."""
    paths = {value.path for draft in edition.drafts for value in draft.written if value.path}
    for draft in edition.drafts:
        name = last_name(draft, edition.drafts, manifest.files)
        if name is None or draft.name in edition.outdated:
            continue
        if name == draft.name and manifest.files[name].base == digest_of(draft.generated or draft.data):
            yield from new[name]
        else:
            base = kept(folder, manifest.files[name].base, name)
            known = provenance_of(base) if base is not None else None
            if base is not None and known is not None:
                yield from recorded_values(base, (folder / name).as_posix(), known, contract, paths)


def recorded_values(
    data: bytes, file: str, known: Provenance, contract: Contract, paths: Iterable[str]
) -> Iterator[Value]:
    """The values of a file that docgen wrote, by the record in it; `paths` are the fields it may have.

    A field that the contract has no more is left without a path where its shape does not give it either.
    """
    blocks = read_word(data, file).by_place()
    fields = fields_of(known, contract.kit.shape, paths)
    for stand in known.stands:
        block = blocks.get((stand.part, stand.position))
        text = block.text[stand.start : stand.end] if block is not None else ""
        yield Value(fields.get(stand.field, ""), text, place_of(file, block, stand.part, (stand.start, stand.end)))


def fields_of(known: Provenance, shape: GroupShape, paths: Iterable[str]) -> dict[str, str]:
    """The fields of a file by their ids: `paths` are those it may have, looked for further where it has others."""
    found = field_ids(known.origin, paths)
    if any(stand.field and stand.field not in found for stand in known.stands):
        found |= field_ids(known.origin, possible_fields(shape, paths))
    return found


def possible_fields(shape: GroupShape, paths: Iterable[str]) -> Iterator[str]:
    """The fields that a contract could have, with more entries in each list than it has now."""
    most = max((int(number) for path in paths for number in re.findall(r"\[([0-9]+)\]", path)), default=0) + _MORE
    patterns = {_INDEX.sub("[]", path) for path in paths} | {path for path, _ in every_field(shape)}
    for pattern in patterns:
        heads = pattern.split("[]")
        levels = len(heads) - 1
        each = most if levels < 2 else max(int(_MOST_PATHS ** (1 / levels)), 2)
        for numbers in product(range(1, min(most, each) + 1), repeat=levels):
            yield "".join(f"{head}[{number}]" for head, number in zip(heads, numbers, strict=False)) + heads[-1]


def reported(found: Plan) -> ChangeReport:
    """The plan as it is told."""
    files = tuple(FileState(file.file, file.state, _remark(file), tuple(_edited(file))) for file in found.files)
    stirs = bool(found.changes) or any(file.state != "unchanged" for file in found.files)
    remarks = (_REFUSED,) if found.refused else () if stirs else (NOTHING,)
    again = (_AGAIN.format(found.again),) if found.again and stirs else ()
    remarks = (*_behind(found), *remarks, *again)
    told = ChangeReport(found.title, files, found.changes, found.labels, found.outcome, remarks)
    return replace(told, titles=found.titles) if found.changes else told


def _behind(found: Plan) -> Iterator[str]:
    if found.left_behind:
        yield f"与改动不符的控制数有 {len(found.left_behind)} 个，要跟着改，或者删去，由程序得出："
    yield from (f"  {where(place)}{one.said}" for one, place in found.left_behind)
    if found.doubts:
        yield f"这样改后还有 {len(found.doubts)} 处对不上，请一并改："
    yield from (f"  {where(each.place)}{each.message}" for each in found.doubts)


def _edited(file: FilePlan) -> Iterator[str]:
    if file.looks:
        yield _LOOKS
    yield from (f"{place.label}　{said(each.old, each.new)}" for each, place in file.edits)


def _remark(file: FilePlan) -> str:
    if file.saved:
        return f"{SAVED}，{'会重新生成' if file.anew else '现在的格式会保留'}"
    if file.state == "edited":
        return "改动会保留，并与数据的改动合并" if file.merged else "改动会保留"
    return "其中的手工改动会保留" if file.merged else ""
