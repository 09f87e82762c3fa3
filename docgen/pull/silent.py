"""Fields that the data leave out: where a file would print them, so that what is filled in there by hand is theirs.

A blank cell, a stroke, a line for a date: what the template prints where nothing is given. The place is found by giving
every such field a value, and looking where the values stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from docgen.contract.contract import Contract
from docgen.contract.days import PartialDate
from docgen.contract.insert import missing
from docgen.contract.paths import with_value
from docgen.contract.scalars import Scalar
from docgen.contract.shape import GroupShape, ListShape, Shape
from docgen.contract.typed import Typed
from docgen.draft import Draft
from docgen.errors import DocgenError
from docgen.merge.trace import trace
from docgen.pipeline import all_drafted
from docgen.pull.derived import origin_of
from docgen.pull.spans import Stand
from docgen.template.documents import documents

# Values that no contract has.
_GIVEN: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "day": PartialDate(2197, 12, 29),
        "year": 2197,
        "count": 9713,
        "quantity": Decimal("9713.7"),
        "points": Decimal("9713.7"),
        "rate": Decimal("0.9713"),
    }
)
_WORDS: Final = frozenset({"line", "text", "credit_code", "identity_number"})


def silent_fields(contract: Contract, typed: Mapping[str, Typed]) -> dict[str, Any]:
    """The fields that may be given and are not, each with some value of its kind."""
    found = {}
    for number, (path, scalar) in enumerate(_empty(contract.data, contract.kit.shape, "")):
        given = f"〔{number:04}〕" if scalar.kind in _WORDS else _GIVEN.get(scalar.kind)
        open_ = path in contract.blanks or missing(path, typed, contract.kit.shape) is None
        if given is not None and not open_ and origin_of(path, contract) is None:
            found[path] = given
    return found


def _empty(value: Any, shape: Shape, path: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(shape, Scalar):
        if value is None:
            yield path, shape
    elif isinstance(shape, GroupShape):
        for key, field in shape.fields.items():
            yield from _empty(getattr(value, key), field.shape, f"{path}.{key}" if path else key)
    elif isinstance(shape, ListShape):
        for number, item in enumerate(value, 1):
            yield from _empty(item, shape.item, f"{path}[{number}]")


def with_silent_fields(contract: Contract, fields: Mapping[str, Any]) -> list[Draft]:
    """The documents with all these fields given; none where they cannot be made so."""
    data = reduce(lambda data, path: with_value(data, path, fields[path]), fields, contract.data)
    changed = replace(contract, data=data)
    try:
        return all_drafted(changed, documents(changed), Path(contract.name))[0]
    except DocgenError:
        return []


def silent_stands(draft: Draft, fields: Mapping[str, Any], base: bytes, stands: Sequence[Stand]) -> Iterator[Stand]:
    """Where the fields of the draft would stand in a file that was made without them.

    What the file prints there is all of a paragraph, or something of its own; never what is another value's.
    """
    answers = {(here.part, here.position): here for here in trace(draft.data, base)}
    taken = {(s.part, s.position, n) for s in stands for n in range(s.start, s.end)}
    for value in draft.written:
        here = answers.get((value.part, value.position)) if value.path in fields else None
        now = here.stand(value.start, value.end) if here is not None else None
        if here is None or now is None:
            continue
        free = not any((now.part, now.position, n) in taken for n in range(now.start, now.end))
        if free and (now.text or not here.new_text):
            yield Stand(value.path, 0, *now[:4], silent=True)
