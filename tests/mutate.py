"""Seeded slips in clean sets, and how many of them verify finds: `python -m tests.mutate [SET…]`, `nox -s mutate`.

Each mutation changes a few characters of one paragraph of one generated document, as a slip of the hand would. Facts
that stand once and are bound by nothing (a phone number, a free date) cannot be found by anybody and are not mutated.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docgen.contract.load import load
from docgen.draft import drafted
from docgen.findings import Finding, Severity
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.word import read_word
from docgen.rules.catalogue import check_bundle, check_reading
from docgen.template.documents import documents
from docgen.word.package import read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.text import paragraphs, part_name, stretches

ROOT = Path(__file__).resolve().parent.parent
SETS = ("2021-专项评估", "2026-好差评")
_DIGITS = "壹贰叁肆伍陆柒捌玖"

KINDS = {
    "amount": re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d\d)?(?!\d)|(?<=人民币)\d{4,}(?=元)"),
    "words": re.compile(r"[壹贰叁肆伍陆柒捌玖](?=[拾佰仟万亿元])"),
    "share": re.compile(r"(?<=总价的|总额的)\d{1,2}(?=%)"),
    "copies": re.compile(r"(?<=一式)[壹贰叁肆伍陆柒捌玖]|(?<=执)[壹贰叁肆伍陆柒捌玖](?=份)"),
    "year": re.compile(r"20\d\d(?=年\d{1,2}月\d{1,2}日)"),
    "annex": re.compile(r"(?<=附件)\d"),
    "article": re.compile(r"^第[一二三四五六七八九十]+条(?=\u3000)"),
    "clause": re.compile(r"^\d{1,2}\.\d{1,2}(?=\u3000)"),
    "item": re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,2}[）)、.](?!\d)"),
    "count": re.compile(r"[二三四五六七八九](?=项工作：|期支付：)"),
    "serial": re.compile(r"^\d{1,2}$"),
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One slip: its kind, the document, the paragraph, the characters and what stands there instead."""

    kind: str
    file: int
    block: Block
    start: int
    end: int
    text: str

    @property
    def shown(self) -> str:
        """The slip as a person reads it."""
        before, after = self.block.text[max(0, self.start - 14) : self.start], self.block.text[self.end : self.end + 10]
        return f"{before}[{self.block.text[self.start : self.end]}→{self.text}]{after}"


@dataclass(frozen=True, slots=True)
class CleanSet:
    """A generated set in memory: its files by name."""

    names: tuple[str, ...]
    data: tuple[bytes, ...]
    readings: tuple[Reading, ...]


def clean_set(name: str) -> CleanSet:
    """The documents of a sample set as docgen makes them."""
    contract, _ = load(ROOT / "data" / name)
    assert contract is not None
    drafts = [d for d in drafted(contract, documents(contract), Path()) if d.document.role != "internal"]
    return CleanSet(tuple(d.name for d in drafts), tuple(d.data for d in drafts), tuple(d.reading for d in drafts))


def mutations(clean: CleanSet, seed: int = 0) -> Iterator[Mutation]:
    """Every fact of every kind, slipped once."""
    chance = random.Random(seed)
    for file, reading in enumerate(clean.readings):
        for block in reading.blocks:
            for kind, pattern in KINDS.items():
                if (kind == "serial") != (block.cell is not None and block.cell.column == 1) and kind == "serial":
                    continue
                for match in pattern.finditer(block.text):
                    yield Mutation(kind, file, block, *match.span(), _slipped(kind, match[0], chance))


def _slipped(kind: str, text: str, chance: random.Random) -> str:
    if kind == "year":
        return str(int(text) + chance.choice((-10, -1, 1)))
    if kind in ("words", "copies"):
        return chance.choice([digit for digit in _DIGITS if digit != text])
    places = [at for at, char in enumerate(text) if char.isdigit() or char in "一二三四五六七八九"]
    at = chance.choice(places[:1] if kind in ("annex", "serial") else places) if places else 0
    if kind == "clause":
        at = places[-1]
    if not places:
        return text.replace("十", "十二")
    digits = "123456789" if text[at].isascii() else "一二三四五六七八九"
    return text[:at] + chance.choice([digit for digit in digits if digit != text[at]]) + text[at + 1 :]


def mutated(clean: CleanSet, mutation: Mutation) -> Reading:
    """The Reading of the document with the slip in it."""
    package = read_package(clean.data[mutation.file])
    name = next(name for name in package.names if name.endswith(".xml") and part_name(name) == mutation.block.part)
    root = parse(package[name])
    paragraph = paragraphs(root)[mutation.block.position]
    for stretch in reversed(stretches(paragraph)):
        start, end = max(mutation.start, stretch.start), min(mutation.end, stretch.end)
        if start < end:
            text = stretch.text
            new = mutation.text if start == mutation.start else ""
            stretch.element.text = text[: start - stretch.start] + new + text[end - stretch.start :]
    data = write_package(package.replaced({name: serialize(root)}))
    return read_word(data, clean.names[mutation.file])


def findings(clean: CleanSet, changed: Reading | None = None, file: int = 0) -> list[Finding]:
    """What verify finds in the set, one of its documents perhaps changed."""
    readings = list(clean.readings)
    if changed is not None:
        readings[file] = changed
    found = check_reading(readings[file]) if changed is not None else [f for r in readings for f in check_reading(r)]
    return [f for f in [*found, *check_bundle(Bundle(tuple(readings)))] if f.severity > Severity.NOTE]


def main(names: list[str], most: int = 60) -> int:
    """Print the recall of each kind and every slip that nobody found; the number of misses."""
    missed = 0
    for name in names:
        clean = clean_set(name)
        print(f"{name}：未改动时 {len(findings(clean))} 处发现")
        by_kind: dict[str, list[Mutation]] = {}
        for mutation in mutations(clean):
            by_kind.setdefault(mutation.kind, []).append(mutation)
        for kind, all_of_kind in by_kind.items():
            sample = random.Random(1).sample(all_of_kind, min(most, len(all_of_kind)))
            lost = [m for m in sample if not findings(clean, mutated(clean, m), m.file)]
            missed += len(lost)
            print(f"  {kind:8} {len(sample) - len(lost):4}/{len(sample)}（共 {len(all_of_kind)}）")
            for place, count in Counter(f"{clean.names[m.file][:12]} {m.shown}" for m in lost).most_common(40):
                print(f"      {count}× {place}")
    return missed


if __name__ == "__main__":
    main(sys.argv[1:] or list(SETS))
