"""Groups of fields, of which contract data consist: each field with its kind, its label and a word of explanation.

A group is written like a dataclass, and holds the values that loading has read. It reads and judges nothing itself:
that is the business of fit.py, which goes by the shape of a group (shape.py) and tells every fault with its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, NamedTuple, NoReturn, Self, dataclass_transform


class Declared(NamedTuple):
    """One field as a group declares it; `key` is its key in the data where that cannot be a name of Python's.

    The default of a field that is a group is that group, unfilled: `default` is its class then.
    """

    label: str
    description: str | None = None
    default: Any = None
    key: str | None = None


def labelled(label: str, description: str | None = None, *, key: str | None = None) -> Any:
    """A field with its Chinese label that is None when left out."""
    return Declared(label, description, None, key)


def listed(label: str, description: str | None = None) -> Any:
    """A list field with its Chinese label that is empty when left out."""
    return Declared(label, description, ())


def grouped(group: type[Group], label: str, description: str | None = None) -> Any:
    """A group of fields with its Chinese label that is empty when left out."""
    return Declared(label, description, group)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Group:
    """A group of fields; it has no fields but its own, and values are never changed after loading."""

    declared: ClassVar[Mapping[str, Declared]] = {}

    def __init_subclass__(cls) -> None:
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Declared)}
        cls.declared = {**cls.declared, **own}

    def __init__(self, **values: Any) -> None:
        for name, field in self.declared.items():
            key = field.key or name
            self.__dict__[name] = values.pop(key) if key in values else _unfilled(field)
        self._refuse(values)

    def changed(self, **values: Any) -> Self:
        """The same group with other values in some fields."""
        self._refuse(values.keys() - self.declared.keys())
        group = object.__new__(type(self))
        group.__dict__.update(self.__dict__, **values)
        return group

    def _refuse(self, unknown: Collection[str]) -> None:
        if unknown:
            raise TypeError(f"{type(self).__name__} has no field {'、'.join(sorted(unknown))}")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name} cannot be set: values are never changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name} cannot be deleted: values are never changed")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


def _unfilled(field: Declared) -> Any:
    return field.default() if isinstance(field.default, type) else field.default
