"""Fitting a tree of texts to a shape: typed values, the place of each, and every fault on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from docgen.contract.nearest import nearest
from docgen.contract.parts import PartRefused, Parts, reference
from docgen.contract.scalars import Scalar
from docgen.contract.shape import GroupShape, ListShape, Shape, every_field, labelled_path, nothing
from docgen.contract.source import Node
from docgen.findings import Finding

OPEN: Final = "待填"
_MENTION: Final = re.compile(f"{OPEN}(?![报写入表])")
_LIKE_OPEN: Final = re.compile(
    r"[（(\[【]?(?:待定|未定|待补充?|待确认|暂缺|TBD|X{2,}|[×＊*]{2,})[）)\]】]?", re.IGNORECASE
)
_NULLS: Final = frozenset({"~", "null", "Null", "NULL"})
_TEXTS: Final = frozenset({"line", "text", "choice"})
# So many characters one value may have, by its kind: many times what any contract has, and no burden on any rule.
_MOST: Final = {"text": 10_000, "line": 5_000}
_MOST_OTHERS: Final = 500
_MOST_ENTRIES: Final = 10_000
_NOUNS: Final = {"scalar": "一个值", "mapping": "一组字段", "sequence": "列表"}


class At(NamedTuple):
    """Where the fitting stands: the path, the node to point at (the key, or the entry), and the files leading here."""

    path: str
    node: Node
    files: tuple[str, ...]

    def field(self, key: str, node: Node) -> At:
        """The field of that key below."""
        return At(f"{self.path}.{key}" if self.path else key, node, self.files)

    def entry(self, number: int, node: Node) -> At:
        """The entry of that number, from 1."""
        return At(f"{self.path}[{number}]", node, self.files)


@dataclass(slots=True)
class Fitter:
    """What is gathered while one tree is fitted.

    `nodes` are what to point at for each path, `open` the paths that are 待填, `faulty` those that cannot be read,
    `mentions` the texts that say in other words, or among other words, that they are open, `meant` the paths that
    unknown keys were meant for.
    """

    root: GroupShape
    parts: Parts
    findings: list[Finding] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    open: dict[str, Node] = field(default_factory=dict)
    faulty: dict[str, Node] = field(default_factory=dict)
    mentions: dict[str, Node] = field(default_factory=dict)
    meant: set[str] = field(default_factory=set)

    def value(self, node: Node, shape: Shape, at: At) -> Any:
        """The typed value of a node; where it cannot be had, the value of a field left out."""
        pointed = node if node.kind == "scalar" and node.end > node.start else at.node
        self.nodes[at.path] = pointed
        if node.kind == "scalar" and node.text.strip() == OPEN:
            self.open[at.path] = node
            return nothing(shape)
        if isinstance(shape, Scalar):
            return self._scalar(node, shape, at)
        name = reference(node.text)
        if name is not None:
            return self._part(name, node, shape, at)
        if isinstance(shape, GroupShape):
            return self._group(node, shape, at)
        return self._list(node, shape, at)

    def fault(self, code: str, node: Node, at: At, message: str, **more: Any) -> None:
        """Note a fault at a node of the path, with its quote and frame; `more` as Finding has it."""
        source = self.parts.text(node.file)
        found = source.finding(code, node.start, message, length=node.end - node.start, **more)
        place = replace(found.place, path=at.path, label=labelled_path(self.root, at.path) or None)
        self.findings.append(replace(found, place=place))

    def _refused(self, code: str, node: Node, at: At, message: str, **more: Any) -> None:
        """Note a fault that leaves the value at the path unknown."""
        self.faulty[at.path] = node
        self.fault(code, node, at, message, **more)

    def _scalar(self, node: Node, shape: Scalar, at: At) -> Any:
        if node.kind != "scalar":
            hint = _SCALAR_HINTS[node.kind]
            message = f"这里应写一个值，写成了{_NOUNS[node.kind]}。"
            return self._refused("F205", at.node, at, message, expected=shape.expected, hint=hint)
        if _is_empty(node):
            return self._empty(at, shape.expected)
        if shape.kind in _TEXTS and (_MENTION.search(node.text) or _LIKE_OPEN.fullmatch(node.text.strip())):
            self.mentions[at.path] = node
        try:
            _refuse_endless(node.text, shape)
            return shape.parse(node.text)
        except ValueError as error:
            reason = str(error).rstrip("。")
            if not reason.startswith("“"):
                reason = f"“{_short(node.text)}”不能用作{shape.name}：{reason}"
            from docgen.contract.faults import SCALAR_CODES

            message = f"{reason}。"
            return self._refused(SCALAR_CODES[shape.kind], node, at, message, expected=shape.expected)

    def _empty(self, at: At, expected: str) -> None:
        hint = "尚未确定的写 待填；用不着的，删去这一行。"
        self._refused("F206", at.node, at, "没有填写。", expected=expected, hint=hint)

    def _group(self, node: Node, shape: GroupShape, at: At) -> Any:
        if node.kind != "mapping":
            return self._misshapen("F203", node, shape, at)
        nodes = self._by_key(node, shape, at)
        values = {
            key: self.value(nodes[key][1], item.shape, at.field(key, nodes[key][0]))
            if key in nodes
            else nothing(item.shape)
            for key, item in shape.fields.items()
        }
        return shape.model(**values)

    def _by_key(self, node: Node, shape: GroupShape, at: At) -> dict[str, tuple[Node, Node]]:
        """The key and value nodes by English key; unknown and repeated ones are noted and left out."""
        found: dict[str, tuple[Node, Node]] = {}
        for key, value in node.pairs:
            name = shape.keys.get(key.text.strip())
            if name is None:
                self._unknown(key, shape, at)
            elif name in found:
                first = found[name][0]
                message = f"“{first.text}”和“{key.text}”是同一项，写了两次（第一次在第 {first.place.line} 行）。"
                self.fault("F202", key, at.field(name, key), message, related=(first.place,), hint="请只留一处。")
            else:
                found[name] = key, value
        return found

    def _unknown(self, key: Node, shape: GroupShape, at: At) -> None:
        wanted, hint, meant = _suggestion(key.text.strip(), shape, self.root, at.path)
        if meant is not None:
            self.meant.add(meant)
        self.fault("F201", key, at, f"没有“{_short(key.text)}”这一项。", expected=wanted, hint=hint)

    def _list(self, node: Node, shape: ListShape, at: At) -> tuple[Any, ...]:
        if node.kind != "sequence":
            self._misshapen("F204", node, shape, at)
            return ()
        if len(node.items) > _MOST_ENTRIES:
            message = f"这个列表有 {len(node.items):,} 项，最多 {_MOST_ENTRIES:,} 项。"
            self._refused("F204", at.node, at, message)
            return ()
        return tuple(self._entries(node, shape.item, at))

    def _entries(self, node: Node, item: Shape, at: At) -> Iterator[Any]:
        """The entries one by one; one that is open or faulty keeps its number, so that no other changes its own."""
        for number, entry in enumerate(node.items, 1):
            inner = at.entry(number, entry)
            value = self.value(entry, item, inner)
            yield OPEN if value is None and isinstance(item, Scalar) and item.kind in _TEXTS else value

    def _misshapen(self, code: str, node: Node, shape: GroupShape | ListShape, at: At) -> Any:
        """The empty value, after saying what stands here instead of a group or list."""
        wanted = "一组字段" if isinstance(shape, GroupShape) else "列表"
        if _is_empty(node):
            self._empty(at, wanted)
        else:
            where = node if node.kind == "scalar" else at.node
            message = f"这里应写{wanted}，写成了{_NOUNS[node.kind]}。"
            from docgen.contract.slips import colon_hint

            hint = colon_hint(node.text) or _shape_hint(shape, node)
            self._refused(code, where, at, message, expected=wanted, hint=hint)
        return nothing(shape)

    def _part(self, name: str, node: Node, shape: Shape, at: At) -> Any:
        """The value that the part named here holds."""
        try:
            tree = self.parts.part(name, at.files)
        except PartRefused as refused:
            self._refused("F241", node, at, f"{refused}。", hint=refused.hint)
            return nothing(shape)
        if tree is None:
            self.faulty[at.path] = node
            return nothing(shape)
        value = self.value(tree, shape, At(at.path, tree, (*at.files, tree.file)))
        self.nodes[at.path] = at.node
        return value


_SCALAR_HINTS: Final = {
    "mapping": "文字里有冒号加空格时，请用半角引号把整个值括起来。",
    "sequence": "这里只有一个值，不用“- ”，写在冒号后面。",
}


def _shape_hint(shape: GroupShape | ListShape, node: Node) -> str:
    if isinstance(shape, GroupShape):
        sample = next((item.label for item in shape.fields.values()), "键")
        return {
            "scalar": f"下一行起缩进两格，一行写一项，如“{sample}: …”。",
            "sequence": "这里只有一组，去掉前面的“- ”。",
        }.get(node.kind, "")
    return "每一项另起一行，前面加“- ”（减号加空格）。"


def _suggestion(key: str, shape: GroupShape, root: GroupShape, path: str) -> tuple[str | None, str, str | None]:
    """The name most likely meant, the hint that says so (or where the key belongs, or what can stand here), its path.

    A key that is known right above or below has slipped a level; it is not taken for a similar one.
    """
    homes = [found for found, item in every_field(root) if key in (item.key, item.label) and "[]" not in found]
    home = next((found for found in homes if _related(found.rpartition(".")[0], path)), None)
    near = None if home else nearest(key, shape.keys)
    if near:
        return near, f"是不是想写“{near}”？", f"{path}.{shape.keys[near]}" if path else shape.keys[near]
    if home or homes:
        outer = labelled_path(root, (home or homes[0]).rpartition(".")[0])
        hint = f"“{key}”应写在“{outer}”之下，请检查缩进。" if outer else f"“{key}”应写在最外层，请检查缩进。"
        return None, hint, home
    names = [item.label for item in shape.fields.values()]
    return None, f"这里可以写：{'、'.join(names)}。", None


def _related(group: str, path: str) -> bool:
    """Whether a group stands above or below a path."""
    return not group or not path or f"{path}.".startswith(f"{group}.") or group.startswith(f"{path}.")


def _refuse_endless(text: str, shape: Scalar) -> None:
    most = _MOST.get(shape.kind, _MOST_OTHERS)
    if len(text) > most:
        raise ValueError(f"有 {len(text):,} 个字，一个值最多 {most:,} 个")


def _is_empty(node: Node) -> bool:
    """Whether nothing was filled in, in one of the ways that YAML has for that."""
    if node.kind != "scalar":
        return False
    return not node.text.strip(" \u3000\u00a0\n") or (not node.quoted and node.text in _NULLS)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:24]}…"
