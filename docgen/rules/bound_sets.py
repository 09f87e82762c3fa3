"""A bound set (合订本) that lies beside its documents: whether it still says what they say, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from docgen.findings import Finding, Place, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading

CODE: Final = "F404"
_NAME: Final = regex(r"(?:.*[_\-—\s])?合订本(?:[（(].*[）)])?\.[A-Za-z]+")
_WORD: Final = (".docx", ".docm")
_LEAST: Final = 0.5
_LONGEST: Final = 30
# What a bound set has beside its documents: the heading of its contents, a line for each, and a remark.
_FRONT: Final = 2


class Parted(NamedTuple):
    """The files of a set without its bound set, and the bound set, which may lie there in more than one format."""

    members: list[Reading]
    bound: list[Reading]


def parted(readings: Sequence[Reading]) -> Parted:
    """The documents of a set, and the files that bind them, known by their name; alone they are documents too."""
    bound = [reading for reading in readings if _NAME.fullmatch(reading.file.replace("\\", "/").rpartition("/")[2])]
    members = [reading for reading in readings if reading not in bound]
    return Parted(members, bound) if len(members) > 1 else Parted(list(readings), [])


def repeats(bound: Reading, members: Sequence[Reading]) -> bool:
    """Whether a bound set says what its documents say, one after the other, behind its contents and nothing else."""
    said = _lines(bound)
    documents = [lines for lines in map(_lines, members) if lines]
    return any(_walk(said, begin, documents) for begin in range(min(len(documents) + _FRONT, len(said)) + 1))


def differences(bound: Reading, members: Sequence[Reading]) -> Iterator[Finding]:
    """A finding for each document that the bound set holds in other words, at the first of them.

    A document that is not in it at all may well be an internal one. Formats other than Word's have other paragraphs.
    """
    if not bound.file.lower().endswith(_WORD):
        return
    said = set(_lines(bound))
    for reading in (each for each in members if each.file.lower().endswith(_WORD)):
        lines = _lines(reading)
        missing = [line for line in lines if line not in said]
        if missing and len(missing) < len(lines) * _LEAST:
            block = next(block for block in _shown(reading) if _line(block) == missing[0])
            yield _differs(bound, reading, block)


def _differs(bound: Reading, reading: Reading, block: Block) -> Finding:
    short = block.text if len(block.text) <= _LONGEST else f"{block.text[:_LONGEST]}…"
    message = f"合订本里没有这一段的原话：“{short}”。合订本和单份文件有一份改过。"
    place = Place(reading.file, block.part, block.index, 0, len(block.text), label=block.label)
    hint = "请确定以哪一份为准，重新生成合订本，或者把改动写进数据。"
    return Finding(CODE, Severity.WARNING, message, place, block.text, related=(Place(bound.file),), hint=hint)


def _walk(said: Sequence[str], at: int, documents: Sequence[Sequence[str]]) -> bool:
    """Whether what is said from there on is documents, whole, in their order."""
    held = 0
    for lines in documents:
        if said[at : at + len(lines)] == lines:
            at, held = at + len(lines), held + 1
    return held > 1 and at == len(said)


def _lines(reading: Reading) -> list[str]:
    return [_line(block) for block in _shown(reading)]


def _line(block: Block) -> str:
    return "".join(block.seen.split())


def _shown(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.part == "body" and block.text.strip()]
