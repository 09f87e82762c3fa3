"""References in documents: annexes and clauses that a text refers to must exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Reading
from docgen.reading.whole import blocks_with
from docgen.rules.annexes import annex_references, foreign, lead
from docgen.rules.enumeration import outlines
from docgen.rules.facts import Facts
from docgen.rules.numbers import Kind
from docgen.rules.numerals import NUMERAL, chinese, numeral
from docgen.rules.once import once_per_reading
from docgen.rules.rule import inside, rule

_ANNEX_HEADING: Final = regex(rf"\s*附件[ \u3000]?({NUMERAL})\s*(?:[：:、.．]|\s|$)")
# At the start of a line: several articles stand in one paragraph where only line breaks part them.
_ARTICLE_HEADING: Final = regex(rf"(?m:^)[^\S\n]*第\s?({NUMERAL})\s?条(?![的第款项之规约所中和与及至或、，,；;以])")
_OF_OTHER_TEXT: Final = regex(
    r"(?:须知|[^本]文件|本文件|章程|制度|手册"
    # 财库〔2020〕46号, 法释（二）; the number of a contract is 示合【2026】12号.
    r"|(?<![合协同议])[〔［\[【（(]20\d{2}[〕］\]】）)]\s?第?\d{1,5}\s?号(?:文|令|公告)?[）)]?|解释(?:[（(][一二三四五六][）)])?)[的之中]?\s*$"
)
_ARTICLE: Final = regex(rf"第({NUMERAL})条")
_OTHER_FORM: Final = regex(r"\s*(?:(\d{1,6})\s*[.．、](?!\d)|([一二三四五六七八九十百千零〇]{1,9})\s*、)")
# 第4.7款, and 违反4.7款, 按3.1条、3.9条 behind a word that refers.
_POINT: Final = regex(
    r"(?:第\s?|(?<=[按照据反合除]))(\d{1,2})\.(\d{1,2})\s?[条款项]|(?<=[条款]、)(\d{1,2})\.(\d{1,2})[条款项]"
)
_ITEM: Final = regex(rf"第\s?({NUMERAL})\s?条第[（(]({NUMERAL})[）)][项款]")
_OTHER_TERMS: Final = regex(r"[通专]用(?:合同)?条[款件]|投标人须知|供应商须知|磋商")
_LEAST: Final = 2
_MANY: Final = 5
_NEAR: Final = 40
_TITLE: Final = 40
# 十一、合同附件 6, [11.合同附件 6](#合同附件): a table of contents names a clause and its page.
_IN_CONTENTS: Final = regex(
    r"\s*\[?(?:\d{1,2}\s*[.．、]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]{1,3}[条章])"
    r"[^\d，。；]{0,12}附件[ \u3000]+\d{1,3}\s*(?:\]\(#.*\))?\s*"
)
_ANNEX_ITSELF: Final = regex(r"\s*附件[ \u3000]?[0-9０-９一二三四五六七八九十]")


@rule("R101", "引用的附件不存在", on=Reading)
def annexes_exist(reading: Reading, facts: Facts) -> Iterator[Finding]:
    """为什么: 条文引用的附件不在整套文件里，就没有可以执行的内容。

    错误:
        具体要求见附件3。
        附件1：项目报价
        附件2：人员名单
    正确:
        具体要求见附件2，并按招标文件附件9办理；本协议附件一式两份。
        附件1：项目报价
        附件2：人员名单
    """
    numbers = _listed_annexes(reading) if facts.annexes is None else facts.annexes
    if not numbers:
        return
    # A paper with one annex may come with others in files of their own.
    alone = facts.annexes is None and len(numbers) == 1
    severity = Severity.WARNING if alone else Severity.ERROR
    for block in blocks_with(reading, "附件"):
        if _IN_CONTENTS.fullmatch(block.seen):
            continue
        for reference in annex_references(block.text):
            if reference.number in numbers or foreign(block.text, reference.start):
                continue
            message = f"引用了附件{reference.number}，而整套文件只有附件{_listed(numbers)}。"
            span = (reference.start, reference.end)
            yield inside(reading, block, span, message, severity=severity, hint="请改成实际的附件号，或补上这份附件。")


def _listed(numbers: frozenset[int]) -> str:
    return "、".join(map(str, sorted(numbers)))


def _listed_annexes(reading: Reading) -> frozenset[int]:
    """The annexes that the document heads or lists, known only where they run from 1 without a gap."""
    headings = (_ANNEX_HEADING.match(block.text) for block in blocks_with(reading, "附件"))
    numbers = {number for match in headings if match and (number := numeral(match[1])) is not None}
    complete = numbers == set(range(1, len(numbers) + 1))
    # A form may show its first annex only; a contract that two parties sign has them all.
    return frozenset(numbers) if complete and (len(numbers) > 1 or _has_one_annex(reading)) else frozenset()


def _has_one_annex(reading: Reading) -> bool:
    """Whether a document is a contract of two parties with one annex behind it, and no annex itself."""
    headings = [block for block in blocks_with(reading, "附件") if _ANNEX_HEADING.match(block.text)]
    sole = all(len(block.text) <= _TITLE and block.text.count("附件") == 1 for block in headings)
    signed = all(blocks_with(reading, party) for party in ("甲方", "乙方"))
    return sole and signed and not _is_annex(reading)


@rule("R102", "引用的条款不存在", on=Reading)
def articles_exist(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 引用的条款超出了本文件的最后一条，多半是增删条款以后没有改；法律和其他文件的条款不在此列。

    错误:
        第一条 服务内容
        第二条 违约责任
        乙方违反第五条的，按本合同第二条处理。
    正确:
        第一条 服务内容
        第二条 违约责任
        依照《民法典》第五百六十三条，乙方违反第一条的，按本合同第二条处理。
    """
    yield from _points_beyond(reading)
    yield from _items_beyond(reading)
    headings = [match for block in blocks_with(reading, "条") for match in _ARTICLE_HEADING.finditer(block.text)]
    articles = {numeral(match[1]) or 0 for match in headings}
    last = max(articles, default=0)
    # 第3条、第22条、第58条 alone are those of laws.
    if len(headings) < 2 or 2 * len(articles) < last or _is_annex(reading):
        return
    for block in blocks_with(reading, "条"):
        others = set[int]()  # 民法典第一百九十五条 …, 第一百九十五条 …: named as that of another text before
        begins = len(block.text) - len(block.text.lstrip())
        for match in _ARTICLE.finditer(block.text):
            number = numeral(match[1]) or 0
            if number <= last or number in others:
                continue
            if _of_other_text(block.text, match.start()) or foreign(block.text, match.start()):
                others.add(number)
                continue
            heading = number == last + 1 and match.start() <= begins  # 第十一条 第六条所称…
            if not heading and not (block.page is not None and number in _numbered(reading)):
                message = f"引用了{match[0]}，而本文件的最后一条是第 {last} 条。"
                # The headings of a PDF file are told from its lines only.
                severity = Severity.ERROR if block.page is None else Severity.WARNING
                hint = "请改成实际的条款号。"
                yield inside(reading, block, match.span(), message, severity=severity, hint=hint)


