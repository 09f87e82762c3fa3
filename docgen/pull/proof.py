"""The proof that changed data print what somebody wrote: they are loaded and rendered, and held against it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from docgen.contract.amend import Splice, Unfit, rearranged, replaced, spliced
from docgen.contract.contract import Contract
from docgen.contract.controls import Outdated, controls, left_behind
from docgen.contract.insert import Missing, inserted
from docgen.contract.load import load
from docgen.contract.meaning import same
from docgen.contract.paths import with_value
from docgen.contract.scalars import Scalar
from docgen.contract.shape import GroupShape, shape_at
from docgen.contract.source_text import decode
from docgen.contract.typed import Typed
from docgen.draft import Draft
from docgen.errors import DocgenError
from docgen.findings import Finding, Severity
from docgen.pipeline import all_drafted
from docgen.pull.lists import Arrangement
from docgen.pull.origin import ALL
from docgen.rules.catalogue import check_contract
from docgen.template.documents import documents

Wanted = Mapping[str, Sequence[tuple[str, str, str]]]
Prints = Mapping[str, Mapping[str, Sequence[str]]]


class Proof(NamedTuple):
    """What changed data come to: what did not come out as it was written, by field or list, with the reason.

    `prints` are the texts of each field by document, `faults` what the data have against them, and `controls` the
    control figures that agree then. `outdated` are those that agreed before and do not now, each with what it should
    be: `prints` and `faults` are what comes out as soon as they are left out or put right.
    """

    failed: Mapping[str, str]
    prints: Prints = MappingProxyType({})
    faults: tuple[Finding, ...] = ()
    controls: frozenset[str] = frozenset()
    outdated: tuple[Outdated, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """Changes of the data to be tried: for each field its place with the new text, and lists in a new order.

    `controls` are the control figures that are left as they are.
    """

    values: Mapping[str, tuple[Typed | Missing, str]]
    lists: tuple[Arrangement, ...] = ()
    controls: tuple[str, ...] = ()

    def texts(self) -> dict[Path, str]:
        """The data files with the changes in them; raises Unfit where a list cannot be changed in place."""
        splices: dict[Path, list[Splice]] = {}
        texts: dict[Path, str] = {}
        for slot, text in self.values.values():
            if isinstance(slot, Typed):
                splices.setdefault(slot.path, []).append(replaced(slot.text, slot.node, text, flow=slot.flow))
                texts[slot.path] = slot.text
            else:
                texts[slot.anchor.path] = slot.anchor.text
        added = [(slot, text) for slot, text in self.values.values() if isinstance(slot, Missing)]
        for path, splice in inserted(added):
            splices.setdefault(path, []).append(splice)
        # What lies further in first, so that an outer list takes it along.
        for made in sorted(self.lists, key=lambda made: -made.typed.node.start):
            path = made.typed.path
            own = splices.setdefault(path, [])
            own.append(rearranged(made.typed.text, made.typed.node, made.items(), own))
            texts[path] = made.typed.text
        return {path: spliced(texts[path], own) for path, own in splices.items()}

    def moved(self, path: str) -> str:
        """Where a field stands when the lists are in their new order."""
        for made in sorted(self.lists, key=lambda made: -len(made.path)):
            path = made.moved(path)
        return path


def prints_of(drafts: Iterable[Draft]) -> dict[str, dict[str, list[str]]]:
    """The texts of each field in each document, and in all of them, in the order of its places."""
    found: dict[str, dict[str, list[str]]] = {ALL: {}}
    for draft in drafts:
        own = found.setdefault(draft.origin.document, {})
        for value in draft.written:
            if value.path:
                own.setdefault(value.path, []).append(value.text)
                found[ALL].setdefault(value.path, []).append(value.text)
    return found


def proven(contract: Contract, trial: Trial, wanted: Wanted, kits: Path | None) -> Proof:
    """What the changed data come to: loaded, checked and rendered."""
    try:
        texts = trial.texts()
    except Unfit as error:
        return Proof({made.path: str(error) for made in trial.lists} or dict.fromkeys(wanted, str(error)))
    with tempfile.TemporaryDirectory(prefix="docgen-") as scratch:
        folder = Path(scratch) / contract.name
        shutil.copytree(contract.folder, folder)
        for path, text in texts.items():
            (folder / path.relative_to(contract.folder)).write_bytes(encoded(path, text))
        return _proof(contract, trial, wanted, folder, kits)


def encoded(path: Path, text: str) -> bytes:
    """The text in the encoding of the file that it is to replace, with its byte order mark if it has one."""
    data = path.read_bytes()
    old, encoding = decode(data, str(path))
    mark = data[: len(data) - len(old.encode(encoding))]
    return mark + text.encode(encoding)


def _proof(contract: Contract, trial: Trial, wanted: Wanted, folder: Path, kits: Path | None) -> Proof:
    every = list(wanted)
    changed, findings = load(folder / contract.file.rpartition("/")[2], kits=kits or contract.kit.folder.parent)
    faults = errors(findings)
    if changed is None or faults:
        told = faults[0].message if faults else "改后的数据读不出来"
        near = {finding.place.path for finding in faults}
        named = [name for name in every if any(path and path.startswith(name) for path in near)]
        return Proof(dict.fromkeys(named or every, f"写进数据后读不通：{told}"))
    outdated = tuple(left_behind(changed.data, map(trial.moved, trial.controls)))
    agreeing = controls(changed.data)
    data = reduce(lambda data, one: with_value(data, one.path, None), outdated, changed.data)
    changed = replace(changed, data=data)
    try:
        drafts, left_out = all_drafted(changed, documents(changed), folder)
    except DocgenError as error:
        return Proof(dict.fromkeys(every, f"写进数据后生成不了：{error}"))
    if left_out:
        return Proof(dict.fromkeys(every, f"写进数据后缺少内容：{left_out[0].message}"))
    prints = prints_of(drafts)
    unsaid = dict(_unsaid(trial, wanted, prints, changed.kit.shape))
    return Proof(unsaid, prints, tuple(errors(check_contract(changed))), agreeing, outdated)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are beyond doubt."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _unsaid(trial: Trial, wanted: Wanted, prints: Prints, shape: GroupShape) -> Iterator[tuple[str, str]]:
    """What is not printed as it was written, with what is printed."""
    lists = {made.path for made in trial.lists}
    for name, texts in wanted.items():
        for document, path, text in texts:
            # New entries are told by where they stand in the new order already.
            field = path if name in lists else trial.moved(path)
            now, scalar = prints.get(document, {}).get(field, ()), shape_at(shape, field)
            if text not in now and not (isinstance(scalar, Scalar) and any(same(text, each, scalar) for each in now)):
                said = f"“{now[0]}”" if now else "什么也没有"
                yield name, f"写进数据后这里印出的是{said}，不是“{_short(text)}”"
                break


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text)
    return flat if len(flat) <= 30 else f"{flat[:30]}…"
