"""Amounts in English words, for contracts in two languages."""

from __future__ import annotations

from docgen.amounts.figures import AmountError, Figure, exact_fen


def english_amount(value: Figure) -> str:
    """The amount as "RMB One Million Forty Thousand Yuan Only" or, with decimals, "… Yuan and Fourteen Fen"."""
    fen = exact_fen(value)
    if fen < 0:
        raise AmountError("金额不能小于零：英文大写没有负数的写法")
    yuan, cents = divmod(fen, 100)
    if not cents:
        return f"RMB {_words(yuan)} Yuan Only"
    whole = f"{_words(yuan)} Yuan and " if yuan else ""
    return f"RMB {whole}{_words(cents)} Fen"


def _words(number: int) -> str:
    """The integer in title case, without the commas and the "and" that sums of money leave out."""
    from num2words import num2words

    text: str = num2words(number, lang="en")
    return text.replace(",", "").replace(" and ", " ").title()