def _of_other_text(text: str, start: int) -> bool:
    """Whether another paper is named right before the place."""
    return _OF_OTHER_TEXT.search(lead(text, start)[-_NEAR:]) is not None


@once_per_reading
def _points(reading: Reading) -> dict[int, int]:
    """How many points an article has that are numbered 4.1, 4.2…, known only where they run from 1 without a gap."""
    found: dict[int, list[int]] = {}
    for outline in outlines(reading):
        for listing in outline.listings:
            for token in listing.tokens:
                if token.kind is Kind.COMPOSITE and len(token.prefix) == 1:
                    found.setdefault(token.prefix[0], []).append(token.value)
    return {article: len(values) for article, values in found.items() if values == list(range(1, len(values) + 1))}


def _points_beyond(reading: Reading) -> Iterator[Finding]:
    """The references to a 4.7 where 4. ends before; general terms and tenders have numbers of their own."""
    found = [
        (block, match)
        for block in blocks_with(reading, "款", "条", "项")
        if block.page is None and "." in block.text
        for match in _POINT.finditer(block.text)
    ]
    if not found or any(_OTHER_TERMS.search(block.text) for block in reading.blocks):
        return
    for block, match in found:
        article, point = (int(match[place] or match[place + 2]) for place in (1, 2))
        known = _points(reading)
        last = known.get(article, 0)
        last_article = _last_article(reading)
        beyond = article > last_article and len(known) >= _MANY
        if (last < _LEAST and not beyond) or point <= last or foreign(block.text, match.start()):
            continue
        if not _of_other_text(block.text, match.start()):
            reached = f"最后一条是第 {last_article} 条" if beyond else f" {article}. 只到 {article}.{last}"
            message = f"引用了{match[0]}，而本文件的{reached}。"
            hint = "请改成实际的条款号。"
            yield inside(reading, block, match.span(), message, severity=Severity.WARNING, hint=hint)


