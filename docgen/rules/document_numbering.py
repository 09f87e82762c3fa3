"""Numbers in documents: lists without gaps and repetitions, and as many items as the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from docgen.findings import Finding, Place, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.rules.enumeration import Listing, Outline, Slip, outlines
from docgen.rules.facts import Facts
from docgen.rules.numbering_doubts import certain_slips
from docgen.rules.numbers import Kind, Token
from docgen.rules.numerals import chinese, how_many
from docgen.rules.rows_counted import off_counts
from docgen.rules.rule import inside, place_in, rule

# Chapters and articles are counted by everybody who cites them; a slip there is beyond doubt, but not in a PDF.
_SURE: Final = frozenset({Kind.CHAPTER, Kind.ARTICLE})
_COUNT: Final = r"([两一二三四五六七八九十]{1,3}|\d{1,2})"
_CLAIM: Final = regex(
    rf"(?:包括|包含|分为|分|以下|下列|如下|共有|共|完成|按)[^，,。；;：:\d一二三四五六七八九十两]{{0,6}}(?<!第){_COUNT}\s?个?"
    r"(部分|方面|阶段|环节|步骤|任务|内容|工作|要求|条件|情形|原则|专题|模块|板块|课题|类|项|期|条|点|节)"
    r"(?!或|[及或]?以上|之一|中[的任]|至)"
)
# 按下列六节计算，总价为…: the list follows although the sentence goes on.
_BELOW: Final = regex(
    rf"(?:按照?|依照?|依据|分)(?:下列|以下){_COUNT}\s?个?(部分|方面|阶段|环节|步骤|类|项|节)(?!或|[及或]?以上|[^，。]*之一)"
)
_PAYMENT: Final = regex(r"[%％]|[0-9]\s*万?元|[支付拨]付|付款")
_LIST_FOLLOWS: Final = frozenset("：:")


@rule("N101", "编号跳号或重复", on=Reading)
def numbers_in_order(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 条款编号跳号、重复，引用时就说不清是哪一条，也可能是漏了一条。

    错误:
        （一）甲方提供资料。
        （二）乙方提交成果。
        （五）双方组织验收。
        （六）甲方付款。
    正确:
        （一）甲方提供资料。
        （二）乙方提交成果：
        1. 报告；2. 数据；
        3. 说明。
        （三）双方组织验收。
    """
    for outline in outlines(reading):
        meant: dict[tuple[int, int], tuple[int, Place]] = {}
        for slip in certain_slips(reading, outline):
            # A number that goes on with what the slip before it should have been is only out of order by that slip.
            value, cause = meant.get(_key(slip.before), (0, None)) if slip.before else (0, None)
            finding = _of_slip(
                reading, slip, cause if slip.token.value == value + 1 else None, taken=_goes_on(outline, slip)
            )
            reached = slip.token.value if finding.follows else slip.expected
            meant[_key(slip.token)] = (reached, finding.cause or finding.place)
            yield finding


def _key(token: Token) -> tuple[int, int]:
    return token.block.index, token.span[0]


def _goes_on(outline: Outline, slip: Slip) -> bool:
    """Whether the number that a repeated one should be follows it: 第六条, 第六条, 第七条."""
    lists = (listing.tokens for listing in outline.listings if slip.token in listing.tokens)
    tokens = next(lists, [])
    following = tokens[tokens.index(slip.token) + 1 :][:1] if tokens else []
    return any(token.value == slip.expected for token in following)


