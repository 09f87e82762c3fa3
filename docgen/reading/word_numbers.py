"""The number formats of Word: what the n-th item of a list is called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_LARGEST: Final = 9999
_LETTERS: Final = 26 * 30
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"


def written(number: int, kind: str) -> str:
    """The number as the format `kind` (a value of w:numFmt) writes it; any other format 1, 2, 3."""
    form = _FORMATS.get(kind)
    shown = form(number) if form is not None and number >= 0 else ""
    return shown or ("" if kind in ("none", "bullet") else str(number))


def _counting(number: int) -> str:
    """一 十 十一 二十 一百零一, as Chinese counts."""
    shown = _positional(number, _DIGITS, _UNITS, zero="零")
    return shown.removeprefix("一") if 10 <= number < 20 else shown


def _legal(number: int) -> str:
    return _positional(number, "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), zero="零")


def _legal_traditional(number: int) -> str:
    return _positional(number, "零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), zero="零")


def _japanese(number: int) -> str:
    """一 十 百 百一: no zeros, and no 一 before 十, 百 and 千."""
    shown = _positional(number, _DIGITS, _UNITS, zero="")
    return shown.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _positional(number: int, digits: str, units: tuple[str, ...], zero: str) -> str:
    if number == 0:
        return digits[0]
    if number > _LARGEST:
        return ""
    shown, gap = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            shown += (zero if gap and shown else "") + digits[digit] + units[power]
        gap = not digit
    return shown


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number)).replace("〇", "○")


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return ""
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (number // value)
        number %= value
    return shown


def _letters(number: int) -> str:
    """A … Z, AA, BB … as Word repeats them."""
    if not 0 < number <= _LETTERS:
        return ""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _row(first: str, count: int, zero: str = "") -> Callable[[int], str]:
    """The `count` characters that follow each other from `first` on; beyond them plain figures."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else zero if number == 0 else ""


def _circled(number: int) -> str:
    for first, start, count in (("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15)):
        if start <= number < start + count:
            return chr(ord(first) + number - start)
    return "⓪" if number == 0 else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else ""


def _stem_and_branch(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 1 <= number <= 60 else ""


def _wide(number: int) -> str:
    return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})


def _ordinal(number: int) -> str:
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalHalfWidth": str,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "ordinal": _ordinal,
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _japanese,
    "koreanDigital2": _digits,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "japaneseLegal": _legal_traditional,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _stem_and_branch,
    "ideographEnclosedCircle": _row("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row("⒈", 20),
    "decimalEnclosedParen": _row("⑴", 20),
}
