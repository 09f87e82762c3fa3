"""The tree of a data file, built from the parser's events without recursion, and what it refuses on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, cast

import yaml

from docgen.contract.shadow import Shadow
from docgen.contract.source_text import FAST_LOADER, SourceText
from docgen.findings import Finding, Place, Severity

DEEPEST = 64
_COMMENT_LIKE = re.compile(r"[ \t]+(#[^\s#!][^\r\n]*)")
_JOINED_ITEM = re.compile(r"[\r\n][ ]*(-[ \t])")
_GROUPED = re.compile(r"(?:^|[￥¥,])[0-9]{1,3}$")
_GROUP = re.compile(r"[0-9]{3}(?:\.[0-9]{1,2})?元?")
_WRAPPED = re.compile(r"“[^“”]*”|‘[^‘’]*’|＂[^＂]*＂")


class Node(NamedTuple):
    """One value of a data file: its text, its (key, value) pairs, or its items, and where it stands.

    `start` and `end` are the character offsets of the value in the decoded file, quotes included; `quoted` tells
    a quoted or block text from plain text.
    """

    kind: Literal["scalar", "mapping", "sequence"]
    value: str | tuple[tuple[Node, Node], ...] | tuple[Node, ...]
    place: Place
    start: int
    end: int
    quoted: bool = False

    @property
    def file(self) -> str:
        """The file the value stands in, as the user named it."""
        return self.place.file

    @property
    def text(self) -> str:
        """The text of a scalar; empty for everything else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The keys and values of a mapping in their order; empty for everything else."""
        return cast("tuple[Pair, ...]", self.value) if self.kind == "mapping" else ()

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a sequence; empty for everything else."""
        return cast("tuple[Node, ...]", self.value) if self.kind == "sequence" else ()


Pair = tuple[Node, Node]


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    kind: Literal["mapping", "sequence"]
    start: int
    children: list[Node] = field(default_factory=list)


class _Stop(Exception):  # noqa: N818 - it ends the reading early, it is no fault of the program
    """Reading ends here: nothing behind it could be trusted."""


