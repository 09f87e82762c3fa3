"""One template judged: its tags, its program, its fonts; alone or as a document of a kit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from docgen.findings import Severity
from docgen.template.dialect import Fault, Kind, Place, Tag
from docgen.template.lint.clauses import Called, calls
from docgen.template.lint.fonts import Bare, styles_without_font
from docgen.template.lint.parts import Parts, parts_of
from docgen.template.lint.program import program
from docgen.template.lint.signatures import FUNCTIONS
from docgen.template.lint.statements import judged
from docgen.template.lint.uses import Use
from docgen.template.lint.world import World
from docgen.template.property_tags import property_faults

# Faults for which a tag is not read, and what its text tells all the same.
_UNREAD: Final = frozenset({"T101", "T103", "T104", "T105", "T107"})
_CHAIN: Final = re.compile(r"(?<![\w.])[a-z]\w*(?:\.[a-z]\w*)*", re.ASCII)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'|[“”][^“”]*[“”]")
_WORDS: Final = frozenset(
    {*FUNCTIONS, "p", "tr", "tc", "r", "vm", "hm", "colspan", "cellbg", "for", "in", "if", "elif", "else", "set",
     "endfor", "endif", "endset", "with", "endwith", "and", "or", "not", "is", "loop", "true", "false", "none"}
)  # fmt: skip


class Judged(NamedTuple):
    """What is known of one template: its faults, the fields it uses, the clauses and annexes it names, its blocks.

    `whole` tells that all of it could be read, so that what it does not use is not used.
    """

    faults: list[Fault]
    uses: list[Use]
    called: list[Called]
    blocks: frozenset[str]
    whole: bool


def judge_template(source: bytes, name: str, blocks: Mapping[str, bytes], world: World) -> Judged:
    """What is known of the template of that name before there are any data."""
    parts = parts_of(source, name, blocks)
    faults, uses, judges = list(parts.faults), [], []
    if world.is_known:
        faults += _made(parts)
        faults += property_faults(parts.package) if parts.package is not None else ()
    whole = parts.package is not None
    for tags in parts.tags.values():
        try:
            tree, found = program(tags)
            judge = judged(tree, tags, world) if tree is not None and tags else None
        except RecursionError:
            tree, found, judge = None, [_too_deep(tags)], None
        faults += found
        whole = whole and tree is not None
        if judge is not None:
            faults += judge.faults
            uses += judge.uses
            judges.append(judge)
    mentioned = list(_mentioned(faults, world))
    uses += (Use(path, None, whole=True, guessed=True) for path in mentioned if path)
    whole = whole and None not in mentioned
    return Judged(_once(_weighed(faults, parts, world)) + _fonts(parts), uses, calls(judges), parts.blocks, whole)


def _too_deep(tags: Sequence[Tag]) -> Fault:
    tag = max(tags, key=lambda tag: len(tag.code))
    return Fault("标签嵌套过深", tag.place, tag.typed, start=tag.start)


def _made(parts: Parts) -> Iterator[Fault]:
    """Tags for what a program has made: the data of contracts hold none of it."""
    for tag in (tag for tags in parts.tags.values() for tag in tags if tag.kind is Kind.OUTPUT and tag.level):
        message = f"{{{{{tag.level} }}}} 只放由程序做成的内容，数据是文字，写出的文件会打不开"
        yield Fault(message, tag.place, tag.typed, "T205", tag.start, expected=f"{{{{ {tag.code} }}}}")


def _mentioned(faults: list[Fault], world: World) -> Iterator[str | None]:
    """The fields that tags speak of which could not be read; None for a name that only a statement could explain."""
    for fault in faults:
        if fault.rule in _UNREAD:
            for chain in _CHAIN.findall(_QUOTED.sub("", fault.typed)):
                head = chain.partition(".")[0]
                if head in world.names:
                    yield chain
                elif head not in _WORDS:
                    yield None


def _weighed(faults: list[Fault], parts: Parts, world: World) -> list[Fault]:
    """The faults, lighter where docxtpl does not mind a place, or where a program of somebody else brings filters."""
    lenient = {"T107"} if parts.foreign else set()
    lenient |= set() if world.is_known else {"T109", "T202"}
    return [_lighter(fault) if fault.rule in lenient else fault for fault in faults]


def _lighter(fault: Fault) -> Fault:
    return replace(fault, severity=Severity.WARNING)


def _once(faults: list[Fault]) -> list[Fault]:
    """The faults without those that only repeat another one about the same tag."""
    wrong = {(fault.place, fault.start) for fault in faults if fault.rule in ("T103", "T104", "T105", "T106")}
    kept: dict[object, Fault] = {}
    for fault in faults:
        if fault.rule not in ("T101", "T102") or (fault.place, fault.start) not in wrong:
            # A statement that is not supported may be told by its name, and again by what Jinja makes of it.
            said = "" if fault.rule == "T106" else fault.message
            kept.setdefault((fault.rule, fault.place, fault.start, said), fault)
    return list(kept.values())


def _fonts(parts: Parts) -> list[Fault]:
    return [] if parts.package is None else [_font(found) for found in styles_without_font(parts.package)]


def _font(found: Bare) -> Fault:
    message = f"样式“{found.style or '（默认）'}”没有指定中文字体，各台机器显示的字体会不同"
    hint = "在 Word 的样式里选定中文字体；只改选中的文字不够。"
    place, text = Place(found.part, found.part, found.text, found.position), found.text.strip()[:20]
    return Fault(message, place, text, "T302", severity=Severity.WARNING, hint=hint)
