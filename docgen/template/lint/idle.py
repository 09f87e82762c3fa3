"""What the data of a contract fill and no template of its kit has a use for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.contract.contract import Contract, outer
from docgen.findings import Finding, Severity
from docgen.template.lint.kits import COMPARED, Report, is_used

# What docgen works out other values from or compares with them, and what ties two parts of the data together.
_READ: Final = re.compile(r"price\..*|contract\.copies\..*|.*\.(?:id|section|annex)|annexes\b.*")


def idle(contract: Contract, report: Report) -> Iterator[Finding]:
    """A note on each field that stands in the data and that no template uses, where it first stands."""
    uses = [use for used in report.uses.values() for use in used]
    around = {path for inner in contract.places for path in _around(inner)}
    told: dict[str, list[str]] = {}
    for path in contract.places:
        pattern = re.sub(r"\[\d+\]", "[]", path)
        own = not path or pattern in COMPARED or _READ.fullmatch(pattern) is not None
        if path not in around and not own and not is_used(pattern, uses):
            told.setdefault(pattern, []).append(path)
    for paths in told.values():
        many = f"（共 {len(paths)} 处）" if len(paths) > 1 else ""
        message = f"填写了{many}，没有一份模板用到它。"
        yield Finding("T210", Severity.NOTE, message, contract.place(paths[0]), paths[0],
                      hint="要印出来，请写进模板；只作记录的，可以不管。")  # fmt: skip


def _around(path: str) -> Iterator[str]:
    while path := outer(path):
        yield path
