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
    """The node of a field, and the file that it stands in; `text` is the decoded text of that file.

    `flow` tells that it stands inside brackets.
    """

    node: Node
    path: Path
    text: str
    flow: bool = False


def typed_values(contract: Contract) -> Mapping[str, Typed]:
    """The node of every field and list of a contract that stands in its YAML, by path."""
    shown = contract.file.rpartition("/")
    parts = Parts(contract.folder, f"{shown[0]}/" if shown[1] else "")
    tree = parts.read(contract.folder / shown[2], contract.file)
    return dict(values_of(tree, contract.kit.shape, parts, contract.file)) if tree is not None else {}


def values_of(tree: Node, shape: GroupShape, parts: Parts, file: str) -> Iterator[tuple[str, Typed]]:
    """The node of every field and list of a tree that was read from this file."""
    return _values(tree, shape, "", parts, (file,))


def _values(
    node: Node, shape: Shape, path: str, parts: Parts, files: tuple[str, ...], *, flow: bool = False
) -> Iterator[tuple[str, Typed]]:
    name = reference(node.text) if isinstance(shape, (GroupShape, ListShape)) else None
    if name is not None:
        try:
            part = parts.part(name, files)
        except PartRefused:
            return
        if part is not None:
            yield from _values(part, shape, path, parts, (*files, part.file))
        return
    text = parts.text(node.file).text
    yield path, Typed(node, parts.files[node.file], text, flow)
    flow = flow or (node.kind != "scalar" and text[node.start] in "[{")
    if isinstance(shape, GroupShape):
        for key, value in node.pairs:
            known = shape.keys.get(key.text.strip())
            if known is not None:
                inner = f"{path}.{known}" if path else known
                yield from _values(value, shape.fields[known].shape, inner, parts, files, flow=flow)
    elif isinstance(shape, ListShape):
        for number, item in enumerate(node.items, 1):
            yield from _values(item, shape.item, f"{path}[{number}]", parts, files, flow=flow)
