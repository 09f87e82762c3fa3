"""The characters of 大写: which ones the rules know, which ones people use instead, and what fills the gaps."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from docgen.amounts.figures import quoted
from docgen.amounts.spelling import (
    FILLER,
    GAP_AFTER_PREFIX,
    NEGATIVE,
    P,
    Remark,
    UnreadableError,
    irregular,
    permitted,
)

CANONICAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整"
"""Every character of a canonical spelling."""

FILLERS = " \t\r\n\f\v\u3000\xa0\u2002\u2003\u2009\u200b\ufeff_＿"
"""What stands in the gaps of a form: spaces, underlines, and spaces nobody sees."""

# 壹 and its like in traditional characters, with 圆 for 元 and 正 for 整: allowed by P第一条.
_PERMITTED = dict(zip("貳叄參陸萬億圆圓正幣", "贰叁叁陆万亿元元整币", strict=True))
# Ordinary numerals and old short forms: plain to read, forbidden by P第一条.
_IRREGULAR = dict(
    zip("〇○一二三四五六七八九十百千两兩参弌弍弎毛另", "零零壹贰叁肆伍陆柒捌玖拾佰仟贰贰叁壹贰叁角零", strict=True)
) | {"廿": "贰拾", "念": "贰拾", "卅": "叁拾", "卌": "肆拾"}
_TRILLION = "兆"  # stands for 万亿, which takes a grammar to tell
_SAME = {"⾓": "角", "⼀": "一", "⼆": "二", "⼋": "八", "⼗": "十"}  # radicals that PDF files give for characters
_FOLDED = str.maketrans(_SAME | _PERMITTED | _IRREGULAR | dict.fromkeys(FILLERS, ""))
_LOOKALIKES = dict(zip("伯什阡壶武染久扒楞亳圜", "佰拾仟壹贰柒玖捌零毫圆", strict=True))
_PREFIX = "人民币"
_FILLER_CHARACTERS = frozenset(FILLERS)
_UNUSUAL = frozenset({*_PERMITTED, *_IRREGULAR})


class Cleaned(NamedTuple):
    """An amount in canonical characters, and what was remarkable about the ones that stood there."""

    text: str
    prefix: bool = False
    negative: bool = False
    remarks: tuple[Remark, ...] = ()


def clean(text: str) -> Cleaned:
    """The text without 人民币, sign and fillers and with every known character replaced by its canonical one."""
    outer = text.strip()
    remarks = _about_characters(_UNUSUAL.intersection(outer))
    body, prefix = _without_prefix(outer.replace("幣", "币").replace("負", "负"))
    negative = "负" in body
    if negative:
        body = _without_sign(body)
        remarks += (NEGATIVE,)
    if prefix and body[:1] in _FILLER_CHARACTERS and body.strip(FILLERS):
        remarks += (GAP_AFTER_PREFIX,)
        body = body.lstrip(FILLERS)
    if not _FILLER_CHARACTERS.isdisjoint(body):
        remarks += (FILLER,)
    folded = body.translate(_FOLDED)
    _refuse_others(folded, text)
    return Cleaned(folded, prefix, negative, remarks)


@lru_cache(maxsize=1_000)
def _about_characters(characters: frozenset[str]) -> tuple[Remark, ...]:
    """The remarks on characters that differ from the canonical ones."""
    allowed, forbidden = characters & _PERMITTED.keys(), characters - _PERMITTED.keys()
    remarks: tuple[Remark, ...] = ()
    if allowed:
        remarks += (permitted(f"{P}第一条", f"{_listed(allowed)}可以使用"),)
    if forbidden:
        remarks += (irregular(f"{P}第一条", f"{_listed(forbidden)}不是大写金额用字"),)
    return remarks


def _listed(characters: frozenset[str]) -> str:
    return "".join(f"“{char}”" for char in sorted(characters))


def _without_prefix(text: str) -> tuple[str, bool]:
    """The text behind 人民币 (also behind 负人民币), and whether that stood there."""
    sign = "负" if text.startswith("负" + _PREFIX) else ""
    bare = text.removeprefix(sign + _PREFIX)
    return sign + bare if bare is not text else text, bare != text


def _without_sign(text: str) -> str:
    """The text behind its leading 负."""
    if not text.startswith("负"):
        raise UnreadableError("“负”只能写在金额最前面")
    return text[1:]


def _refuse_others(folded: str, text: str) -> None:
    """Refuse a text in which a character stands that no amount has, and name the character."""
    odd = folded.strip(CANONICAL + _TRILLION)[:1]
    if not odd:
        return
    if odd.isdigit():
        raise UnreadableError(f"{quoted(text)}的大写里夹着数字“{odd}”")
    if odd in _LOOKALIKES:
        raise UnreadableError(f"{quoted(text)}里的“{odd}”不是金额用字，是不是想写“{_LOOKALIKES[odd]}”")
    raise UnreadableError(f"{quoted(text)}里的{quoted(odd)}不是大写金额用字")
