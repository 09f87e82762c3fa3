"""Wording of documents: nothing of the template may be left, and no amount in words may be empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.facts import Facts
from docgen.rules.rule import inside, place_in, rule

Stand = tuple[Block, re.Match[str]]

# A tag that lost a brace, or got a full-width one, is no tag to the engine: { party_a.name }, {％ if x ％}.
_MARKS: Final = regex(
    r"\{\{.{0,300}?\}\}|\{%.{0,300}?[%％]\}|\{#.{0,300}?#\}"
    r"|[{｛]+\s*[A-Za-z_]\w*(?:\.\w+|\([^()|]*\)|\s*[|｜]\s*\w+)+\s*[}｝]+"
    r"|[{｛][%％]\s*\w+.{0,300}?[%％][}｝]"
    r"|\{{2,}|\}{2,}|\{%|%\}|\{#(?![\w\-]+(?:\s+\.[\w\-]+)*\})|#\}"
)

# Python's word for nothing, beside no other English word.
_NOTHING: Final = regex(r"(?<![A-Za-z0-9_.])(?<![A-Za-z,;][ ])(?:None|Undefined|NaN)(?![A-Za-z0-9_])(?![ ,;]+[A-Za-z])")

# （大写：）, （大写：元整）, 人民币（大写）元: the words of an amount without the amount.
_EMPTY_WORDS: Final = regex(
    r"[（(]\s*(?:人民币)?\s*大写\s*[：:]?\s*(?:人民币)?\s*[元圆]?[整正]?\s*[）)](?=\s*[元圆])"
    r"|[（(]\s*(?:人民币)?\s*大写\s*[：:]\s*(?:人民币)?\s*[元圆]?[整正]?\s*[）)]"
)


@rule("W101", "模板的标记留在文件里", on=Reading)
def leftovers(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 模板的标记或 None 留在文件里，说明这里的内容没有填进去。

    错误: 合同总价为{{ price.total }}元。
    正确: 合同总价为1040000元。
    """
    # A template that was never rendered has hundreds: one finding that holds all their places.
    braced = blocks_with(reading, "{", "}", "｛")
    marks = [(block, match) for block in braced for match in _MARKS.finditer(block.text)]
    if not any(match[0][0] in "{｛" for _, match in marks):
        marks = []  # the end of a set or of a formula, and no mark that was opened
    if marks:
        message = f"模板的标记{_first(marks)}留在文件里。"
        yield _together(reading, marks, message, "请检查模板里的这一处，或填上内容。")
    named = blocks_with(reading, "None", "Undefined", "NaN")
    nothing = [(block, match) for block in named for match in _NOTHING.finditer(block.text)]
    if nothing:
        message = f"{_first(nothing)}是程序里“没有值”的意思，不是合同的文字。"
        yield _together(reading, nothing, message, "请填上内容，或在模板里先判断有没有值。")


def _first(found: Sequence[Stand]) -> str:
    """The first of what was found, in quotation marks, and how many there are."""
    return f"“{found[0][1][0]}”{f'等 {len(found)} 处' if len(found) > 1 else ''}"


def _together(
    reading: Reading, found: Sequence[Stand], message: str, hint: str, severity: Severity = Severity.ERROR
) -> Finding:
    """One finding at the first place, the others beside it."""
    (block, match), *others = found[:_MOST_PLACES]
    related = tuple(place_in(reading, other, one.span()) for other, one in others)
    return inside(reading, block, match.span(), message, severity=severity, related=related, hint=hint)


_MOST_PLACES: Final = 1000


@rule("W102", "大写金额是空的", on=Reading)
def empty_words(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 定稿里大写金额空着，等于金额没有写全；留给人填写的空白表格只作提示。

    错误: 合同总价为1040000元（大写：）。
    正确: 合同总价为1040000元（大写：壹佰零肆万元整）。
    """
    found = [(block, match) for block in blocks_with(reading, "大写") for match in _EMPTY_WORDS.finditer(block.text)]
    # In a contract that is to be signed each has to be filled in; a form is told once that it is one.
    severity = Severity.ERROR if facts.final else Severity.NOTE
    for group in [[one] for one in found] if facts.final else [found] if found else []:
        yield _together(reading, group, f"{_first(group)}里没有大写金额。", "请写上大写金额。", severity)
