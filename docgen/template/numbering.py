"""Clause numbers: printed in the form of a sample, counted by level, and referred to by name.

`no("一、", "payment")` prints the next number of its level and names it; `ref("payment")` prints that number where
the text speaks of it. A level begins again under every higher one, with the one exception that law and contracts
make: 条 are counted through, whatever 章 they stand in. A clause that a condition leaves out takes no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from docgen.errors import TemplateError
from docgen.template.numerals import chinese, circled

# A reference that is not known yet, until the whole document (or set) is written: name, and F for the full path.
REFERENCE = re.compile("\ufdd5([^\ufdd5\ufdd6]*)\ufdd6")


class Level(NamedTuple):
    """A form of numbering: its samples, how a number is written in it, and how one refers to it.

    A serial one counts the rows of a table on through all groups: headings alone begin it anew, no lists in the rows.
    """

    samples: tuple[str, ...]
    numeral: Callable[[int], str]
    first: str
    trailing: str = ""
    restarts: bool = True
    dotted: bool = False
    serial: bool = False

    def label(self, sample: str, number: int, prefix: str) -> str:
        """The number in the form of the sample; a dotted one begins with the number it stands under."""
        if self.dotted:
            return f"{prefix}.{number}"
        return sample.replace(self.first, self.numeral(number), 1)

    def reference(self, label: str) -> str:
        """The label as a sentence mentions it: 四、 is called 四."""
        return label.rstrip(self.trailing) if self.trailing else label


# From the highest level to the lowest.
LEVELS = (
    Level(("第一章",), chinese, "一"),
    Level(("第一节",), chinese, "一"),
    Level(("第一条",), chinese, "一", restarts=False),
    Level(("一、", "一．", "一."), chinese, "一", trailing="、．."),
    Level(("（一）", "(一)"), chinese, "一"),
    Level(("1.1",), str, "1", dotted=True),
    Level(("1.1.1",), str, "1", dotted=True),
    Level(("1.", "1．", "1、"), str, "1", trailing="、．."),
    Level(("（1）", "(1)"), str, "1"),
    Level(("1）", "1)"), str, "1", trailing="）)"),
    Level(("①",), circled, "①"),
    Level(("1",), str, "1", serial=True),
)
_RANKS = {sample: rank for rank, level in enumerate(LEVELS) for sample in level.samples}
_ARTICLE = _RANKS["第一条"]
_LAST_HEADING = _RANKS["1.1.1"]
# What a dotted number may stand under.
_ABOVE_DOTTED = tuple(rank for rank, level in enumerate(LEVELS) if level.samples[0] in {"第一章", "第一条", "一、"})


class Label(NamedTuple):
    """What a named clause is called: alone, and with the clauses it stands under."""

    short: str
    full: str


@dataclass(slots=True)
class Labels:
    """The names of all documents of a set, by document id; filled while the set is rendered."""

    documents: dict[str, Mapping[str, Label]] = field(default_factory=dict)

    def find(self, name: str, own: Mapping[str, Label], document: str) -> Label | None:
        """The label of a name: of the document itself, else of the one other document that has it."""
        if name in own:
            return own[name]
        others = {key: labels[name] for key, labels in self.documents.items() if key != document and name in labels}
        if len(others) > 1:
            where = f"{len(others)} 份文件里都有（{'、'.join(others)}）"
            raise TemplateError(f'ref("{name}") 指向不明：这个名称在 {where}。')
        return next(iter(others.values()), None)


@dataclass(slots=True)
class Numbering:
    """The counters and names of one document while it is rendered."""

    document: str = ""
    labels: Labels = field(default_factory=Labels)
    own: dict[str, Label] = field(default_factory=dict)
    _counts: dict[int, int] = field(default_factory=dict)
    _current: dict[int, str] = field(default_factory=dict)

    def afresh(self) -> Numbering:
        """The numbering of another rendering of the same document."""
        return Numbering(self.document, self.labels)

    def no(self, sample: str, name: str | None = None) -> str:
        """The next number in the form of the sample; `name` is what ref() knows it by."""
        rank = _RANKS.get(str(sample))
        if rank is None:
            known = " ".join(level.samples[0] for level in LEVELS)
            raise TemplateError(f'no("{sample}") 的编号样式不认识；可用的样式：{known}')
        level = LEVELS[rank]
        self._counts[rank] = self._counts.get(rank, 0) + 1
        self._forget_below(rank)
        label = level.label(str(sample), self._counts[rank], self._number_above(rank))
        self._current[rank] = level.reference(label)
        if name is not None:
            self._name(str(name), rank)
        return label

    def ref(self, name: str, *, full: bool = False) -> str:
        """The number of a clause that was named before, in this document or in another one rendered before."""
        label = self.labels.find(str(name), self.own, self.document)
        if label is None:
            raise TemplateError(f'ref("{name}") 所指的条款到此还没有出现。', hint='请核对 no(…, "名称") 里的名称。')
        return label.full if full else label.short

    def deferred(self, name: str, *, full: bool = False) -> str:
        """A mark in place of a reference, which `resolved` replaces once all names are known."""
        return f"\ufdd5{'F' if full else ' '}{name}\ufdd6"

    def resolved(self, text: str) -> str:
        """The text with every deferred reference replaced."""
        return REFERENCE.sub(lambda match: self._resolve(match[1]), text) if "\ufdd5" in text else text

    def _resolve(self, mark: str) -> str:
        name = mark[1:]
        label = self.labels.find(name, self.own, self.document)
        if label is None:
            known = "、".join(self.own) or "（本文件没有命名的条款）"
            raise TemplateError(f'ref("{name}") 所指的条款没有编号。', hint=f"本文件里有名称的条款：{known}")
        return label.full if mark[0] == "F" else label.short

    def _forget_below(self, rank: int) -> None:
        for lower in range(rank + 1, len(LEVELS)):
            if LEVELS[lower].serial and rank > _LAST_HEADING:
                continue
            self._current.pop(lower, None)
            if LEVELS[lower].restarts:
                self._counts.pop(lower, None)

    def _number_above(self, rank: int) -> str:
        """The number that a dotted one begins with: 4 under 第四条, 4.1 for a third figure."""
        if not LEVELS[rank].dotted:
            return ""
        if LEVELS[rank - 1].dotted and (above := self._current.get(rank - 1)):
            return above
        counted = [self._counts[upper] for upper in _ABOVE_DOTTED if upper in self._current]
        if not counted:
            raise TemplateError(f'no("{LEVELS[rank].samples[0]}") 之上没有条（第一条）或部分（一、），不知道以几开头。')
        return str(counted[-1])

    def _name(self, name: str, rank: int) -> None:
        if name in self.own:
            raise TemplateError(f'条款名称“{name}”用了两次，ref("{name}") 会指向不明。', hint="请给各条起不同的名称。")
        self.own[name] = Label(self._current[rank], self._full(rank))

    def _full(self, rank: int) -> str:
        """The path of the current clause: 第四条第（二）项第1目; a dotted number tells its own path."""
        if LEVELS[rank].dotted:
            return self._current[rank]
        path = [self._current[upper] for upper in sorted(self._current) if _ARTICLE <= upper <= rank]
        first, *rest = path or [self._current[rank]]
        if not first.endswith("条"):
            return "".join([first, *rest])
        named = (f"第{item}{unit}" for item, unit in zip(rest, "项目", strict=False))
        return "".join([first, *named, *rest[2:]])
