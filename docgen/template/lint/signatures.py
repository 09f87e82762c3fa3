"""What filters, tests and functions of templates take: how many arguments, and values of which sorts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from jinja2 import nodes

from docgen.template.lint.kinds import NUMBERS, Sort
from docgen.template.samples import SAMPLED, sample_fault


class Signature(NamedTuple):
    """How something is called: the fewest and the most arguments, their names, what values it takes, what it gives.

    The value that a filter stands behind is no argument; where `takes` is empty, it may be of any sort.
    """

    least: int = 0
    most: int = 0
    names: tuple[str, ...] = ()
    takes: frozenset[Sort] = frozenset()
    gives: Sort = Sort.TEXT


_NUMERIC: Final = Signature(takes=NUMBERS)
_DATED: Final = Signature(takes=frozenset({Sort.DAY, Sort.TEXT}))
_PRINTED: Final = Signature(takes=NUMBERS | {Sort.TEXT, Sort.DAY})
_COUNTED: Final = frozenset({Sort.LIST, Sort.TEXT})
_PICKED: Final = Signature(takes=_COUNTED, gives=Sort.ANY)
_FALLBACK: Final = Signature(0, 2, ("other", "boolean"), gives=Sort.ANY)
_LENGTH: Final = Signature(takes=_COUNTED, gives=Sort.WHOLE)

FILTERS: Final[Mapping[str, Signature]] = MappingProxyType(
    {
        "大写": Signature(0, 0, ("yuan", "whole", "prefix"), NUMBERS),
        **dict.fromkeys(("金额", "万元"), Signature(0, 1, ("sample",), NUMBERS)),
        **dict.fromkeys(("整数金额", "英文金额", "百分比", "千分比", "中文百分比", "中文千分比"), _NUMERIC),
        **dict.fromkeys(("中文数字", "份数", "数量"), _NUMERIC),
        "日期": Signature(0, 1, ("sample",), _DATED.takes),
        "年月": _DATED,
        "号码": Signature(0, 1, ("sample",), _PRINTED.takes),
        **dict.fromkeys(("全角", "upper", "lower", "trim"), _PRINTED),
        **dict.fromkeys(("default", "d"), _FALLBACK),
        "join": Signature(0, 2, ("separator", "attribute"), _COUNTED),
        **dict.fromkeys(("length", "count"), _LENGTH),
        **dict.fromkeys(("first", "last"), _PICKED),
    }
)
"""The filters of templates; those whose names begin with _ are the compiler's own."""

TESTS: Final[Mapping[str, Signature]] = MappingProxyType(
    {
        "divisibleby": Signature(1, 1, takes=NUMBERS),
        **dict.fromkeys(("odd", "even"), Signature(takes=NUMBERS)),
        **dict.fromkeys(("in", "eq", "==", "ne", "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">=", "equalto"),
                        Signature(1, 1)),
    }
)  # fmt: skip
"""The tests that take arguments or values of one sort only; all others take none and any value."""

FUNCTIONS: Final[Mapping[str, Signature]] = MappingProxyType(
    {
        "no": Signature(1, 2, ("sample", "name")),
        "ref": Signature(1, 1, ("name", "full")),
        "annex": Signature(1, 2, ("identity", "number")),
        "table": Signature(1, 1, ("identity",), gives=Sort.GROUP),
        "range": Signature(1, 3, gives=Sort.LIST),
    }
)
"""The functions that every template of a kit may call."""

# What a filter hardly ever is meant for, and what it was probably mistaken for.
_ODD: Final[Mapping[tuple[str, Sort], str]] = MappingProxyType(
    {
        **{(name, Sort.MONEY): "金额" for name in ("百分比", "千分比", "中文百分比", "中文千分比", "数量")},
        **{(name, Sort.MONEY): "大写" for name in ("中文数字", "份数")},
        **{(name, Sort.WHOLE): "中文数字" for name in ("百分比", "千分比", "中文百分比", "中文千分比")},
        **{(name, Sort.RATE): "百分比" for name in ("金额", "整数金额", "万元", "英文金额", "数量")},
        **{(name, Sort.RATE): "中文百分比" for name in ("大写", "中文数字", "份数")},
        ("大写", Sort.WHOLE): "份数",
        ("英文金额", Sort.WHOLE): "数量",
    }
)


def meant_instead(name: str, sort: Sort) -> str | None:
    """The filter that was probably meant where this one stands behind a value of that sort; None where it may stand."""
    return _ODD.get((name, sort))


def missampled(node: nodes.Filter) -> str | None:
    """What is wrong with the sample that a filter is given, in words; None where there is none or it is one."""
    given = node.args[0] if node.args else next((pair.value for pair in node.kwargs if pair.key == "sample"), None)
    if node.name not in SAMPLED or not isinstance(given, nodes.Const):
        return None
    return sample_fault(node.name, str(given.value))


def miscounted(signature: Signature, positional: int, named: tuple[str, ...]) -> str | None:
    """What is wrong with the number or the names of arguments, in words; None where they fit."""
    unknown = [name for name in named if name not in signature.names]
    if unknown:
        known = f"，有：{'、'.join(signature.names)}" if signature.names else ""
        return f"没有名为 {'、'.join(unknown)} 的参数{known}"
    given = positional + sum(name in signature.names[: signature.most] for name in named)
    if signature.least <= given and positional <= signature.most:
        return None
    few, many = signature.least, signature.most
    wanted = "不要参数" if not many else f"要 {few} 个参数" if few == many else f"要 {few} 至 {many} 个参数"
    return f"{wanted}，这里写了 {given} 个"
