"""Seeded slips in clean sets, and how many of them verify finds: `python -m tests.mutate [SET…]`, `nox -s mutate`.

Clean are the sample sets as docgen makes them, and the awkward ones of tests/cases/awkward. Which facts of a set are
bound (stated twice, or held by arithmetic or order) is not asked of the rules: an awkward set marks them, and of a
sample set the record of rendering tells which field of the data was written where and how often. Each fact is slipped
a few times, as a hand would (tests.slips), in the saved file; a slip counts as found where verify then has a finding
above a note, of a rule that speaks of such facts. tests.slips.UNREVEALED names what nothing could reveal. After edits
that change nothing (tests.harmless) verify must have nothing to say.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

from docgen.contract.load import load
from docgen.draft import Draft, drafted
from docgen.findings import Finding, Severity
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.word import read_word
from docgen.rules.document_rules import check_bundle, check_reading
from docgen.template.documents import documents
from docgen.word.package import read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.text import ROW, TEXT_BOX, paragraphs, part_name, stretches, w
from tests.awkward import awkward_set
from tests.harmless import LOOKS, SPELLINGS, Edit, edited
from tests.slips import LETTERS, SLIPS, UNREVEALED

ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLES: Final = ("2021-专项评估", "2026-好差评")
AWKWARD: Final = tuple(path.stem for path in sorted((ROOT / "tests" / "cases" / "awkward").iterdir()))

# Fields of the sample sets whose value a sum, a product or an order holds, wherever it stands.
_HELD: Final = (
    (r"price\.(total|(instalments|sub_budgets)\[\d+\]\.amount|tax\.(net|tax))|.*\.(unit_price|subtotal|rows\[\d+\]\.amount)", "金额"),
    (r"price\.(tax\.rate|instalments\[\d+\]\.share)", "比例"),
    (r"price\..*\.quantity|indicator_tables\b.*\.points", "数量"),
    (r"contract\.copies\.(total|holders\[\d+\]\.count)", "份数"),
    (r"work_plans|price\.(instalments|sections)", "项数"),
    (r".*\.no", "序号"),
    (r"acceptance\.(start|mid_start)", "先后"),
    (r"team\[(?!36\])\d+\]\.name|price\..*\.item", "行"),
)  # fmt: skip
# Fields whose value is bound only where it stands twice.
_TWICE: Final = (
    (r"contract\.(number)", "合同编号"),
    (r"contract\.(name|project_name|name_prefix)|work_plans\[\d+\]\.annex_title|phases\[\d+\]\.title", "名称"),
    (r"contract\.sign_date|contract\.period\.end|phases\[\d+\]\.(start|end)", "年份"),
)
# What the words of a document itself order or name: numbers of lists, and annexes.
_WRITTEN: Final = (
    (re.compile(r"第[一二三四五六七八九十]+条(?=\u3000)|\d{1,2}\.\d{1,2}(?=\u3000)|[（(]?[一二三四五六七八九十\d]{1,2}[）)、.](?!\d)"), "编号"),
    (re.compile(r"(?<=附件)\d"), "附件号"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A bound fact: its kind, its document, its paragraph, its characters there, and in what it stands."""

    kind: str
    file: int
    block: Block
    start: int
    end: int
    place: str

    @property
    def text(self) -> str:
        """The fact as it is written."""
        return self.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One slip of a fact: what stands there instead; nothing where its row is gone or stands twice."""

    fact: Fact
    kind: str
    text: str

    @property
    def shown(self) -> str:
        """The slip as a person reads it."""
        fact, block = self.fact, self.fact.block
        before, after = block.text[max(0, fact.start - 14) : fact.start], block.text[fact.end : fact.end + 10]
        return f"{before}[{fact.text}→{self.text or self.kind}]{after}".replace("\n", "↵")


@dataclass(frozen=True, slots=True)
class CleanSet:
    """A set without fault in memory: its files, what they read as, and the facts that are bound in them."""

    names: tuple[str, ...]
    data: tuple[bytes, ...]
    readings: tuple[Reading, ...]
    facts: tuple[Fact, ...]


@cache
def clean_set(name: str) -> CleanSet:
    """A sample set as docgen makes it, or an awkward set of the tests."""
    return _sample(name) if name in SAMPLES else _awkward(name)


def _awkward(name: str) -> CleanSet:
    text = (ROOT / "tests" / "cases" / "awkward" / f"{name}.txt").read_text(encoding="utf-8")
    made = awkward_set(text)
    facts = (
        Fact(one.kind, file, one.block, one.start, one.end, _place(data, one.block, one.start, one.end))
        for file, (_, data, marked) in enumerate(made)
        for one in marked
    )
    readings = tuple(read_word(data, file) for file, data, _ in made)
    return CleanSet(tuple(file for file, _, _ in made), tuple(data for _, data, _ in made), readings, tuple(facts))


def _sample(name: str) -> CleanSet:
    contract, _ = load(ROOT / "data" / name)
    assert contract is not None
    drafts = [draft for draft in drafted(contract, documents(contract), Path()) if draft.document.role != "internal"]
    names = tuple(draft.name for draft in drafts)
    data, readings = tuple(draft.data for draft in drafts), tuple(draft.reading for draft in drafts)
    found = [*_fields(drafts), *_orders(readings)]
    facts = (Fact(kind, file, *where, _place(data[file], *where)) for kind, file, where in found)
    return CleanSet(names, data, readings, tuple(facts))


def _fields(drafts: Iterable[Draft]) -> Iterator[tuple[str, int, tuple[Block, int, int]]]:
    """The values of the data that are bound, as the record of rendering says where they stand."""
    drafts = list(drafts)
    times = Counter(one.path for draft in drafts for one in draft.written)
    for file, draft in enumerate(drafts):
        blocks = {(block.part, block.position): block for block in draft.reading.blocks}
        for one in draft.written:
            block = blocks.get((one.part, one.position))
            kind = _kind(one.path or "", one.text, times[one.path])
            if kind and block is not None and block.text[one.start : one.end] == one.text:
                yield kind, file, (block, one.start, one.end)


def _kind(path: str, text: str, times: int) -> str | None:
    for pattern, kind in (*_HELD, *(_TWICE if times > 1 else ())):
        if re.fullmatch(pattern, path) and re.search(
            r"\d|[一二三四五六七八九壹贰叁肆伍陆柒捌玖]" if kind not in ("名称", "行") else "", text
        ):
            if kind == "年份" and not re.search(r"20\d\d", text):
                return None
            return "大写" if kind == "金额" and not re.search(r"\d", text) else kind
    return None


def _orders(readings: Iterable[Reading]) -> Iterator[tuple[str, int, tuple[Block, int, int]]]:
    """The numbers of lists, and the annexes named."""
    for file, reading in enumerate(readings):
        for block in reading.blocks:
            for pattern, kind in _WRITTEN:
                found = [pattern.match(block.text)] if kind == "编号" else pattern.finditer(block.text)
                yield from ((kind, file, (block, *match.span())) for match in found if match)


def _place(data: bytes, block: Block, start: int, end: int) -> str:
    """In what a fact stands: the innermost thing that a reader of files could miss."""
    paragraph = _paragraphs(data, block.part)[block.position]
    pieces = [one for one in stretches(paragraph) if one.start < end and one.end > start]
    above = {element.tag for element in paragraph.iterancestors()}
    inside = {element.tag for one in pieces for element in one.element.iterancestors()}
    part = next((name for part, name in _PARTS.items() if block.part.startswith(part)), None)
    places = (
        ("文本框", TEXT_BOX in above),
        (part or "", part is not None),
        ("内容控件", w("sdt") in inside),
        ("修订与域", not inside.isdisjoint((w("ins"), w("fldSimple")))),
        ("嵌套表", block.cell is not None and block.cell.depth > 1),
        ("拆开的文字", len(pieces) > 1),
        ("表格", block.cell is not None),
    )
    return next((place for place, holds in places if holds), "正文")


_PARTS: Final = {"header": "页眉", "footer": "页脚", "footnote": "脚注"}


def mutations(clean: CleanSet, seed: int = 0, times: int = 1) -> Iterator[Mutation]:
    """Every bound fact, slipped `times` times; a row left out, and standing twice."""
    chance = random.Random(seed)
    for fact in clean.facts:
        if fact.kind == "行":
            yield Mutation(fact, "缺行", "")
            yield Mutation(fact, "重行", "")
            continue
        slips = {SLIPS[fact.kind](fact.text, chance) for _ in range(times)} - {fact.text}
        yield from (Mutation(fact, fact.kind, text) for text in sorted(slips))


@lru_cache(maxsize=64)
def _paragraphs(data: bytes, part: str) -> list[etree._Element]:
    """The paragraphs of a part, to look at only."""
    package = read_package(data)
    name = next(name for name in package.names if name.endswith(".xml") and part_name(name) == part)
    return paragraphs(parse(package[name]))


def mutated(clean: CleanSet, mutation: Mutation) -> Reading:
    """The Reading of the document with the slip in it."""
    fact = mutation.fact
    package = read_package(clean.data[fact.file])
    name = next(name for name in package.names if name.endswith(".xml") and part_name(name) == fact.block.part)
    root = parse(package[name])
    paragraph = paragraphs(root)[fact.block.position]
    if fact.kind == "行":
        row = next(paragraph.iterancestors(ROW))
        row.addnext(deepcopy(row)) if mutation.kind == "重行" else row.getparent().remove(row)
    else:
        _rewrite(paragraph, fact, mutation.text)
    return read_word(write_package(package.replaced({name: serialize(root)})), clean.names[fact.file])


def _rewrite(paragraph: etree._Element, fact: Fact, new: str) -> None:
    """Write the slip over the fact, what did not change left in its own runs."""
    old = fact.text
    same = next(
        (at for at, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    first, last, text = fact.start + same, fact.end - tail, new[same : len(new) - tail]
    if first == last:  # only put in: behind the character before
        first, text = first - 1, fact.block.text[first - 1] + text
    for stretch in reversed(stretches(paragraph)):
        start, end = max(first, stretch.start), min(last, stretch.end)
        if start < end:
            kept = text if start == first else ""
            stretch.element.text = stretch.text[: start - stretch.start] + kept + stretch.text[end - stretch.start :]


def findings(clean: CleanSet, changed: Reading | None = None, file: int = 0) -> list[Finding]:
    """What verify finds in the set above a note, one of its documents perhaps changed."""
    readings = list(clean.readings)
    if changed is not None:
        readings[file] = changed
    found = check_reading(readings[file]) if changed is not None else [f for r in readings for f in check_reading(r)]
    return [f for f in [*found, *check_bundle(Bundle(tuple(readings)))] if f.severity > Severity.NOTE]


def alarms(clean: CleanSet, edit: Edit, *, notes: bool) -> list[Finding]:
    """What verify finds after an edit that changes nothing, beyond what it finds without; `notes` may be new."""
    readings = [read_word(edited(data, edit), name) for data, name in zip(clean.data, clean.names, strict=True)]
    known = Counter(finding.rule for finding in _judged(clean.readings))
    found = _judged(readings)
    more = Counter(finding.rule for finding in found) - known
    return [one for one in found if one.severity > Severity.NOTE or (one.rule in more and not notes)]


def _judged(readings: Sequence[Reading]) -> list[Finding]:
    return [*(one for reading in readings for one in check_reading(reading)), *check_bundle(Bundle(tuple(readings)))]


def is_found(clean: CleanSet, mutation: Mutation) -> bool:
    """Whether verify tells the slip, by a rule that speaks of such facts."""
    found = findings(clean, mutated(clean, mutation), mutation.fact.file)
    return any(finding.rule[0] in LETTERS[mutation.kind] for finding in found)


def main(names: list[str], times: int = 4) -> int:
    """Print how many slips of each kind in each place are found, and what nothing reveals; how many faults there are."""
    told: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    wrong = 0
    for name in names:
        clean = clean_set(name)
        lost = []
        for mutation in mutations(clean, times=1 if name in SAMPLES else times):
            key = mutation.kind, mutation.fact.place
            total[key] += 1
            told[key] += (found := is_found(clean, mutation))
            lost += [] if found else [mutation]
        told_falsely = [
            (said, one)
            for edits, notes in ((LOOKS, False), (SPELLINGS, True))
            for said, edit in edits.items()
            for one in alarms(clean, edit, notes=notes)
        ]
        wrong += len(lost) + len(told_falsely) + len(findings(clean))
        print(f"{name}：未改动时 {len(findings(clean))} 处发现，无害改动后 {len(told_falsely)} 处，漏报 {len(lost)}")
        for said, one in told_falsely:
            print(f"    误报（{said}）{one.rule} {one.quote}：{one.message}")
        for mutation in lost:
            print(f"    {mutation.kind} {mutation.fact.place} {clean.names[mutation.fact.file][:10]}：{mutation.shown}")
    _print_table(told, total)
    print("\n整套文件里没有任何依据、因而不作要求的改动：")
    for kind, why in UNREVEALED.items():
        print(f"    {kind}：{why}")
    return wrong


def _print_table(told: Counter[tuple[str, str]], total: Counter[tuple[str, str]]) -> None:
    places = sorted({place for _, place in total})
    print("\n" + "\t".join(["种类", *places, "合计"]))
    for kind in dict.fromkeys(kind for kind, _ in total):
        counts = [f"{told[kind, place]}/{total[kind, place]}" if total[kind, place] else "" for place in places]
        mine = [key for key in total if key[0] == kind]
        print("\t".join([kind, *counts, f"{sum(told[key] for key in mine)}/{sum(total[key] for key in mine)}"]))
    print(f"合计 {told.total()}/{total.total()}")


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:] or [*SAMPLES, *AWKWARD])))
