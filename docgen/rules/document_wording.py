"""Wording of documents: nothing of the template may be left, and no amount in words may be empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.rules.facts import Facts
from docgen.rules.rule import inside, rule

# A tag that lost a brace, or got a full-width one, is no tag to the engine: { party_a.name }, {％ if x ％}.
_MARKS: Final = regex(
    r"\{\{.{0,300}?\}\}|\{%.{0,300}?[%％]\}|\{#.{0,300}?#\}"
    r"|[{｛]+\s*[A-Za-z_]\w*(?:\.\w+|\([^()]*\)|\s*[|｜]\s*\w+)+\s*[}｝]+"
    r"|[{｛][%％]\s*\w+.{0,300}?[%％][}｝]"
    r"|\{{2,}|\}{2,}|\{%|%\}|\{#|#\}"
)

# Marks told of one paragraph; a whole template that was never rendered is seen from fewer.
_MOST: Final = 10

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
    for block in reading.blocks:
        for match in islice(_MARKS.finditer(block.text), _MOST):
            message = f"模板的标记“{match[0]}”留在文件里。"
            yield inside(reading, block, match.span(), message, hint="请检查模板里的这一处，或填上内容。")
        for match in _NOTHING.finditer(block.text):
            message = f"“{match[0]}”是程序里“没有值”的意思，不是合同的文字。"
            yield inside(reading, block, match.span(), message, hint="请填上内容，或在模板里先判断有没有值。")


@rule("W102", "大写金额是空的", on=Reading)
def empty_words(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 定稿里大写金额空着，等于金额没有写全；留给人填写的空白表格只作提示。

    错误: 合同总价为1040000元（大写：）。
    正确: 合同总价为1040000元（大写：壹佰零肆万元整）。
    """
    severity = Severity.ERROR if facts.final else Severity.NOTE
    for block in reading.blocks:
        for match in _EMPTY_WORDS.finditer(block.text):
            message = f"“{match[0]}”里没有大写金额。"
            yield inside(reading, block, match.span(), message, severity=severity, hint="请写上大写金额。")
