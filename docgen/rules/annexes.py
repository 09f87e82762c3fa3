"""Where a text refers to an annex, and whether the annex of another paper is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docgen.patterns import regex
from docgen.rules.numerals import NUMERAL, numeral

# Not 附件一式两份, 附件一并提交, 附件3份, 附件2021年….
_NOT_COUNTED: Final = r"(?![0-9０-９式并起同般致切旦方律览些次份个页张项套册种处天日年月名])"
_ANNEX: Final = regex(rf"附件[ \u3000]?({NUMERAL}){_NOT_COUNTED}(?:[至到—~～](?:附件)?({NUMERAL}){_NOT_COUNTED})?")

# Papers with annexes and clauses of their own; named earlier in the sentence, they own the number.
_OTHER_PAPERS: Final = regex(
    r"[》〉]|(?:招标|投标|采购|磋商|谈判|询价|比选|响应|中标|成交|评标)(?:文件|公告|通知书?)|(?:通知|办法|规定|条例|细则|意见|指南|标准|规范|规程|法典?|解释|决定|公约|准则|通则)"
    r"(?:》|的|中|第|之)?\s?$|(?:原|主|框架|另一|上述|该|其他)(?:合同|协议)|(?:原|该)(?:文件|附件)"
)
_OWN: Final = regex(r"本(?:合同|协议|委托书|项目|方案)(?:正文|文本)?[的之中]?\s?$")
_SENTENCE_ENDS: Final = "。；;！？\n"
# What each of them has: most sentences name none, and one search for plain characters is quick.
_BEGINS_PAPER: Final = regex(
    "》|〉|文件|公告|通知|办法|规定|条例|细则|意见|指南|标准|规范|规程|法|解释|决定|公约|准则|通则|合同|协议|原附|该附"
)
# 民法典第五百七十七条、第五百八十四条: what is named before the first of several articles owns them all.
_ARTICLE: Final = (
    rf"第\s?(?:{NUMERAL}|[一二三四五六七八九十百千零]+)\s?条(?:第?[（(]?{NUMERAL}[）)]?[款项])*(?:的?规定)?"
)
_ARTICLES_BEFORE: Final = regex(rf"(?:{_ARTICLE}\s?(?:[、，,和及与至或]|以及|或者)\s?)+$")
_LONGEST_SENTENCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Reference:
    """A number that a text refers to, and the characters that do."""

    number: int
    start: int
    end: int


def annex_references(text: str) -> Iterator[Reference]:
    """Every annex that a text names, both ends of 附件1至附件3 included."""
    for match in _ANNEX.finditer(text) if "附件" in text else ():
        for group in (1, 2):
            number = numeral(match[group]) if match[group] else None
            if number is not None:
                yield Reference(number, match.start(), match.end())


def lead(text: str, start: int) -> str:
    """What stands before a place, as far back as its sentence may begin."""
    return text[max(0, start - _LONGEST_SENTENCE) : start]


def foreign(text: str, start: int) -> bool:
    """Whether the reference that starts there belongs to another paper: 招标文件附件9, 《民法典》第五百条."""
    since = max(0, start - _LONGEST_SENTENCE)
    since = max(since, *(text.rfind(mark, since, start) + 1 for mark in _SENTENCE_ENDS))
    if not _BEGINS_PAPER.search(text, since, start):
        return False
    sentence = _ARTICLES_BEFORE.sub("", text[since:start])
    return not _OWN.search(sentence) and bool(_OTHER_PAPERS.search(sentence))
