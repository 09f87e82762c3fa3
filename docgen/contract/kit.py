"""A kit: one kind of contract, told by a folder of files (kit.yaml and the Word templates beside it)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple

from docgen.contract.fit import At, Fitter
from docgen.contract.folders import KIT_FILE, find_kits, kit_names
from docgen.contract.group import Group, grouped, labelled, listed
from docgen.contract.kit_fields import RESERVED, own_shape
from docgen.contract.model import ContractData
from docgen.contract.nearest import nearest
from docgen.contract.parts import Parts
from docgen.contract.scalars import Flag, Line, Text, choice
from docgen.contract.shape import FieldShape, GroupShape, ListShape, english_path, every_field, shape_at, shape_of
from docgen.contract.source import Node, read_source
from docgen.errors import TemplateError
from docgen.findings import Finding, Place, Severity, in_order

Role = Literal["contractual", "annex", "internal"]
# Many times what any set has; nobody waits for thousands to be looked through.
_MOST_DOCUMENTS = 200


class DocumentSpec(NamedTuple):
    """One document of the set as the kit names it.

    `title`, `when` and `record` are Jinja over the data. With `each` the document is made once per entry of that
    list, and the entry is called `item` in the template (`as` in kit.yaml).
    """

    id: str
    template: str
    title: str
    role: Role
    each: str | None = None
    item: str | None = None
    when: str | None = None
    record: str | None = None


class BoundSpec(NamedTuple):
    """How the set is bound: whether each document begins on an odd page, whether contents stand in front."""

    odd: bool = False
    contents: bool = True


@dataclass(frozen=True, slots=True)
class Kit:
    """One kind of contract: its documents in order, its own fields, and what it requires.

    `name` is that of its folder, `label` what a clerk calls it; `shape` holds the core fields and the kit's own;
    `required` are paths in which [] stands for every entry; `blocks` the files of shared text by name; `bound` says how
    its documents are bound together; `places` tell where in kit.yaml its own paths stand (documents[1].when).
    """

    name: str
    label: str
    folder: Path
    documents: tuple[DocumentSpec, ...]
    shape: GroupShape = field(repr=False)
    description: str | None = None
    required: tuple[str, ...] = ()
    blocks: Mapping[str, Path] = field(default_factory=dict)
    bound: BoundSpec = field(default_factory=BoundSpec)
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)

    @property
    def fields(self) -> tuple[FieldShape, ...]:
        """The kit's own fields, those beside the core model's."""
        return tuple(item for key, item in self.shape.fields.items() if key not in ContractData.declared)


class DocumentEntry(Group):
    """What kit.yaml says of one document."""

    id: Line | None = labelled("标识")
    template: Line | None = labelled("模板")
    title: Line | None = labelled("标题")
    role: Annotated[Role, choice(("contractual", "annex", "internal"))] | None = labelled("性质")
    each: Line | None = labelled("逐项")
    item: Line | None = labelled("逐项名", key="as")
    when: Line | None = labelled("条件")
    record: Line | None = labelled("记录")


class BoundEntry(Group):
    """What kit.yaml says of the bound set."""

    odd: Flag | None = labelled("单页起")
    contents: Flag | None = labelled("目录页")


class KitEntry(Group):
    """What kit.yaml says, but for the names it is free to choose (`blocks` and `fields`)."""

    label: Line | None = labelled("名称")
    description: Text | None = labelled("说明")
    documents: tuple[DocumentEntry, ...] = listed("文件")
    required: tuple[Line, ...] = listed("必填")
    bound: BoundEntry = grouped(BoundEntry, "合订本")


def load_kit(name: str, root: Path | None = None) -> Kit:
    """The kit of that name; a TemplateError tells all its faults, or which kits there are."""
    root = find_kits(root)
    if name not in kit_names(root):
        near = meant_kit(name, root)
        raise TemplateError(
            f"没有“{name}”这种合同类型。{f'是不是想写“{near}”？' if near else ''}", hint=known_kits(root)
        )
    kit, findings = read_kit(root / name)
    faults = [finding for finding in findings if finding.severity is Severity.ERROR]
    if kit is None or faults:
        told = "\n".join(_told(finding) for finding in faults)
        raise TemplateError(f"合同类型“{name}”有 {len(faults)} 处错误：\n{told}")
    return kit


def read_kit(folder: Path) -> tuple[Kit | None, list[Finding]]:
    """The kit in a folder, and everything that is wrong with its kit.yaml; with faults it is only for checking."""
    reader = _KitReader(folder)
    return reader.read(), reader.findings()


def known_kits(root: Path) -> str:
    """A sentence that names the kits in a folder, each with its label."""
    labels = _labels(root)
    told = [f"{name}（{label}）" if label not in ("", name) else name for name, label in labels.items()]
    return f"已有的合同类型：{'、'.join(told) or '没有'}，在 {root}。"


def meant_kit(word: str, root: Path) -> str | None:
    """The name of the kit that a word most likely means, be it like the name or like the label."""
    names = {label: name for name, label in _labels(root).items()} | {name: name for name in kit_names(root)}
    near = nearest(word, names)
    return names[near] if near else None


def _labels(root: Path) -> dict[str, str]:
    """The label of every kit by name; empty where its kit.yaml does not tell one."""
    found = {}
    for name in kit_names(root):
        tree, _ = read_source(root / name / KIT_FILE)
        label = next((value.text for key, value in (tree.pairs if tree else ()) if key.text == "label"), "")
        found[name] = label.strip()
    return found


class _KitReader:
    """Reads one kit.yaml; all its faults are told at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shown = f"{folder.as_posix()}/{KIT_FILE}"
        self._parts = Parts(folder.resolve(), f"{folder.as_posix()}/")
        self._fitter = Fitter(shape_of(KitEntry), self._parts)

    def read(self) -> Kit | None:
        tree = self._parts.read(self._folder / KIT_FILE, self._shown)
        if tree is None:
            return None
        free = {key.text: (key, value) for key, value in tree.pairs if key.text in ("blocks", "fields")}
        own = tree._replace(value=tuple(pair for pair in tree.pairs if pair[0].text not in free))
        top = At("", tree, ())
        entry = self._fitter.value(own, self._fitter.root, top)
        key, fields = free.get("fields", (tree, None))
        shape = own_shape(self._fitter, fields, At("fields", key, ()))
        kit = Kit(
            name=self._folder.name,
            label=entry.label or self._folder.name,
            folder=self._folder,
            documents=tuple(self._documents(entry, shape)),
            shape=shape,
            description=entry.description,
            required=tuple(self._required(entry, shape)),
            blocks=MappingProxyType(dict(self._blocks(free.get("blocks")))),
            bound=BoundSpec(odd=entry.bound.odd is True, contents=entry.bound.contents is not False),
            places=MappingProxyType({path: node.place for path, node in self._fitter.nodes.items()}),
        )
        if entry.label is None and "label" not in self._fitter.faulty:
            self._fault(tree, "label", "缺少 label（合同类型的名称）。")
        return kit

    def _documents(self, entry: KitEntry, shape: GroupShape) -> Iterator[DocumentSpec]:
        if not entry.documents:
            self._fault(self._node("documents"), "documents", "没有列出文件（documents）。")
        if len(entry.documents) > _MOST_DOCUMENTS:
            message = f"列出了 {len(entry.documents):,} 份文件，最多 {_MOST_DOCUMENTS} 份。"
            self._fault(self._node("documents"), "documents", message)
            return
        seen: set[str] = set()
        for number, item in enumerate(entry.documents, 1):
            path = f"documents[{number}]"
            self._check_document(item, path, seen, shape)
            yield DocumentSpec(
                item.id or "",
                item.template or "",
                item.title or "",
                item.role or "contractual",
                item.each and english_path(shape, item.each),
                item.item,
                item.when,
                item.record,
            )

    def _check_document(self, item: DocumentEntry, path: str, seen: set[str], shape: GroupShape) -> None:
        missing = [name for name in ("id", "template", "title", "role") if f"{path}.{name}" not in self._fitter.nodes]
        if missing and path not in self._fitter.faulty:
            self._fault(self._node(path), path, f"文件缺少 {'、'.join(missing)}。")
        if item.id in seen:
            self._fault(self._node(f"{path}.id"), f"{path}.id", f"标识“{item.id}”用了两次。")
        seen.update(filter(None, (item.id,)))
        if item.template:
            self._file(item.template, f"{path}.template")
        if (item.each is None) is not (item.item is None):
            self._fault(self._node(path), path, "each 和 as 要一起写：each 是列表，as 是其中一项在模板里的名称。")
        if item.each and not isinstance(shape_at(shape, item.each), ListShape):
            self._fault(self._node(f"{path}.each"), f"{path}.each", f"“{item.each}”不是数据里的列表。")
        if item.item and not _good_name(item.item, shape):
            message = f"“{item.item}”不能作名称：用小写英文字母，且不与其他名称相同。"
            self._fault(self._node(f"{path}.as"), f"{path}.as", message)

    def _required(self, entry: KitEntry, shape: GroupShape) -> Iterator[str]:
        for number, path in enumerate(entry.required, 1):
            here = f"required[{number}]"
            if re.search(r"\[[0-9]", path) or shape_at(shape, path) is None:
                meant = _meant(path, [known for known, _ in every_field(shape)])
                meant = meant or "列表的每一项写 []，如 price.instalments[].trigger。"
                self._fault(self._node(here), here, f"没有“{path}”这个字段。{meant}")
            yield english_path(shape, path)

    def _blocks(self, pair: tuple[Node, Node] | None) -> Iterator[tuple[str, Path]]:
        if pair is None:
            return
        key, node = pair
        if node.kind != "mapping":
            self._fault(key, "blocks", "这里应写各段共用文字的名称和文件。")
        for name, value in node.pairs:
            path = f"blocks.{name.text}"
            self._fitter.nodes[path] = value
            yield name.text, self._file(value.text, path)

    def _file(self, name: str, path: str) -> Path:
        """The template of that name in the kit's folder, which must be there."""
        file = self._folder / name
        if not name.lower().endswith(".docx"):
            self._fault(self._node(path), path, f"“{name}”不是 Word 模板（.docx）。")
        elif not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(self._folder)):
            self._fault(self._node(path), path, f"“{name}”在合同类型的文件夹之外。")
        elif not file.is_file():
            meant = _meant(name, [found.name for found in self._folder.glob("*.docx")])
            self._fault(self._node(path), path, f"找不到模板“{name}”。{meant}")
        return file

    def _node(self, path: str) -> Node:
        while path not in self._fitter.nodes:
            path = path.rpartition("." if not path.endswith("]") else "[")[0]
        return self._fitter.nodes[path]

    def _fault(self, node: Node, path: str, message: str) -> None:
        self._fitter.fault("F250", node, At(path, node, ()), message)

    def findings(self) -> list[Finding]:
        """Everything that is wrong with what has been read."""
        return in_order([*self._parts.findings, *self._fitter.findings])


def _meant(word: str, known: Iterable[str]) -> str:
    near = nearest(word, known)
    return f"是不是想写“{near}”？" if near else ""


def _good_name(name: str, shape: GroupShape) -> bool:
    return bool(re.fullmatch(r"[a-z][a-z0-9_]*", name)) and name not in RESERVED and name not in shape.keys


def _told(finding: Finding) -> str:
    place = finding.place
    return f"  {place.file}:{place.line}:{place.column} {finding.message}{finding.hint or ''}"
