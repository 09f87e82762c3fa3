"""Labels of paragraphs: the numbers of the headings that they stand under, as a clerk names a place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_CHINESE: Final = "[一二三四五六七八九十百零〇]+"

# The numbers that headings and clauses begin with, the more general ones first; every group is a level.
_NUMBER: Final = re.compile(
    rf"[ \t\u3000\xa0]*(?:(附件[ \u3000]?(?:[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})(?=[：:、.．\s]|$))"
    rf"|(第[ \u3000]?(?:{_CHINESE}|\d{{1,2}})[ \u3000]?[章部]分?)"
    rf"|(第[ \u3000]?(?:{_CHINESE}|\d{{1,3}})[ \u3000]?条)(?![款第、，,的和与及至规约中之])"
    rf"|({_CHINESE})[、.．](?!{_CHINESE}[、.．])"
    rf"|([（(]{_CHINESE}[）)])"
    r"|(\d{1,2}(?:[.．]\d{1,2})+)(?![\d.．,%％元万亿])"
    r"|(\d{1,3})(?:[.．](?!\d)|、(?!\d))"
    r"|([（(]\d{1,3}[）)])"
    r"|(\d{1,2})[）)])"
)
_ANNEX: Final = 1
_CLAUSE: Final = 4  # 一、
_DECIMAL: Final = 6  # 4.1
_FIGURE: Final = 7  # 1.
_LONGEST: Final = 20
# What any of them begins with beside a figure; most paragraphs begin with nothing of it.
_BEGIN: Final = frozenset("附第（( \t\u3000\xa0一二三四五六七八九十百零〇") | {""}
_BARE: Final = re.compile(r"\d{1,2}(?=[ \t\u3000])")  # 4 价款


@dataclass(slots=True)
class Headings:
    """The headings that the paragraphs read so far leave open, level by level."""

    open: list[str] = field(default_factory=list)
    counted: bool = False  # whether 1.1 stands under 1., so that 2. closes it
    shown: str = ""

    def titled(self, text: str) -> str:
        """The label of a heading without a usual number; it closes those before, and the first of all is the title."""
        name = text.strip()
        figure = _BARE.match(name)
        if figure:
            self.open = self.open[: _DECIMAL - 1]
            return self.label(f"{figure[0]}. ")
        if self.open and name and len(name) <= _LONGEST:
            self.open = [name]
            self.shown = name
        return self.shown

    def label(self, text: str) -> str:
        """The label of the next paragraph, a heading or not: 第四条 4.1, 附件1 二、（一）."""
        number = _NUMBER.match(text) if text[:1] in _BEGIN or text[0].isdecimal() else None
        if number:
            level = number.lastindex or _ANNEX
            name = number[level].strip()
            before = self.open + [""] * _FIGURE
            if level == _DECIMAL and not before[_DECIMAL - 1]:
                self.counted = before[_FIGURE - 1] == _first(name)
            if level == _FIGURE and self.counted and int(name) - 1 == int(_first(before[_DECIMAL - 1]) or -1):
                before[_DECIMAL - 1] = ""
            self.open = [*before[: level - 1], name + ("、" if level == _CLAUSE else "")]
            shown = " ".join(name for name in self.open if name)
            self.shown = shown.replace("、 ", "、").rstrip("、")
        return self.shown


def numbered(number: str, text: str) -> str:
    """The text with its automatic number before it, told apart from it; a bare figure is a heading's all the same."""
    return f"{number}{'.' if number.isdigit() else ''} {text}" if number else text


def _first(decimal: str) -> str:
    """The figure that a decimal number begins with."""
    return re.split("[.．]", decimal)[0]
