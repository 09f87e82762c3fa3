"""Counts that a sentence takes apart: 共18人：厨师长1人、厨师6人、服务员11人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_where, blocks_with
from docgen.rules.counts_in_lists import off_listed_counts
from docgen.rules.facts import Facts
from docgen.rules.numerals import figure_of, how_many
from docgen.rules.phrases import plain
from docgen.rules.rule import inside, rule
from docgen.rules.slips import is_slip

_UNITS: Final = (
    ("people", "[人名位]"),
    ("pieces", "个(?![月年小工星])"),
    ("machines", "[台部辆]"),
    ("sets", "套"),
    ("copies", "份"),
    ("times", "[次场]"),
    ("rooms", "间"),
    ("items", "件"),
    ("points", "分(?![钟之项别公司包批期行])"),
)
_UNIT: Final = "|".join(f"(?P<{name}>{unit})" for name, unit in _UNITS)
_ANY: Final = "[人名位个台部辆套份次场间件分]"
_TOTAL: Final = regex(
    r"(?:(?P<all>共计?|合计|总计|总共|总人数|总数)[^，。；：:、\d]{0,10}|(?<=[^\d.,第每约超于过达足近]))(?<![\d.,])(?P<number>\d{1,4})\s*"
    rf"(?:{_UNIT})(?![以左上下余多/／]|[^，。；]{{0,4}}(?:左右|以[上内下]))[^，。；：:、（(\d]{{0,6}}"
    r"(?P<mark>[：:]|[（(]|[，,]\s*(?:其中|分别[为是]?|包括|具体为)[：:]?|[，,。]\s*(?=其中)|[，,](?=[^，。；：\d]{1,12}\d))(?:其中|分别[为是]?)?[：:，,]?"
)
# 7座商务车3辆 are three.
_PART: Final = (
    r"(?:\d{1,3}[座层吨寸号级])?"
    rf"[^\d，。；;：:（）()]{{1,16}}?\d{{1,4}}\s*{_ANY}(?![以左上下余多/／])[^\d，、,。；;：:（）()]{{0,4}}"
)
_PARTS_END: Final = r"(?:[（(][^（）()\d]{0,15}[）)]\s*)?(?:[。；;）)]|[，,][^，。；\d]{2,8}[：:。]|$)"
_PARTS: Final = regex(rf"\s*{_PART}(?:\s*[，、,和及与]\s*{_PART})+(?=\s*{_PARTS_END})")
_NUMBERS: Final = regex(rf"(\d{{1,4}})\s*({_ANY})")
_COUNTED: Final = regex(rf"\d\s*(?:{_ANY}|天)")
_VAGUE: Final = regex(r"[每各]|约|至少|不少于|等|[至~～\-—]\s*\d|以|兼|男|女")
_LEAST_LISTED: Final = 3
_NEAR: Final = 2
_NEAR_POINTS: Final = 10


@rule("N107", "总数与各部分之和不符", on=Reading)
def parts_make_the_count(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 一句话里先写总数、再逐项写各有多少，加起来不是总数，人员、设备就不知道按哪一个配备。

    错误: 乙方配备服务人员共18人：厨师长1人、厨师6人、面点师3人、服务员7人。
    正确: 乙方配备服务人员共18人：厨师长1人、厨师6人、面点师3人、服务员8人，轮流值班。
    """
    for block in blocks_where(reading, _COUNTED):
        if any(sign in block.text for sign in "共中计：:"):
            yield from _off_counts(reading, block)
            yield from _off_behind(reading, block)
    yield from _off_areas(reading)
    yield from off_listed_counts(reading)


_LISTED: Final = regex(
    r"(?:包括|包含|分为|含|[：:（(])\s*(?P<names>[一-龥A-Za-z]{2,12}(?:、[一-龥A-Za-z]{2,12}){1,9}(?:(?:和|及|以及|与)[一-龥A-Za-z]{2,12})?)"
    r"(?P<count>[二两三四五六七八九十]|(?<![0-9])[2-9])\s?(?:大)?(?:个(?:子系统|系统|模块|部分|阶段|方面|环节|标段|包|项目|区域?|类别|专业|岗位|中心|单位)|部分|方面|阶段|类)"
)
_NO_LIST: Final = regex(r"[等各每共前后第近其他]\Z|以下|上述|不同")
_JOINED: Final = regex(r"以及|[和及与]")


