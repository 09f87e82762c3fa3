"""The cells of price tables: what a column's header says it holds, and the figure that a cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from docgen.patterns import regex
from docgen.rules.numerals import figure_of

Column = Literal["serial", "item", "price", "quantity", "amount", "rate", "note"]

_LONGEST_HEADER: Final = 500
_GAPS: Final = regex(r"[\s　]+")
_UNIT: Final = regex(r"([百千万亿]|十万|百万|千万)?元")
_BRACKETS: Final = regex(r"[（(【\[][^）)】\]]*[）)】\]]")
_SCALES: Final = {None: 1, "": 1, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "亿": 10**8}

# What a header names, the first that fits; the words are looked for once brackets (units, remarks) are taken out.
_NAMES: Final[tuple[tuple[Column, re.Pattern[str]], ...]] = (
    ("price", regex(r"^(?:人?[月日年天次]|收费|付费|计费|薪酬|工资|课酬)标准$")),
    (
        "note",
        regex(r"备注|说明|依据|标准|规格|型号|品牌|厂家|产地|单位$|计量|测算|要求|名单|方式|阶段|条件|时间|日期"),
    ),
    ("rate", regex(r"税率|费率|比例|占比|折扣率?|下浮率?|百分比|%|％|权重|系数|(?<!频)率$|优惠")),
    ("price", regex(r"单价|^(?i:unit\s?price)|单位价格|单位成本|单位费用|收费标准|每[人天日次份台个]?[价费]")),
    (
        "item",
        regex(
            r"(?:费用|经费|预算|报价|价格|收费|采购|服务|工作)?(?:名称|内容|事项|科目|类别|类型|构成|用途)|项目$|^品名"
        ),
    ),
    ("serial", regex(r"^(?:序号|编号|序|号|No\.?)$", re.IGNORECASE)),
    (
        "quantity",
        regex(
            r"数量|^印数|^(?i:qty|quantity)$|工程量|工作量|^(?:需求)?班[次数]$|^(?:(?:总|投入|预计|计划)?人[数天日次月]|人员|天数|日数|工日|工作日|次数|份数|场次|期数|月数|年数|年限|台数"
            r"|件数|套数|样本[量数]|频次|频率|周期|时长|工时|课时|服务期|人次数?|数目)$"
        ),
    ),
    (
        "amount",
        regex(
            r"金额|^(?i:(?:total\s?)?amount)$|合价|复价|总价|总额|小计|合计|总计|共计|价款|费用|经费|报价|预算|造价|价格|^[价费]$|总费|税额|价税|租金$|^[^人每单]{1,5}费$"
        ),
    ),
)

_FIGURE: Final = regex(
    r"(?P<minus>[-－−]\s*)?(?:(?:人民币|RMB|CNY|[￥¥])\s*[:：]?\s*){0,2}"
    r"(?P<number>[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]{1,6})?|[0-9０-９]{1,15}(?:[.．][0-9０-９]{1,6})?)"
    r"\s*(?P<unit>[百千万亿]?元|万)?\s*(?P<rest>整|正|[/／每].{0,8})?",
    re.IGNORECASE,
)
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９．，－−", "0123456789.,--")
_MEASURE: Final = r"(?:[一-龥]{0,5}|[a-zA-Z㎡³²]{0,4})(?:[/／][一-龥]{1,4})?"
_COUNT: Final = regex(rf"(?P<number>[0-9]{{1,9}}(?:,[0-9]{{3}})*(?:\.[0-9]{{1,6}})?)\s*{_MEASURE}")
_TIMES: Final = regex(r"\s*[×xX*＊✕╳]\s*")

_EACH: Final = regex(
    r"每(?P<measure>[^，,。；;：:0-9每]{1,30}?)(?P<about>约为?|大约|不超过|最[高多]|以内)?\s*(?P<value>[0-9]+(?:\.[0-9]+)?)\s*(?P<wan>万)?元"
)
_PER: Final = regex(r"(?P<value>[0-9]+(?:\.[0-9]+)?)\s*(?P<wan>万)?元\s*[/／每](?P<measure>[一-龥])")


class Figure(NamedTuple):
    """A number in a text: what it says in its unit, where its digits stand, and what its last digit counts."""

    value: Decimal
    start: int
    end: int
    step: Decimal
    scale: int | None = None


@lru_cache(maxsize=2048)
def column_of(header: str) -> Column | None:
    """What the column below a header holds, None where the header does not say."""
    if len(header) > _LONGEST_HEADER:
        return None
    whole = _GAPS.sub("", header)
    name = _BRACKETS.sub("", whole)
    if not name or len(name) > 12:
        return None
    if name == "标准" and _UNIT.search(whole):
        return "price"
    return next((column for column, pattern in _NAMES if pattern.search(name)), None)


def scale_of(text: str) -> int | None:
    """How many 元 the unit that a header or a line above a table names counts, None where it names none."""
    found = {match[1] for match in _UNIT.finditer(_GAPS.sub("", text))}
    return _SCALES.get(found.pop()) if len(found) == 1 else None


@lru_cache(maxsize=8192)
def figure_in(text: str) -> Figure | None:
    """The figure that a cell holds, None where it holds none or more than that."""
    stripped = text.strip()
    match = _FIGURE.fullmatch(stripped) if stripped else None
    if match is None:
        return None
    number = match["number"]
    number = number if number.isascii() else number.translate(_HALF_WIDTH)
    if len(number) > 1 and number[0] == "0" and number[1] != "." and "," not in number:
        return None  # a number of something, 0010; in 01,000.00 the digits of an amount are turned round
    number = number.replace(",", "")
    at = text.index(stripped)
    scale = None if match["unit"] is None else _SCALES[match["unit"].removesuffix("元")]
    value, step = Decimal(number), Decimal(1).scaleb(-len(number.partition(".")[2]))
    minus = -1 if match["minus"] else 1
    return Figure(
        minus * value * (scale or 1), at + match.start("number"), at + match.end("number"), step * (scale or 1), scale
    )


@lru_cache(maxsize=8192)
def count_in(text: str) -> Decimal | None:
    """The quantity that a cell holds: 45, 45天, 3人×15天; None where it holds none or an estimate."""
    product = Decimal(1)
    for factor in _TIMES.split(text.strip().translate(_HALF_WIDTH)):
        match = _COUNT.fullmatch(factor)
        if match is None:
            return None
        product *= figure_of(match["number"])
    return product


def numbers_in(text: str) -> Iterator[Decimal]:
    """Every number in a text, shares as fractions too."""
    for match in re.finditer(r"([0-9]+(?:\.[0-9]+)?)\s*([%％‰])?", text.translate(_HALF_WIDTH)):
        value = Decimal(match[1])
        yield value
        if match[2]:
            yield value / (1000 if match[2] == "‰" else 100)


@dataclass(frozen=True, slots=True)
class Described:
    """A unit price that a description says: 每份问卷 6 元, 12元/份; what it counts, and whether only about."""

    value: Decimal
    measure: str
    about: bool
    span: tuple[int, int]


def described(label: str) -> tuple[Described, ...]:
    """The unit prices that the description of a row says."""
    found = []
    for pattern in (_EACH, _PER):
        for match in pattern.finditer(label):
            value = Decimal(match["value"]) * (10**4 if match["wan"] else 1)
            found.append(Described(value, match["measure"], bool(match.groupdict().get("about")), match.span("value")))
    return tuple(found)
