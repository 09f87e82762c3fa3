"""The documents of a contract, in order: which are made, how they are called, which annex each one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2.environment import TemplateExpression

from docgen.contract.contract import Contract
from docgen.contract.kit import DocumentSpec, Role
from docgen.errors import TemplateError
from docgen.findings import Finding, Severity
from docgen.template.context import OPEN, Values, annex_fields
from docgen.template.environment import FAILURES, expressions
from docgen.template.filters import printed
from docgen.template.values import BLANK, Blank, Record, Rows, path_of

# Private names are the compiler's to refuse, and words of Jinja's own are names of no field.
_FIELD = re.compile(r"(?!(?:true|false|none|not|loop|self|True|False|None)\b)[a-z]\w*(?:\.[a-z]\w*)*", re.ASCII)
_ONE_VALUE = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a set: its place in the order from 1, its title, its annex number if it is an annex.

    `item` is the entry that the document is made for, called `item_name` in the template. A `record` is signed or
    dated and never made anew.
    """

    id: str
    number: int
    title: str
    role: Role
    annex: int | None
    template: Path
    item: Record | None = None
    item_name: str | None = None
    record: bool = False

    @property
    def called(self) -> str:
        """The title as files and lists show it; while it is open, what its template is called."""
        if not self.title.replace(BLANK, "").strip():
            return f"{self.template.stem}（标题{OPEN}）"
        return self.title.replace(BLANK, OPEN)

    @property
    def named(self) -> str:
        """The title as places name it: with the number of the annex, if it is one."""
        return f"附件{self.annex} {self.called}" if self.annex else self.called


class _Planned(NamedTuple):
    """A document that is to be made, and the entry it is made for."""

    spec: DocumentSpec
    item: Any = None


def documents(contract: Contract) -> tuple[Document, ...]:
    """The documents that the contract consists of; annexes are numbered by those that are made."""
    kit = contract.kit
    data = Values(contract).top()
    planned = [planned for spec in kit.documents for planned in _planned(spec, data, kit.name)]
    made = []
    annex = 0
    for number, plan in enumerate(planned, 1):
        annex += plan.spec.role == "annex"
        made.append(_document(number, annex if plan.spec.role == "annex" else None, plan, contract, data))
    return tuple(
        replace(document, title=_title(plan.spec, _seen(data, plan.spec, document.item), kit.name))
        for document, plan in zip(made, planned, strict=True)
    )


def _planned(spec: DocumentSpec, data: Mapping[str, Any], kit: str) -> Iterator[_Planned]:
    if spec.each is None:
        if spec.when is None or _holds(spec, "when", spec.when, data, kit):
            yield _Planned(spec)
        return
    entries = _value(spec, "each", spec.each, data, kit)
    if not isinstance(entries, Rows):
        raise TemplateError(f"合同类型“{kit}”的文件 {spec.id}：each 写的 {spec.each} 不是列表。")
    for item in entries:
        if spec.when is None or _holds(spec, "when", spec.when, _seen(data, spec, item), kit):
            yield _Planned(spec, item)


def _document(number: int, annex: int | None, plan: _Planned, contract: Contract, data: Mapping[str, Any]) -> Document:
    """The document without its title, which may speak of its own annex number."""
    spec, kit = plan.spec, contract.kit
    seen = _seen(data, spec, plan.item)
    document = Document(
        id=spec.id,
        number=number,
        title="",
        role=spec.role,
        annex=annex,
        template=kit.folder / spec.template,
        item=plan.item,
        item_name=spec.item if spec.each else None,
        record=spec.record is not None and _holds(spec, "record", spec.record, seen, kit.name, blank=False),
    )
    if isinstance(plan.item, Record):
        return replace(document, item=plan.item.extended(**annex_fields(document)))
    return document


def _seen(data: Mapping[str, Any], spec: DocumentSpec, item: Any) -> Mapping[str, Any]:
    return data if spec.item is None or item is None else {**data, spec.item: item}


def _holds(spec: DocumentSpec, key: str, source: str, data: Mapping[str, Any], kit: str, *, blank: bool = True) -> bool:
    value = _value(spec, key, source, data, kit)
    with _Naming(spec, key, kit, source, data):
        return (blank if value else False) if isinstance(value, Blank) else bool(value)


def _title(spec: DocumentSpec, data: Mapping[str, Any], kit: str) -> str:
    """The title, which keeps its path where it is one field."""
    if "{" not in spec.title:
        return spec.title
    only = _ONE_VALUE.fullmatch(spec.title.strip())
    if only is None:
        return _text(spec, data, kit)
    value = _value(spec, "title", only[1].strip(), data, kit)
    with _Naming(spec, "title", kit, only[1], data):
        text = printed(value)
    return value if isinstance(value, str) else text


def _text(spec: DocumentSpec, data: Mapping[str, Any], kit: str) -> str:
    with _Naming(spec, "title", kit, spec.title, data):
        return expressions().from_string(spec.title).render(data)


def _value(spec: DocumentSpec, key: str, source: str, data: Mapping[str, Any], kit: str) -> Any:
    with _Naming(spec, key, kit, source, data):
        return _field(source, data) if _FIELD.fullmatch(source) else _expression(source)(data)


def _field(source: str, data: Mapping[str, Any]) -> Any:
    """The value of a field, which needs no compiler: most expressions of a kit are one."""
    name, *fields = source.split(".")
    value = data[name] if name in data else expressions().undefined(name=name)
    for field in fields:
        value = expressions().getattr(value, field)
    return value


@cache
def _expression(source: str) -> TemplateExpression:
    return expressions().compile_expression(source, undefined_to_none=False)


class _Naming:
    """Errors of an expression become a TemplateError that names the kit, the document and the key."""

    def __init__(self, spec: DocumentSpec, key: str, kit: str, source: str, data: Mapping[str, Any]) -> None:
        self._where = f"合同类型“{kit}”的 kit.yaml 中文件 {spec.id} 的 {key}"
        self._source, self._data = source, data
        braced = key != "title" and "{{" in source
        self._hint = f"{key} 里直接写条件，不加 {{{{ }}}}，如 {key}: review.date。" if braced else None

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, FAILURES):
            from docgen.template.reasons import reason

            message = f"{self._where} 写得不对：{reason(error, self._data, self._source)}"
            raise TemplateError(message, hint=self._hint) from error


def equal_titles(contract: Contract, made: Iterable[Document]) -> list[Finding]:
    """A finding for every document that another one of the set is called like: nobody could tell them apart.

    Titles that are still open may be equal for a while.
    """
    first: dict[str, Document] = {}
    found = []
    for document in made:
        other = first.setdefault(str(document.title), document)
        if other is not document and BLANK not in document.title:
            found.append(_called_alike(contract, other, document))
    return found


def _called_alike(contract: Contract, first: Document, second: Document) -> Finding:
    """The finding stands at the title in the data, if it is written there for either of the two."""
    places = [contract.place(path) for path in (_titled_by(second), _titled_by(first)) if path is not None]
    message = f"第 {first.number} 份和第 {second.number} 份文件的标题相同：{second.title}。"
    hint = "请改成各不相同的标题；不在数据里的标题写在 kit.yaml 里。"
    place, *related = places or [contract.place("")]
    return Finding("N205", Severity.ERROR, message, place, str(second.title), related=tuple(related), hint=hint)


def _titled_by(document: Document) -> str | None:
    return path_of(document.title) or path_of(document.item)