@dataclass(slots=True)
class _Builder:
    """The state of reading one text."""

    source: SourceText
    shadow: Shadow
    findings: list[Finding] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    documents: int = 0
    doubtful: bool = False

    def take(self, event: Any) -> None:
        """Add what one event says."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, "mapping" if kind is yaml.MappingStartEvent else "sequence")
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close(event)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self._document(event)

    def _offset(self, mark: Any) -> int:
        return self.shadow.origin(mark.index)

    def _scalar(self, event: Any) -> None:
        self._refuse_properties(event)
        start, end = self._offset(event.start_mark), self._offset(event.end_mark)
        quoted = bool(event.style)
        node = Node("scalar", event.value, self.source.place(start), start, end, quoted)
        if not quoted and not self._at_key():
            self.findings += _remarks(self.source, node)
            self.doubtful = self.doubtful or self._dashed(node)
        self._add(node)

    def _dashed(self, node: Node) -> bool:
        """Whether a text that begins its line looks like a list item without its space."""
        if not _lacks_space(node.text):
            return False
        return not self.source.text[node.start - (node.place.column or 1) + 1 : node.start].strip()

    def _at_key(self) -> bool:
        return bool(self.stack) and self.stack[-1].kind == "mapping" and len(self.stack[-1].children) % 2 == 0

    def _open(self, event: Any, kind: Literal["mapping", "sequence"]) -> None:
        self._refuse_properties(event)
        start = self._offset(event.start_mark)
        if len(self.stack) >= DEEPEST:
            message = f"数据嵌套超过 {DEEPEST} 层，无法读取。"
            hint = "请检查这里的缩进和括号是否写错。"
            self.findings.append(self.source.finding("F104", start, message, hint=hint))
            raise _Stop
        self.stack.append(_Open(kind, start))

    def _close(self, event: Any) -> None:
        done = self.stack.pop()
        # The end of a block is marked at the next token; its last child knows better.
        at_mark = self._offset(event.end_mark)
        flow = event.end_mark.index > event.start_mark.index
        end = at_mark if flow or not done.children else done.children[-1].end
        if done.kind == "sequence":
            self._add(Node("sequence", tuple(done.children), self.source.place(done.start), done.start, end))
            return
        pairs = list(zip(done.children[::2], done.children[1::2], strict=True))
        if flow:
            pairs = list(self._rejoined(pairs))
        elif self.stack and self.stack[-1].kind == "sequence":
            pairs = self._undashed(pairs, done)
        self._add(Node("mapping", tuple(self._unique(pairs)), self.source.place(done.start), done.start, end))

    def _rejoined(self, pairs: list[Pair]) -> Iterator[Pair]:
        """The entries between braces, an amount that its own comma has cut (a: 12,000.00) made whole again."""
        number = 0
        while number < len(pairs):
            key, value = pairs[number]
            number += 1
            whole = value
            while number < len(pairs) and _cut_off(self.source, whole, *pairs[number]):
                end = pairs[number][0].end
                whole = whole._replace(value=self.source.text[value.start : end], end=end)
                number += 1
            if whole is not value:
                message = f"花括号里的逗号用来分开各项，“{whole.text}”被它断开了。"
                hint = f"请去掉数字里的逗号，写成 {whole.text.replace(',', '')}，或者用半角引号把整个数括起来。"
                length = whole.end - whole.start
                self.findings.append(self.source.finding("F120", whole.start, message, length=length, hint=hint))
            yield key, whole

    def _undashed(self, pairs: list[Pair], done: _Open) -> list[Pair]:
        """The entries of the last item of a list: where all its keys begin anew, a dash was left out there."""
        texts = [key.text for key, _ in pairs]
        at = texts.index(texts[0], 1) if texts and texts[0] in texts[1:] else 0
        if not at or not set(texts[:at]) & set(texts[at + 1 :]):
            return pairs
        again, first = pairs[at][0], pairs[0][0]
        message = f"键“{again.text}”在这一项里又写了一次，看来这里是列表的下一项，前面缺少“- ”。"
        hint = f"请写成“- {again.text}: …”，“-”与上一项的“-”左对齐。"
        length = again.end - again.start
        related = (first.place,)
        self.findings.append(
            self.source.finding("F131", again.start, message, length=length, hint=hint, related=related)
        )
        ended = pairs[at - 1][1].end
        self._add(Node("mapping", tuple(self._unique(pairs[:at])), first.place, done.start, ended))
        done.start = again.start
        return self._undashed(pairs[at:], done)

    def _unique(self, pairs: list[Pair]) -> Iterator[Pair]:
        seen: dict[str, Node] = {}
        for typed, given in pairs:
            value = given
            key, slips = _meant_key(self.source, typed)
            if not slips and key.kind == "scalar" and value.start == value.end and value.start <= key.end:
                key, value, slips = _parted(self.source, key, value)
            self.findings += slips
            self.doubtful = self.doubtful or _lacks_space(typed.text) or typed.text.startswith(("\u3000", "\u00a0"))
            refusal = _refused_key(self.source, key, seen.get(key.text))
            if refusal is not None:
                self.findings.append(refusal)
                continue
            seen[key.text] = key
            yield key, value

    def _alias(self, event: Any) -> None:
        start, end = self._offset(event.start_mark), self._offset(event.end_mark)
        message = f"引用 {self.source.text[start:end]} 不能使用，每个值都要写出来。"
        hint = "请把被引用的内容写在这里；如果 * 是文字的一部分，请用半角引号把整个值括起来。"
        self.findings.append(self.source.finding("F132", start, message, length=end - start, hint=hint))
        # The text as typed, so that no second finding calls the value empty.
        self._add(Node("scalar", self.source.text[start:end], self.source.place(start), start, end))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "一个文件只能有一份数据，这里用 --- 开始了第二份。"
            hint = "请删去 ---，或把后面的内容存为另一个文件。"
            start = self._offset(event.start_mark)
            self.findings.append(self.source.finding("F105", start, message, length=3, hint=hint))
            raise _Stop

    def _refuse_properties(self, event: Any) -> None:
        start = self._offset(event.start_mark)
        if event.anchor is not None:
            message = f"锚点 &{event.anchor} 不能使用。"
            hint = "请删去它；如果 & 是文字的一部分，请用半角引号把整个值括起来。"
            self.findings.append(self.source.finding("F132", start, message, length=len(event.anchor) + 1, hint=hint))
        if event.tag is not None:
            hint = "请删去它，值一律按文字填写；如果 ! 是文字的一部分，请用半角引号把整个值括起来。"
            self.findings.append(self.source.finding("F133", start, "类型标签（以 ! 开头）不能使用。", hint=hint))

    def _add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node


class Built(NamedTuple):
    """What came of reading a text: its tree, the findings, and how far it can be trusted.

    `refused` says that the parser gave up, `doubtful` that a key hints at a slip (-甲: X is no key but an item).
    """

    tree: Node | None
    findings: list[Finding]
    refused: bool = False
    doubtful: bool = False


def build_tree(source: SourceText, shadow: Shadow) -> Built:
    """The tree of the mended text, with places in the text as typed."""
    builder = _Builder(source, shadow)
    try:
        for event in yaml.parse(shadow.text, FAST_LOADER):
            builder.take(event)
    except _Stop:
        return Built(None, builder.findings)
    except yaml.YAMLError:
        return Built(None, builder.findings, refused=True)
    return Built(builder.root, builder.findings, doubtful=builder.doubtful)


def _lacks_space(text: str) -> bool:
    """Whether a text looks like a list item without the space behind its dash."""
    if not text.startswith("-"):
        return False
    from docgen.contract.slips import DASHED

    return bool(DASHED.match(text))


def _meant_key(source: SourceText, key: Node) -> tuple[Node, list[Finding]]:
    """The key without full-width blanks or quotes around it, which are never meant."""
    meant = key.text.strip("\u3000\u00a0 ")
    if key.quoted or not meant:
        return key, []
    found = []
    if meant != key.text:
        message, hint = "键的前后有全角空格。", f"请写成“{meant}:”。"
        found.append(source.finding("F116", key.start, message, length=key.end - key.start, hint=hint))
    if _WRAPPED.fullmatch(meant):
        meant = meant[1:-1]
        message, hint = "键用了全角引号。", f"请写成“{meant}:”，键不必加引号。"
        found.append(source.finding("F121", key.start, message, length=key.end - key.start, hint=hint))
    return (key._replace(value=meant), found) if found else (key, [])


def _cut_off(source: SourceText, value: Node, key: Node, nothing: Node) -> bool:
    """Whether an entry without a colon is the rest of the figures before its comma."""
    bare = key.kind == "scalar" and not key.quoted and nothing.start == nothing.end <= key.end
    figures = value.kind == "scalar" and not value.quoted and bool(_GROUPED.search(value.text))
    return bare and figures and source.text[value.end : key.start] == "," and bool(_GROUP.fullmatch(key.text))


def _parted(source: SourceText, key: Node, nothing: Node) -> tuple[Node, Node, list[Finding]]:
    """Key and value of an entry between braces that has no proper colon: {甲：X} or {甲:X}."""
    from docgen.contract.slips import split_at_colon

    match = None if key.quoted else split_at_colon(key.text)
    if match is None:
        finding = source.finding("F113", key.start, "这一项缺少冒号。", hint="花括号里也要写成“键: 值”。")
        return key, nothing, [finding]
    name, value = match["name"].strip(), match["value"]
    at, behind = key.start + match.start("slip"), key.start + match.end("slip")
    full = "：" in match["slip"]
    message = f"“{name}”后面" + ("是全角冒号“：”，应当是半角冒号加一个空格。" if full else "的冒号之后缺少一个空格。")
    finding = source.finding("F111" if full else "F112", at, message, hint=f"请写成“{name}: {value[:30]}”。")
    meant = Node("scalar", value, source.place(behind), behind, key.end)
    return key._replace(value=name, end=at), meant, [finding]


def _refused_key(source: SourceText, key: Node, first: Node | None) -> Finding | None:
    length = key.end - key.start
    if key.kind != "scalar" or not key.text.strip():
        hint = "键要写成文字，例如“甲方: …”；以 { 或 [ 开头的文字要用半角引号整个括起来。"
        return source.finding("F134", key.start, "键必须是文字。", hint=hint, length=length)
    if key.text == "<<" and not key.quoted:
        message = "合并键 << 不能使用，每个值都要写出来。"
        return source.finding("F132", key.start, message, length=length, hint="请把要合并的内容写在这里。")
    if first is not None:
        message = f"键“{key.text}”在同一级里出现了两次，第一次在第 {first.place.line} 行。"
        hint = "请删去其中一个，或把两处合并。"
        return source.finding("F131", key.start, message, length=length, hint=hint, related=(first.place,))
    return None


def _remarks(source: SourceText, node: Node) -> Iterator[Finding]:
    """What is lawful in YAML and yet hardly meant."""
    cut = _COMMENT_LIKE.match(source.text, node.end)
    if cut:
        message = f"# 前有空格，从“{cut[1][:20]}”起被当作注释，不会写进合同。"
        hint = "如果这是文字的一部分，请用半角引号把整个值括起来；如果是注释，请在 # 后面加一个空格。"
        at, length = cut.start(1), len(cut[1])
        yield source.finding("F122", at, message, length=length, hint=hint, severity=Severity.WARNING)
    typed = source.text[node.start : node.end]
    for joined in _JOINED_ITEM.finditer(typed):
        message = "这一行以“-”开头，却并入了上一行的文字，成了一个值。"
        hint = "如果是列表的下一项，请把“-”与上一项的“-”左对齐。"
        at = node.start + joined.start(1)
        yield source.finding("F123", at, message, hint=hint, severity=Severity.WARNING)
    if _WRAPPED.fullmatch(typed):
        message = "整个值用全角引号括起，引号会照样印在合同里。"
        hint = "如果引号只是为了标明文字，请改用半角引号或去掉；如果本来就要印出，不必理会。"
        yield source.finding("F121", node.start, message, length=len(typed), hint=hint, severity=Severity.NOTE)
