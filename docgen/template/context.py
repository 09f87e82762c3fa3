"""What templates see: the data of a contract, completed, and the set of documents that it makes.

A field that is left out is false in a condition; printed, it is an error in a final contract and a blank in a draft.
What is 待填 prints as a blank, and an open list as one open row, so that a draft shows where something is to come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from docgen.contract.contract import DRAFT, Contract
from docgen.contract.derive import complete
from docgen.contract.shape import GroupShape, ListShape, Shape, nothing
from docgen.errors import TemplateError
from docgen.template.environment import LeftOut, allowed, allowed_method
from docgen.template.numbering import Labels, Numbering
from docgen.template.values import Blank, Record, Rows, path_of, scalar

if TYPE_CHECKING:
    from docgen.template.documents import Document

OPEN = "待填"
# What the context itself adds: no field of a kit may be called so.
RESERVED = frozenset({"doc", "annexes", "annex", "table", "no", "ref", "range", "loop"})


class Values(NamedTuple):
    """The data of a contract as values of templates; `extras` are fields added to the group at a path."""

    contract: Contract
    extras: Mapping[str, Mapping[str, Any]] = MappingProxyType({})

    def top(self) -> dict[str, Any]:
        """The groups, lists and values at the top of the data, by name, and the shape that tells what they may be."""
        data = complete(self.contract.data)
        fields = self.contract.kit.shape.fields
        values = {key: self.value(item.shape, getattr(data, key), key) for key, item in fields.items()}
        return {**values, "_shape": self.contract.kit.shape}

    def value(self, shape: Shape, value: Any, path: str) -> Any:
        """One value with everything below it."""
        if isinstance(shape, GroupShape):
            return self._record(shape, value, path)
        if isinstance(shape, ListShape):
            return self._rows(shape, value, path)
        if value is None or (value == OPEN and self.contract.is_open(path)):
            return self._missing(path)
        return scalar(shape, value, path)

    def _record(self, shape: GroupShape, model: Any, path: str) -> Record:
        fields = {
            key: self.value(item.shape, getattr(model, key), f"{path}.{key}") for key, item in shape.fields.items()
        }
        return Record(path, {**fields, **self.extras.get(path, {})})

    def _rows(self, shape: ListShape, items: Sequence[Any], path: str) -> Rows:
        is_open = not items and self.contract.is_open(path)
        if is_open:
            items = [nothing(shape.item)]
        entries = (self.value(shape.item, item, f"{path}[{n}]") for n, item in enumerate(items, 1))
        return Rows(entries, path, is_open=is_open)

    def _missing(self, path: str) -> Blank | LeftOut:
        if self.contract.blanks and self.contract.is_open(path):
            return Blank(path)
        return Blank(path, is_open=False) if self.contract.stage == DRAFT else LeftOut(path)


def set_context(contract: Contract, documents: Sequence[Document]) -> dict[str, Any]:
    """What all documents of a set see: the completed data, the list of annexes, and functions to look things up."""
    if clashing := sorted(RESERVED & {item.key for item in contract.kit.fields}):
        raise TemplateError(f"合同类型“{contract.kit.name}”的字段名 {'、'.join(clashing)} 是保留的名称，请改名。")
    extras = {path: annex_fields(document) for document in documents if (path := path_of(document.item))}
    values = Values(contract, {path: fields for path, fields in extras.items() if fields})
    annexes = [
        Record(None, {"no": document.annex, "label": label(document), "title": document.title})
        for document in documents
        if document.annex is not None
    ]
    top = values.top()
    return top | {
        "annexes": Rows(annexes),
        "annex": _annex_finder(documents),
        "table": _table_finder(values, top["indicator_tables"]),
        "_labels": Labels(),
    }


def document_context(base: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """What one document sees: the set's context, its own title and numbers, the entry it is made for."""
    fields = {
        "id": document.id,
        "title": document.title,
        "annex": document.annex,
        "label": label(document),
        "index": document.number,
    }
    numbering = Numbering(f"{document.number:02}", base["_labels"])
    own: dict[str, Any] = {"doc": Record(None, fields), "_numbering": numbering}
    own |= {"no": allowed_method(numbering.no), "ref": allowed_method(numbering.ref)}
    if document.item_name is not None:
        own[document.item_name] = document.item
    return {**base, **own}


def label(document: Document) -> str | None:
    """How the other documents call an annex: 附件3."""
    return None if document.annex is None else f"附件{document.annex}"


def annex_fields(document: Document) -> dict[str, Any]:
    """The fields that an entry gets from being an annex."""
    if document.annex is None:
        return {}
    return {"annex": document.annex, "annex_label": label(document)}


def _annex_finder(documents: Sequence[Document]) -> Callable[..., str]:
    """The function annex("price") → 附件1; where a document is made per entry, the entry's number comes second."""
    known: dict[str, list[str]] = {}
    for document in documents:
        if (name := label(document)) is not None:
            known.setdefault(document.id, []).append(name)

    @allowed
    def annex(identity: str, number: int | None = None) -> str:
        names = known.get(str(identity), [])
        if not names:
            listed = "、".join(known) or "（没有附件）"
            raise TemplateError(f'annex("{identity}")：本合同没有这一附件；有：{listed}')
        if number is None and len(names) > 1:
            raise TemplateError(f'annex("{identity}")：有 {len(names)} 份，请写明第几份：annex("{identity}", 1)')
        if not 1 <= (number or 1) <= len(names):
            raise TemplateError(f'annex("{identity}", {number})：只有 {len(names)} 份')
        return names[(number or 1) - 1]

    return annex


def _table_finder(values: Values, tables: Rows) -> Callable[..., Any]:
    """The function table(id) → the indicator table; in a draft one that is not there yet is an open table."""
    shape = values.contract.kit.shape.fields["indicator_tables"].shape

    @allowed
    def table(identity: str) -> Any:
        for item in tables:
            if item.id == identity:
                return item
        if values.contract.stage == DRAFT and isinstance(shape, ListShape):
            return values.value(shape.item, nothing(shape.item), "indicator_tables")
        known = "、".join(str(item.id) for item in tables) or "（没有指标表）"
        raise TemplateError(f'table("{identity}")：没有标识为“{identity}”的指标表；有：{known}')

    return table
