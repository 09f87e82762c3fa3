"""What tells later on that a contract has changed since a record of it was signed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from docgen.contract.contract import Contract
from docgen.contract.derive import complete
from docgen.contract.shape import GroupShape, ListShape, Shape
from docgen.outputs.manifest import Record, salted

_FORM: Final = "review"
# The stage says nothing of the contract, and the form is what the contract was reviewed on.
_APART: Final = frozenset({"contract.stage", _FORM})


def traces(contract: Contract) -> tuple[str, str]:
    """A salted hash of what was reviewed, and one of what the form itself says of that.

    Figures count the same whether they were typed or are worked out.
    """
    data, shape = complete(contract.data), contract.kit.shape
    reviewed = repr(_plain(shape, data, ""))
    form = _plain(shape.fields[_FORM].shape, getattr(data, _FORM), _FORM)
    return salted(reviewed)[1], salted(f"{reviewed}\0{form!r}")[1]


def outdated(record: Record, now: tuple[str, str]) -> bool:
    """Whether the contract, or a form that was signed already when it was made, has changed since."""
    contract, form = now
    return record.contract != contract or (bool(record.form) and record.form != form)


def _plain(shape: Shape, value: Any, path: str) -> Any:
    """The value as texts by key: neither another spelling nor a field that a newer docgen knows changes them."""
    if isinstance(shape, GroupShape):
        paths = {key: f"{path}.{key}" if path else key for key in sorted(shape.fields)}
        kept = {key: inner for key, inner in paths.items() if inner not in _APART}
        found = {key: _plain(shape.fields[key].shape, getattr(value, key), inner) for key, inner in kept.items()}
        return {key: said for key, said in found.items() if said}
    if isinstance(shape, ListShape):
        return [_plain(shape.item, item, f"{path}[]") for item in value]
    if value is None:
        return ""
    return str(value.normalize()) if isinstance(value, Decimal) else str(value)
