"""Numbers in the characters that clauses and counts are written with: 十二, 陆, ③, 全角."""

from __future__ import annotations

from decimal import Decimal

from docgen.template.values import plain_decimal

_PLAIN = ("零一二三四五六七八九", ("", "十", "百", "千"))
_FORMAL = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"))
_SCALES = ("", "万", "亿")
_LARGEST = 10 ** (4 * len(_SCALES)) - 1
# The circled numbers of Unicode: 1 to 20, 21 to 35, 36 to 50.
_CIRCLED = (*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0))
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def chinese(number: int) -> str:
    """The number in Chinese as it is read: 十二, 一百零三."""
    text = _written(number, *_PLAIN)
    return text[1:] if text.startswith("一十") else text


def formal(number: int) -> str:
    """The number in the characters that cannot be altered: 陆, 壹拾贰."""
    return _written(number, *_FORMAL)


def chinese_decimal(number: Decimal) -> str:
    """The number in Chinese, its decimals digit by digit: 十, 零点零五."""
    whole, point, fraction = plain_decimal(number).partition(".")
    digits = "".join(_PLAIN[0][int(digit)] for digit in fraction)
    return chinese(int(whole)) + ("点" + digits if point else "")


def circled(number: int) -> str:
    """The number in a circle, 1 to 50."""
    if not 1 <= number <= len(_CIRCLED):
        raise ValueError(f"没有带圈的 {number}，只有 1 至 {len(_CIRCLED)}")
    return chr(_CIRCLED[number - 1])


def full_width(text: str) -> str:
    """The text with full-width letters, digits and signs."""
    return text.translate(_FULL_WIDTH)


def _written(number: int, digits: str, units: tuple[str, ...]) -> str:
    if not 0 <= number <= _LARGEST:
        raise ValueError(f"{number} 不能写成中文数字，只能写 0 至 {_LARGEST}")
    if number == 0:
        return digits[0]
    text = ""
    for scale in reversed(range(len(_SCALES))):
        group = number // 10 ** (4 * scale) % 10000
        if not group:
            continue
        gap = digits[0] if text and group < 1000 else ""
        text += gap + _four_digits(group, digits, units) + _SCALES[scale]
    return text


def _four_digits(group: int, digits: str, units: tuple[str, ...]) -> str:
    text, zero = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            text += (digits[0] if zero else "") + digits[digit] + units[place]
        zero = digit == 0 and bool(text)
    return text
