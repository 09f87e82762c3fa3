"""Names of contract, project, papers and deliverables: the same thing has the same name everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Bundle, Reading
from docgen.reading.tables import frames
from docgen.reading.whole import blocks_with
from docgen.rules.alike import edits
from docgen.rules.facts import Facts
from docgen.rules.name_search import (
    Hit,
    Searchable,
    difference,
    searchable,
    sounds_alike,
    squeezed,
    swapped,
    telling,
)
from docgen.rules.once import once_per_reading
from docgen.rules.party_records import contracts_of
from docgen.rules.rule import inside, place_in, rule

_TITLE_END: Final = regex(r"(?:合同书?|协议书?)(?:[（(][^（）()]{1,8}[）)])?$")
_NO_TITLE: Final = regex(r"^目[ \u3000]*录$|[：:，。；？！,;?!]|^(?:第.{1,4}[章条]|[一二三四五六七八九十]+、|附件)")
_QUOTED: Final = regex(r"《([^《》\n]{6,80}?(?:合同书?|协议书?))》")
_LABEL: Final = regex(r"(合同|协议|项目)名称[ \t\u3000]*[：:][ \t\u3000]*([^\n，。；,;\t]{6,80})")
_LABEL_CELL: Final = regex(r"\s*(合同|协议|项目)名\s*称\s*[：:]?\s*$")
# Another paper of the same project, by what it is about.
_KINDS: Final = (
    "补充", "保密", "廉政", "廉洁", "安全", "承诺", "框架", "意向", "解除", "变更", "终止", "分包", "转让", "质量",
    "保修", "监理", "租赁", "借款", "劳动", "担保", "抵押", "联合体", "投标", "代理", "授权",
)  # fmt: skip
_COVER: Final = 60  # the blocks in which the title of a document is looked for
_LEAST: Final = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands, and as what: "title", "quote", "合同", "协议" or "项目" (a label).

    A title may run over several lines; `pieces` are its blocks with the characters that belong to it.
    """

    kind: str
    key: str
    reading: Reading
    pieces: tuple[tuple[Block, int, int], ...]

    @property
    def text(self) -> str:
        """The name as it stands there."""
        # A title may be broken within one paragraph too.
        return "".join(block.text[start:end].strip(" \u3000*#").replace("\n", "") for block, start, end in self.pieces)

    def piece_at(self, offset: int) -> tuple[Block, tuple[int, int]]:
        """The block of the name, and the characters in it, that hold a place of its key."""
        for block, start, end in self.pieces:
            offset -= len(squeezed(block.text[start:end]))
            if offset < 0:
                break
        return block, (start, end)


