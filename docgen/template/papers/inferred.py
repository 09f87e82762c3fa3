"""The fields of data that belong to no kit yet, described as a kit.yaml describes them, from how they are filled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from docgen.contract.kit_fields import RESERVED
from docgen.contract.shape import GroupShape
from docgen.contract.source import Node
from docgen.template.papers.keys import key_of
from docgen.template.papers.yaml_words import quoted

_MONEY: Final = re.compile(r"[￥¥]?\d[\d,]*(?:\.\d{1,2})?(?:元|万元)?")
_MONEY_WORDS: Final = re.compile("金$|资金|投资|经费|预算|价|费|款|额|小计|合计|amount|price")
_KINDS: Final = (
    (re.compile(r"是|否|true|false"), "flag"),
    (re.compile(r"\d+(?:\.\d+)?[%％‰]|[百千]分之.+"), "rate"),
    (re.compile(r"\d{4}(?:[-/.]\d{1,2}){1,2}|\d{4}年.*"), "day"),
    (re.compile(r"\d{1,6}"), "count"),
    (re.compile(r"\d+\.\d+"), "quantity"),
)
_NOT_IN_LABELS: Final = re.compile(r"[.:：#\s\[\]]")


def inferred(tree: Node, core: GroupShape) -> str:
    """The `fields` of a kit.yaml for what the data hold beside the fields of the model; empty for nothing."""
    own = [(key, value) for key, value in tree.pairs if key.text.strip() not in core.keys]
    lines = list(_fields(own, "  ", "field", {*core.fields, *RESERVED}))
    return "\n".join(["fields:", *lines]) + "\n" if lines else ""


def _fields(
    pairs: Iterable[tuple[Node, Node]], indent: str, prefix: str, reserved: Collection[str] = ()
) -> Iterator[str]:
    taken = set(reserved)
    for number, (key, value) in enumerate(pairs, 1):
        word = key.text.strip()
        name = key_of(word, taken, f"{prefix}_{number}")
        taken.add(name)
        yield f"{indent}{name}:"
        yield f"{indent}  label: {quoted(_NOT_IN_LABELS.sub('', word))}"
        yield from _kind(word, [value], f"{indent}  ", name)


def _kind(word: str, values: list[Node], indent: str, name: str) -> Iterator[str]:
    """What a field holds, as its values are: a group, a list, or a kind of single value."""
    first = values[0]
    if first.kind == "mapping":
        yield f"{indent}type: group"
        yield f"{indent}fields:"
        yield from _fields(_together(values), f"{indent}  ", name)
    elif first.kind == "sequence":
        yield f"{indent}type: list"
        items = [item for value in values for item in value.items]
        if items and items[0].kind == "mapping":
            yield f"{indent}of:"
            yield from _fields(_together(items), f"{indent}  ", name)
        else:
            yield f"{indent}of: {kind_of(word, [item.text for item in items])}"
    else:
        yield f"{indent}type: {kind_of(word, [value.text for value in values])}"


def _together(groups: Iterable[Node]) -> list[tuple[Node, Node]]:
    """The fields that any of the groups has, each once."""
    found: dict[str, tuple[Node, Node]] = {}
    for group in groups:
        for key, value in group.pairs:
            found.setdefault(key.text.strip(), (key, value))
    return list(found.values())


def kind_of(word: str, texts: list[str]) -> str:
    """The kind of a field that is called by that word and holds those texts."""
    if _MONEY_WORDS.search(word) and all(_MONEY.fullmatch(text.strip()) for text in texts):
        return "money"
    for pattern, kind in _KINDS:
        if texts and all(pattern.fullmatch(text.strip()) for text in texts):
            return kind
    return "text" if any("\n" in text.strip() for text in texts) else "line"
