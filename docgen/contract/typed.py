"""What a clerk typed, value by value: where the text of each field and each list stands in the YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.contract.contract import Contract
from docgen.contract.parts import PartRefused, Parts, reference
from docgen.contract.shape import GroupShape, ListShape, Shape
from docgen.contract.source import Node


@dataclass(frozen=True, slots=True)
class Typed:
    """The node of a field, and the file that it stands in; `text` is the decoded text of that file."""

    node: Node
    path: Path
    text: str


def typed_values(contract: Contract) -> Mapping[str, Typed]:
    """The node of every field and list of a contract that stands in its YAML, by path."""
    shown = contract.file.rpartition("/")
    parts = Parts(contract.folder, f"{shown[0]}/" if shown[1] else "")
    tree = parts.read(contract.folder / shown[2], contract.file)
    return dict(_values(tree, contract.kit.shape, "", parts, (contract.file,))) if tree is not None else {}


def _values(node: Node, shape: Shape, path: str, parts: Parts, files: tuple[str, ...]) -> Iterator[tuple[str, Typed]]:
    name = reference(node.text) if isinstance(shape, (GroupShape, ListShape)) else None
    if name is not None:
        try:
            part = parts.part(name, files)
        except PartRefused:
            return
        if part is not None:
            yield from _values(part, shape, path, parts, (*files, part.file))
        return
    yield path, Typed(node, parts.files[node.file], parts.text(node.file).text)
    if isinstance(shape, GroupShape):
        for key, value in node.pairs:
            known = shape.keys.get(key.text.strip())
            if known is not None:
                inner = f"{path}.{known}" if path else known
                yield from _values(value, shape.fields[known].shape, inner, parts, files)
    elif isinstance(shape, ListShape):
        for number, item in enumerate(node.items, 1):
            yield from _values(item, shape.item, f"{path}[{number}]", parts, files)
