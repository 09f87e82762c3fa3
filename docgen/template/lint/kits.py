"""A whole kit judged: kit.yaml, every template in its place in the set, and what of the data no template uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from jinja2 import TemplateSyntaxError, nodes

from docgen.contract.folders import KIT_FILE
from docgen.contract.kit import DocumentSpec, Kit, read_kit
from docgen.contract.shape import GroupShape, every_field, labelled_path, shape_at
from docgen.errors import InputError, reason
from docgen.findings import Finding, Place, Severity, in_order
from docgen.template.dialect import Fault, Kind, Tag
from docgen.template.dialect import Place as Spot
from docgen.template.environment import expressions
from docgen.template.lint.clauses import Called, clause_faults
from docgen.template.lint.document import Judged, judge_template
from docgen.template.lint.expressions import Judge
from docgen.template.lint.places import Sheet, worded
from docgen.template.lint.uses import Use
from docgen.template.lint.world import World, kit_world, world_of
from docgen.template.reasons import syntax_reason
from docgen.template.syntax import beyond
from docgen.word.package import read_package

# What docgen itself goes by or compares with other data, so that a kit may require it without printing it.
COMPARED: Final = frozenset({"kit", "contract.stage", "contract.year", "price.basis"})
_KEYS: Final = ("title", "each", "when", "record")


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say about a kit or a template: the files looked at, in order, and the findings in them.

    `uses` are the fields that each file uses, `shape` is that of the data if it is known, and `whole` tells that all
    templates could be read.
    """

    title: str
    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    sheets: Mapping[str, Sheet] = field(default_factory=dict, repr=False)
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict, repr=False)
    shape: GroupShape | None = field(default=None, repr=False)
    whole: bool = True

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all fields that are used for sure."""
        return frozenset(use.path for uses in self.uses.values() for use in uses if not use.guessed)


def lint_kit(folder: Path) -> Report:
    """Everything that is wrong with the kit in a folder."""
    kit, findings = read_kit(folder)
    shown = (folder / KIT_FILE).as_posix()
    if kit is None:
        return Report(folder.name, (shown,), tuple(findings), whole=False)
    return _KitLint(kit, shown).report(findings)


def lint_template(path: Path) -> Report:
    """Everything that is wrong with a template by itself; with a kit.yaml beside it that names it, within that kit."""
    kit = _kit_around(path)
    if kit is not None:
        whole = lint_kit(kit)
        own = path.as_posix()
        findings = tuple(finding for finding in whole.findings if finding.place.file == own)
        return replace(whole, title=path.name, files=(own,), findings=findings, uses={own: whole.uses.get(own, ())})
    sheet = Sheet(path.as_posix(), _bytes(path))
    read_package(sheet.data, sheet.file)  # which refuses, by its name, what is no Word file at all
    judged = judge_template(sheet.data, path.name, {}, World())
    faults = [*judged.faults, *clause_faults({"": judged.called}, None, "")]
    found = in_order(sheet.findings(faults))
    uses = {sheet.file: tuple(judged.uses)}
    return Report(path.name, (sheet.file,), tuple(found), {sheet.file: sheet}, uses, whole=judged.whole)


def _kit_around(path: Path) -> Path | None:
    """The folder of the kit that the template belongs to; None where it belongs to none."""
    if not (path.parent / KIT_FILE).is_file():
        return None
    kit, _ = read_kit(path.parent)
    names = {document.template for document in kit.documents} if kit else set()
    files = {file.name for file in kit.blocks.values()} if kit else set()
    return path.parent if path.name in names | files else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}：不能读取（{reason(error)}）。") from error


@dataclass(slots=True)
class _KitLint:
    """One pass over a kit."""

    kit: Kit
    shown: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    whole: bool = True

    def report(self, findings: Sequence[Finding]) -> Report:
        """The report on the kit, with what is known to be wrong with its kit.yaml already."""
        blocks = {name: self._sheet(path) for name, path in self.kit.blocks.items() if path.is_file()}
        sources = {name: sheet.data for name, sheet in blocks.items()}
        found = list(findings)
        called: dict[str, list[Called]] = {}
        for number, document in enumerate(self.kit.documents, 1):
            found += self._expressions(document, f"documents[{number}]")
            path = self.kit.folder / document.template
            if not path.is_file():
                self.whole = False
                continue
            sheet = self._sheet(path)
            judged = judge_template(sheet.data, path.name, sources, world_of(self.kit, document))
            found += self._found(judged, sheet, blocks)
            called[sheet.file] = judged.called
        found += self._clauses(called, blocks)
        for name in blocks.keys() - self.asked:
            # Nobody knows what such a block may name, but how its tags are typed can be judged.
            judged = judge_template(blocks[name].data, name, sources, World())
            found += blocks[name].findings(judged.faults)
        if self.whole:
            found += [*self._unused(), *self._spare()]
        files = (self.shown, *self.sheets)
        uses = {file: tuple(used) for file, used in self.uses.items()}
        return Report(self.kit.name, files, tuple(in_order(found)), self.sheets, uses, self.kit.shape, self.whole)

    def _sheet(self, path: Path) -> Sheet:
        name = path.as_posix()
        return self.sheets.setdefault(name, Sheet(name, _bytes(path)))

    def _found(self, judged: Judged, sheet: Sheet, blocks: Mapping[str, Sheet]) -> Iterator[Finding]:
        self.uses.setdefault(sheet.file, []).extend(judged.uses)
        self.asked |= judged.blocks
        self.whole = self.whole and judged.whole
        sheets = [blocks.get(fault.place.block or "", sheet) for fault in judged.faults]
        for own in {id(other): other for other in sheets}.values():
            yield from own.findings(fault for fault, at in zip(judged.faults, sheets, strict=True) if at is own)

    def _clauses(self, called: Mapping[str, list[Called]], blocks: Mapping[str, Sheet]) -> Iterator[Finding]:
        annexes = {document.id: document.when for document in self.kit.documents if document.role == "annex"}
        for name in called:
            for fault in clause_faults(called, annexes, name):
                yield blocks.get(fault.place.block or "", self.sheets[name]).finding(fault)

    def _expressions(self, document: DocumentSpec, path: str) -> Iterator[Finding]:
        """What is wrong with the expressions that kit.yaml has for a document."""
        for key in _KEYS:
            written = getattr(document, key)
            if written is None:
                continue
            judge = judge_expression(self.kit, document, key)
            self.uses.setdefault(self.shown, []).extend(judge.uses)
            place = self.kit.places.get(f"{path}.{key}", Place(self.shown, line=1, column=1, offset=0))
            for fault in judge.faults:
                said, hint = worded(fault)
                message = f"文件 {document.id} 的 {key}：{said}"
                yield Finding(fault.rule, fault.severity, message, place, written, fault.expected, hint=hint)

    def _unused(self) -> Iterator[Finding]:
        """The fields of the kit's own and the required ones that no template has a use for."""
        own = {item.key for item in self.kit.fields}
        known = {path for path, _ in every_field(self.kit.shape) if re.split(r"[.\[]", path)[0] in own}
        every = [use for uses in self.uses.values() for use in uses]
        required = {path for path in self.kit.required if shape_at(self.kit.shape, path)}
        for path in sorted(known | required - COMPARED):
            if not is_used(path, every) and not any(inner.startswith((f"{path}.", f"{path}[")) for inner in known):
                yield self._not_used(path)

    def _spare(self) -> Iterator[Finding]:
        """The shared blocks and the Word files of the folder that no document asks for."""
        hint = "请在模板里用上它，或从合同类型中删去。"
        for name in self.kit.blocks:
            if name not in self.asked:
                place = self.kit.places.get(f"blocks.{name}", Place(self.shown, line=1, column=1))
                yield Finding("T303", Severity.WARNING, f"共用段落“{name}”没有一份模板引用。", place, name, hint=hint)
        known = {document.template for document in self.kit.documents} | {p.name for p in self.kit.blocks.values()}
        for path in sorted(self.kit.folder.glob("*.docx")):
            if path.name not in known and not path.name.startswith("~$"):
                message = "kit.yaml 里没有提到这份文件，不会用到它。"
                yield Finding("T303", Severity.NOTE, message, Place(path.as_posix()), hint=hint)

    def _not_used(self, path: str) -> Finding:
        required = next((n for n, known in enumerate(self.kit.required, 1) if known == path), None)
        key = f"required[{required}]" if required else f"fields.{path.replace('[]', '')}"
        place = self.kit.places.get(key) or Place(self.shown, line=1, column=1)
        label = labelled_path(self.kit.shape, path)
        what = "列为必填，却" if required else ""
        message = f"“{label}”（{path}）{what}没有一份模板用到。"
        hint = "请在模板里印出它，或从 kit.yaml 中删去。"
        return Finding("T210", Severity.WARNING, message, place, path, hint=hint)


