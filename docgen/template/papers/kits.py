"""The kit.yaml of a proposed kit, as text, and the contract.yaml that fills it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from docgen.contract.model import ContractData
from docgen.contract.shape import below, shape_at, shape_of
from docgen.template.papers.annexes import Sheet
from docgen.template.papers.lines import EACH, entry_name, expression, slots_of
from docgen.template.papers.yaml_words import quoted

_CONTROL: Final = "控制数"
_INTERNAL: Final = re.compile("审核|审批|审查|会签|签报|建议单")


@dataclass(frozen=True, slots=True)
class NewField:
    """A field that the model does not have: its key, its label, and what kind of value it holds."""

    key: str
    label: str
    type: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class KitText:
    """What kit.yaml says: the label, the documents, and the fields of the kit's own, as YAML or to be described.

    `typed` are the paths of what stands in the data that filled the papers, if they are known.
    """

    label: str
    sheets: tuple[Sheet, ...]
    fields: str = ""
    added: tuple[NewField, ...] = field(default=())
    typed: Collection[str] = ()


def kit_yaml(kit: KitText) -> str:
    """The text of kit.yaml."""
    lines = [f"label: {quoted(kit.label)}", f"description: {quoted('由已有文件生成，请核对后使用')}", "", "documents:"]
    for sheet in kit.sheets:
        each = [f"    each: {sheet.each}", f"    as: {entry_name(sheet.each)}"] if sheet.each else []
        lines += [f"  - id: {sheet.id}", f"    template: {quoted(sheet.template)}", *each,
                  f"    title: {quoted(sheet.title)}", f"    role: {_role(sheet)}"]  # fmt: skip
    required = sorted(set(_required(kit.sheets, kit.typed)))
    if required:
        lines += ["", "required:", *(f"  - {path}" for path in required)]
    if kit.fields:
        lines += ["", kit.fields.rstrip()]
    elif kit.added:
        lines += ["", *_fields(kit.added)]
    return "\n".join(lines) + "\n"


def _role(sheet: Sheet) -> str:
    if sheet.annex is not None:
        return "annex"
    return "internal" if sheet.id != "body" and _INTERNAL.search(sheet.shown) else "contractual"


def _required(sheets: Iterable[Sheet], typed: Collection[str]) -> Iterator[str]:
    """The fields that are printed whatever the data are, and that docgen does not work out for the contract at hand."""
    for sheet in sheets:
        depth = 0
        for line in sheet.lines:
            if line.control is not None:
                depth += {"if": 1, "endif": -1}.get(line.control.word, 0)
                continue
            for slot, always in slots_of(line.pieces):
                path = slot.tags[0].field
                if path is not None and always and not depth and not slot.tags[0].form.startswith(("join", "length")):
                    shown = path.replace(EACH, "[]")
                    if (
                        not re.search(r"\[\d+\]", shown)
                        and not shown.endswith(("[]", ".no"))
                        and not _derived(shown, typed)
                    ):
                        yield shown


def _derived(path: str, typed: Collection[str]) -> bool:
    """Whether docgen works the value out, which the contract that was filled in leaves out somewhere."""
    group, _, key = path.rpartition(".")
    given = Counter(re.sub(r"\[\d+\]", "[]", own) for own in typed)
    if not typed or given[path] >= max(given[group], 1):
        return False
    shape = shape_of(ContractData)
    found = below(shape_at(shape, group) or shape, key)
    return found is not None and _CONTROL in (found.description or "")


def _fields(added: Sequence[NewField]) -> Iterator[str]:
    yield "fields:"
    yield "  details:"
    yield "    label: 其他事项"
    yield "    type: group"
    yield "    fields:"
    for each in added:
        told = f", description: {quoted(each.description)}" if each.description else ""
        yield f"      {each.key}: {{label: {quoted(each.label)}, type: {each.type}{told}}}"


def fields_block(kit_text: str) -> str:
    """The part of a kit.yaml that describes the kit's own fields, as it stands there."""
    match = re.search(r"^fields:.*?(?=^\S|\Z)", kit_text, re.MULTILINE | re.DOTALL)
    return match[0] if match else ""


def without(text: str, words: Iterable[str], indent: str = "") -> str:
    """The YAML text without the keys of that depth, and all that stands below them."""
    gone = set(words)
    kept: list[str] = []
    dropping = False
    for line in text.split("\n"):
        match = re.match(rf"{indent}([^\s#:][^:]*):", line)
        if match is not None:
            dropping = match[1].strip() in gone
        elif dropping and line.strip() and not line.startswith((f"{indent} ", f"{indent}-")):
            dropping = False
        if not dropping:
            kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


def titled(sheet: Sheet, find: Mapping[str, str]) -> str:
    """What kit.yaml says of a document's title: the tag of the field that it is, or the words."""
    if sheet.title:
        return sheet.title
    path = find.get(sheet.shown)
    if path is None and sheet.id == "body":
        path = next((own for text, own in find.items() if own == "contract.name" and text in sheet.shown), None)
    return f"{{{{ {expression(path)} }}}}" if path else sheet.shown.replace("\\n", "")


def with_kit_name(text: str, name: str) -> str:
    """The text of a contract.yaml that names the kit, whatever it named before."""
    pattern = re.compile(r"^(kit|合同类型)(\s*:\s*)\S+", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda match: f"{match[1]}{match[2]}{name}", text, count=1)
    return f"kit: {name}\n{text}"


def with_stage(text: str) -> str:
    """The text of a contract.yaml that says its stage, a draft where it said none and has no group to say it in."""
    if re.search(r"^(?:contract|合同)\s*:", text, re.MULTILINE):
        return text
    return re.sub(r"^((?:kit|合同类型)\s*:.*)$", r"\1\n合同:\n  阶段: 草稿", text, count=1, flags=re.MULTILINE)


def with_facts(text: str, facts: Mapping[str, str]) -> str:
    """The text of a start for a contract with what a paper tells in place of 待填."""
    lines = []
    above: list[tuple[int, str]] = []
    for line in text.split("\n"):
        match = re.match(r"( *)(- )?([a-z_]+):( 待填)?( .*)?$", line)
        if match is None:
            lines.append(line)
            continue
        depth = len(match[1]) + len(match[2] or "")
        above = [(at, key) for at, key in above if at < depth] + [(depth, match[3])]
        path = ".".join(key for _, key in above)
        told = facts.get(path) if match[4] else None
        begin = f"{match[1]}{match[2] or ''}{match[3]}:"
        lines.append(line if told is None else f"{begin} {quoted(told)}{match[5] or ''}")
    return "\n".join(lines)
