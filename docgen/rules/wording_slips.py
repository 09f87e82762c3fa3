"""Slips of the keyboard: letters among figures, doubled characters in amounts, words and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from docgen.amounts.find import pairs
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_where, blocks_with, together
from docgen.rules.facts import Facts
from docgen.rules.rule import inside, rule

# O, o, l and I among the digits of an amount of money.
_LETTERS: Final = regex(
    r"(?<![A-Za-z0-9.\-—/])(?=[0-9OoQlI|,，.]*[0-9])(?=[0-9,，.]*[OoQlI|])[0-9OoQlI|]{1,3}(?:[,，]?[0-9OoQlI|]{1,3})*(?:\.[0-9OoQlI|]{1,2})?"
    r"(?=\s*(?:元|圆|万元|亿元))|(?<=[￥¥])\s*(?=[0-9,，.]*[OoQlI|])[0-9OoQlI|]+(?:[,，.][0-9OoQlI|]+)*(?![A-Za-z])"
)
_LETTER: Final = regex(r"[OoQlI|]")
_READ: Final = str.maketrans("OoQlI|，", "000111,")

# 壹佰零肆万园整: characters that look or sound like those of an amount, inside one.
_CAPITAL: Final = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
_WRONG_END: Final = regex(
    rf"(?<=[{_CAPITAL}])(?:(园|園|员|員|无)(?=[整正零{_CAPITAL}])|(?<=[元圆])(?:征|政|証)(?=[）)，。；\s]|$))"
)
_WRONG_INSIDE: Final = regex(
    rf"(?<=[{_CAPITAL}][{_CAPITAL}])([肄贷贡武柴染扒玫致捡捨伯迁方刀忆])(?=[{_CAPITAL}]{{0,12}}[元圆])"
    rf"|(?<=[{_CAPITAL}])([肄贷贡柴扒玫捡捨伯迁忆])(?=[{_CAPITAL}]{{1,12}}[元圆])"
)
_MEANT: Final = dict(
    zip(
        "肄贷贡武柴染扒玫致捡捨伯迁方刀忆园園员員无征政証",
        "肆贰贰贰柒柒捌玖玖拾拾佰仟万万亿元元元元元整整整",
        strict=True,
    )
)
_DOUBLED_UNIT: Final = regex(
    rf"(?<=[{_CAPITAL}])([拾佰仟万亿元角分整])\1(?=[{_CAPITAL}元角分整）)，。；\s]|$)|(?<=[壹贰叁肆伍陆柒捌玖])([拾佰仟])\2"
)

# Slips told of one kind in one paragraph; what has more is no sentence any more.
_MOST: Final = 50
# Two characters that every slip of words has in it.
_SUSPECT: Final = regex(rf"[{_CAPITAL}元圆](?:[{''.join(_MEANT)}]|([拾佰仟万亿元角分整])\1)")


@rule("W111", "金额里有形近的字母或重复的字", on=Reading)
def lookalikes(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 字母 O 冒充数字 0、“园”冒充“元”的金额，看着对，查不到也读不出。

    错误: 合同价款为10400OO元，于验收合格后支付。
    正确: 合同价款为1040000元（大写：壹佰零肆万元整），于验收合格后支付。
    """
    money = [block for block in blocks_with(reading, "元", "￥", "¥") if _LETTER.search(block.text)]
    lettered = {block.index for block in money}
    for block in together(money, blocks_where(reading, _SUSPECT)):
        for match in islice(_LETTERS.finditer(block.text), _MOST) if block.index in lettered else ():
            right = match[0].translate(_READ)
            message = f"“{match[0].strip()}”里夹有字母，应当是数字“{right.strip()}”。"
            fix = _agreeing(block.text, match.span(), right)
            yield inside(reading, block, match.span(), message, expected=right, hint="请改成数字。", fix=fix)
        wrong = (*_WRONG_END.finditer(block.text), *_WRONG_INSIDE.finditer(block.text))
        for match in wrong[:_MOST]:
            right = _MEANT[match[0]]
            message = f"大写金额里的“{match[0]}”应当是“{right}”。"
            fix = _agreeing(block.text, match.span(), right)
            yield inside(reading, block, match.span(), message, expected=right, hint="请改成规定的大写用字。", fix=fix)
        for match in islice(_DOUBLED_UNIT.finditer(block.text), _MOST):
            message = f"大写金额里“{match[0]}”重复。"
            yield inside(reading, block, match.span(), message, expected=match[0][0], hint="请删去多出的字。")


def _agreeing(text: str, span: tuple[int, int], right: str) -> str | None:
    """What was meant, where the amount beside it says the same once it is put right; else None."""
    put_right = text[: span[0]] + right + text[span[1] :]
    sides = [pair for pair in pairs(put_right) if any(one.start <= span[0] < one.end for one in pair)]
    return right if any(figures.value == words.value is not None for figures, words in sides) else None


_MARKS: Final = regex(r"([，、；：])\1+|。。(?!。)(?<!。。。)|，[。；、：]|[、；：][，。]|。[，、；：]")
_WORDS: Final = regex(
    r"(?<![目标])的的(?!确)|(?<!共)和和(?![平谐解睦气])|(?<![参给授])与与|(?<![涉以])及及(?![时格早])|(?<!为)了了(?![解结])"
    r"|甲方甲方|乙方乙方|双方双方|(?<!\d)万元万元|本合同本合同|本协议本协议|应当应当|不得不得|或者或者|以及以及|进行进行|提供提供"
    r"|(?<=[0-9整])元元(?![0-9年])|有限公司有限公司|人民币人民币"
)
# What all of them have in them.
_TWO_MARKS: Final = regex(r"[，、；：。][，、；：。]")
_TWICE: Final = tuple(
    word * 2
    for word in (
        *(
            "的",
            "和",
            "与",
            "及",
            "了",
            "元",
            "甲方",
            "乙方",
            "双方",
            "万元",
            "应当",
            "不得",
            "或者",
            "以及",
            "进行",
            "提供",
        ),
        *("本合同", "本协议", "人民币", "有限公司"),
    )
)
_DOTS: Final = regex(r"[.。．…]{3,}|目\s*录")


@rule("W112", "重复的字词或标点", on=Reading)
def doubled(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 多打的字和标点不改变意思，但合同要正式签署，顺手改掉为好。

    错误: 乙方应当按时提交的的报告，，并负责解释。
    正确: 乙方应当按标的的要求提交报告，并负责解释……，甲方及时验收。
    """
    for block in together(blocks_where(reading, _TWO_MARKS), blocks_with(reading, *_TWICE)):
        if _DOTS.search(block.text):
            continue
        for match in (*islice(_MARKS.finditer(block.text), _MOST), *islice(_WORDS.finditer(block.text), _MOST)):
            yield _doubled(reading, block, match)


def _doubled(reading: Reading, block: Block, match: re.Match[str]) -> Finding:
    half = len(match[0]) // 2
    same = match[0][:half] == match[0][half:]
    message = f"“{match[0]}”{'重复' if same or len(set(match[0])) == 1 else '是连在一起的两个标点'}。"
    expected = match[0][:half] if same else None
    return inside(
        reading, block, match.span(), message, severity=Severity.NOTE, expected=expected, hint="请删去多出的。"
    )
