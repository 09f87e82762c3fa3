"""Amounts: figures ⇄ 大写, exact in both directions. Knows nothing of Word files or contracts.

`write_amount` and `read_amount` are each other's inverse from 0.00 to 9,999,999,999,999,999.99;
amounts in running text are in `docgen.amounts.find`, English wording in `docgen.amounts.english`.
"""

from __future__ import annotations

from docgen.amounts.figures import AmountError, format_figures, parse_figures, plain_figures
from docgen.amounts.read import AmountReading, Standing, read_amount
from docgen.amounts.write import write_amount

__all__ = [
    "AmountError",
    "AmountReading",
    "Standing",
    "format_figures",
    "parse_figures",
    "plain_figures",
    "read_amount",
    "write_amount",
]
