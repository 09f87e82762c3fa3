# ruff: noqa: SLOT000, SLOT001  (they keep the path in their __dict__: tuples and integers can have no slots)
"""Values as templates see them: plain data that prints as a clerk expects and remembers which field it came from.

A group is a Record, a list is Rows, an amount is a Decimal that prints in figures. Every one carries the path of
its field, and what is made of it by a filter carries that path on, so that rendering can tell where each figure of
a document came from. Nothing here can be changed by a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NoReturn, Self

from docgen.contract.days import PartialDate
from docgen.contract.scalars import Scalar

BLANK = "________"


class Record:
    """A group of fields, read as attributes."""

    def __init__(self, path: str | None, fields: Mapping[str, Any]) -> None:
        self.__dict__.update(fields)
        self.__dict__["_path"] = path

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{name} cannot be set: values are never changed")

    def __repr__(self) -> str:
        return f"Record({self.__dict__['_path']!r})"

    def extended(self, **fields: object) -> Record:
        """The same group with more fields."""
        return Record(self.__dict__["_path"], {**self.__dict__, **fields})


class Rows(tuple[Any, ...]):
    """A list with the path of its field; an open one holds one open entry, and nobody knows how many it will be."""

    _path: str | None
    _open: bool

    def __new__(cls, items: Iterable[Any] = (), path: str | None = None, *, is_open: bool = False) -> Self:
        rows = super().__new__(cls, items)
        rows._path = path
        rows._open = is_open
        return rows

    @property
    def size(self) -> Whole | Blank:
        """How many entries there are."""
        if self._open:
            return Blank(self._path)
        return Whole(len(self), self._path)


class Text(str):
    """A text with the path of its field."""

    _path: str | None

    def __new__(cls, value: str, path: str | None = None) -> Self:
        text = super().__new__(cls, value)
        text._path = path
        return text


class Whole(int):
    """A whole number with the path of its field."""

    _path: str | None

    def __new__(cls, value: int, path: str | None = None) -> Self:
        whole = super().__new__(cls, value)
        whole._path = path
        return whole


class Quantity(Decimal):
    """A number with the path of its field; it prints without trailing zeros."""

    _path: str | None

    def __new__(cls, value: Decimal, path: str | None = None) -> Self:
        quantity = super().__new__(cls, value)
        quantity._path = path
        return quantity

    def __str__(self) -> str:
        return plain_decimal(Decimal(self))


class Amount(Quantity):
    """An amount in 元; it prints in plain figures, with two decimals unless it is whole."""

    def __str__(self) -> str:
        from docgen.amounts.figures import plain_figures

        return plain_figures(Decimal(self))


class Share(Quantity):
    """A share; it prints as a percentage."""

    def __str__(self) -> str:
        return percentage(Decimal(self))


class Day:
    """A date or event with the path of its field; it prints in its Chinese form."""

    __slots__ = ("_date", "_path")

    def __init__(self, date: PartialDate, path: str | None = None) -> None:
        self._date = date
        self._path = path

    @property
    def year(self) -> int | None:
        """The year; None for an event."""
        return self._date.year

    @property
    def month(self) -> int | None:
        """The month; None where the date does not say."""
        return self._date.month

    @property
    def day(self) -> int | None:
        """The day of the month; None where the date does not say."""
        return self._date.day

    @property
    def third(self) -> str | None:
        """上旬, 中旬 or 下旬; None where the date does not say."""
        return self._date.third

    @property
    def event(self) -> str | None:
        """The event that stands for the date; None for a date."""
        return self._date.event

    def __str__(self) -> str:
        return str(self._date)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


class Blank(str):
    """An open value: it prints a line to write on, whatever is done with it.

    It is true where the clerk said 待填, and false where the field was left out of a draft: a condition on a field
    that is still open prints its clause, a condition on one that nobody mentioned does not.
    """

    _path: str | None
    _open: bool

    def __new__(cls, path: str | None = None, *, is_open: bool = True) -> Self:
        blank = super().__new__(cls, BLANK)
        blank._path = path
        blank._open = is_open
        return blank

    def __bool__(self) -> bool:
        return self._open

    def __add__(self, other: object) -> str:
        return str(self) + other if isinstance(other, str) else self

    def __radd__(self, other: object) -> str:
        return other + str(self) if isinstance(other, str) else self

    def _itself(self, *_: object) -> Blank:
        return self

    def _never(self, _: object) -> bool:
        return False

    # The parts of an open date are open, and so is what is computed with an open number.
    year = month = day = third = event = property(_itself)
    __sub__ = __rsub__ = __mul__ = __rmul__ = _itself
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __neg__ = __pos__ = _itself
    __lt__ = __le__ = __gt__ = __ge__ = _never


_KINDS: dict[str, Any] = {
    "money": Amount,
    "instalment": Amount,
    "rate": Share,
    "quantity": Quantity,
    "points": Quantity,
    "count": Whole,
    "year": Whole,
    "day": Day,
}


def scalar(kind: Scalar, value: Any, path: str | None) -> Any:
    """The value as a template sees it: typed after the kind of its field, with the path."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return Text(value, path)
    return _KINDS[kind.kind](value, path)


def path_of(value: object) -> str | None:
    """The path of the field a value came from; None for what belongs to no single field."""
    path = getattr(value, "_path", None)
    return path if isinstance(path, str) else None


def carried(source: object, text: str) -> str:
    """The text with the path of the value it was made from."""
    path = path_of(source)
    return text if path is None else Text(text, path)


def plain_decimal(value: Decimal) -> str:
    """The number without exponent and trailing zeros: 45, 0.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percentage(value: Decimal) -> str:
    """The share in percent: 50%, 0.5%."""
    return f"{plain_decimal(value * 100)}%"