@once_per_reading
def _last_article(reading: Reading) -> int:
    """The last article that has a heading or points, wherever they stand."""
    tokens = [token for outline in outlines(reading) for listing in outline.listings for token in listing.tokens]
    heads = (token.value for token in tokens if token.kind in {Kind.ARTICLE, Kind.CHINESE, Kind.PLAIN})
    points = (token.prefix[0] for token in tokens if token.kind is Kind.COMPOSITE)
    return max((*heads, *points), default=0)


@once_per_reading
def _items(reading: Reading) -> dict[int, int]:
    """How many items （一）（二） an article has, known only where they run from 1 and the article is there once."""
    found = [token for outline in outlines(reading) for listing in outline.listings for token in listing.tokens]
    found.sort(key=lambda token: (token.block.index, token.span))
    head = Kind.ARTICLE if any(token.kind is Kind.ARTICLE for token in found) else Kind.CHINESE
    items: dict[int, list[int]] = {}
    repeated = set()
    article = 0
    for token in found:
        if token.kind is head:
            repeated |= {token.value} & set(items)
            article = token.value
            items.setdefault(article, [])
        elif token.kind is Kind.CHINESE_BRACKETS and article:
            items[article].append(token.value)
    return {
        article: len(values)
        for article, values in items.items()
        if article not in repeated and values == list(range(1, len(values) + 1))
    }


def _items_beyond(reading: Reading) -> Iterator[Finding]:
    """The references to a 第三条第（十）项 where 第三条 has fewer."""
    for block in blocks_with(reading, "项", "款"):
        for match in _ITEM.finditer(block.text):
            article, item = numeral(match[1]) or 0, numeral(match[2]) or 0
            last = _items(reading).get(article, 0)
            if last < _LEAST or item <= last or foreign(block.text, match.start()):
                continue
            if _of_other_text(block.text, match.start()):
                continue
            message = f"引用了{match[0]}，而本文件的第{chinese(article)}条只有 {last} 项。"
            hint = "请改成实际的条款号。"
            yield inside(reading, block, match.span(), message, severity=Severity.WARNING, hint=hint)


@once_per_reading
def _numbered(reading: Reading) -> frozenset[int | None]:
    """The numbers of clauses that stand there in another form: 25. or 二十五、 is 第25条 to its readers."""
    begins = (_OTHER_FORM.match(block.seen) for block in reading.blocks)
    return frozenset(numeral(match[1] or match[2]) for match in begins if match)


def _is_annex(reading: Reading) -> bool:
    """Whether the document is an annex, whose 第X条 may be those of the contract."""
    first = next((block.text for block in reading.blocks if block.text.strip()), "")
    return bool(_ANNEX_ITSELF.match(first))