def _of_slip(reading: Reading, slip: Slip, cause: Place | None, *, taken: bool) -> Finding:
    token = slip.token
    name = token.text.strip()
    expected = token.written(slip.expected).strip()
    if slip.repeated:
        message = f"编号“{name}”重复出现。"
    elif slip.misprint:
        message = f"编号“{name}”应为“{expected}”。"
    else:
        message = f"编号从“{slip.before.text.strip() if slip.before else ''}”跳到了“{name}”，中间缺号。"
    severity = Severity.ERROR if token.kind in _SURE and token.block.page is None else Severity.WARNING
    related = (place_in(reading, slip.before.block, slip.before.span),) if slip.before else ()
    hint = "请核对是编号写错，还是缺了条款。"
    if slip.repeated and taken:
        hint = f"后面已有“{expected}”：如改成“{expected}”，其后的编号都要顺延。"
    return inside(
        reading, token.block, token.span, message, severity=severity, expected=expected, related=related, hint=hint,
        cause=cause,
    )  # fmt: skip


@rule("N102", "所说的项数与列出的项数不符", on=Reading)
def counts_match_lists(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 说“包括三部分”却列了四项，不是多列就是漏改，双方的义务范围会有争议。

    错误:
        业务办理工作共包括三部分内容：
        （1）接诉即办；
        （2）依申请公开；
        （3）清单调整；
        （4）统计报送。
    正确:
        业务办理工作共包括四部分内容：
        （1）接诉即办；
        （2）依申请公开；
        （3）清单调整；
        （4）统计报送。
    """
    yield from off_counts(reading)
    claims = _claims(reading)
    if not claims:
        return
    found = list(outlines(reading))
    slipped = {slip.token.block.index for outline in found for slip in outline.slips}
    lists = {listing.tokens[0].block.index: listing for outline in found for listing in outline.listings}
    for block, match, following in claims:
        listing = lists.get(following.index)
        stated = how_many(match[1])
        if listing is None or stated is None or listing.last == stated or _unsure(listing, slipped):
            continue
        if listing.last == stated + 1 and _of_another_kind(listing):
            continue
        message = f"这里说有 {stated} {match[2]}，下面列了 {listing.last} 项。"
        expected = str(listing.last) if match[1].isascii() else chinese(listing.last)
        related = (place_in(reading, listing.tokens[-1].block, listing.tokens[-1].span),)
        again = _said_again(reading, block, match[2], listing.last)
        hint = "别处写的项数与列出的相同：请改这里。" if again else "请核对项数，或补上漏列的一项。"
        yield inside(
            reading, block, match.span(1), message, severity=Severity.WARNING, expected=expected, related=related,
            hint=hint, fix=expected if again else None,
        )  # fmt: skip


def _said_again(reading: Reading, block: Block, unit: str, number: int) -> bool:
    """Whether another paragraph counts the same things, and says so many as are listed."""
    counts = regex(rf"(?<![第0-9一二三四五六七八九十]){_COUNT}\s?个?{unit}")
    others = (match for other in reading.blocks if other is not block for match in counts.finditer(other.text))
    return any(how_many(match[1]) == number for match in others)


def _claims(reading: Reading) -> list[tuple[Block, re.Match[str], Block]]:
    """The sentences that announce a list of so many items, with the paragraph that follows."""
    found = []
    blocks = [block for block in reading.blocks if block.text.strip()]
    for block, following in pairwise(blocks):
        listed = block.text.rstrip()[-1] in _LIST_FOLLOWS
        if not (listed or "下" in block.text) or block.part != following.part or block.cell != following.cell:
            continue
        matches = list(_CLAIM.finditer(block.text)) if listed else []
        if matches and "，" not in block.text[matches[-1].end() :]:
            found.append((block, matches[-1], following))
        elif not matches and "下" in block.text and (below := _BELOW.search(block.text)):
            found.append((block, below, following))
    return found


def _unsure(listing: Listing, slipped: set[int]) -> bool:
    """Whether the list itself is in doubt, or begins elsewhere than with its first item."""
    return listing.tokens[0].value != 1 or any(token.block.index in slipped for token in listing.tokens)


def _of_another_kind(listing: Listing) -> bool:
    """Whether all items but the last speak of payments: “分四期支付：” and a fifth clause behind the four."""
    *counted, last = (token.block.text for token in listing.tokens)
    return all(_PAYMENT.search(text) for text in counted) and not _PAYMENT.search(last)
