"""Changes of a YAML text that leave every other byte as it is: values replaced, list items put in, taken out, moved.

The text is not written anew from what was read: a clerk's comments, blank lines and way of spelling are the clerk's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from docgen.contract.source import Node
from docgen.contract.source_text import FAST_LOADER

_PLAIN_START: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`“”‘’＂~]")
_NEVER_PLAIN: Final = re.compile(r": |:$| #|[\n\t\r]|^\s|\s$|：|^(?:文件|file)\s")
_ENDS_FLOW: Final = re.compile(r"[,\[\]{}]")


@dataclass(frozen=True, slots=True)
class Splice:
    """The characters `start` to `end` of a text are replaced by `text`."""

    start: int
    end: int
    text: str


Entry: TypeAlias = "str | tuple[str, ...]"


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new item of a list: its fields, a text or a list of texts each, by key; or one text under the empty key.

    `names` are the keys as they are to be written, where that is otherwise.
    """

    values: Mapping[str, Entry]
    names: Mapping[str, str] = field(default_factory=dict)


class Unfit(Exception):  # noqa: N818 - it is told as what could not be done
    """A list is written in a way that cannot be changed in place; `str()` says which."""


def replaced(text: str, node: Node, value: str, *, flow: bool = False) -> Splice:
    """The splice that gives a scalar another value, quoted or a block where it was, or quoted where it must be.

    `flow` tells that it stands inside brackets, where a comma would end it.
    """
    was = text[node.start : node.end]
    if was[:1] not in ("|", ">"):
        return Splice(node.start, node.end, spelled(value, quoted=node.quoted, flow=flow))
    end = node.start + len(was.rstrip(" \r\n"))
    return Splice(node.start, end, _block(was, value) or spelled(value, quoted=True))


def _block(was: str, value: str) -> str | None:
    """The value in lines below the mark of a block, as it was; None where it cannot be written so."""
    mark, *lines = was.splitlines()
    first = next((line for line in lines if line.strip()), "")
    lead = first[: len(first) - len(first.lstrip(" "))]
    written = value.split("\n")
    odd = any(line != line.strip() or not line for line in written) or "\r" in value
    if odd or not lead or not re.fullmatch("[|][+-]?", mark):
        return None
    newline = "\r\n" if "\r\n" in was else "\n"
    return mark + "".join(f"{newline}{lead}{line}" for line in written)


def spelled(value: str, *, quoted: bool = False, flow: bool = False) -> str:
    """The value as YAML that reads as exactly this text."""
    quoted = quoted or (flow and bool(_ENDS_FLOW.search(value)))
    if not quoted and _PLAIN_START.match(value) and not _NEVER_PLAIN.search(value) and _reads_as(value):
        return value
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return f'"{"".join(escapes.get(character, character) for character in value)}"'


def _reads_as(value: str) -> bool:
    import yaml

    try:
        return bool(yaml.load(f"a: {value}\n", FAST_LOADER) == {"a": value})  # noqa: S506  (the base loader: texts alone)
    except yaml.YAMLError:
        return False


def rearranged(text: str, node: Node, order: Sequence[int | Fresh], splices: Sequence[Splice] = ()) -> Splice:
    """The splice that gives a list these items in this order: numbers from 0 of its own, or new ones.

    The splices inside its items are done in them. Comments above an item move with it, and stay where it goes;
    those above the first are the list's. Raises Unfit where the list is written on one line, or is empty.
    """
    if not node.items:
        raise Unfit("列表是空的，无法照着写新的一项")
    chunks = list(_chunks(text, node))
    made: list[str] = []
    kept = {item for item in order if isinstance(item, int)}
    model = chunks[0]
    for place, item in enumerate(order):
        if isinstance(item, int):
            made.append(_done(text, chunks[item].start, chunks[item].end, splices))
        else:
            near = next((o for o in reversed(order[:place]) if isinstance(o, int)), 0)
            made.append(_fresh(text, node.items[near], chunks[near], item))
    lost = "".join(chunks[number].comments for number in range(len(chunks)) if number not in kept)
    if not made:
        return _emptied(text, model, chunks[-1].end, lost)
    return Splice(model.start, chunks[-1].end, lost + "".join(made))


