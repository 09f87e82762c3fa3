"""A template taken apart: the tags of each of its parts in order, and what is wrong with the way they are typed.

It is read as the compiler reads it (compile.py), but goes on where the compiler stops, so that one run tells all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from docgen.errors import InputError, TemplateError
from docgen.template.blocks import Blocks, style_ids
from docgen.template.compile import is_foreign, main_part, templated
from docgen.template.dialect import Fault, Kind, Place, Tag, unbalanced
from docgen.template.lint.braces import brace_faults
from docgen.template.places import Places
from docgen.template.safety import Danger, hostile, linked, unreadable
from docgen.template.weave import MARKS, clean, weave, weave_hidden
from docgen.template.widths import width_faults
from docgen.word.names import with_usual_names
from docgen.word.package import Package, read_package
from docgen.word.parts import parse

_STYLES = "word/styles.xml"
_NOWHERE = Place("body", "", "")
# Many times what any contract has; all of a template with more would be told, and read by nobody.
_MOST_TAGS = 10_000


@dataclass(slots=True)
class Parts:
    """What one template holds: the tags of each part in order, the faults so far, the names of the blocks put in.

    `package` is the file, None where it does not open.
    `foreign` templates are left to docxtpl, which is more lenient about where tags stand.
    """

    tags: dict[str, tuple[Tag, ...]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    package: Package | None = None
    foreign: bool = False
    blocks: frozenset[str] = frozenset()


def parts_of(source: bytes, name: str, blocks: Mapping[str, bytes]) -> Parts:
    """The template of that name taken apart, with the shared blocks put in."""
    parts = Parts()
    try:
        package = read_package(source, name)
    except InputError as error:
        parts.faults.append(_whole(str(error), error.hint))
        return parts
    dangers = list(hostile(package))
    if any(danger.broken for danger in dangers):
        parts.faults += map(_dangerous, dangers)
        return parts
    dangers += linked(package)
    package = parts.package = with_usual_names(package)
    try:
        body = main_part(package, name)
    except TemplateError as error:
        parts.faults += [*map(_dangerous, dangers), _whole(str(error))]
        return parts
    dangers += unreadable(package[body])
    parts.faults += map(_dangerous, dangers)
    if not any(danger.broken for danger in dangers):
        _take_apart(parts, package, body, blocks)
    return parts


def _dangerous(danger: Danger) -> Fault:
    return _whole(f"这份文件{danger.said}", danger.hint)


def _whole(message: str, hint: str | None = None) -> Fault:
    return Fault(message, _NOWHERE, rule="T301", hint=hint)


def _take_apart(parts: Parts, package: Package, body: str, blocks: Mapping[str, bytes]) -> None:
    paths = templated(package, body, holds_blocks=bool(blocks))
    if (tags := sum(_tags_in(package[path]) for path in paths)) > _MOST_TAGS:
        message = f"这份文件有大约 {tags:,} 个标签，最多 {_MOST_TAGS:,} 个，没有检查"
        parts.faults.append(_whole(message, "请把模板分成几份，逐行重复的内容改用循环。"))
        parts.package = None
        return
    roots = {path: parse(package[path]) for path in paths}
    for root in roots.values():
        clean(root)
    shared = Blocks(blocks, style_ids(package[_STYLES] if _STYLES in package else None))  # noqa: SIM401  (no dict)
    places = {path: Places(path, root) for path, root in roots.items()}
    for path, root in roots.items():
        parts.faults += shared.inline(root, places[path])
    parts.blocks = shared.asked
    parts.foreign = any(map(is_foreign, roots.values()))
    for path, root in roots.items():
        parts.faults += brace_faults(root, places[path])
        parts.faults += width_faults(root, places[path])
        parts.tags[path], faults = _tags(root, places[path])
        parts.faults += faults


def _tags_in(data: bytes) -> int:
    """About how many tags a part has, however they are typed."""
    return sum(data.count(sign.encode()) for sign in ("{", "｛", "{%", "{#", "｛%", "｛％")) // 2


def _tags(root: etree._Element, places: Places) -> tuple[tuple[Tag, ...], list[Fault]]:
    """The tags of a part in the order in which they act, and what is wrong with their balance and places."""
    woven = weave(root, places)
    xml = etree.tostring(root, encoding="unicode")
    if "{{" in xml or "{%" in xml:
        weave_hidden(root, woven, places)
        xml = etree.tostring(root, encoding="unicode")
    every = list(woven.lost.get(-1, ()))
    for mark in MARKS.finditer(xml):
        every += [woven.tags[int(mark[1])], *woven.lost.get(int(mark[1]), ())]
    tags = tuple(_without_raw(every))
    # A tag that is not finished is told by its leftovers, with more to go by (braces.py).
    faults = [fault for fault in woven.faults if fault.rule != "T103"]
    known = {fault.place for fault in faults}
    balance = [fault for fault in unbalanced(tags) if fault.rule != "T107" or fault.place not in known]
    return tags, [*faults, *balance]


def _without_raw(tags: list[Tag]) -> Iterator[Tag]:
    """The tags but for those that {% raw %} makes plain text, and comments."""
    raw = False
    for tag in tags:
        if tag.keyword in {"raw", "endraw"}:
            raw = tag.keyword == "raw"
        elif not raw and tag.kind is not Kind.COMMENT:
            yield tag
