"""Slips of the hand: how each kind of fact goes wrong by a few characters, whatever document it stands in.

A fact is bound where something else in its set tells its value: it is stated twice, an arithmetic holds it, or an
order. What nothing could reveal is not slipped; UNREVEALED lists it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Final

UNREVEALED: Final = {
    "只写一次的数字": "电话、邮编、人数、天数、样本量、没有第二处的合同编号和名称",
    "单独成立的比例": "各种违约情形的违约金、补充协议和新增工作的上限：每一处说的是另一件事",
    "只写一次的日期和年份": "改动以后先后仍然成立的验收、评审、提交时间，引用的往年项目、法规文号",
    "其中几项": "“其中”后面没有列全的可能：各项之和小于总额，差额又超过一成",
    "总价包干的行": "没有单价和数量的行由合计约束；备注里的人数乘天数只作说明",
    "取整范围内的改动": "单价写到万元的小数，乘积在四舍五入的范围之内",
    "没有说明内容的附件引用": "只写“见附件N”，句子没有提到附件的内容，而 N 号附件存在",
    "存在的条款": "引用改成另一条确实存在的条款",
    "名单的最后一行": "从末尾少一行，没有任何地方写明共几行",
    "处处一起改": "同一事实在所有地方改成同一个值，算式和次序也都成立",
    "文句": "没有数字、编号和名称的普通文句",
}
"""What no reader could find from the set alone, with the reason; the harness leaves it out."""

_UPPER: Final = "壹贰叁肆伍陆柒捌玖"
_UNITS: Final = "拾佰仟万"
_LOWER: Final = "一二三四五六七八九"
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨"
_WIDE: Final = "０１２３４５６７８９"


def _other(chance: random.Random, choices: str, char: str) -> str:
    return chance.choice([one for one in choices if one != char])


def _put(text: str, at: int, new: str) -> str:
    return text[:at] + new + text[at + 1 :]


def _digits(text: str) -> list[int]:
    return [at for at, char in enumerate(text) if char.isdigit()]


def _digit(text: str, at: int, chance: random.Random) -> str:
    """The text with another digit at a place; a leading one never becomes 0."""
    choices = _WIDE if text[at] in _WIDE else "0123456789"
    return _put(text, at, _other(chance, choices[1:] if at == _digits(text)[0] else choices, text[at]))


def amount(text: str, chance: random.Random) -> str:
    """Another amount: a digit changed, two swapped, or a zero too many or too few."""
    places = _digits(text)
    whole = [at for at in places if "." not in text[:at]]
    swaps = [at for at in whole[:-1] if text[at + 1 : at + 2].isdigit() and text[at] != text[at + 1] != "0"]
    ways: list[Callable[[], str]] = [lambda: _digit(text, chance.choice(places), chance)]
    if swaps:
        at = chance.choice(swaps)
        ways.append(lambda: text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    if len(whole) > 2 and text[whole[-1]] in "0０" and "," not in text and "，" not in text:
        ways.append(lambda: text[: whole[-1]] + text[whole[-1]] * 2 + text[whole[-1] + 1 :])
        ways.append(lambda: text[: whole[-1]] + text[whole[-1] + 1 :])
    return chance.choice(ways)()


def words(text: str, chance: random.Random) -> str:
    """Other 大写: another digit, another unit, or a digit with its unit left out."""
    digits = [at for at, char in enumerate(text) if char in _UPPER]
    units = [at for at, char in enumerate(text) if char in _UNITS]
    pairs = [at for at in digits if at + 1 in units]
    ways: list[Callable[[], str]] = [lambda: _put(text, at := chance.choice(digits), _other(chance, _UPPER, text[at]))]
    if units:
        ways.append(lambda: _put(text, at := chance.choice(units), _other(chance, _UNITS, text[at])))
    if len(digits) > 1 and pairs:
        at = chance.choice(pairs)
        ways.append(lambda: text[:at] + text[at + 2 :])
    return chance.choice(ways)()


def number(text: str, chance: random.Random) -> str:
    """Another number in figures or in Chinese numerals, small or 大写."""
    places = [at for at, char in enumerate(text) if char.isdigit() or char in _LOWER + _UPPER + "两十"]
    at = chance.choice(places)
    if text[at] == "十":
        return _put(text, at, "二十")
    if text[at] in _LOWER + "两":
        return _put(text, at, _other(chance, _LOWER, text[at].replace("两", "二")))
    return _put(text, at, _other(chance, _UPPER, text[at])) if text[at] in _UPPER else _digit(text, at, chance)


def label(text: str, chance: random.Random) -> str:
    """Another number of a list, an annex or a clause: its last part changed, never to nought."""
    places = [at for at, char in enumerate(text) if char.isdecimal() or char in _LOWER or char in _CIRCLES]
    if not places:
        return text.replace("十", "十二")
    at = places[-1]
    if text[at] in _CIRCLES:
        return _put(text, at, _other(chance, _CIRCLES, text[at]))
    return _put(text, at, _other(chance, "123456789" if text[at].isascii() else _LOWER, text[at]))


def clause(text: str, chance: random.Random) -> str:
    """A clause that no contract of this length has."""
    return text[:-1] + chance.choice("789") + text[-1] if text[-1].isascii() else chance.choice(("八十", "九十")) + text


def year(text: str, chance: random.Random) -> str:
    """Another year in a date: the one before or behind, or ten away."""
    match = re.search(r"20\d\d", text)
    assert match is not None
    return text[: match.start()] + str(int(match[0]) + chance.choice((-10, -1, 1))) + text[match.end() :]


def past(text: str, chance: random.Random) -> str:
    """A year too early, where only the order of dates holds it."""
    match = re.search(r"20\d\d", text)
    assert match is not None
    return text[: match.start()] + str(int(match[0]) - chance.choice((3, 10))) + text[match.end() :]


def title(text: str, chance: random.Random) -> str:
    """Another name: a character left out, doubled by its neighbour's place, or taken for a similar one."""
    letters = [at for at, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"]
    inner = [at for at in letters[1:-2] if text[at] != text[at + 1] and at + 1 in letters]
    similar = [at for at in letters if text[at] in _SIMILAR]
    ways: list[Callable[[], str]] = []
    if inner:
        at = chance.choice(inner)
        ways.append(lambda: text[:at] + text[at + 1 :])
        ways.append(lambda: text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    if similar:
        which = chance.choice(similar)
        ways.append(lambda: _put(text, which, _SIMILAR[text[which]]))
    return chance.choice(ways)() if ways else text


_SIMILAR: Final = {
    "估": "价", "评": "平", "监": "检", "测": "侧", "绩": "积", "效": "绩", "项": "顶", "服": "报", "务": "物", "管": "官",
    "理": "里", "决": "抉", "策": "测", "政": "正", "开": "关", "案": "按", "方": "万", "告": "报", "报": "告", "价": "格",
    "清": "请", "单": "表", "查": "察", "设": "社", "备": "各", "采": "彩", "购": "够", "系": "糸", "统": "筑",
    "员": "责", "名": "各", "保": "报", "密": "蜜", "廉": "兼", "需": "须", "求": "球", "析": "折", "询": "循", "咨": "资",
}  # fmt: skip


SLIPS: Final[dict[str, Callable[[str, random.Random], str]]] = {
    "金额": amount,
    "大写": words,
    "比例": number,
    "数量": number,
    "项数": number,
    "份数": number,
    "编号": label,
    "序号": label,
    "附件号": label,
    "条款号": clause,
    "年份": year,
    "先后": past,
    "名称": title,
    "合同编号": amount,
}
"""The kinds of facts, each with what makes another one of it."""

LETTERS: Final = {
    "金额": "MW", "大写": "MW", "比例": "M", "数量": "MN", "项数": "N", "份数": "WN", "编号": "NR", "序号": "NM",
    "附件号": "RNW", "条款号": "RN", "年份": "DW", "先后": "D", "名称": "WRP", "合同编号": "P", "缺行": "NM", "重行": "NM",
}  # fmt: skip
"""The letters of the rules that may speak of a slip of each kind; a finding of another kind is not that slip."""
