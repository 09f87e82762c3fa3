# ruff: noqa: TRY004  (a value of the wrong kind is a wrong value to a clerk: every refusal is a ValueError)
"""The filters of templates: each takes a value of the contract and says in which form it is printed.

A blank goes through every filter unchanged; a value that is left out is refused by all of them but `default`.
The filters work in any Jinja environment (`environment.filters.update(FILTERS)`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

from docgen.amounts.figures import format_figures, plain_figures
from docgen.amounts.write import write_amount
from docgen.template.grids import MOST_COLUMNS
from docgen.template.numerals import chinese, chinese_decimal, formal, full_width
from docgen.template.samples import dated, figures, grouped, ten_thousands
from docgen.template.values import Amount, Blank, Day, Rows, Text, carried, path_of, percentage, plain_decimal

_MOST_CHARACTERS = 1_000_000


def printed(value: object) -> str:
    """The text that `{{ value }}` prints; a ValueError in Chinese says why a value cannot be printed."""
    if isinstance(value, Undefined):
        return str(value)  # its own message says which field is missing
    if isinstance(value, float):
        raise ValueError(f"{value!r} 是浮点数，不能精确打印；请改用数据里的金额、数量，或用 //")
    if isinstance(value, Decimal) and type(value) is Decimal:
        return plain_decimal(value)
    if isinstance(value, (str, int, Decimal, Day)) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"{_kind(value)}，不能直接打印")


def _kind(value: object) -> str:
    if value is None:
        return "没有值（请先用 {% if %} 判断）"
    if isinstance(value, bool):
        return "是真假值（请用 {% if %} 判断）"
    if isinstance(value, (tuple, list)):
        return "是一个列表（请用 {% for %} 逐项打印）"
    return "是一组字段（请写到具体的字段）" if not callable(value) else "是函数（请加括号和参数）"


def _carrying(form: Callable[..., str]) -> Callable[..., Any]:
    """The filter that prints a value in a form and keeps its path."""

    def apply(value: Any, *arguments: object, **options: object) -> Any:
        if isinstance(value, Blank):
            return value
        if value is None or isinstance(value, Undefined):
            printed(value)
        return carried(value, form(value, *arguments, **options))

    return apply


def _figure(value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise ValueError(f"“{printed(value)}”不是数")
    return value


def _number(value: object) -> Decimal:
    return Decimal(_figure(value))


def _whole(value: object) -> int:
    number = _number(value)
    if number != number.to_integral_value():
        raise ValueError(f"{number} 不是整数")
    return int(number)


def _in_figures(value: Any, sample: str | None = None) -> Any:
    """The amount with thousands separated; a table of thousands of rows has little else."""
    if value.__class__ is Amount and sample is None:
        return Text(format_figures(value), path_of(value))
    return _FIGURES(value) if sample is None else _SAMPLED_FIGURES(value, sample)


_FIGURES = _carrying(lambda value: format_figures(_figure(value)))
_SAMPLED_FIGURES = _carrying(lambda value, sample: figures(_number(value), str(sample)))


def _capitals(value: object, **options: Any) -> str:
    return write_amount(_number(value), **options)


def _english(value: object) -> str:
    from docgen.amounts.english import english_amount

    return english_amount(_number(value))


def _month(value: object) -> str:
    if not isinstance(value, Day) or value.year is None:
        return _date(value)
    return f"{value.year}年{value.month}月" if value.month else f"{value.year}年"


def _date(value: object, sample: str | None = None) -> str:
    if sample is not None:
        return dated(value, str(sample))
    if isinstance(value, (int, Decimal)):
        raise ValueError(f"{printed(value)} 是数，不是日期")
    return printed(value)


def _default(value: Any, other: Any = "", boolean: bool = False) -> Any:
    """The value, or the other one where the field is left out."""
    missing = value is None or isinstance(value, Undefined) or (isinstance(value, Blank) and not value)
    return other if missing or (boolean and not value) else value


def _join(value: Any, separator: str = "", attribute: str | None = None) -> str:
    """The items one after another, with the path of their list."""
    if isinstance(value, Blank):
        return value
    items = [getattr(item, attribute) for item in value] if attribute else list(value)
    text = separator.join(map(printed, items))
    if len(text) > _MOST_CHARACTERS:
        raise ValueError("结果过长")
    return carried(value, text)


def _length(value: Any) -> Any:
    """How many entries or characters; not known of what is open."""
    if isinstance(value, Blank):
        return value
    if isinstance(value, Undefined) or not isinstance(value, Sized):
        raise ValueError(f"“{printed(value)}”没有项数可数")
    return value.size if isinstance(value, Rows) else len(value)


def _item(index: int) -> Callable[[Any], Any]:
    def pick(value: Any) -> Any:
        if isinstance(value, Blank):
            return value
        items = value if isinstance(value, (str, tuple, list)) else tuple(value)
        if not items:
            raise ValueError("列表是空的，没有可取的项")
        return items[index] if isinstance(items, (Rows, tuple, list)) else carried(items, items[index])

    return pick


def _attribute(value: object) -> Markup:
    """The text as the value of an XML attribute: escaped, and leaving no trace of its path."""
    return escape(printed(value))


def _colour(value: object) -> Markup:
    """The colour as Word takes it: six hexadecimal digits, or none for a value that is open."""
    if isinstance(value, Blank):
        return Markup("auto")
    digits = printed(value).removeprefix("#").upper()
    if not re.fullmatch("[0-9A-F]{6}", digits):
        raise ValueError(f"“{printed(value)}”不是颜色，应为六位十六进制数，如 D9D9D9")
    return Markup(digits)  # noqa: S704  (nothing but digits and letters)


def _columns(value: object) -> Markup:
    """A number of columns to span, one for a value that is open."""
    number = 1 if isinstance(value, Blank) else _whole(value)
    if not 1 <= number <= MOST_COLUMNS:
        raise ValueError(f"不能占 {number} 列，应为 1 至 {MOST_COLUMNS} 的整数")
    return Markup(number)  # noqa: S704  (digits)


def _opens(loop: Any, column: int) -> bool:
    """Whether this pass of the loop is the first that prints a merged cell in the column."""
    if isinstance(loop, Undefined):
        raise ValueError("{% vm %} 只能写在循环的行里")
    first: int = vars(loop).setdefault("_opened", {}).setdefault(column, loop.index0)
    return first == int(loop.index0)


def _begins(loop: Any, number: int) -> Markup:
    """The sign of a list: whether it begins anew, which it does on the first pass that prints it, and outside loops."""
    if isinstance(loop, Undefined):
        return Markup("+")
    begun: int = vars(loop).setdefault("_begun", {}).setdefault(number, loop.index0)
    return Markup("+") if begun == int(loop.index0) else Markup("=")


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "大写": _carrying(_capitals),
        "金额": _in_figures,
        "万元": _carrying(lambda value, sample="1": ten_thousands(_number(value), str(sample))),
        "整数金额": _carrying(lambda value: plain_figures(_number(value))),
        "英文金额": _carrying(_english),
        "百分比": _carrying(lambda value: percentage(_number(value))),
        "千分比": _carrying(lambda value: f"{plain_decimal(_number(value) * 1000)}‰"),
        "中文百分比": _carrying(lambda value: f"百分之{chinese_decimal(_number(value) * 100)}"),
        "中文千分比": _carrying(lambda value: f"千分之{chinese_decimal(_number(value) * 1000)}"),
        "中文数字": _carrying(lambda value: chinese(_whole(value))),
        "份数": _carrying(lambda value: formal(_whole(value))),
        "数量": _carrying(lambda value: plain_decimal(_number(value))),
        "日期": _carrying(_date),
        "年月": _carrying(_month),
        "号码": _carrying(lambda value, sample="0000 0000": grouped(printed(value), str(sample))),
        "全角": _carrying(lambda value: full_width(printed(value))),
        "upper": _carrying(lambda value: printed(value).upper()),
        "lower": _carrying(lambda value: printed(value).lower()),
        "trim": _carrying(lambda value: printed(value).strip()),
        "default": _default,
        "d": _default,
        "join": _join,
        "length": _length,
        "count": _length,
        "first": _item(0),
        "last": _item(-1),
        "_attribute": _attribute,
        "_colour": _colour,
        "_columns": _columns,
        "_opens": _opens,
        "_begins": _begins,
    }
)
