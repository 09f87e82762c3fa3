"""Every place of one field: where it is written itself, and what is worked out from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from docgen.changes import Change, Value, changes
from docgen.contract.contract import Contract
from docgen.contract.controls import without_controls
from docgen.contract.days import PartialDate
from docgen.contract.load import load
from docgen.contract.nearest import nearest
from docgen.contract.paths import NOWHERE, value_at, with_value
from docgen.contract.shape import english_path, every_field, labelled_path, shape_at
from docgen.draft import Draft
from docgen.errors import InputError
from docgen.pipeline import Options, all_drafted, data_file
from docgen.plan import written_values
from docgen.report.changes import ChangeReport, FileState
from docgen.report.outcome import FileReport, Outcome, by_file
from docgen.template.documents import documents


def where(data: Path, shown: str, name: str, options: Options) -> ChangeReport:
    """Every place that a field of this contract reaches, by path or by label; raises InputError for no field."""
    contract, findings = load(data, shown=shown, kits=options.kits)
    if contract is None:
        return ChangeReport("", outcome=Outcome(by_file([FileReport(data_file(data, shown))], findings)))
    path = _field(contract, name)
    folder = options.out / contract.name
    drafts = _drafts(contract, folder)
    direct = [value for draft in drafts for value in written_values(draft) if _inside(value.path, path)]
    derived = list(_derived(contract, path, drafts, folder))
    labels = {value.path: contract.label(value.path) for value in (*direct, *derived)}
    files = tuple(_file(file, list(group), path, labels) for file, group in _by_file([*direct, *derived], drafts))
    found = tuple(Change(value.path, value.text, None, value.place) for value in (*direct, *derived))
    remarks = () if found else (f"“{contract.label(path)}”没有写到任何文件里。",)
    return ChangeReport(f"{contract.name}　{contract.label(path)}", files, found, labels, None, remarks, heading="")


def _field(contract: Contract, name: str) -> str:
    path = english_path(contract.kit.shape, name)
    if path and shape_at(contract.kit.shape, path) is not None and value_at(contract.data, path) is not NOWHERE:
        return path
    known = [each for each, _ in every_field(contract.kit.shape)]
    labels = [labelled_path(contract.kit.shape, each) for each in known]
    near = nearest(name, [*known, *labels])
    meant = f"是不是想写 {near}？" if near else ""
    hint = f"{meant}写法如 price.sections[2].rows[1].unit_price 或 价款.合同总价，序号从 1 起。"
    raise InputError(f"数据里没有“{name}”这一项。", hint=hint)


def _drafts(contract: Contract, folder: Path) -> list[Draft]:
    return all_drafted(contract, documents(contract), folder)[0]


def _inside(path: str, field: str) -> bool:
    return path == field or path.startswith((f"{field}.", f"{field}["))


def _derived(contract: Contract, path: str, drafts: Sequence[Draft], folder: Path) -> Iterator[Value]:
    """What is written otherwise as soon as the field has another value: no list of dependencies can be out of date.

    Control figures that agree are left out for that: they hold what follows where it is, and would be changed as well.
    """
    now = value_at(contract.data, path)
    other = _otherwise(now)
    if other is None:
        return
    changed = replace(contract, data=with_value(without_controls(contract.data), path, other))
    before = [value for draft in drafts for value in written_values(draft)]
    after = [value for draft in _drafts(changed, folder) for value in written_values(draft)]
    # Held the other way round, each change stands at its place in the files as they are.
    for change in changes(after, before):
        if change.new is not None and not _inside(change.field, path):
            yield Value(change.field, change.new, change.place)


def _otherwise(value: Any) -> Any:
    """Another value of the same kind; None where the field is open, or no single value."""
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
