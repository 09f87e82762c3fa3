"""A JSON Schema of contract data, for editors: it completes keys and labels, explains them, and marks slips.

It is looser than loading where an editor would otherwise show an error that is none: a value that is read from its
text may stand there as a number, an open field as 待填, a part as 文件 NAME.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from docgen.contract.fit import OPEN
from docgen.contract.kit import Kit
from docgen.contract.model import ContractData
from docgen.contract.scalars import Scalar
from docgen.contract.shape import FieldShape, GroupShape, ListShape, Shape, shape_of

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

Json = dict[str, Any]

# A group or a list may be open, or stand in a file of its own.
_ELSEWHERE: Final = r"^\s*(待填|(文件[ 　]*|[Ff][Ii][Ll][Ee][ 　]+)\S.*\.[Yy][Aa]?[Mm][Ll])\s*$"
_DIGITS: Final = "[0-9０-９]"
_PATTERNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "count": rf"^\s*({_DIGITS}{{1,9}}|待填)\s*$",
        "quantity": rf"^\s*({_DIGITS}[0-9０-９,，.．]*|待填)\s*$",
        "points": rf"^\s*({_DIGITS}[0-9０-９,，.．]*|待填)\s*$",
        "rate": r"([%％‰‱]|分之|待填)",
        "year": rf"^\s*({_DIGITS}{{4}}\s*年?度?|待填)\s*$",
        "money": rf"({_DIGITS}|待填)",
        "instalment": rf"({_DIGITS}|余款|待填)",
    }
)
_WIDE: Final = ["string", "number", "boolean"]
_TYPES: Final[Mapping[str, list[str]]] = MappingProxyType(
    {
        "count": ["string", "integer"],
        "year": ["string", "integer"],
        "day": ["string", "integer"],
        "rate": ["string"],
        "money": ["string", "number"],
        "instalment": ["string", "number"],
        "quantity": ["string", "number"],
        "points": ["string", "number"],
    }
)


def json_schema(kit: Kit | None = None) -> Json:
    """The JSON Schema (draft 2020-12) of the data of a kit, or of what all kits have in common."""
    shape = kit.shape if kit else shape_of(ContractData)
    definitions: Json = {}
    root = _members(shape, definitions, "")
    if kit:
        for key in ("kit", shape.fields["kit"].label):
            root["properties"][key] = {**root["properties"][key], "enum": [kit.name]}
    title = f"{kit.label}的数据" if kit else "合同数据"
    return {"$schema": DIALECT, "title": title, "type": "object", **root, "$defs": dict(sorted(definitions.items()))}


def _members(shape: GroupShape, definitions: Json, path: str) -> Json:
    """The properties of a group, each field under its key and under its label."""
    properties: Json = {}
    for key, item in shape.fields.items():
        described = _described(item, _schema(item.shape, definitions, f"{path}.{key}" if path else key))
        properties[key] = {**described, "title": item.label}
        properties[item.label] = {**described, "title": key}
    return {"properties": properties, "additionalProperties": False}


def _described(item: FieldShape, schema: Json) -> Json:
    expected = _innermost(item.shape)
    words = [item.label, item.description, expected]
    return {**schema, "description": "。".join(word for word in words if word) + "。"}


def _innermost(shape: Shape) -> str | None:
    if isinstance(shape, ListShape):
        inner = _innermost(shape.item)
        return f"列表，每项为{inner}" if inner else "列表"
    return shape.expected if isinstance(shape, Scalar) else None


def _schema(shape: Shape, definitions: Json, path: str) -> Json:
    if isinstance(shape, Scalar):
        return scalar_schema(shape)
    if isinstance(shape, ListShape):
        items = _schema(shape.item, definitions, path)
        return {"type": ["array", "string"], "items": items, "pattern": _ELSEWHERE}
    # A kit's own groups have no name of their own; their path is one.
    own = shape.model.__module__ != ContractData.__module__
    name = path.replace(".", "-") if own else shape.model.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = {"type": ["object", "string"], **_members(shape, definitions, path), "pattern": _ELSEWHERE}
    return {"$ref": f"#/$defs/{name}"}


def scalar_schema(shape: Scalar) -> Json:
    """The schema of a value: its types in an editor's reading of YAML, and what its text must look like."""
    if shape.options:
        spoken: list[str | bool] = [*shape.options, OPEN]
        return {"enum": [*spoken, True, False] if shape.kind == "flag" else spoken}
    schema: Json = {"type": _TYPES.get(shape.kind, _WIDE), "minLength": 1}
    if shape.kind in _PATTERNS:
        schema["pattern"] = _PATTERNS[shape.kind]
    if "integer" in schema["type"] or shape.kind in _PATTERNS:
        schema["minimum"] = 0
    return schema
