"""What is known beside a document when it is judged: the contract it belongs to, as far as that is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document is held to; None is not known, and then the document is only held to itself.

    `annexes` are the numbers of the annexes of its set. `final` says that it is ready to be signed, so that an
    empty amount is a fault and no blank to be filled in by hand.
    """

    total: Decimal | None = None
    annexes: frozenset[int] | None = None
    final: bool = False

    def for_internal(self) -> Facts:
        """The facts for an internal document, which may quote the annexes of an earlier draft."""
        return replace(self, annexes=None)


UNKNOWN: Final = Facts()
"""Nothing is known beside the document."""
