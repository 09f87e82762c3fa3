"""Which documents of a folder belong to one contract: a folder may hold many contracts beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from docgen.reading.document import Reading
from docgen.rules.party_facts import party_facts

# Names that share less than this are two names, and no slip of one.
_ALIKE: Final = 0.75
_WHOLE: Final = 5


@dataclass(frozen=True, slots=True)
class _Identity:
    """What a document says of its contract: number and parties, None where it does not; whether it is one itself."""

    reading: Reading
    number: str | None
    first: str | None
    second: str | None
    whole: bool

    @property
    def known(self) -> bool:
        """Whether the document says anything."""
        return bool(self.number or self.first or self.second)


def contracts_of(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The documents contract by contract, in their order; all are one where nothing speaks against it.

    A document that names neither number nor parties belongs to the only contract, or stands alone among several.
    """
    clusters: list[list[_Identity]] = []
    silent: list[_Identity] = []
    for identity in map(_identity, readings):
        home = next((cluster for cluster in clusters if _same(cluster, identity)), None)
        if not identity.known:
            silent.append(identity)
        elif home is None:
            clusters.append([identity])
        else:
            home.append(identity)
    if len(clusters) < 2:
        return [list(readings)] if readings else []
    order = {id(reading): number for number, reading in enumerate(readings)}
    found = [[one.reading for one in cluster] for cluster in clusters] + [[one.reading] for one in silent]
    return sorted(found, key=lambda cluster: order[id(cluster[0])])


def _identity(reading: Reading) -> _Identity:
    facts = party_facts(reading)
    number = next((fact.value for fact in facts if fact.kind == "合同编号"), None)
    first, second = (
        next((fact.value for fact in facts if fact.kind == "名称" and fact.party == party), None) for party in "甲乙"
    )
    headings = {block.label for block in reading.blocks if block.label and block.cell is None}
    return _Identity(reading, number, first, second, bool(first and second) and len(headings) >= _WHOLE)


def _same(cluster: Sequence[_Identity], other: _Identity) -> bool:
    return any(_may_be_one(one, other) for one in cluster)


def _may_be_one(one: _Identity, other: _Identity) -> bool:
    """Whether two documents may be of one contract; a slip in its number or in a name does not part them."""
    strange = [_strange(one.first, other.first), _strange(one.second, other.second)]
    if one.number and other.number:
        return one.number == other.number or not (any(strange) or _strange(one.number, other.number))
    # The other side of one paper in a set may be somebody else; of two whole contracts it is not.
    return not strange[0] and not (strange[1] and one.whole and other.whole)


def _strange(one: str | None, other: str | None) -> bool:
    """Whether both are known and are two names, neither a short form nor a slip of the other."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    left = iter(long)
    return not all(char in left for char in short) and SequenceMatcher(None, one, other).ratio() < _ALIKE
