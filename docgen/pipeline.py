"""The main job, step by step: load, check, render, read back, check again, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from docgen.bound import TITLE
from docgen.contract.contract import DRAFT, FINAL, Contract
from docgen.contract.folders import DATA_FILE, find_kits
from docgen.contract.load import load
from docgen.draft import Draft, drafted, facts_of, marked, path_of, proof
from docgen.errors import InputError, LeftOutError
from docgen.findings import Finding, Severity, blocking
from docgen.outputs.inputs import Begun, begin, inputs_of
from docgen.outputs.names import file_name
from docgen.outputs.workspace import recorded
from docgen.publish import Target, published, reported
from docgen.reconcile import reconciled
from docgen.report.outcome import FileReport, Outcome, by_file
from docgen.rules.catalogue import check_contract
from docgen.template.documents import Document, documents, equal_titles
from docgen.template.lint.verdict import refuse_faulty
from docgen.template.press import Shelf

_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for: where to write, which documents, PDF beside them, kits from where."""

    out: Path = Path("outputs")
    only: tuple[str, ...] = ()
    pdf: bool = False
    kits: Path | None = None


def check(data: Path, shown: str, *, kits: Path | None = None) -> Outcome:
    """The findings about the data of one contract; nothing is rendered."""
    contract, findings = load(data, shown=shown, kits=kits)
    findings += check_contract(contract) if contract else []
    title = contract.name if contract else ""
    return Outcome(by_file([FileReport(data_file(data, shown))], findings), title=title)


def build(data: Path, shown: str, options: Options) -> Outcome:
    """The set of one contract, written to `out`/<set>: whole and proven, or not at all.

    A 草稿 is written with its findings as comments; a 定稿 with a finding at error level is refused.
    """
    begun = begin(_file(data), find_kits(options.kits))
    return built(load(data, shown=shown, kits=options.kits), data, shown, options, begun=begun)


def built(
    loaded: tuple[Contract | None, list[Finding]],
    data: Path,
    shown: str,
    options: Options,
    *,
    shelf: Shelf | None = None,
    begun: Begun | None = None,
) -> Outcome:
    """The set of a contract that was loaded from a file; `shelf` has the templates that were compiled for others.

    `begun` is when it began to be loaded, if a plan is to know the set by the files that it follows from.
    """
    proven = prove(loaded, data_file(data, shown), options, shelf)
    if isinstance(proven, Outcome):
        return proven
    inputs = inputs_of(_file(data), proven.contract.kit.folder, begun) if begun is not None else ""
    return published(proven.contract, proven.drafts, proven.findings, proven.target._replace(inputs=inputs))


class Proven(NamedTuple):
    """A set that may be written: its contract, its drafts with all that was found in them, and where it goes."""

    contract: Contract
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]
    target: Target


def prove(
    loaded: tuple[Contract | None, list[Finding]], file: str, options: Options, shelf: Shelf | None = None
) -> Proven | Outcome:
    """The set rendered, merged with what people edited, read back and judged; the outcome where it is refused."""
    contract, findings = loaded
    if contract is None:
        return _refused(file, [], findings)
    findings = findings + check_contract(contract)
    refuse_faulty(contract.kit)
    folder = options.out / contract.name
    planned = documents(contract)
    chosen = _chosen(planned, options.only)
    findings += equal_titles(contract, planned)
    if blocking(findings) and (contract.stage != DRAFT or _would_unmake(contract, folder)):
        return _refused(contract.file, [_not_made(path_of(folder, document)) for document in planned], findings)
    drafts, left_out = all_drafted(contract, planned, folder, shelf)
    if left_out:
        return _refused(contract.file, [reported(draft, "refused") for draft in drafts], [*findings, *left_out])
    drafts, by_hand = reconciled(drafts, folder)
    findings += by_hand
    facts = facts_of(contract, planned)
    findings += [finding for draft in drafts for finding in proof(draft, facts)]
    if contract.stage == DRAFT:
        drafts = marked(drafts, findings)
    elif blocking(findings):
        return _refused(contract.file, [reported(draft, "refused") for draft in drafts], findings)
    asked = tuple(draft for draft in drafts if draft.document in chosen)
    bound = tuple(drafts) if not options.only or TITLE in options.only else ()
    target = Target(folder, whole=not options.only, pdf=options.pdf, bound=bound)
    return Proven(contract, asked, tuple(findings), target)


