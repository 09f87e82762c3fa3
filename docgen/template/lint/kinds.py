"""What an expression of a template stands for, as far as that is known before there are any data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, NamedTuple

from docgen.contract.scalars import Scalar
from docgen.contract.shape import GroupShape, ListShape, Shape


class Sort(Enum):
    """The sorts of values, each with what a clerk calls it."""

    ANY = "不知道是什么"
    TEXT = "文字"
    WHOLE = "整数"
    NUMBER = "数"
    MONEY = "金额"
    RATE = "比例"
    DAY = "日期"
    FLAG = "真假值"
    GROUP = "一组字段"
    LIST = "列表"
    FUNCTION = "函数"


NUMBERS: Final = frozenset({Sort.WHOLE, Sort.NUMBER, Sort.MONEY, Sort.RATE})
DECIMALS: Final = NUMBERS - {Sort.WHOLE}
SINGLE: Final = NUMBERS | {Sort.TEXT, Sort.DAY, Sort.FLAG}

_SORTS: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        "money": Sort.MONEY,
        "instalment": Sort.MONEY,
        "rate": Sort.RATE,
        "quantity": Sort.NUMBER,
        "points": Sort.NUMBER,
        "count": Sort.WHOLE,
        "year": Sort.WHOLE,
        "day": Sort.DAY,
        "flag": Sort.FLAG,
    }
)


class Meant(NamedTuple):
    """What an expression stands for: its sort, and its path in the data ([] for every entry) where it has one.

    A group knows its fields: by the shape of the data, and others that rendering adds. A list knows its entry.
    """

    sort: Sort = Sort.ANY
    path: str | None = None
    shape: Shape | None = None
    fields: Mapping[str, Meant] = MappingProxyType({})
    entry: Meant | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """The words that the value may be, where it is one of a few."""
        return self.shape.options if isinstance(self.shape, Scalar) and self.sort is Sort.TEXT else ()


ANY: Final = Meant()
TEXT: Final = Meant(Sort.TEXT)
WHOLE: Final = Meant(Sort.WHOLE)
NUMBER: Final = Meant(Sort.NUMBER)
FLAG: Final = Meant(Sort.FLAG)

_METHODS: Final = ("startswith", "endswith", "strip", "lstrip", "rstrip", "split", "upper", "lower", "title")
_ATTRIBUTES: Final[Mapping[Sort, Mapping[str, Meant]]] = MappingProxyType(
    {
        Sort.DAY: {**dict.fromkeys(("year", "month", "day"), WHOLE), **dict.fromkeys(("third", "event"), TEXT)},
        Sort.TEXT: dict.fromkeys(_METHODS, Meant(Sort.FUNCTION)),
        Sort.LIST: {"size": WHOLE},
    }
)

Extras = Mapping[str, Mapping[str, Meant]]
"""The fields that rendering adds to the groups of the data, by the path of the group."""


def meant_by(shape: Shape, path: str, extras: Extras) -> Meant:
    """What a field of the data stands for."""
    if isinstance(shape, GroupShape):
        return Meant(Sort.GROUP, path, shape, extras.get(path, {}))
    if isinstance(shape, ListShape):
        return Meant(Sort.LIST, path, shape)
    return Meant(_SORTS.get(shape.kind, Sort.TEXT), path, shape)


def entry_of(meant: Meant, extras: Extras) -> Meant:
    """What an entry of a list stands for."""
    if isinstance(meant.shape, ListShape):
        return meant_by(meant.shape.item, f"{meant.path}[]", extras)
    if meant.sort is Sort.ANY and meant.path is not None:
        return Meant(path=f"{meant.path}[]")
    return meant.entry or ANY


def field_of(meant: Meant, name: str, extras: Extras) -> Meant | None:
    """What a field of a group, or an attribute of another value, stands for; None where it has no such field."""
    if name in meant.fields:
        return meant.fields[name]
    if isinstance(meant.shape, GroupShape):
        found = meant.shape.fields.get(name)
        return None if found is None else meant_by(found.shape, f"{meant.path}.{name}", extras)
    attribute = _ATTRIBUTES.get(meant.sort, {}).get(name)
    return None if attribute is None else attribute._replace(path=meant.path)


def either(one: Meant, other: Meant) -> Meant:
    """What stands for one of two things: what both are, and nothing certain where they differ."""
    if one == other:
        return one
    if one.sort is other.sort and one.sort in SINGLE:
        return Meant(one.sort)
    return ANY