def is_used(path: str, uses: Sequence[Use]) -> bool:
    """Whether a field is used: itself, something below it, or as part of a group that is handed on as a whole."""
    return any(
        use.path == path
        or use.path.startswith((f"{path}.", f"{path}["))
        or (use.whole and path.startswith((f"{use.path}.", f"{use.path}[")))
        for use in uses
    )


def judge_expression(kit: Kit, document: DocumentSpec, key: str) -> Judge:
    """What can be said of an expression of kit.yaml, or of a title with tags in it."""
    written, text = getattr(document, key) or "", key == "title"
    tag = Tag(written, Kind.OUTPUT, None, written, Spot("kit", "", ""))
    judge = Judge(kit_world(kit, document, key), lambda _: tag)
    sandbox = expressions()
    try:
        tree = sandbox.parse(written if text else f"{{{{ {written} }}}}")
    except TemplateSyntaxError as error:
        hint = f"{key} 里直接写条件，不加 {{{{ }}}}，如 {key}: review.date。" if "{{" in written and not text else None
        judge.faults.append(Fault(syntax_reason(error.message or ""), tag.place, written, hint=hint))
        return judge
    judge.faults += beyond(tree, [tag], sandbox)
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if not isinstance(node, nodes.TemplateData):
                with judge.mood(printed=text):
                    (judge.value if text else judge.meant)(node)
    return judge