def foreseen(contract: Contract, findings: Sequence[Finding], options: Options) -> Proven:
    """The set as it would be written if its findings did not refuse it: rendered and merged, and not judged anew."""
    planned, folder = documents(contract), options.out / contract.name
    drafts, _ = all_drafted(contract, planned, folder)
    made = tuple(reconciled(drafts, folder)[0])
    target = Target(folder, whole=True, pdf=False, bound=made)
    return Proven(contract, made, tuple(findings), target)


def _would_unmake(contract: Contract, folder: Path) -> bool:
    """Whether a final set would become a draft only because the stage cannot be read, which may be a slip."""
    if contract.data.contract.stage is not None:
        return False
    last = recorded(folder)
    return last is not None and last.stage == FINAL


def all_drafted(
    contract: Contract, planned: Sequence[Document], folder: Path, shelf: Shelf | None = None
) -> tuple[list[Draft], list[Finding]]:
    """The drafts, and a finding for every field that was left out although a template prints it: a blank is there."""
    found: list[Finding] = []
    while True:
        try:
            return drafted(contract, planned, folder, shelf), found
        except LeftOutError as error:
            fresh = {path: places for path, places in error.paths.items() if path not in contract.blanks}
            if not fresh:
                raise
            found += (_left_out(contract, path, places) for path, places in sorted(fresh.items()))
            contract = replace(contract, blanks=contract.blanks | fresh.keys())
            planned = documents(contract)


def _left_out(contract: Contract, path: str, places: Sequence[str]) -> Finding:
    message = f"“{contract.label(path)}”没有填写，而文件里要印出它。"
    printed = "；".join(places[:_MOST_SAID]) + (f"；等 {len(places)} 处" if len(places) > _MOST_SAID else "")
    hint = f"请补上这一项；可以不填的，请在模板里先用 {{% if %}} 判断：{printed}。"
    return Finding("F231", Severity.ERROR, message, contract.place(path), hint=hint)


def _file(data: Path) -> Path:
    return data / DATA_FILE if data.is_dir() else data


def data_file(data: Path, shown: str) -> str:
    """The data file as the user would name it."""
    return f"{shown.rstrip('/')}/{DATA_FILE}" if data.is_dir() else shown


def _chosen(planned: Sequence[Document], only: Sequence[str]) -> list[Document]:
    """The documents that were asked for by id, title, number or annex label; all where nothing was asked."""
    names = [_names(document) for document in planned]
    unknown = [name for name in only if name != TITLE and not any(name in known for known in names)]
    if unknown:
        known = "、".join(f"{document.number:02d} {document.called}" for document in planned)
        asked = "、".join(f"“{name}”" for name in unknown)
        raise InputError(f"这套合同里没有{asked}。", hint=f"可以写序号、标题、附件号或标识：{known}")
    return [document for document, own in zip(planned, names, strict=True) if not only or own & set(only)]


def _names(document: Document) -> set[str]:
    annex = [f"附件{document.annex}"] if document.annex else []
    stem = file_name(document.number, document.called)
    return {document.id, document.called, str(document.number), f"{document.number:02d}", stem, *annex}


def _not_made(file: str) -> FileReport:
    return FileReport(file, unread="数据有错误，没有生成", output="refused")


def _refused(data: str, reports: Sequence[FileReport], findings: Sequence[Finding]) -> Outcome:
    """The outcome of a set that is not written because of its findings."""
    remark = "定稿有错误，整套文件一份也没有写出。请改正后重新生成，或者先把阶段改为 草稿。"
    return Outcome(by_file([FileReport(data, output="refused"), *reports], findings), remarks=(remark,))
