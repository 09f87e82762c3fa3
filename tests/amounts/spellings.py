"""A second opinion on 大写: spellings made digit by digit, the plain way, and the variants the rules name."""

from __future__ import annotations

from dataclasses import dataclass

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")


@dataclass(frozen=True)
class Piece:
    """A digit with its unit, a 零, or a marker (万, 亿), and the place of the digit it belongs to."""

    text: str
    place: int


def pieces(number: int) -> list[Piece]:
    """The canonical spelling of an integer in pieces; a 零 belongs to the digit behind it."""
    digits = f"{number:016d}"
    at = {15 - index: int(digit) for index, digit in enumerate(digits)}
    made: list[Piece] = []
    for place in range(15, -1, -1):
        if at[place]:
            if made and at.get(place + 1) == 0:
                made.append(Piece("零", place))
            made.append(Piece(DIGITS[at[place]] + UNITS[place % 4], place))
        if place in (12, 4) and any(at[place + one] for one in range(4)):
            made.append(Piece("万", place))
        if place == 8 and any(at[higher] for higher in range(8, 16)):
            made.append(Piece("亿", place))
    return made


def joined(made: list[Piece]) -> str:
    """The text of the pieces."""
    return "".join(piece.text for piece in made)


def cents(value: int, *, after_yuan: bool) -> str:
    """The canonical spelling of 角 and 分."""
    jiao, fen = divmod(value, 10)
    if not value:
        return "整"
    text = DIGITS[jiao] + "角" if jiao else "零" if after_yuan else ""
    return text + (DIGITS[fen] + "分" if fen else "整")


def spelled(fen: int) -> str:
    """The canonical spelling of an amount in 分."""
    yuan, rest = divmod(fen, 100)
    if not fen:
        return "零元整"
    return (joined(pieces(yuan)) + "元" if yuan else "") + cents(rest, after_yuan=yuan > 0)
