"""Why the code of a template or of kit.yaml failed, in the words of a clerk, with the name that was most likely meant.

Only what has failed asks for this: nothing of it is loaded while all goes well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from jinja2 import TemplateSyntaxError
from jinja2.utils import missing

from docgen.contract.nearest import nearest
from docgen.contract.shape import GroupShape, Shape, below, english_path, labelled_path, shape_at
from docgen.template.environment import UnknownNameError, templates
from docgen.template.values import Record, path_of

_SAID: Final = (
    (re.compile(r"expected name or number"), "点号后面缺少字段名"),
    (re.compile(r"unexpected 'end of (?:template|(?:print )?statement(?: block)?)'"), "没有写完"),
    (re.compile(r"unexpected '(.+?)'"), r"多出了 \1"),
    (re.compile(r"Expected an expression, got 'end of (?:print )?(?:statement|expression)(?: block)?'"), "缺少字段"),
    (re.compile(r"chunk after expression"), "后面多出了内容"),
    (re.compile(r"Unexpected end of template.*"), "没有写完"),
    (re.compile(r"Encountered unknown tag '(.+?)'.*"), r"不支持的语句 \1"),
    (re.compile(r"cannot assign to '(.+?)'"), r"不能给 \1 赋值"),
)
_EXPECTED: Final = re.compile(r"expected token '(.+?)', got '(.+?)'")
_TOKENS: Final = {
    "name": "名称", "string": "引号里的文字", "integer": "整数", "float": "数", "end of template": "标签的结尾",
    "end of print statement": "标签的结尾 }}", "end of statement block": "标签的结尾 %}",
}  # fmt: skip
_UNKNOWN: Final = re.compile(r"No (filter|test) named '(.+?)'")
_ODD_CHARACTER: Final = re.compile(r"unexpected char '(.+?)' at \d+")


def reason(error: Exception, context: Mapping[str, Any], code: str) -> str:
    """What went wrong; `context` is what the code could see, `code` what was typed."""
    if isinstance(error, TemplateSyntaxError):
        return syntax_reason(error.message or "")
    if isinstance(error, UnknownNameError):
        meant = _meant(error, context, code)
        return f"{error}，是不是想写 {meant}" if meant else str(error)
    if isinstance(error, RecursionError):
        return "标签互相调用，没有尽头"
    if isinstance(error, ZeroDivisionError):
        return "除以了零"
    said = str(error)
    # What Python says by itself is English, and for people who know it.
    return f"这样的值不能这样使用（{said}）" if said.isascii() or isinstance(error, TypeError) else said


def entry_said(names: Mapping[str, Any], said: str, context: Mapping[str, Any]) -> tuple[str, str] | None:
    """Which entry of the data a failing tag was at: its path, and what a message says of it; None where it was at none.

    `names` are the local names of the program as Jinja calls them (l_1_row), `said` is what is said of the tag.
    """
    paths = {name.split("_", 2)[-1]: path_of(value) for name, value in names.items() if name.startswith("l_")}
    entries = {name: path for name, path in paths.items() if path and "[" in path}
    named = [path for name, path in entries.items() if re.search(rf"(?<![\w.]){re.escape(name)}\b", said)]
    path = max(named or entries.values(), key=len, default=None)
    if path is None:
        return None
    top: GroupShape | None = context.get("_shape")
    return path, f"；数据在 {labelled_path(top, path)}（{path}）" if top else f"；数据在 {path}"


def syntax_reason(message: str) -> str:
    """What Jinja says of code that it cannot read, in Chinese."""
    if match := _ODD_CHARACTER.search(message):
        return f"语法有误：{_odd(match[1])}"
    if match := _UNKNOWN.search(message):
        return unknown_filter(match[2]) if match[1] == "filter" else unknown_test(match[2])
    if match := _EXPECTED.search(message):
        wanted, found = (_TOKENS.get(token, token) for token in match.groups())
        return f"语法有误：此处应为 {wanted}，实为 {found}" + ("；比较是否相等写 ==" if found == "=" else "")
    for pattern, said in _SAID:
        if match := pattern.search(message):
            return "语法有误：" + match.expand(said)
    return f"语法有误（{message}）"


def unknown_filter(name: str) -> str:
    """That there is no such filter, and which one was most likely meant."""
    return _unknown("过滤器", name, templates().filters)


def unknown_test(name: str) -> str:
    """That there is no such test, and which one was most likely meant."""
    return _unknown("判断", name, templates().tests)


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, [other for other in known if other[0] != "_"], 0.4)
    return f"没有名为 {name} 的{what}" + (f"，是不是想写 {near}" if near else "")


def _odd(character: str) -> str:
    half = unicodedata.normalize("NFKC", character)
    half = {"。": ".", "、": ","}.get(character, half)
    if half == character or not half.isascii():
        return f"不能用字符 {character}"
    return f"“{character}”是全角符号，请改为半角的 {half}"


def _meant(error: UnknownNameError, context: Mapping[str, Any], code: str) -> str | None:
    """The field that the unknown name most likely means, be it a key or a Chinese label."""
    top: GroupShape | None = context.get("_shape")
    group: Shape | None = top
    holder = error.holder
    if isinstance(holder, Record):
        known = {key: key for key in vars(holder) if key[0] != "_"}
        path = path_of(holder)
        group = shape_at(top, path) if path and top else None
    elif holder is missing:
        called = f"{error.name}(" in code
        known = {key: key for key, value in context.items() if key[0] != "_" and callable(value) is called}
    else:
        return None
    if isinstance(group, GroupShape):
        if group is top and below(group, error.name):
            return english_path(group, _chain(error.name, code))
        known = {label: key for label, key in group.keys.items() if key in known} | known
    near = nearest(error.name, known)
    return known[near] if near else None


def _chain(name: str, code: str) -> str:
    """The name with the fields that were typed behind it."""
    match = re.search(rf"(?<![\w.]){re.escape(name)}(?:\.\w+|\[\d+\])*", code)
    return match[0] if match else name
