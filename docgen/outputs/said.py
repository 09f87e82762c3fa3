"""What a build had to say of a set, kept in its history, so that a plan of the same set says it again as it was.

Places are kept by the names that files have beside the data and in the set's folder, not by the paths they are shown
under, which may tell more than the set.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from docgen.findings import Finding, Place, Severity

NAME: Final = "findings.said"
"""The name of such a file, by which the history keeps it."""

_PLACES: Final = ("place", "cause")
_MANY: Final = ("related", "again")


def said_bytes(findings: Sequence[Finding], data: str, folder: str) -> bytes | None:
    """The findings as a file; None where they speak of other files than the data and the set.

    `data` and `folder` are the data file and the set's folder as people name them.
    """
    beside, inside = _beside(data), f"{folder}/"
    listed = [_entry(finding, beside, inside) for finding in findings]
    if None in listed:
        return None
    text = json.dumps(listed, ensure_ascii=False, indent=1)
    # A path in the words of a finding would be shown again where it is another one.
    if any(len(path) > 1 and path in text for path in (beside, inside)):
        return None
    return f"{text}\n".encode("utf-8", "surrogatepass")


def said_again(content: bytes, data: str, folder: str) -> list[Finding] | None:
    """The findings of such a file, with the places as people name them now; None where it cannot be made out."""
    try:
        heads = {"data": _beside(data), "set": f"{folder}/"}
        return [_finding(entry, heads) for entry in json.loads(content)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _beside(data: str) -> str:
    """The folder that the data lie in, as the head of the names of all files there."""
    return data[: len(data) - len(data.rpartition("/")[2])]


def _entry(finding: Finding, beside: str, inside: str) -> dict[str, Any] | None:
    entry = asdict(finding)
    many = [place for name in _MANY for place in entry[name]]
    for place in [*(entry[name] for name in _PLACES if entry[name] is not None), *many]:
        file = place["file"]
        whose, head = ("set", inside) if file.startswith(inside) else ("data", beside)
        name = file[len(head) :]
        if not file.startswith(head) or (not head and "/" in name):
            return None
        place["file"] = [whose, name]
    return {name: value for name, value in entry.items() if value not in (None, "", (), [])}


def _finding(entry: dict[str, Any], heads: dict[str, str]) -> Finding:
    def place(raw: dict[str, Any]) -> Place:
        whose, name = raw["file"]
        return Place(**{**raw, "file": heads[whose] + name})

    found: dict[str, Any] = {**entry, "severity": Severity(entry["severity"])}
    found |= {name: place(entry[name]) for name in _PLACES if name in entry}
    found |= {name: tuple(map(place, entry[name])) for name in _MANY if name in entry}
    return Finding(**found)
