"""Every place of one field: where it is written itself, and what is worked out from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import groupby
from pathlib import Path
from typing import Any

from docgen.changes import Change, Value, changes
from docgen.contract.contract import Contract
from docgen.contract.controls import without_controls
from docgen.contract.days import PartialDate
from docgen.contract.load import load
from docgen.contract.model import ContractData
from docgen.contract.nearest import nearest
from docgen.contract.paths import NOWHERE, value_at, with_value
from docgen.contract.scalars import Scalar
from docgen.contract.shape import (
    GroupShape,
    ListShape,
    Shape,
    english_path,
    every_field,
    labelled_path,
    shape_at,
)
from docgen.draft import Draft
from docgen.errors import InputError
from docgen.outputs.batched import batched
from docgen.pipeline import Options, all_drafted, data_file
from docgen.plan import written_values
from docgen.report.changes import ChangeReport, FileState
from docgen.report.outcome import FileReport, Outcome, by_file
from docgen.template.documents import documents

_ENTRY = re.compile(r"\[([0-9]*)\]")


def where(data: Path, shown: str, name: str, options: Options) -> ChangeReport:
    """Every place that a field of this contract reaches, by path or by label; raises InputError for no field."""
    contract, findings = load(data, shown=shown, kits=options.kits, name=batched(data, options.out))
    if contract is None:
        return ChangeReport("", outcome=Outcome(by_file([FileReport(data_file(data, shown))], findings)))
    path = _field(contract, name)
    folder = options.out / contract.name
    drafts = _drafts(contract, folder)
    inside = _below(path)
    direct = [value for draft in drafts for value in written_values(draft) if inside.match(value.path)]
    derived = list(_derived(contract, path, drafts, folder))
    labels = {value.path: contract.label(value.path) for value in (*direct, *derived)}
    files = tuple(_file(file, list(group), path, labels) for file, group in _by_file([*direct, *derived], drafts))
    found = tuple(Change(value.path, value.text, None, value.place) for value in (*direct, *derived))
    remarks = () if found else (_unwritten(contract, path),)
    return ChangeReport(f"{contract.name}　{contract.label(path)}", files, found, labels, None, remarks, heading="")


def _field(contract: Contract, name: str) -> str:
    """The path of the field, entries that are all meant written []; raises InputError where there is none."""
    shape = contract.kit.shape
    path = english_path(shape, name.replace("[*]", "[]"))
    known = bool(path) and shape_at(shape, path) is not None
    if known and _each(contract.data, path):
        return path
    if known:
        raise InputError(f"数据里没有“{name}”这一项。", hint=_missing_entry(contract, path))
    fields = [each for each, _ in every_field(shape)]
    near = nearest(name, [*fields, *(labelled_path(shape, each) for each in fields)])
    meant = f"是不是想写 {near}？" if near else ""
    hint = f"{meant}写法如 price.sections[2].rows[1].unit_price 或 价款.合同总价，序号从 1 起。"
    raise InputError(f"数据里没有“{name}”这一项。", hint=hint)


def _each(data: ContractData, path: str) -> list[str]:
    """The paths that a path with [] in it stands for: those of all entries that are there."""
    head, every, tail = path.partition("[]")
    if not every:
        return [path] if value_at(data, path) is not NOWHERE else []
    entries = value_at(data, head)
    count = len(entries) if isinstance(entries, tuple) else 0
    return [found for number in range(1, count + 1) for found in _each(data, f"{head}[{number}]{tail}")]


def _missing_entry(contract: Contract, path: str) -> str:
    """How many entries the list has in which one was looked for that is not there."""
    for match in _ENTRY.finditer(path):
        entries = value_at(contract.data, path[: match.start()].replace("[]", "[1]"))
        if isinstance(entries, tuple) and not (match[1] and 1 <= int(match[1]) <= len(entries)):
            label = contract.label(path[: match.start()])
            return f"“{label}”有 {len(entries)} 项，序号从 1 起。" if entries else f"“{label}”里一项也没有。"
    return "序号从 1 起。"


def _below(path: str) -> re.Pattern[str]:
    """What the paths of a field begin with, and of all that is in it."""
    return re.compile(re.escape(path).replace(re.escape("[]"), r"\[[0-9]+\]") + r"(?=$|[.\[])")


def _unwritten(contract: Contract, path: str) -> str:
    empty = all(value_at(contract.data, each) in (None, ()) for each in _each(contract.data, path))
    return f"“{contract.label(path)}”{'在数据里没有填写，也' if empty else ''}没有写到任何文件里。"


def _drafts(contract: Contract, folder: Path) -> list[Draft]:
    return all_drafted(contract, documents(contract), folder)[0]


def _derived(contract: Contract, path: str, drafts: Sequence[Draft], folder: Path) -> Iterator[Value]:
    """What is written otherwise as soon as the field has another value: no list of dependencies can be out of date.

    Control figures that agree are left out for that: they hold what follows where it is, and would be changed as well.
    """
    others = _others(contract, path)
    if not others:
        return
    bare = without_controls(contract.data)
    changed = replace(
        contract,
        data=reduce(lambda data, each: with_value(data, each, others[each]), others, bare),
        blanks=contract.blanks - others.keys(),
    )
    before = [value for draft in drafts for value in written_values(draft)]
    after = [value for draft in _drafts(changed, folder) for value in written_values(draft)]
    inside = _below(path)
    # Held the other way round, each change stands at its place in the files as they are.
    for change in changes(after, before):
        if change.new is not None and not inside.match(change.field):
            yield Value(change.field, change.new, change.place)


def _others(contract: Contract, path: str) -> dict[str, Any]:
    """Other values for the field, or for the figures and dates in it: names that are looked up are left as they are."""
    found = {}
    shape = shape_at(contract.kit.shape, path)
    for each in _each(contract.data, path):
        for field, value, scalar in _scalars(value_at(contract.data, each), shape_at(contract.kit.shape, each), each):
            other = _otherwise(value, scalar, is_open=field in contract.blanks)
            if other is not None and (isinstance(shape, Scalar) or not isinstance(other, str)):
                found[field] = other
    return found


def _scalars(value: Any, shape: Shape | None, path: str) -> Iterator[tuple[str, Any, Scalar]]:
    """The single values at a path and below it, each with its kind."""
    if isinstance(shape, Scalar):
        yield path, value, shape
    elif isinstance(shape, GroupShape):
        for key, field in shape.fields.items():
            yield from _scalars(getattr(value, key), field.shape, f"{path}.{key}")
    elif isinstance(shape, ListShape):
        for number, item in enumerate(value, 1):
            yield from _scalars(item, shape.item, f"{path}[{number}]")


def _otherwise(value: Any, scalar: Scalar, *, is_open: bool) -> Any:
    """Another value of the same kind; None where there is none to be had."""
    if is_open and scalar.result in ((Decimal,), (int,)):
        return scalar.result[0](1)
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal | int):
        return value + 1
    if isinstance(value, PartialDate) and value.year is not None:
        return replace(value, year=value.year + 1)
    return f"{value}＊" if isinstance(value, str) else None


def _by_file(values: Sequence[Value], drafts: Sequence[Draft]) -> Iterator[tuple[str, Iterator[Value]]]:
    order = {draft.file: number for number, draft in enumerate(drafts)}
    found = sorted(values, key=lambda value: (order.get(value.place.file, 0), value.place.order))
    return groupby(found, key=lambda value: value.place.file)


def _file(file: str, values: Sequence[Value], path: str, labels: dict[str, str]) -> FileState:
    """The file with a line for every place, what is only worked out from the field marked as such."""
    lines = []
    for value in values:
        source = "" if value.path == path else f"　{labels[value.path] or '由模板得出'}"
        lines.append(f"{value.place.label or '正文'}　“{value.text}”{source}")
    return FileState(file, "reached", f"{len(lines)} 处", tuple(dict.fromkeys(lines)))
