"""The numbers that clauses have in a paper as the house's automatic ones, and what is said of clauses as references."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from docgen.errors import TemplateError
from docgen.template.numbering import LEVELS, Numbering
from docgen.template.papers.lines import Line, Piece, Slot, Tag
from docgen.template.papers.remarks import Remark

_HAN: Final = "[一二三四五六七八九十百零]{1,5}"
_NUMBER: Final = re.compile(
    rf"(?P<c第一章>第{_HAN}章)|(?P<s第一节>第{_HAN}节)|(?P<a第一条>第{_HAN}条)(?![款第、，,的和与及至规约中之])"
    rf"|(?P<h>{_HAN}[、．.])|(?P<p>[（(]{_HAN}[）)])"
    r"|(?P<t>\d{1,2}\.\d{1,2}\.\d{1,2})(?![\d.．,%％元万亿])|(?P<d>\d{1,2}\.\d{1,2})(?![\d.．,%％元万亿])"
    r"|(?P<f>\d{1,2}[.．、])(?:(?!\d)|(?=(?:19|20)\d\d年))|(?P<q>[（(]\d{1,2}[）)])|(?P<r>\d{1,2}[）)])|(?P<o>[①-⑳])"
)
_MOST: Final = 60
_GAP: Final = 2  # how many numbers a paper may leave out by a slip
_LAW: Final = r"(?:》|法|条例|办法|规定|细则|规则|解释|规范|招标文件|投标文件)(?:（[^）]*）)?\s*$"
_REFERENCE: Final = re.compile(
    rf"第(?P<clause>{_HAN})条(?:第(?P<item>[（(]{_HAN}[）)])项)?|第(?P<dotted>\d{{1,2}}\.\d{{1,2}})(?=[条款项])"
)
_NAMES: Final = (
    ("付款", "payment"), ("支付", "payment"), ("价款", "price"), ("经费", "price"), ("费用", "price"),
    ("违约", "breach"), ("验收", "acceptance"), ("保密", "secrecy"), ("知识产权", "property"), ("争议", "disputes"),
    ("不可抗力", "force_majeure"), ("变更", "changes"), ("解除", "ending"), ("附则", "general"), ("其他", "others"),
    ("期限", "term"), ("交货", "delivery"), ("质量", "quality"), ("质保", "warranty"), ("附件", "annexes"),
    ("通知", "notices"), ("甲方", "party_a"), ("乙方", "party_b"), ("服务", "services"), ("权利", "rights"),
)  # fmt: skip


@dataclass(slots=True)
class _Count:
    """The numbers counted so far in one document, and the lists that begin anew without a heading above them."""

    numbering: Numbering = field(default_factory=Numbering)
    kept: dict[str, int] = field(default_factory=dict)


def numbered(lines: Sequence[Line], remarks: list[Remark]) -> list[Line]:
    """The lines of a document with their numbers counted by the template, wherever these come out the same."""
    count = _Count()
    return [_numbered(line, count, remarks) for line in lines]


def _numbered(line: Line, count: _Count, remarks: list[Remark]) -> Line:
    if line.is_row or line.head.startswith(("@", "[标题", "[附件号", "[封面")) or line.control is not None:
        return line
    match = _NUMBER.match(line.text)
    known = None if match is None else _value(match[0])
    if match is None or known is None:
        return line
    sample = known[0]
    trial = copy.deepcopy(count.numbering)
    try:
        label = trial.no(sample, "here")
    except TemplateError:
        return line  # a dotted number with nothing above it
    told = _kept(match[0], known, label, count.kept)
    if told is not None:
        remarks += [Remark("编号", line.place, line.text[:20], words) for words in told]
        return line
    if label != match[0]:
        told_of = f"原文是“{match[0]}”，按次序是“{label}”"
        remarks.append(Remark("编号", line.place, line.text[:20], told_of))
    count.numbering = trial
    _forget(count, sample)
    full = trial.own.pop("here").full
    rest = line.text[len(match[0]) :]
    return replace(line, pieces=(rest,) if rest else (), sample=sample, label=full)


def _kept(shown: str, known: tuple[str, int], label: str, kept: dict[str, int]) -> list[str] | None:
    """What is said of a number that stays as it stands, as it begins anew by itself or is far off; None to count it."""
    sample, number = known
    expected = (_value(label) or known)[1]
    if sample in kept and number == kept[sample] + 1:
        kept[sample] = number
        return []
    same_above = shown.rpartition(".")[0] == label.rpartition(".")[0] or not sample.startswith("1.1")
    # Clauses are counted through; a list of figures may stand in a place of its own, as may one that lacks its first.
    clause = not sample[0].isdigit() and "1" not in sample and expected > 1
    slip = clause and number > 1 and expected - 1 <= number <= expected + _GAP
    if same_above and (number == expected or slip):
        return None
    kept[sample] = number
    return [f"不接前面的编号（按次序是“{label}”），照原文保留"]


def _forget(count: _Count, sample: str) -> None:
    ranks = [level for level in LEVELS if sample in level.samples]
    for level in LEVELS[LEVELS.index(ranks[0]) :]:
        for each in level.samples:
            count.kept.pop(each, None)


@cache
def _value(label: str) -> tuple[str, int] | None:
    """The sample that a number is written after, and what number it is."""
    for level in LEVELS:
        for sample in level.samples:
            if level.dotted:
                if re.fullmatch(sample.replace(".", r"\.").replace("1", r"\d+"), label):
                    return sample, int(label.rpartition(".")[2])
                continue
            for number in range(1, _MOST if level.first != "①" else 20):
                if sample.replace(level.first, level.numeral(number), 1) == label:
                    return sample, number
    return None


def referred(lines: Sequence[Line], prefix: str = "clause") -> list[Line]:
    """The lines with what is said of other clauses as references, and names at the clauses that are spoken of."""
    depth = 0
    known: dict[str, int] = {}
    for at, line in enumerate(lines):
        if line.control is not None:
            depth += 1 if line.control.word in ("for", "if") else -1
        elif line.label and not depth:
            known.setdefault(line.label, at)
    names: dict[int, str] = {}
    made = [replace(line, pieces=tuple(_pieces(line, lines, known, names, prefix))) for line in lines]
    return [replace(line, name=names[at]) if at in names else line for at, line in enumerate(made)]


def _pieces(
    line: Line, lines: Sequence[Line], known: dict[str, int], names: dict[int, str], prefix: str
) -> Iterator[Piece]:
    for piece in line.pieces:
        if isinstance(piece, str) and line.control is None:
            yield from _referred(piece, lines, known, names, prefix)
        else:
            yield piece


def _referred(
    text: str, lines: Sequence[Line], known: dict[str, int], names: dict[int, str], prefix: str
) -> Iterator[Piece]:
    at = 0
    for match in _REFERENCE.finditer(text):
        if re.search(_LAW, text[: match.start()]):
            continue
        parts = _reference(match, lines, known, names, prefix)
        if parts is None:
            continue
        yield text[at : match.start()]
        yield from parts
        at = match.end()
    yield text[at:]


def _reference(
    match: re.Match[str], lines: Sequence[Line], known: dict[str, int], names: dict[int, str], prefix: str
) -> list[Piece] | None:
    def slot(text: str, label: str) -> Slot:
        at = known[label]
        if at not in names:
            names[at] = _name(lines[at], set(names.values()), f"{prefix}_{len(names) + 1}")
        return Slot(text, (Tag(f'=ref("{names[at]}")'),))

    if match["dotted"]:
        return ["第", slot(match["dotted"], match["dotted"])] if match["dotted"] in known else None
    clause, item = match["clause"], match["item"]
    whole = f"第{clause}条"
    if whole in known:
        if item is None:
            return [slot(whole, whole)]
        return (
            [slot(whole, whole), "第", slot(item, f"{whole}第{item}项"), "项"]
            if f"{whole}第{item}项" in known
            else None
        )
    if clause not in known or (item and f"{clause}{item}" not in known):
        return None
    above: list[Piece] = ["第", slot(clause, clause), "条"]
    return above if item is None else [*above, "第", slot(item, f"{clause}{item}"), "项"]


def _name(line: Line, taken: set[str], otherwise: str) -> str:
    text = line.text[:12] if line.head in ("[条]", "[一级]", "[二级]", "[三级]", "[章]") else ""
    return next((name for word, name in _NAMES if word in text and name not in taken), otherwise)