@rule("N108", "列举的名称与所说的个数不符", on=Reading)
def names_make_the_count(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    """为什么: 一句话里逐个列出名称，后面写的个数不同，就说不清是少列了一个还是写错了数。

    错误: 本系统包括招商管理、资产管理、能耗管理、访客管理、移动端六个子系统。
    正确: 本系统包括招商管理、资产管理、能耗管理、访客管理、移动端五个子系统，分为设计、开发和验收三个阶段。
    """
    for block in blocks_with(reading, "、"):
        for match in _LISTED.finditer(block.text):
            names, said = match["names"].split("、"), _few(match["count"])
            joined = sum(len(_JOINED.findall(name)) for name in names)
            if _NO_LIST.search(match["names"]) or len(names) <= said <= len(names) + joined:
                continue
            if abs(said - len(names)) > _NEAR:
                continue
            yield inside(
                reading, block, match.span("count"), f"前面列出了 {len(names)} 个，个数写的是“{match['count']}”。",
                severity=Severity.WARNING, hint="请核对列出的名称和个数；没有列全的，请写“等”。",
            )  # fmt: skip


def _few(text: str) -> int:
    return how_many(text) or int(text)


def _off_counts(reading: Reading, block: Block) -> Iterator[Finding]:
    taken = 0
    for match in _TOTAL.finditer(block.text):
        listed = _PARTS.match(block.text, match.end())
        if match.start() < taken:
            continue  # one of the parts of the list before
        taken = listed.end() if listed is not None else taken
        if listed is None or _VAGUE.search(match[0][match[0].index(match["number"]) :] + listed[0]):
            continue
        parts = [(int(number), unit) for number, unit in _NUMBERS.findall(listed[0])]
        total, added = int(match["number"]), sum(number for number, _ in parts)
        pattern = next(unit for name, unit in _UNITS if match[name])
        alike = all(re.fullmatch(pattern, unit) for _, unit in parts)
        if added == total or not alike or total in {number for number, _ in parts} or not _whole(match, parts, added):
            continue
        said = "＋".join(str(number) for number, _ in parts)
        yield inside(
            reading,
            block,
            match.span("number"),
            f"后面各项之和是 {said}＝{added}，总数写的是 {total}。",
            severity=Severity.WARNING,
            expected=str(added),
            hint="请核对总数和各项；没有列全的，请写“等”。",
        )


def _whole(match: re.Match[str], parts: list[tuple[int, str]], added: int) -> bool:
    """Whether the parts surely are all there is: behind 共 and a colon, or nearly so and three of them or more."""
    total = int(match["number"])
    if match["all"] and match["mark"] in {"：", ":", "（", "("} and "其中" not in match[0]:
        return True
    if match["mark"] in {"：", ":"} and len(parts) > 1 and abs(added - total) == 1:
        return True
    near = _NEAR_POINTS if match["points"] and "其中" in match[0] else _NEAR
    return len(parts) >= _LEAST_LISTED and abs(added - total) <= near


# 总监1人，专监6人（…），监理员8人，共15人; 方案20天，初步设计40天，施工图60天，共计120天.
_ITEM: Final = rf"[一-龥]{{2,8}}?\d{{1,4}}\s?(?:{_ANY}|天)(?:[（(][^（）()]{{0,40}}[）)])?"
_BEHIND: Final = regex(
    rf"(?:^|[：:；;。]|(?<=[，,]))(?P<items>{_ITEM}(?:[，,、和及]\s?{_ITEM}){{2,9}})[，,]\s?(?:共计?|合计|总计)\s?(?P<number>\d{{1,4}})\s?(?P<unit>{_ANY}|天)"
)
_ONE: Final = regex(rf"(\d{{1,4}})\s?({_ANY}|天)")
_NESTED: Final = regex(r"[（(][^（）()]*[）)]")


def _near(total: int, added: int) -> bool:
    """Whether one slip, or one or two more or fewer, is all that is between them."""
    return abs(total - added) <= _NEAR or is_slip(Decimal(total), Decimal(added))


def _off_behind(reading: Reading, block: Block) -> Iterator[Finding]:
    """The totals that stand behind what they add up."""
    for match in _BEHIND.finditer(block.text) if "，" in block.text else ():
        parts = _ONE.findall(_NESTED.sub("", match["items"]))
        total, added = int(match["number"]), sum(int(number) for number, _ in parts)
        alike = {unit for _, unit in parts} == {match["unit"]}
        if added == total or not alike or _VAGUE.search(match["items"]) or not _near(total, added):
            continue
        said = "＋".join(number for number, _ in parts)
        yield inside(
            reading, block, match.span("number"), f"前面各项之和是 {said}＝{added}，总数写的是 {total}。",
            severity=Severity.WARNING, expected=str(added), hint="请核对总数和各项。",
        )  # fmt: skip


_SQUARE: Final = r"\s?(?:㎡|平方米|平米|m²|m2)"
_AREA: Final = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_AREAS: Final = regex(
    rf"(?P<whole>{_AREA}){_SQUARE}\s?[，,（(：:]\s?(?:其中)?[：:，,]?\s?(?P<items>[一-龥]{{2,8}}[为：:]?\s?{_AREA}{_SQUARE}"
    rf"(?:[、，,和及；;]\s?[一-龥]{{2,8}}[为：:]?\s?{_AREA}{_SQUARE}){{1,8}})"
)
_ONE_AREA: Final = regex(rf"({_AREA}){_SQUARE}")


def _off_areas(reading: Reading) -> Iterator[Finding]:
    """The areas that one slip keeps from being the sum of their parts."""
    for block in blocks_with(reading, "平", "㎡", "m²", "m2"):
        for match in _AREAS.finditer(block.text):
            whole, *parts = (figure_of(one) for one in _ONE_AREA.findall(match[0]))
            added = sum(parts, Decimal(0))
            slipped = is_slip(whole, added) or any(is_slip(one, one - added + whole) for one in parts)
            if added != whole and slipped:
                yield inside(
                    reading, block, match.span("whole"), f"各部分之和是 {plain(added)}，这里写的是 {plain(whole)}。",
                    severity=Severity.WARNING, expected=plain(added), hint="请核对总面积和各部分的面积。",
                )  # fmt: skip
