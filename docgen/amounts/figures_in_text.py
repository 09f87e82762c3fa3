"""Figures in running text: numbers that a currency sign, a unit or a 小写 slot makes an amount of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from docgen.amounts.figures import AmountError, FinerThanFenError, parse_figures
from docgen.amounts.found import GAP, Found
from docgen.amounts.spelling import Standing

_NUMBER = "[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?"
_SCALE = "(?:万亿|[千百十]?[万萬亿億]|[千百十])"
_CENTS = "(?:[0-9０-９]角)?(?:[0-9０-９]分(?![钟之]))?"
_FILLING, _SIGN_ENDS = " \t\r\n\u3000\xa0_＿:：", "币BbYy￥¥"
NOT_YUAN = "(?!旦|宵|素|器|件|老|勋|帅|宇宙)"
"""What 元 is a part of where it is no money."""
NOT_WHOLE = "(?!本|式|常|确|当|在|好|规|版|楷|反|负|面|品|如|是|对|向|改|体|理|个|治|顿|修|数|年|套|合|机|洁)"
"""What 整 and 正 are a part of where they do not end an amount."""


@cache
def _figure() -> re.Pattern[str]:
    yuan = f"[元圆圓]{NOT_YUAN}(?:{GAP}[整正]{NOT_WHOLE}|{_CENTS})"
    unit = f"(?:{GAP}{_SCALE})?{GAP}(?P<yuan>{yuan})|{GAP}{_SCALE}"
    return re.compile(f"(?P<number>{_NUMBER}(?:{_SCALE}{_NUMBER})*)(?P<unit>{unit})?")


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:人民币|RMB|CNY|[￥¥]){GAP}[:：]?{GAP}){{1,3}}\Z", re.IGNORECASE)


@cache
def _small_slot() -> re.Pattern[str]:
    return re.compile(rf"小写(?:金额)?{GAP}[)）]?{GAP}[:：]?{GAP}\Z")


@cache
def _words_slot() -> re.Pattern[str]:
    return re.compile(
        f"{GAP}[（(]{GAP}(?:人民币{GAP})?大写(?:金额)?{GAP}[)）]?{GAP}[:：]?{GAP}(?:美元|欧元|英镑|港[元币]|日元)?"
    )


def figures_in(text: str, words: Collection[int] = ()) -> Iterator[Found]:
    """The amounts in figures in the text; `words` are the places where amounts in 大写 begin."""
    for match in _figure().finditer(text):
        sign = _sign_before(text, match.start())
        start = match.start() if sign is None else sign.start()
        if _is_letter(text[start - 1 : start]) or text[start - 1 : start] in (".", "．"):
            continue
        if match["yuan"] or (sign is not None and _ends_figure(text[match.end() : match.end() + 1], sign[0])):
            yield from _found(text, start, match.end(), signed=sign is not None)
        elif sign is None and _stands_in_slot(text, start, match.end("number"), words):
            yield from _found(text, start, match.end("number"), signed=False)


def _sign_before(text: str, start: int) -> re.Match[str] | None:
    """The sign of the currency that stands before a figure; its last character rules out most."""
    first = max(0, start - 60)
    last = text[first:start].rstrip(_FILLING)[-1:]
    return _sign().search(text, first, start) if last and last in _SIGN_ENDS else None


def _stands_in_slot(text: str, start: int, end: int, words: Collection[int]) -> bool:
    """Whether a bare number is an amount because 小写 stands before it or a 大写 in brackets behind it."""
    slot = _words_slot().match(text, end) if words else None
    if slot is not None and slot.end() in words:
        return True
    return bool(_small_slot().search(text, max(0, start - 60), start)) and _ends_figure(text[end : end + 1], "￥")


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _ends_figure(following: str, sign: str) -> bool:
    """Whether the figure ends before this character; behind 人民币 a Chinese word would make it a count."""
    if _is_letter(following) or following in ("%", "％", "‰", "×", "*", "＊", "□"):
        return False
    return "￥" in sign or "¥" in sign or not "一" <= following <= "鿿"


def _found(text: str, start: int, end: int, *, signed: bool) -> Iterator[Found]:
    piece = text[start:end]
    if _is_negative(text, start):
        reason = f"“-{piece}”是负数：金额不能小于零"
        yield Found(start, end, "figures", piece, None, Standing.UNREADABLE, reason)
        return
    try:
        yield Found(start, end, "figures", piece, parse_figures(_joined(piece)), Standing.CANONICAL)
    except FinerThanFenError as problem:
        yield Found(start, end, "figures", piece, problem.value, Standing.CANONICAL, str(problem))
    except AmountError as problem:
        if "，" in piece:  # an enumeration or a sentence that runs on: only the part next to sign or unit counts
            yield from _part_of_sentence(text, start, end, signed=signed)
        elif piece.count(".") < 2:  # 17.2.1 is the number of a clause
            yield Found(start, end, "figures", piece, None, Standing.UNREADABLE, str(problem))


def _part_of_sentence(text: str, start: int, end: int, *, signed: bool) -> Iterator[Found]:
    if signed:
        yield from _found(text, start, text.index("，", start), signed=True)
    else:
        yield from _found(text, text.rindex("，", start, end) + 1, end, signed=False)


def _is_negative(text: str, start: int) -> bool:
    """Whether a minus stands before the figure; between two numbers it means "to"."""
    before = text[max(0, start - 2) : start]
    return before[-1:] in ("-", "－", "−") and (len(before) == 1 or before[0] in " \u3000\t\n(（:：￥¥")


def _joined(piece: str) -> str:
    return re.sub(r"[\s_＿]+", "", piece)
