"""What is known beside a document when it is judged: the contract it belongs to, as far as that is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from docgen.contract.contract import FINAL, Contract
from docgen.contract.derive import settle
from docgen.rules.annexes import annexes_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document is held to; None is not known, and then the document is only held to itself.

    `annexes` are the numbers of the annexes of its set. `final` says that it is ready to be signed, so that an
    empty amount is a fault and no blank to be filled in by hand.
    """

    total: Decimal | None = None
    annexes: frozenset[int] | None = None
    final: bool = False


def facts_of(contract: Contract, *, internal: bool = False) -> Facts:
    """What a contract says about its own documents; an internal one may quote the numbering of a draft."""
    annexes = None if internal else frozenset(annex.number for annex in annexes_of(contract))
    return Facts(settle(contract.data).total, annexes, contract.stage == FINAL)


UNKNOWN: Final = Facts()
"""Nothing is known beside the document."""
