"""Loading a contract: YAML text → typed data, with every fault of the data in one run."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from docgen.contract.contract import DRAFT, FINAL, Contract, outer
from docgen.contract.fit import OPEN, At, Fitter
from docgen.contract.folders import DATA_FILE, find_kits, holding, kit_names
from docgen.contract.group import Group
from docgen.contract.kit import Kit, known_kits, load_kit, meant_kit
from docgen.contract.model import ContractData
from docgen.contract.parts import Parts
from docgen.contract.shape import labelled_path, shape_of, steps
from docgen.contract.source import Node
from docgen.errors import InputError
from docgen.findings import Finding, Severity, in_order

if TYPE_CHECKING:
    from docgen.contract.table import Base, Row

_MOST_NEAR: Final = 5

KitReader = Callable[[str, Path], Kit]
"""What gives the kit of that name in a folder of kits."""


def load(
    path: Path,
    *,
    shown: str | None = None,
    kits: Path | None = None,
    name: str | None = None,
    read_kit: KitReader = load_kit,
) -> tuple[Contract | None, list[Finding]]:
    """The contract that a data file (or the folder of one) holds, and everything that is wrong with its data.

    `shown` is the file or folder as the user named it, `kits` the folder of the kits, `name` that of the set, if it
    is not the folder's, `read_kit` what reads a kit. There is no contract where the YAML cannot be made out, or its
    kit is not known; then the findings say why.
    """
    contract, findings = _loaded(path, shown if shown is not None else str(path), kits, read_kit)
    return (contract if contract is None or name is None else replace(contract, name=name)), findings


def load_row(
    row: Row, kits: Path | None = None, read_kit: KitReader = load_kit
) -> tuple[Contract | None, list[Finding]]:
    """The contract that a row of a table makes of its base, and everything that is wrong with its data."""
    if row.fault is not None:
        raise InputError(f"{row.file}:{row.line}：{row.fault}。", hint="请改正这一行；其余各行照常生成。")
    contract, findings = _loaded(row.base, row.shown, kits, read_kit, row)
    return (contract if contract is None else replace(contract, name=row.name, row=row)), findings


def base_of(path: Path, shown: str, kits: Path | None = None) -> Base:
    """The base of a table; an InputError says why it cannot be one."""
    from docgen.contract.table import Base

    file, name = _data_file(path, shown)
    parts = Parts(Path(os.path.realpath(file.parent)), name[: -len(file.name)])
    tree = parts.read(file, name)
    kit, findings = _kit(tree, parts, find_kits(kits), load_kit) if tree is not None else (None, [])
    if kit is None:
        told = next(iter([*parts.findings, *findings]))
        raise InputError(f"{name}:{told.place.line}：{told.message}", hint=told.hint)
    return Base(file, name, kit.shape)


def _loaded(
    path: Path, shown: str, kits: Path | None, read_kit: KitReader, row: Row | None = None
) -> tuple[Contract | None, list[Finding]]:
    file, name = _data_file(path, shown)
    folder = Path(os.path.realpath(file.parent))  # which, unlike resolve(), bears a link that leads to itself
    parts = Parts(folder, name[: -len(file.name)])
    tree = parts.read(file, name)
    if tree is None:
        return None, in_order(parts.findings)
    kit, findings = _kit(tree, parts, find_kits(kits), read_kit)
    if kit is None:
        return None, in_order([*parts.findings, *findings])
    if row is not None:
        from docgen.contract.table import laid_over

        tree = laid_over(tree, row, kit.shape, parts)
    fitter = Fitter(kit.shape, parts)
    data = fitter.value(tree, kit.shape, At("", tree, (name,)))
    return _contract(fitter, data, kit, tree)


def _data_file(path: Path, shown: str) -> tuple[Path, str]:
    """The data file and the name it is shown under, parts of the name joined by /."""
    shown = shown.replace(os.sep, "/")
    if not path.is_dir():
        return _named(path, shown), shown
    if not (path / DATA_FILE).exists():
        near = [f"{shown.rstrip('/')}/{found.name}" for found in holding(path, DATA_FILE)]
        more = " 等" if len(near) > _MOST_NEAR else ""
        known = f"是不是要用其中的 {'、'.join(near[:_MOST_NEAR])}{more}？"
        raise InputError(
            f"{shown}：文件夹里没有 {DATA_FILE}。", hint=known if near else "新建一份数据：docgen new 合同类型 名称"
        )
    return path / DATA_FILE, f"{shown.rstrip('/') or ''}/{DATA_FILE}"


def _named(path: Path, shown: str) -> Path:
    """The file, refused when it is of another kind: what it says would only look like slips."""
    if path.suffix.lower() not in (".yaml", ".yml") and path.is_file():
        message = f"{shown}：这不是数据文件；数据文件是 YAML，名称以 .yaml 或 .yml 结尾。"
        raise InputError(message, hint=f"请指定 {DATA_FILE}，或它所在的文件夹。")
    return path


def _kit(tree: Node, parts: Parts, root: Path, read_kit: KitReader) -> tuple[Kit | None, list[Finding]]:
    """The kit that the data names, or the finding that says why there is none."""
    core = shape_of(ContractData)
    fitter = Fitter(core, parts)
    pair = next(((key, value) for key, value in tree.pairs if core.keys.get(key.text.strip()) == "kit"), None)
    if pair is None or not pair[1].text.strip() or pair[1].text.strip() == OPEN:
        at = At("kit", pair[0] if pair else tree, ())
        fitter.fault("F221", at.node, at, "没有写合同类型（kit），无法知道要生成哪些文件。", hint=known_kits(root))
        return None, fitter.findings
    name = pair[1].text.strip()
    if name in kit_names(root):
        return read_kit(name, root), []
    near = meant_kit(name, root)
    hint = f"{f'是不是想写“{near}”？' if near else ''}{known_kits(root)}"
    at = At("kit", pair[1], ())
    message = f"没有“{name}”这种合同类型。"
    fitter.fault("F222", pair[1], at, message, expected=near, hint=hint)
    return None, fitter.findings


def _contract(fitter: Fitter, data: ContractData, kit: Kit, tree: Node) -> tuple[Contract, list[Finding]]:
    """The contract of fitted data, and all findings; a contract without a stage is treated as a draft."""
    stage = _stage(fitter, data)
    missing = list(_missing(fitter, data, kit.required))
    for path in missing:
        if not _among(fitter.meant, path):
            _note_missing(fitter, path, final=stage == FINAL)
    for path, node in fitter.open.items():
        _note_open(fitter, At(path, node, ()), final=stage == FINAL)
    for path, node in fitter.mentions.items():
        _note_mention(fitter, At(path, node, ()), final=stage == FINAL)
    contract = Contract(
        file=tree.file,
        folder=fitter.parts.folder,
        name=fitter.parts.folder.name,
        kit=kit,
        data=data,
        stage=stage,
        places=MappingProxyType({path: node.place for path, node in fitter.nodes.items()}),
        blanks=frozenset([*fitter.open, *fitter.faulty, *missing]),
    )
    return contract, in_order([*fitter.parts.findings, *fitter.findings])


def _stage(fitter: Fitter, data: ContractData) -> Literal["草稿", "定稿"]:
    """The stage; where none is written that is a fault, and a draft is the safe reading."""
    path = "contract.stage"
    if data.contract.stage is None and path not in fitter.faulty:
        fitter.open.pop(path, None)
        around = fitter.faulty[path] = _around(fitter, path)
        if _among(fitter.meant, path):
            return DRAFT
        hint = "在“合同”之下写“阶段: 草稿”或“阶段: 定稿”。"
        fitter.fault(
            "F223", around, At(path, around, ()), "没有写阶段，按草稿处理。", expected="草稿 或 定稿", hint=hint
        )
    return data.contract.stage or DRAFT


def _missing(fitter: Fitter, data: ContractData, required: tuple[str, ...]) -> Iterator[str]:
    """The paths that the kit requires and the data does not have; what is open or faulty has been noted already."""
    for pattern in required:
        for path, value in _reached(data, list(steps(pattern)), ""):
            left_out = value is None or value == () or (isinstance(value, Group) and path not in fitter.nodes)
            if left_out and not (_among(fitter.open, path) or _among(fitter.faulty, path)):
                yield path


def _reached(value: Any, pattern: list[tuple[str, tuple[str, ...]]], path: str) -> Iterator[tuple[str, Any]]:
    """Every path that a pattern stands for, with its value."""
    if not pattern:
        yield path, value
        return
    (key, indices), *rest = pattern
    found = [(f"{path}.{key}" if path else key, getattr(value, key))]
    for _ in indices:
        found = [(f"{outside}[{number}]", item) for outside, items in found for number, item in enumerate(items, 1)]
    for inner, item in found:
        yield from _reached(item, rest, inner)


def _among(paths: Collection[str], path: str) -> bool:
    """Whether a path, or something around it, is among the paths."""
    while path:
        if path in paths:
            return True
        path = outer(path)
    return False


def _around(fitter: Fitter, path: str) -> Node:
    """The node of the nearest thing around a path."""
    while path and path not in fitter.nodes:
        path = outer(path)
    return fitter.nodes[path]


def _note_missing(fitter: Fitter, path: str, *, final: bool) -> None:
    """Note a required field that is not there: an error in a final contract, a warning in a draft."""
    name = labelled_path(fitter.root, path).rpartition(".")[2]
    around = _around(fitter, outer(path))
    hint = f"请补上“{name}: …”；尚未确定的写“{name}: {OPEN}”。"
    severity = Severity.ERROR if final else Severity.WARNING
    fitter.fault("F231", around, At(path, around, ()), f"缺少必填项“{name}”。", hint=hint, severity=severity)


def _note_open(fitter: Fitter, at: At, *, final: bool) -> None:
    """Note an open field: an error in a final contract, a note in a draft."""
    if final:
        fitter.fault("F232", at.node, at, "定稿里还有待填的项。", hint="请填写；尚不能定稿的，把阶段改回 草稿。")
    else:
        fitter.fault("F232", at.node, at, "尚未填写。", severity=Severity.NOTE)


def _note_mention(fitter: Fitter, at: At, *, final: bool) -> None:
    """Note a text that holds 待填 among other words, or is another word for it: it would be printed as it stands."""
    among = OPEN in at.node.text
    message = f"文字里夹着“{OPEN}”，会照样印出。" if among else f"“{at.node.text.strip()}”会照样印出。"
    known = f"已经确定的，把“{OPEN}”换成应有的文字" if among else "本来就要印出的，不必理会"
    severity = Severity.WARNING if final else Severity.NOTE
    fitter.fault("F233", at.node, at, message, hint=f"整项尚未确定的，只写 {OPEN}；{known}。", severity=severity)