@rule("W105", "合同名称前后不一", on=Bundle)
def contract_names(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 合同名称差几个字，就可能被看成另一份合同，付款、归档和引用都会出问题。

    错误:
        2026年度公共数据专项工作评估委托服务协议
        甲方：示例市数据局
        乙方违反《2026年度公共数据专项评估项目委托服务协议》的，应当支付违约金。
    正确:
        2026年度公共数据专项工作评估委托服务协议
        甲方：示例市数据局
        乙方违反《2026年度公共数据专项工作评估委托服务协议》或《专项工作评估委托服务协议》的，应当支付违约金。
    """
    for contract in contracts_of(bundle):
        yield from _names_of(contract)


def _names_of(bundle: Bundle) -> Iterator[Finding]:
    found = [mention for reading in bundle.readings for mention in _contract_names(reading)]
    titles = [mention for mention in found if mention.kind != "quote"]
    if titles:
        yield from _odd_ones(found, _most_frequent(titles, found))


@rule("W106", "项目名称前后不一", on=Bundle)
def project_names(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 各份文件写的项目名称差几个字，就说不清是不是同一个项目。

    错误:
        【文件】01_合同.docx
        项目名称：示例市公共数据质量监测评估服务
        【文件】02_报价单.docx
        项目名称：示例市公共数据质量检测评估服务
    正确:
        【文件】01_合同.docx
        项目名称：示例市公共数据质量监测评估服务
        【文件】02_报价单.docx
        项目名称：“公共数据质量监测评估服务”
    """
    for contract in contracts_of(bundle):
        found = [one for reading in contract.readings for one in _labelled(reading) if one.kind == "项目"]
        if found:
            yield from _odd_ones(found, _most_frequent(found, found))


@once_per_reading
def _contract_names(reading: Reading) -> tuple[Mention, ...]:
    """The contract's names in a document: its titles, 合同名称, and what it quotes as 《…合同》."""
    quoted = (
        Mention("quote", squeezed(match[1]), reading, ((block, match.start(1), match.end(1)),))
        for block in blocks_with(reading, "《")
        for match in _QUOTED.finditer(block.text)
    )
    return (*_titles(reading), *(one for one in _labelled(reading) if one.kind != "项目"), *quoted)


def _titles(reading: Reading) -> Iterator[Mention]:
    """Names that stand as titles on the first pages; a title may run over several lines."""
    yield from _running(reading)
    lines: list[Block] = []
    for block in reading.blocks[:_COVER]:
        text = block.text.strip(" \u3000*#")
        in_table = block.cell is not None and block.cell.table not in frames(reading)
        if in_table or block.part != "body" or not 0 < len(text) <= 50 or _NO_TITLE.search(text):
            lines = []
            continue
        lines.append(block)
        key = squeezed("".join(line.text for line in lines)) if _TITLE_END.search(text) else ""
        if _LEAST <= len(key) <= 90:
            yield Mention("title", key, reading, tuple((line, 0, len(line.text.rstrip(" *"))) for line in lines))
            lines = []


def _running(reading: Reading) -> Iterator[Mention]:
    """The titles that stand in headers and footers, alone or before a number."""
    for block in reading.blocks[-_EDGES:]:
        if block.part.startswith(("header", "footer")):
            for match in _PIECE.finditer(block.text):
                if _TITLE_END.search(match[0]) and not _NO_TITLE.search(match[0]) and len(match[0]) >= _LEAST:
                    yield Mention("title", squeezed(match[0]), reading, ((block, *match.span()),))


_PIECE: Final = regex(r"[^\s\u3000]+(?: [^\s\u3000]+)*")
_EDGES: Final = 40


def _labelled(reading: Reading) -> Iterator[Mention]:
    """What stands behind 合同名称 or 项目名称, in its paragraph or in the next cell of its row."""
    for block in blocks_with(reading, "称"):
        for match in _LABEL.finditer(block.text) if "名称" in block.text else ():
            if len(squeezed(match[2])) >= _LEAST and "${" not in match[2]:
                yield Mention(match[1], squeezed(match[2]), reading, ((block, match.start(2), match.end(2)),))
        label = _LABEL_CELL.fullmatch(block.text) if block.cell else None
        beside = next(iter(reading.blocks[block.index + 1 : block.index + 2]), None) if label else None
        if not (label and beside and beside.cell and block.cell and beside.cell.row == block.cell.row):
            continue
        if len(beside.text.strip()) >= _LEAST:
            yield Mention(label[1], squeezed(beside.text), reading, ((beside, 0, len(beside.text)),))


def _most_frequent(candidates: list[Mention], found: list[Mention]) -> Mention:
    """The name that stands most often, the earliest of equals."""
    count = Counter(mention.key for mention in found)
    return max(candidates, key=lambda mention: count[mention.key])


def _odd_ones(found: Iterable[Mention], right: Mention) -> Iterator[Finding]:
    for mention in found:
        if _same_but_different(mention, right):
            block, span = mention.piece_at(min(_common(mention.key, right.key), len(mention.key) - 1))
            other, other_span = right.piece_at(0)
            yield inside(
                mention.reading,
                block,
                span,
                f"这里的名称是“{mention.text}”，与另一处的“{right.text}”差几个字。",
                severity=Severity.WARNING,
                expected=right.text,
                related=(place_in(right.reading, other, other_span),),
                hint="如果是同一份合同或同一个项目，请统一名称。",
            )


def _same_but_different(mention: Mention, right: Mention) -> bool:
    """Whether two names mean the same thing and differ; a shortened name is no other name."""
    one, other = mention.key, right.key
    if one == other or one in other or other in one:
        return False
    if _kinds(one) != _kinds(other) and edits(one, other, 1) > 1:
        return False
    ours, theirs = difference(*_level(one, other))
    if (not ours and len(theirs) > 2) or (not theirs and len(ours) > 2):
        return False
    if mention.kind == "quote" and telling(ours, theirs):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


_ALIKE: Final = 0.8


def _level(one: str, other: str) -> tuple[str, str]:
    """Two names from where both begin, where one has a heading before it that the other leaves out."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) < _HEADING:
        return one, other
    start = max(longer.find(shorter[:4]), 0)
    return (one[start:], other) if longer is one else (one, other[start:])


_HEADING: Final = 3


def _kinds(name: str) -> set[str]:
    return {kind for kind in _KINDS if kind in name}


_RUN: Final = regex(r"[\u4e00-\u9fffA-Za-z0-9]{1,40}+")
_NAME_END: Final = regex(
    r"(?:项目|办法|方案|报告|系统|平台|协议书?|合同书?|责任书|清单|制度|规程|手册|指南)(?:中|工作|服务)?$"
)
_LAST: Final = frozenset("目法案告统台议书单度程册南中作务")
# Words of sentences, which no name has.
_SENTENCE: Final = regex(
    r"[应可须将不已是为在按向并或以被让使的如若但则我您请需能会所]|本项目|投标人|供应商|[甲乙]方|提供|提交|根据"
)
_LISTED: Final = regex(r"^\s*(?:[-•]\s*)?(?:[（(]?\d{1,2}[）).、．]|[①-⑩])\s*(\S.{8,40}?)[；;。，,]?\s*$")
_LEAST_LISTED: Final = 10
_TOO_MANY: Final = 400
_MASKED: Final = regex(r"[XxＸ×＊*某]+")  # XX单位 for X单位, a place for a name


@rule("W107", "名称只差几个字", on=Bundle)
def near_misses(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一项成果、方案或项目的名称有一处多一字、少一字或写颠倒，多半是笔误。

    错误:
        1. 示例市应急管理系统重大决策风险评估办法；
        乙方编制示例市应急管理系统重大决策风险评估办法。
        乙方提交示例市应急管理信息系统重大决策风险评估办法的初稿。
    正确:
        1. 示例市应急管理系统重大决策风险评估办法；
        乙方编制示例市应急管理系统重大决策风险评估办法。
        乙方提交示例市应急管理系统重大决策风险评估办法的初稿。
    """
    texts = [searchable(reading) for reading in bundle.readings]
    mentions = [one for reading in bundle.readings for one in (*_contract_names(reading), *_labelled(reading))]
    told = [(id(block), start, end) for mention in mentions for block, start, end in mention.pieces]
    subjects = _subjects(mentions)
    for name in dict.fromkeys([*subjects, *_names(texts)]):
        found = ((text, hit) for text in texts for hit in _near(text, name, name in subjects) if not _within(hit, told))
        hits = [(text, hit) for text, hit in found if name in subjects or _is_slip(hit, name)]
        keys = Counter(hit.key for _, hit in hits)
        count = sum(text.count(name) for text in texts)
        for text, hit in hits:
            often = 1 if name in subjects else 2
            rare = not text.overprints(hit, name) and sum(other.count(hit.key) for other in texts) * often <= count
            if rare and keys[hit.key] * often <= count and not _within(hit, told):
                told.append((id(hit.block), hit.start, hit.end))
                yield _near_miss(text, hit, name, texts, sure=name in subjects)


@rule("W114", "名称里的年份不同", on=Bundle)
def years_in_names(bundle: Bundle, _facts: Facts) -> Iterator[Finding]:
    """为什么: 同一个项目在不同的地方写着不同的年度，会被当成另一年的项目。

    错误:
        2026年度示例市公共数据质量监测评估服务委托合同书
        甲方：示例市数据局
        甲方委托乙方承担2016年度示例市公共数据质量监测评估服务。
    正确:
        2026年度示例市公共数据质量监测评估服务委托合同书
        甲方：示例市数据局
        甲方委托乙方承担2026年度示例市公共数据质量监测评估服务，乙方曾承担2025年度示例市公共数据质量监测评估服务。
    """
    mentions = [one for reading in bundle.readings for one in (*_contract_names(reading), *_labelled(reading))]
    texts = [searchable(reading) for reading in bundle.readings]
    told: set[tuple[int, int]] = set()
    for name in _subjects(mentions):
        tail = name[4:]
        if not name[:4].isdigit() or len(tail) < _LEAST_SUBJECT:
            continue
        found = [(text, hit) for text in texts for hit in text.with_number(tail, 4)]
        years = Counter({name[:4]: 0, **Counter(hit.key[:4] for _, hit in found)})
        usual, count = max(years.items(), key=lambda item: (item[1], item[0] == name[:4]))
        for text, hit in found:
            if _is_other_year(hit, int(usual)) and (id(hit.block), hit.start) not in told:
                told.add((id(hit.block), hit.start))
                yield _other_year(text, hit, int(usual), sure=years[hit.key[:4]] == 1 and count >= _SURE)


_SURE: Final = 3
_EARLIER: Final = regex(r"(?:上一?年|去年|往年|此前|以前|曾|业绩|已完成|完成|承接过|相比|较)[^。；]{0,30}$")
_FAR: Final = 5


def _is_other_year(hit: Hit, year: int) -> bool:
    """Whether a year is another one, and not that of an earlier project or of an earlier contract that is quoted."""
    other, before = int(hit.key[:4]), hit.block.text[: hit.start]
    quoted = abs(other - year) < _FAR and before.rstrip("“").endswith("《")
    return other != year and 1990 <= other <= 2099 and not quoted and not _EARLIER.search(before)


def _other_year(text: Searchable, hit: Hit, year: int, *, sure: bool) -> Finding:
    other = int(hit.key[:4])
    span = (hit.start, hit.start + 4)
    message = f"这里写的是 {other} 年，同一名称在别处写的是 {year} 年。"
    severity = Severity.WARNING if sure or abs(other - year) >= _FAR else Severity.NOTE
    hint = "如果说的是往年的项目，不必理会；否则请改正年份。"
    return inside(text.reading, hit.block, span, message, severity=severity, expected=str(year), hint=hint)


def _near(text: Searchable, name: str, subject: bool) -> Iterator[Hit]:
    """The near misses of a name, of a subject those too that lie on both its halves."""
    found = text.near_misses(name, 2)
    both = dict.fromkeys([*found, *text.near_misses(name, 2, len(name) // 2 - 2)]) if subject else found
    return (hit for hit in both if not _MASKED.fullmatch("".join(difference(hit.key, name))))


def _within(hit: Hit, spans: list[tuple[int, int, int]]) -> bool:
    """Whether the words are part of a name that another rule compares."""
    return any(id(hit.block) == block and start <= hit.start < end for block, start, end in spans)


def _subjects(mentions: list[Mention]) -> list[str]:
    """What the contract is about: its titles and the project's name without 委托合同书, from their year on too."""
    whole = [_TYPE.sub("", mention.key) for mention in mentions if mention.kind != "quote"]
    from_year = [match[0] for name in whole if (match := _FROM_YEAR.search(name))]
    titles = [mention.key for mention in mentions if mention.kind == "title"]
    return [name for name in dict.fromkeys([*whole, *from_year, *titles]) if len(name) >= _LEAST_SUBJECT]


_TYPE: Final = regex(r"(?:委托|采购|服务|技术|咨询|购销|承揽|政府)*(?:合同书?|协议书?)(?:\([^()]{1,8}\))?$")
_FROM_YEAR: Final = regex(r"(?<=.)20[0-9]{2}年.*")
_LEAST_SUBJECT: Final = 10


def _near_miss(text: Searchable, hit: Hit, name: str, texts: list[Searchable], *, sure: bool) -> Finding:
    ours, theirs = difference(hit.key, name)
    left_out = not ours or not theirs
    where = next(other for other in texts if name in other.key)
    start = where.key.index(name)
    right = where.hit(start, start + len(name))
    words = hit.block.text[hit.start : hit.end]
    return inside(
        text.reading,
        hit.block,
        (hit.start, hit.end),
        f"“{words}”在别处写作“{right.block.text[right.start : right.end]}”。",
        severity=Severity.WARNING if sure and not (left_out and len(ours + theirs) > 1) else Severity.NOTE,
        expected=right.block.text[right.start : right.end],
        related=(place_in(where.reading, right.block, (right.start, right.end)),),
        hint="如果说的是同一件事，请统一写法。",
    )


def _is_slip(hit: Hit, name: str) -> bool:
    """Whether the difference is one that slips of the hand make: left out, put in, swapped, or sounding alike."""
    ours, theirs = difference(hit.key, name)
    return not ours or not theirs or swapped(ours, theirs) or sounds_alike(ours, theirs)


def _names(texts: list[Searchable]) -> list[str]:
    """The names that stand at least twice: listed deliverables, and long runs that end like a name."""
    found = (run for text in texts for run in _RUN.findall(text.key) if run[-1] in _LAST and _NAME_END.search(run))
    runs = Counter(run for run in found if len(run) >= _LEAST_RUN and not _SENTENCE.search(run))
    said = (block.text for text in texts for block in text.reading.blocks if len(block.text) >= _LEAST_LISTED)
    listed = {squeezed(match[1]) for line in said if not line[0].isalpha() and (match := _LISTED.match(line))}
    listed = {name for name in listed if len(name) >= _LEAST_RUN and _RUN.fullmatch(name) and _NAME_END.search(name)}
    twice = {name for name in listed if sum(text.count(name) for text in texts) > 1}
    repeated = {run for run, count in runs.items() if count > 1}
    return sorted(twice | repeated | _shared_ends(runs))[:_TOO_MANY]


def _shared_ends(runs: Iterable[str]) -> set[str]:
    """The names that two runs share behind different words: 编制…方案, 报送…方案."""
    backwards = sorted(run[::-1] for run in runs)
    ends = (one[: _common(one, other)][::-1] for one, other in pairwise(backwards))
    return {end for end in ends if len(end) >= _LEAST_RUN}


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, pair in pairs if pair[0] != pair[1]), min(len(one), len(other)))


_LEAST_RUN: Final = 12
