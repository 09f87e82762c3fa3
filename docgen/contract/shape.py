"""The shape of contract data: which fields stand where, by key and Chinese label, read off the groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

from docgen.contract.group import Group
from docgen.contract.scalars import Scalar


class FieldShape(NamedTuple):
    """One field: its key, the label a clerk knows it by, a word of explanation, and what it holds."""

    key: str
    label: str
    description: str | None
    shape: Shape


class ListShape(NamedTuple):
    """A list and what each entry is."""

    item: Shape


class GroupShape(NamedTuple):
    """A group of fields by key; `keys` leads from keys and labels alike to the key; `empty` is the group unfilled."""

    model: type[Group]
    fields: Mapping[str, FieldShape]
    keys: Mapping[str, str]
    empty: Group


Shape: TypeAlias = Scalar | GroupShape | ListShape

SEGMENT: Final = re.compile(r"(?P<key>[^.\[\]]+)(?P<indices>(?:\[[0-9]*\])*)")


def shape_of(model: type[Group]) -> GroupShape:
    """The shape of a group and of everything below it."""
    kinds = _annotations(model)
    fields = {}
    for name, field in model.declared.items():
        key = field.key or name
        fields[key] = FieldShape(key, field.label, field.description, _shape(kinds[name]))
    keys = {item.label: key for key, item in fields.items()} | {key: key for key in fields}
    empty = model(**{key: nothing(item.shape) for key, item in fields.items()})
    return GroupShape(model, MappingProxyType(fields), MappingProxyType(keys), empty)


def _annotations(model: type[Group]) -> dict[str, Any]:
    """What the fields of a group hold, as annotated."""
    found: dict[str, Any] = {}
    for base in reversed(model.__mro__[: model.__mro__.index(Group)]):
        own = vars(base)["__annotations__"]
        postponed = any(isinstance(kind, str) for kind in own.values())
        found |= get_type_hints(base, include_extras=True) if postponed else own
    return found


def nothing(shape: Shape) -> Any:
    """The value of a field that is left out: None, an empty group, or an empty list."""
    if isinstance(shape, GroupShape):
        return shape.empty
    return () if isinstance(shape, ListShape) else None


def _shape(annotation: Any) -> Shape:
    """The shape that a field's annotation tells: X | None, a group, tuple[X, ...], or a scalar with its metadata."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return next(mark for mark in arguments if isinstance(mark, Scalar))
    if origin in (Union, UnionType):
        return _shape(next(argument for argument in arguments if argument is not NoneType))
    return ListShape(_shape(arguments[0])) if origin is tuple else shape_of(annotation)


def below(shape: Shape, key: str) -> FieldShape | None:
    """The field of that key (or label) in a group; None when there is none."""
    if not isinstance(shape, GroupShape) or key not in shape.keys:
        return None
    return shape.fields[shape.keys[key]]


def steps(path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The keys of a path with the indices behind each: `price.sections[2].rows[]` → rows with an empty index last."""
    for part in path.split(".") if path else ():
        match = SEGMENT.fullmatch(part)
        if match is None:
            yield part, ()
        else:
            yield match["key"], tuple(re.findall(r"\[([0-9]*)\]", match["indices"]))


def shape_at(shape: GroupShape, path: str) -> Shape | None:
    """The shape at the end of a path; None when the path leads nowhere."""
    here: Shape = shape
    for key, indices in steps(path):
        found = below(here, key)
        if found is None:
            return None
        here = found.shape
        for _ in indices:
            if not isinstance(here, ListShape):
                return None
            here = here.item
    return here


def english_path(shape: GroupShape, path: str) -> str:
    """The path in English keys, whatever of it was written in labels; unknown parts stay."""
    return _translated(shape, path, lambda found: found.key)


def labelled_path(shape: GroupShape, path: str) -> str:
    """The path as a clerk says it: `price.instalments[2].amount` → 价款.付款[2].金额; unknown parts stay."""
    return _translated(shape, path, lambda found: found.label)


def _translated(shape: GroupShape, path: str, name: Callable[[FieldShape], str]) -> str:
    here: Shape | None = shape
    parts = []
    for key, indices in steps(path):
        found = below(here, key) if here is not None else None
        parts.append((name(found) if found else key) + "".join(f"[{index}]" for index in indices))
        here = found.shape if found else None
        for _ in indices:
            here = here.item if isinstance(here, ListShape) else None
    return ".".join(parts)


def every_field(shape: Shape, path: str = "") -> Iterator[tuple[str, FieldShape]]:
    """Every field below a shape with its path, entries of lists written []."""
    if isinstance(shape, ListShape):
        yield from every_field(shape.item, f"{path}[]")
    elif isinstance(shape, GroupShape):
        for key, item in shape.fields.items():
            inner = f"{path}.{key}" if path else key
            yield inner, item
            yield from every_field(item.shape, inner)
