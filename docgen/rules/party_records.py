"""What a set says of each party, put together: which of its values differ, and which of them most places have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from docgen.findings import Finding, Severity
from docgen.reading.document import Bundle, Reading
from docgen.rules.alike import edits, loosened
from docgen.rules.once import once_per_reading
from docgen.rules.party_facts import Fact, party_facts
from docgen.rules.rule import inside


@dataclass(frozen=True, slots=True)
class Odd:
    """A value that differs from the one most places have; `decided` says that these are more than any other's."""

    fact: Fact
    rights: tuple[Fact, ...]
    decided: bool

    @property
    def right(self) -> Fact:
        """The first of the places that most agree with."""
        return self.rights[0]

    def finding(
        self, message: str, *, sure: bool = False, expected: str | None = None, hint: str = "请核对哪一处正确。"
    ) -> Finding:
        """The finding at the odd value, the others beside it."""
        severity = Severity.ERROR if sure else Severity.WARNING
        related = tuple(fact.place for fact in self.rights[:5])
        fact = self.fact
        return inside(
            fact.reading,
            fact.block,
            fact.span,
            message,
            severity=severity,
            expected=expected,
            related=related,
            hint=hint,
            # Two places against one decide; one against one does not.
            fix=expected if sure and self.decided and len(self.rights) > 1 else None,
        )


def facts_of_set(bundle: Bundle) -> list[Fact]:
    """The labelled values of all files in order."""
    return [fact for reading in bundle.readings for fact in party_facts(reading)]


def contracts_of(bundle: Bundle) -> Iterator[Bundle]:
    """The files of a set, contract by contract where they have several contract numbers.

    Numbers that nearly agree are one contract's where a single file has the other number: a slip, not a neighbour.
    """
    if len(bundle.readings) < 2:
        yield bundle
        return
    numbers = [_number(reading) for reading in bundle.readings]
    counts = Counter(number for number in numbers if number)
    spelled: dict[str, str] = {}
    for number, count in counts.most_common():
        near = (other for other in spelled.values() if count == 1 < counts[other] and edits(number, other, 2) <= 2)
        spelled[number] = next(near, number)
    if len(set(spelled.values())) < 2:
        yield bundle
        return
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading, number in zip(bundle.readings, numbers, strict=True):
        groups[spelled.get(number, f"\n{reading.file}")].append(reading)
    yield from (Bundle(tuple(readings)) for readings in groups.values())


@once_per_reading
def _number(reading: Reading) -> str:
    """The contract number that a file has most often; empty where it has none."""
    found = (fact.value for fact in party_facts(reading) if fact.kind == "合同编号")
    counts = Counter(loosened(value) for value in found if any(char.isdigit() for char in value))
    return counts.most_common(1)[0][0] if counts else ""


def by_owner(facts: Iterable[Fact], *kinds: str) -> Iterator[list[Fact]]:
    """The values of some kinds, together what belongs to one organisation: over files where its name is the same."""
    known = list(facts)
    # In one file a party is one, whatever it is called.
    names = _names(known) if len({fact.reading.file for fact in known}) > 1 else {}
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in known:
        if fact.kind in kinds and fact.party:
            file = fact.reading.file
            groups[fact.party, names.get((file, fact.party), f"\n{file}")].append(fact)
    yield from groups.values()


def _names(facts: Iterable[Fact]) -> dict[tuple[str, str], str]:
    """What each party is called in each file, as most of its places there spell it."""
    spelled: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if fact.kind == "名称" and fact.party:
            spelled[fact.reading.file, fact.party][loosened(fact.value)] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in spelled.items()}


def odd_ones(
    facts: Sequence[Fact], key: Callable[[str], str] = loosened, text: Callable[[], str] | None = None
) -> Iterator[Odd]:
    """The values that differ from what most of them say; the first spelling counts where two are equally frequent.

    Where `text` is given, the values are counted wherever they stand in it, labelled or not.
    """
    counts = Counter(key(fact.value) for fact in facts)
    if len(counts) < 2:
        return
    if text is not None:
        counts = _counted(counts, text())
    (most, count), (_, second) = counts.most_common(2)
    rights = tuple(fact for fact in facts if key(fact.value) == most)
    for fact in facts:
        if key(fact.value) != most:
            yield Odd(fact, rights, count > second)


def _counted(counts: Counter[str], text: str) -> Counter[str]:
    """How often each spelling stands in a text, those inside a longer one left out."""
    found = {spelling: text.count(spelling) for spelling in counts}
    longer = {one: sum(found[other] for other in counts if one != other and one in other) for one in counts}
    return Counter({one: max(counts[one], found[one] - longer[one]) for one in counts})


def listed_together(odd: Odd) -> bool:
    """Whether the value stands in one list with one of the others: several phones, several people of one party."""
    return any(
        fact.reading is odd.fact.reading and abs(fact.block.index - odd.fact.block.index) <= _LIST
        for fact in odd.rights
    )


_LIST = 4