def _emptied(text: str, first: _Chunk, end: int, comments: str) -> Splice:
    """The splice that leaves an empty list: behind its key where that ends its line, else on a line of its own."""
    newline = newline_of(text)
    if text[: first.start].endswith(f":{newline}"):
        return Splice(first.start - len(newline), end, f" []{newline}{comments}")
    line = text[first.dash : end]
    lead = line[: len(line) - len(line.lstrip(" "))]
    # Deeper than the key, which items need not be.
    return Splice(first.start, end, f"{comments}{lead}{'  ' if text[: first.start].strip() else ''}[]{newline}")


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with all splices done; where one lies in another, the outer one is taken to hold it."""
    pieces, at = [], 0
    for splice in _outermost(splices):
        pieces += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*pieces, text[at:]])


def _outermost(splices: Sequence[Splice]) -> Iterator[Splice]:
    end = -1
    for splice in sorted(splices, key=lambda s: (s.start, -s.end)):
        if splice.start >= end:
            yield splice
            end = splice.end


def _done(text: str, start: int, end: int, splices: Sequence[Splice]) -> str:
    inner = [Splice(s.start - start, s.end - start, s.text) for s in splices if start <= s.start and s.end <= end]
    return spliced(text[start:end], inner)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The lines of one item, the comments above it among them; `dash` is where its own line begins."""

    start: int
    dash: int
    end: int
    comments: str


def _chunks(text: str, node: Node) -> Iterator[_Chunk]:
    ends = [line_end(text, content_end(text, item)) for item in node.items]
    start = line_start(text, node.items[0].start)
    for item, end in zip(node.items, ends, strict=True):
        dash = line_start(text, item.start)
        if not text[dash:].lstrip(" ").startswith("-") or dash < start:
            raise Unfit("列表写在一行里，请改成每项一行")
        head = text[start:dash]
        comments = "".join(line for line in head.splitlines(keepends=True) if line.strip().startswith("#"))
        yield _Chunk(start, dash, end, comments)
        start = end


def content_end(text: str, node: Node) -> int:
    """The end of the last text in a node: that of the node itself reaches over the blank lines behind it."""
    if node.kind == "scalar":
        return node.start + len(text[node.start : node.end].rstrip(" \r\n"))
    if text[node.start : node.start + 1] in ("{", "["):
        return node.end
    inner = [value for _, value in node.pairs] or list(node.items)
    return max((content_end(text, child) for child in inner), default=node.end)


def newline_of(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def line_start(text: str, at: int) -> int:
    """The start of the line that a character stands in."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """The start of the next line."""
    found = re.compile(r"\r\n|\r|\n").search(text, max(at - 1, 0) if text[max(at - 1, 0) : at] in "\r\n" else at)
    return found.end() if found else len(text)


def _fresh(text: str, model: Node, chunk: _Chunk, item: Fresh) -> str:
    """The lines of a new item, with the indentation and the keys of the one it stands by."""
    line = text[chunk.dash : chunk.end]
    lead = line[: len(line) - len(line.lstrip(" "))]
    newline = "\r\n" if "\r\n" in text[: chunk.end] else "\n"
    before = "" if text[: chunk.dash].endswith(("\n", "\r")) or not chunk.dash else newline
    if "" in item.values:
        return f"{before}{lead}- {spelled(str(item.values['']))}{newline}"
    quoted = {key.text.strip() for key, value in model.pairs if value.quoted}
    named = {item.names.get(key, key): value for key, value in item.values.items()}
    gap = " " * (model.start - chunk.dash - len(lead) - 1)
    if text[model.start] == "{":
        inside = (f"{name}: {_in_flow(value, quoted=name in quoted)}" for name, value in named.items())
        return f"{before}{lead}-{gap}{{{', '.join(inside)}}}{newline}"
    written = [line for name, value in named.items() for line in _lines(name, value, quoted=name in quoted)]
    inner = f"{newline}{lead} {gap}"
    return f"{before}{lead}-{gap}{inner.join(written)}{newline}"


def _in_flow(value: Entry, *, quoted: bool) -> str:
    if isinstance(value, str):
        return spelled(value, quoted=quoted, flow=True)
    return f"[{', '.join(spelled(each, flow=True) for each in value)}]"


def _lines(name: str, value: Entry, *, quoted: bool) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{name}: {spelled(value, quoted=quoted)}"
    else:
        yield f"{name}:"
        yield from (f"  - {spelled(each)}" for each in value)
