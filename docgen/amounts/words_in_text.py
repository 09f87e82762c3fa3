"""Amounts in 大写 in running text: numerals that 元 and its neighbours make an amount of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docgen.amounts.figures_in_text import NOT_WHOLE, NOT_YUAN
from docgen.amounts.found import BLANK, GAP, Found
from docgen.amounts.read import read_amount

_FORMAL = frozenset("壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟")
_DIGITS = frozenset("壹贰貳叁參叄肆伍陆陸柒捌玖一二三四五六七八九两兩")
NUMERAL = "壹贰貳叁參叄肆伍陆陸柒捌玖零〇一二三四五六七八九两兩拾佰仟十百千廿卅万萬亿億兆"
"""The characters that numbers in words are made of."""
_UNITS = frozenset("拾佰仟万萬亿億")
# A slip of the keyboard or of a scan inside a number: what follows it is no amount of its own.
_LARGE = "万萬亿億"
_STRAY = frozenset("0123456789０１２３４５６７８９OoIlXx□■○●◯?？*＊×·伯什阡壶武染扒士")
_TENS = ("拾", "十", "廿", "卅")
_ORDER = {"元": 3, "圆": 3, "圓": 3, "角": 2, "毛": 2, "分": 1}
_NAMES = frozenset("伍陆拾")  # 队伍, 大陆, 收拾: one of these alone before 元 is a word as often as a numeral

Token = re.Match[str]


@cache
def _token() -> re.Pattern[str]:
    number = f"(?P<number>[{NUMERAL}](?:{GAP}[{NUMERAL}])*+)"
    jiao, fen = (
        "[角毛](?![落度色形利重坯])",
        "分(?![之钟别公店支局期包项析配担享布类为成工管行部会校院所批次阶段数值母子标])",
    )
    return re.compile(
        f"{number}(?:{GAP}(?P<unit>[元圆圓]{NOT_YUAN}|{jiao}|{fen}))?(?:{GAP}(?P<whole>[整正]){NOT_WHOLE})?"
    )


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"大写(?:金额)?{GAP}[)）]?{GAP}[:：]?{GAP}\Z")


@cache
def _currency() -> re.Pattern[str]:
    return re.compile(rf"人民[币幣]{GAP}\Z")


@cache
def _figures_behind() -> re.Pattern[str]:
    return re.compile(f"{GAP}[（(]{GAP}(?:小写|人民币|RMB|[￥¥])", re.IGNORECASE)


@cache
def _digits_before() -> re.Pattern[str]:
    return re.compile(rf"[0-9０-９][0-9０-９,，.．]{{0,30}}[{BLANK}]{{0,8}}\Z")


def words_in(text: str) -> Iterator[Found]:
    """The amounts in 大写 in the text, unreadable ones too; blanks of forms are none."""
    for chain in _chains(text):
        found = _judged(text, chain)
        if found is not None:
            yield found


def _chains(text: str) -> Iterator[list[Token]]:
    """The numerals in the text, those that continue one amount (元, then 角, then 分) taken together."""
    chain: list[Token] = []
    for token in _token().finditer(text):
        if chain and not _continues(text, chain[-1], token):
            yield chain
            chain = []
        chain.append(token)
    if chain:
        yield chain


def _continues(text: str, last: Token, token: Token) -> bool:
    between = text[last.end() : token.start()]
    if not last["unit"]:
        return between in _STRAY and not _UNITS.isdisjoint(last["number"])
    if last["whole"]:
        return False
    if between.strip(" \t\r\n\u3000\xa0_＿") or len(between) > 80:
        return False
    return not between or 0 < _ORDER.get(token["unit"], 0) < _ORDER[last["unit"]]


def _judged(text: str, chain: list[Token]) -> Found | None:
    """The amount that the chain of numerals writes, if it is one."""
    if len(chain) > 1 and not chain[-1]["unit"] and not _dangles(text, chain[-1]):
        chain = chain[:-1]
    if chain[0]["number"][-1] not in _LARGE and not any(token["unit"] for token in chain):
        return None  # 一, 第三: most numerals of a text
    start, end = chain[0].start(), chain[-1].end()
    before = text[max(0, start - 80) : start]
    currency = _currency().search(before)
    marked = bool(currency or _label().search(before) or _figures_behind().match(text, end))
    if not _is_amount(text, chain, marked=marked):
        return None
    if currency is not None:
        start -= len(before) - currency.start()
    elif chain[0]["number"][0] not in _DIGITS and (digits := _digits_before().search(before)):
        start -= len(before) - digits.start()
    return _found(text, start, end)


def _dangles(text: str, token: Token) -> bool:
    """Whether the numeral at the end lacks its unit (壹元伍) and is not the beginning of the next word (壹元，一次)."""
    following = text[token.end() : token.end() + 1]
    return not _FORMAL.isdisjoint(token["number"]) and not "一" <= following <= "鿿"


def _is_amount(text: str, chain: list[Token], *, marked: bool) -> bool:
    number, whole = chain[0]["number"], chain[-1]["whole"]
    largest = max((_ORDER[token["unit"]] for token in chain if token["unit"]), default=0)
    formal = any(not _FORMAL.isdisjoint(token["number"]) for token in chain)
    following = text[chain[-1].end() : chain[-1].end() + 1]
    if all(_DIGITS.isdisjoint(token["number"]) for token in chain) and not _is_plain_ten(text, chain):
        return bool(largest) and _lacks_its_digit(text, chain)
    if not largest:
        return marked and number[-1] in _LARGE and (bool(whole) or not "一" <= following <= "鿿")
    if largest < _ORDER["元"]:
        return marked or (formal and (bool(whole) or len(chain) > 1))
    if len(chain) == 1 and number in _NAMES and not whole and not marked:
        return not "一" <= text[chain[0].start() - 1 : chain[0].start()] <= "鿿"
    return formal or bool(whole) or marked


def _is_plain_ten(text: str, chain: list[Token]) -> bool:
    """Whether an amount without a digit begins with 拾 for 壹拾, and is not the blank of a form (拾__万__元)."""
    start, end = chain[0].start(), chain[-1].end()
    piece = text[start:end]
    if text[start - 1 : start] in ("_", "＿") or any(char in " \t\n\u3000\xa0_＿" for char in piece):
        return False
    return piece.startswith(_TENS)


def _lacks_its_digit(text: str, chain: list[Token]) -> bool:
    """Whether 万元整 has lost the digit before it: a 大写 in brackets beside figures that are filled in."""
    start, end = chain[0].start(), chain[-1].end()
    if len(chain) > 1 or chain[0]["number"][0] not in _UNITS or any(char.isspace() for char in text[start:end]):
        return False
    before, behind = text[max(0, start - 40) : start], text[end : end + 40]
    return bool(
        (_figures_closed().search(before) and behind[:1] in ("）", ")"))
        or (_label_closed().search(before) and _figures_follow().match(behind))
    )


@cache
def _figures_closed() -> re.Pattern[str]:
    return re.compile(r"[0-9](?:\.[0-9]+)?万?元?[（(](?:人民币)?大写[：:]?(?:人民币)?\Z")


@cache
def _label_closed() -> re.Pattern[str]:
    return re.compile(r"大写(?:金额)?[)）]?[：:]?(?:人民币)?\Z")


@cache
def _figures_follow() -> re.Pattern[str]:
    return re.compile(r"[（(](?:小写[：:]?|人民币|[￥¥]){0,3}[0-9][0-9,]*(?:\.[0-9]+)?万?元?[)）]")


def _found(text: str, start: int, end: int) -> Found:
    piece = text[start:end]
    # A line that wraps is no gap that anybody left.
    reading = read_amount("".join(line.strip() for line in piece.split("\n")))
    return Found(
        start, end, "words", piece, reading.value, reading.standing, reading.reason, reading.rule, reading.canonical
    )
