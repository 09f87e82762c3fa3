"""Rules and faults of data files in words: what `docgen explain` prints."""

from __future__ import annotations

from textwrap import indent

from docgen.contract.faults import FAULTS
from docgen.contract.source import TITLES
from docgen.rules.catalogue import rules
from docgen.rules.rule import LETTERS


def titles() -> dict[str, str]:
    """The title of every code there is, in the order of the codes."""
    known = {rule.code: rule.title for rule in rules()} | dict(TITLES) | {fault.code: fault.title for fault in FAULTS}
    return dict(sorted(known.items()))


def listing() -> str:
    """All codes with their titles, grouped by letter."""
    known = titles()
    groups = []
    for letter, name in LETTERS.items():
        lines = [f"  {code}  {title}" for code, title in known.items() if code.startswith(letter)]
        groups.append("\n".join([f"{letter} {name}", *lines]))
    return "\n\n".join(groups)


def explain(code: str) -> str | None:
    """A rule in full: title, reason, a wrong and a right sample; None for a code there is not."""
    title = titles().get(code)
    if title is None:
        return None
    why, wrong, right = _samples(code)
    parts = [f"{code} {title}"]
    parts += [f"为什么：{why}"] if why else []
    parts += [f"错误：\n{indent(wrong, '    ')}"] if wrong else []
    parts += [f"正确：\n{indent(right, '    ')}"] if right else []
    return "\n\n".join(parts)


def _samples(code: str) -> tuple[str, str, str]:
    """The reason and both samples of a code, empty where there are none."""
    known = {rule.code: (rule.why, rule.wrong, rule.right) for rule in rules()}
    known |= {fault.code: (fault.why, fault.wrong, fault.right) for fault in FAULTS}
    return known.get(code, ("", "", ""))
