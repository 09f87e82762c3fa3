"""A kit's own fields: from their description in kit.yaml to a model that holds them beside the core fields."""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Final, NamedTuple, TypeVar

from docgen.contract.fit import At, Fitter
from docgen.contract.group import Declared, Group, labelled, listed
from docgen.contract.model import ContractData
from docgen.contract.scalars import (
    COUNT,
    DAY,
    FLAG,
    LINE,
    MONEY,
    POINTS,
    QUANTITY,
    RATE,
    TEXT,
    YEAR,
    Line,
    Scalar,
    Text,
    choice,
)
from docgen.contract.shape import GroupShape, shape_of
from docgen.contract.source import Node

SCALARS: Final[Mapping[str, Scalar]] = {
    scalar.kind: scalar for scalar in (LINE, TEXT, COUNT, MONEY, QUANTITY, POINTS, RATE, DAY, YEAR, FLAG)
}
TYPES: Final = (*SCALARS, "choice", "group", "list")
RESERVED: Final = frozenset(
    {"doc", "annexes", "annex", "table", "no", "ref", "loop", "self", "caller", "varargs", "kwargs", "true", "false"}
)
"""Names that templates use for something else."""

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NOT_IN_LABELS: Final = re.compile(r"[.\[\]:：#\s]")


Definition = tuple[Any, Declared]
_Base = TypeVar("_Base", bound=Group)


class FieldEntry(Group):
    """What kit.yaml says of one field, but for the fields below it."""

    label: Line | None = labelled("名称")
    type: Annotated[str, choice(TYPES)] | None = labelled("类型")
    description: Text | None = labelled("说明")
    options: tuple[Line, ...] = listed("可选值")


class _Below(NamedTuple):
    """The nodes under `fields` and `of`, which hold names that the kit is free to choose."""

    fields: Node | None
    of: Node | None


class FieldReader:
    """Reads descriptions of fields; faults are noted in the fitter's findings."""

    def __init__(self, fitter: Fitter) -> None:
        self._fitter = fitter
        self._entry = shape_of(FieldEntry)

    def model(self, node: Node | None, at: At) -> type[ContractData]:
        """The core model with the fields that a mapping of names describes."""
        if node is None:
            return ContractData
        return _class("KitData", ContractData, self._definitions(node, at, shape_of(ContractData).keys))

    def _definitions(self, node: Node, at: At, taken: Mapping[str, str]) -> dict[str, Definition]:
        """The fields of a mapping of names: what each holds, and how it is declared."""
        if node.kind != "mapping":
            self._fault(at.node, at, "这里应写各字段，每个字段一个名称。")
            return {}
        names = [(key, self._definition(key, value, at.field(key.text, key))) for key, value in node.pairs]
        known = {key.text: definition for key, definition in names if definition is not None}
        words = Counter([*taken, *(word for key, (_, own) in known.items() for word in {key, own.label})])
        for key, _ in names:
            for word in {key.text, known[key.text][1].label if key.text in known else key.text}:
                if words[word] > 1:
                    self._fault(key, at.field(key.text, key), f"“{word}”与同级另一项的键或名称相同。")
        return known

    def _definition(self, key: Node, node: Node, at: At) -> Definition | None:
        if not self._name_is_good(key, at):
            return None
        if node.kind != "mapping":
            self._fault(key, at, "字段应写成一组：label、type 等。")
            return None
        own, below = _split(node)
        entry = self._fitter.value(own, self._entry, at)
        if entry.label is None or entry.type is None:
            missing = [name for name in ("label", "type") if f"{at.path}.{name}" not in self._fitter.nodes]
            if missing:
                self._fault(key, at, f"字段缺少 {'、'.join(missing)}。")
            return None
        if _NOT_IN_LABELS.search(entry.label):
            self._fault(key, at, f"名称“{entry.label}”里不能有空格、冒号、点、# 或方括号。")
        if entry.type == "list":
            item = self._item(below.of, at)
            return tuple[item, ...], _declared(entry, ())  # type: ignore[valid-type]
        if entry.type == "group":
            group = self._group(below.fields, at, "fields")
            return group, _declared(entry, group)
        return self._scalar(entry, at) | None, _declared(entry, None)

    def _name_is_good(self, key: Node, at: At) -> bool:
        name = key.text
        if not _NAME.fullmatch(name):
            self._fault(key, at, f"字段的键“{name}”应为小写英文字母、数字和下划线，以字母开头。")
        elif name in RESERVED or keyword.iskeyword(name) or hasattr(Group, name):
            self._fault(key, at, f"“{name}”另有用处，不能作字段的键，请换一个。")
        else:
            return True
        return False

    def _scalar(self, entry: FieldEntry, at: At) -> Any:
        if entry.type == "choice" and len(entry.options) < 2:
            self._fault(at.node, at, "choice 要在 options 里列出至少两个可选值。")
        kind = choice(entry.options) if entry.type == "choice" else SCALARS[str(entry.type)]
        return _annotated(kind)

    def _item(self, of: Node | None, at: At) -> Any:
        """What each entry of a list is: a kind of value by name, or a group by its fields."""
        if of is not None and of.kind == "mapping":
            return self._group(of, at, "of")
        if of is None or of.kind != "scalar" or of.text not in SCALARS:
            self._fault(at.node, at, f"list 要用 of 写明每一项：{'、'.join(SCALARS)} 之一，或一组字段。")
            return Line
        return _annotated(SCALARS[of.text])

    def _group(self, node: Node | None, at: At, key: str) -> type[Group]:
        if node is None:
            self._fault(at.node, at, f"{key} 里要写明各字段。")
            return Group
        return _class("KitGroup", Group, self._definitions(node, at, {}))

    def _fault(self, node: Node, at: At, message: str) -> None:
        self._fitter.fault("F250", node, at, message)


def _annotated(scalar: Scalar) -> Any:
    return Annotated[scalar.result[0], scalar]


def _declared(entry: FieldEntry, default: Any) -> Declared:
    return Declared(entry.label or "", entry.description, default)


def _class(name: str, base: type[_Base], definitions: Mapping[str, Definition]) -> type[_Base]:
    """A group with the fields of `base` and those that are defined."""
    annotations = {key: kind for key, (kind, _) in definitions.items()}
    fields = {key: declared for key, (_, declared) in definitions.items()}
    return type(name, (base,), {"__annotations__": annotations, **fields})


def _split(node: Node) -> tuple[Node, _Below]:
    """The mapping without `fields` and `of`, and those two."""
    below = {key.text: value for key, value in node.pairs if key.text in ("fields", "of")}
    own = tuple(pair for pair in node.pairs if pair[0].text not in below)
    return node._replace(value=own), _Below(below.get("fields"), below.get("of"))


def own_shape(fitter: Fitter, node: Node | None, at: At) -> GroupShape:
    """The shape of a contract's data with the kit's own fields, as `fields` of kit.yaml describes them."""
    return shape_of(FieldReader(fitter).model(node, at))
