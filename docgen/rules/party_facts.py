"""What documents say of the parties under labels: names, people, addresses, accounts and numbers, each with its place.

Only labelled values count (甲方：…, 地址：…, a cell beside a cell), and all but names only while it is clear whose they
are: below the name of a party, in its rows or its column. Stamps and edges of other papers have no such place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from docgen.findings import Place
from docgen.patterns import regex
from docgen.reading.document import Block, Cell, Reading
from docgen.rules.once import once_per_reading
from docgen.rules.rule import place_in

# Blanks, but no line break: said so, the set is compiled ten times as fast as when each blank is named.
_S: Final = r"[^\S\n]*"
_PARTIES: Final = {
    "甲": (
        "甲方|委托方|委托人|委托单位|采购人|采购方|采购单位|买方|需方|发包人|发包方"
        "|定作人|定作方|出租人|出租方|建设单位"
    ),
    "乙": (
        "乙方|受托方|受托人|受托单位|供应商|成交供应商|中标供应商|中标人|服务方|服务商|卖方|供方"
        "|承包人|承包方|承揽人|承揽方|承租人|承租方"
    ),
    "丙": "丙方",
    "丁": "丁方",
}
# 研究开发人（乙方）, 让与人（甲方）: whatever the form calls the party, the bracket says which it is.
_SAID_IN_BRACKET: Final = r"[\u4e00-\u9fff]{{2,6}}(?=[（(]{key}方[）)])"
_PARTY_WORD: Final = "|".join(
    f"(?P<{key}>{'|'.join(_S.join(word) for word in words.split('|'))}|{_SAID_IN_BRACKET.format(key=key)})"
    for key, words in _PARTIES.items()
)
_BRACKET: Final = r"[（(\[【][^（）()\[\]【】\n]{1,14}[）)\]】]"
_PARTY: Final = regex(
    rf"{_S}(?:{_PARTY_WORD}){_S}(?P<more>(?:{_BRACKET}{_S}|名称{_S}|盖章{_S}|公章{_S}|全称{_S})*)(?P<colon>[:：])?{_S}"
)
_PARTY_FIRST: Final = frozenset(word[0] for words in _PARTIES.values() for word in words.split("|"))
_ROLE_IN_BRACKET: Final = regex(r"([甲乙丙丁])方")
_SYNONYM: Final = regex(_PARTY_WORD)

_KINDS: Final = {
    "名称": "单位名称|名称(?:[（(]或姓名[）)])?|公司名称|企业名称|单位全称",
    "户名": "户名|账户名称?|帐户名称?|账号名称|开户名称?|收款(?:单位|人)(?:名称)?|开户单位(?:名称)?",
    "开户行": "开户(?:银)?行(?:名称)?|开户银行(?:名称)?",
    "账号": "(?:银行|收款)?[账帐](?:号|户号码)|(?:银行|收款)[账帐]户|[账帐]户",
    "法定代表人": "法定代表人(?:姓名)?|法人代表|法人",
    "联系人": "联系人(?:姓名)?|项目联系人",
    "经办人": r"联系[（(]经办[）)]人|经办人|联系经办人",
    "项目负责人": "项目负责人|任务负责人|项目经理",
    "通讯地址": "地址|通[讯信]地址|联系地址|邮寄地址|送达地址|住所[（(]通[讯信]地址[）)]|单位地址",
    "注册地址": "注册地址|住所地?|营业执照地址|注册地",
    "办公地址": "办公地址|办公地点",
    "电话": "联系电话|电话(?:号码)?|联系方式|手机(?:号码?)?|固定电话|移动电话|办公电话",
    "传真": "传真(?:号码?)?",
    "邮政编码": "邮政编码|邮编",
    "电子邮箱": "电子邮箱|电子邮件|邮箱(?:地址)?|[Ee]-?[Mm]ail|EMAIL|E-MAIL|电子信箱",
    "信用代码": "统一社会信用代码(?:证号)?|社会信用代码|信用代码|纳税人识别号|税号|纳税人税号|统一代码",
    "身份证号": "身份证号码?|居民身份证号码?|公民身份号码|身份证件号码?",
}
_KIND_WORD: Final = "|".join(f"(?P<k{number}>{words})" for number, words in enumerate(_KINDS.values()))
_SQUEEZED_KIND: Final = regex(rf"(?:{_KIND_WORD})(?:[（(][^（）()]{{1,10}}[）)])?")
_OWNER: Final = regex(r"\s*([甲乙丙丁])方")
# 乙方户名; a name alone is that of the party, and read with its label.
_OWNED: Final = regex(r"^[甲乙丙丁]方(?!名称|法人)")
_BESIDE: Final = regex(r"[\s\u3000:：]+")
# How a label may end: what is none of it is none of the labels.
_LAST: Final = frozenset("称名号行位人码户表理址所地点话式机真编件箱lL）)方商")
_KIND_NAMES: Final = tuple(_KINDS)
# What names no party, has no colon, and ends as no label does.
_IDLE: Final = regex(rf"[^{''.join(sorted(_PARTY_FIRST))}\s:：理证）)][^:：理证）)]*(?<![{''.join(sorted(_LAST))}\s])")
# At the beginning, behind a stop or a blank, or behind the number of a clause.
_BEHIND: Final = (
    r"(?:(?<=^)|(?<=[\s\u3000（(；;，,、。])|(?<=^[（(][0-9一二三四五六七八九][）)])|(?<=^[0-9][.．][0-9]))"
)
_FIELD: Final = regex(
    rf"{_BEHIND}(?P<label>[\u4e00-\u9fffA-Za-z\-][\u4e00-\u9fffA-Za-z\- \t\u3000]{{0,12}}"
    r"(?:[（(][^（）()\n]{1,10}[）)]人?)?)[ \t\u3000]*[:：]"
)
_NUMBER_LABEL: Final = regex(
    r"(?:(?:^|(?<=[\s\u3000（(]))(?:经济|采购|委托|服务)?(?:合同|协议)(?:书)?(?:编\s*号|号)|(?<=[合协][同议][（(])编\s*号)"
    r"[ \t\u3000]*[:：][ \t\u3000]*"
    r"(?P<value>[^\s，。；,;（）]{4,40}(?:[ \t][0-9A-Za-z【〔\[][^\s，。；,;：:]{0,20})*)"
)
_STOP: Final = regex(r"[；;，,。\n\t]|[ \u3000]{2,}|[（(](?=[^（）()]{0,8}[:：])")
_NAME_ENDS: Final = regex(r"[；;，,。、\n\t]|[ \u3000]{2,}")
_NO_VALUE: Final = regex(
    r"^[\s_＿—\-/／.。…:：*]*$|[_＿]{2,}|^(?:无|略|同上|待定|待填|[xX×＊*]{2,}(?:有限)?公司)$|^[（(].*[）)]$"
)
_AFTER: Final = regex(
    # From the beginning of a run only, or an endless one would be gone through from each of its characters.
    r"(?:(?<!\s)\s+|(?<![\s；;，,。]))"
    r"(?:[（(](?:甲方|乙方|丙方|签?章|盖章|签字|(?:单位)?公章|以下[^（）()]*|下称[^（）()]*)[）)]|[；;，,。])+\s*$"
)
_ACCOUNT_OF: Final = regex(
    r"([甲乙丙])方(?:指定的?|收款的?|的|开户|银行){0,3}[^，。；]{0,8}[账帐]户[^，。；]{0,10}[:：]\s*$"
)
# Who stands beside the parties: the address below is theirs, and no longer that of the party named before.
_NO_PARTY: Final = regex(
    r"\s*(?:[（(]?[0-9一二三四五六七八九十]{1,2}[）)、.．][ \t\u3000]*)?(?:政府)?(?:采购|招标|委托)?"
    r"(?:代理机构|代理公司|代理单位|监理单位|监理人|见证方|见证人|鉴证方|鉴证单位)[ \t\u3000]*"
    r"(?:信息|名称|[（(](?:盖章|公章|签章|签字|全称)[）)])?[ \t\u3000]*(?:[:：\n]|$)"
)
_NAME: Final = regex(r"\s*(?!.*(?:签[字章名]|盖章|代表|日期|电话|地址|\d))[\u4e00-\u9fffA-Za-z（）()·]{6,40}\s*")
_SHORT: Final = 24
_REACH: Final = 24
_NEAR: Final = 12
_LONG: Final = 120


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value: whose it is (甲, 乙 …; empty where that is not said), its kind, its label, its place."""

    reading: Reading
    block: Block
    span: tuple[int, int]
    party: str
    kind: str
    label: str
    beside: str = ""

    @property
    def value(self) -> str:
        """The value as it is written."""
        return self.block.text[slice(*self.span)]

    @property
    def place(self) -> Place:
        """Where the value stands."""
        return place_in(self.reading, self.block, self.span)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label whose value stands in the next cell, or below it where it ends with a colon (`open`)."""

    cell: Cell
    kind: str
    label: str
    open: bool = False

    def names(self, cell: Cell) -> bool:
        """Whether a cell is where the value of this label stands."""
        apart = cell.column - self.cell.column
        return cell.row == self.cell.row and (0 < apart <= 3 or (self.open and apart == 0))

    def heads(self, cell: Cell) -> bool:
        """Whether a cell stands right below this one, as a name below 甲方（盖章）：."""
        return cell.row == self.cell.row + self.cell.row_span and cell.column == self.cell.column


@dataclass(slots=True)
class _Whose:
    """Whose the values are that come next: by the last name of a party above, by column in a table."""

    party: str = ""
    left: int = 0
    table: int | None = None
    columns: dict[int, str] | None = None
    below: dict[int, _Label] | None = None
    person: str = ""
    holder: str = ""
    sides: tuple[str, ...] = ()


@once_per_reading
def party_facts(reading: Reading) -> list[Fact]:
    """The labelled values of a document in order."""
    return list(_Finder(reading).facts())


class _Finder:
    """One pass over a document."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._whose = _Whose()
        self._label: _Label | None = None

    def facts(self) -> Iterator[Fact]:
        """The facts in the order of the document."""
        for block in self._reading.blocks:
            if not block.text or block.text.isspace() or self._is_idle(block):
                continue
            if "号" in block.text and (match := _NUMBER_LABEL.search(block.text)):
                yield from self._fact(block, match.span("value"), "合同编号", "合同编号", party="")
            if block.cell is None:
                yield from self._paragraph(block)
            else:
                yield from self._cell(block)

    def _is_idle(self, block: Block) -> bool:
        """Whether a cell says nothing here, as most cells of tables that name no party."""
        whose = self._whose
        if block.cell is None or self._label or whose.table != block.cell.table or whose.columns != {} or whose.below:
            return False
        return _IDLE.fullmatch(block.text) is not None

    def _paragraph(self, block: Block) -> Iterator[Fact]:
        self._label = None
        self._whose.columns = None
        if len(block.text) > _LONG:
            self._whose = _Whose()
            return
        if _is_no_party(block.text):
            self._whose = _Whose()
        if "户" in block.text and (match := _ACCOUNT_OF.search(block.text)):
            self._begin(match[1])
        before = self._whose.left
        if _may_say(block.text):
            yield from self._line(block)
        self._whose.left = before - 1 if self._whose.left == before else self._whose.left
        if self._whose.left <= 0:
            self._whose = _Whose()

    def _line(self, block: Block) -> Iterator[Fact]:
        """The facts of one line, which may name both parties, and later the same field of both, side by side."""
        sides: list[str] = []
        fields: list[re.Match[str]] = []
        ends: list[int] = []
        for start, end in _pieces(block.text):
            match = _PARTY.match(block.text, start, end) if _may_name(block.text, start) else None
            if match and (match["colon"] or match["more"]):
                sides.append(_party_of(match))
                yield from self._party(block, match, end)
            else:
                found = _fields(block.text, start, end)
                fields += found
                ends += [*(field.start() for field in found[1:]), *([end] if found else [])]
        if sides:
            self._whose.sides = tuple(sides) if len(sides) > 1 else ()
        if not fields:
            return
        kinds = [kind_of(field["label"]) for field in fields]
        for number, (field, (kind, label), end) in enumerate(zip(fields, kinds, ends, strict=True)):
            alike = [other for other, _ in kinds].count(kind)
            if not kind or alike != (len(self._whose.sides) or 1):
                continue  # two of one kind, and nobody says whose
            if self._whose.sides:
                earlier = [other for other, _ in kinds[:number]].count(kind)
                self._whose.party = self._whose.sides[earlier]
            if (own := _OWNER.match(field["label"])) and own[1] != self._whose.party:
                self._begin(own[1])
            if self._is_owned(kind):
                stop = _STOP.search(block.text, _skip(block.text, field.end()), end)
                yield from self._fact(block, (field.end(), stop.start() if stop else end), kind, label)

    def _party(self, block: Block, match: re.Match[str], end: int) -> Iterator[Fact]:
        party = _party_of(match)
        self._begin(party)
        if not match["colon"]:
            return
        stop = _NAME_ENDS.search(block.text, match.end(), end)
        yield from self._fact(block, (match.end(), stop.start() if stop else end), "名称", _word(match), party=party)

    def _is_owned(self, kind: str) -> bool:
        return bool(self._whose.party) or kind in _OWN or (kind in _OF_ACCOUNT and bool(self._whose.holder))

    def _begin(self, party: str) -> None:
        self._whose.party, self._whose.left, self._whose.person, self._whose.holder = party, _REACH, "", ""
        self._whose.sides = ()

    def _cell(self, block: Block) -> Iterator[Fact]:
        cell = block.cell
        assert cell is not None
        if self._whose.table != cell.table or self._whose.columns is None:
            self._whose = replace(self._whose, party="", table=cell.table, columns={}, below={}, sides=())
        columns = self._whose.columns or {}
        if _is_no_party(block.text):
            self._whose.party = ""
            columns = self._whose.columns = {key: whose for key, whose in columns.items() if key != cell.column}
        pending, self._label = self._label, None
        match = _PARTY.match(block.text) if _may_name(block.text, 0) else None
        if match and (match["colon"] or match["more"] or match.end() == len(block.text.rstrip())):
            self._whose.columns = {**columns, cell.column: _party_of(match)}
            yield from self._party_cell(block, match)
            return
        if cell.column in columns and len(columns) > 1:
            self._whose.party = columns[cell.column]
        if fields := _fields(block.text, 0, len(block.text)):
            yield from self._fields_in_cell(block, fields)
        elif len(block.text) <= _SHORT and kind_of(block.text)[0]:
            self._label = _Label(cell, *kind_of(block.text))
        elif pending and pending.names(cell) and self._is_owned(pending.kind):
            yield from self._fact(block, (0, len(block.text)), pending.kind, pending.label)
        elif (
            (head := (self._whose.below or {}).pop(cell.column, None))
            and head.heads(cell)
            and _NAME.fullmatch(block.text)
        ):
            yield from self._fact(block, (0, len(block.text)), "名称", head.label, party=columns.get(cell.column))

    def _party_cell(self, block: Block, match: re.Match[str]) -> Iterator[Fact]:
        party = _party_of(match)
        self._begin(party)
        if match["colon"] and block.text[match.end() :].strip():
            yield from self._fact(block, (match.end(), len(block.text)), "名称", _word(match), party=party)
        elif block.cell:
            self._label = _Label(block.cell, "名称", _word(match), open=bool(match["colon"]))
            self._whose.below = {**(self._whose.below or {}), block.cell.column: self._label}

    def _fields_in_cell(self, block: Block, fields: list[re.Match[str]]) -> Iterator[Fact]:
        ends = [*(field.start() for field in fields[1:]), len(block.text)]
        for field, end in zip(fields, ends, strict=True):
            kind, label = kind_of(field["label"])
            if kind and block.cell and not block.text[field.end() :].strip():
                self._label = _Label(block.cell, kind, label, open=True)
            elif kind and self._is_owned(kind):
                stop = _STOP.search(block.text, _skip(block.text, field.end()), end)
                yield from self._fact(block, (field.end(), stop.start() if stop else end), kind, label)

    def _fact(
        self, block: Block, span: tuple[int, int], kind: str, label: str, party: str | None = None
    ) -> Iterator[Fact]:
        text = block.text[slice(*span)]
        end = span[0] + len(text.rstrip())
        if after := _AFTER.search(block.text, span[0], end):
            end = after.start()
        start = span[0] + len(text) - len(text.lstrip(" \t\u3000\xa0【[_"))
        while end > start and block.text[end - 1] in " \t\u3000\xa0】]_（(" and kind != "合同编号":
            end -= 1
        if block.text[end - 1 : end] in {"）", ")"} and not re.search(r"[（(]", block.text[start:end]):
            end -= 1
        value = block.text[start:end]
        if _NO_VALUE.search(value) or start >= end:
            return
        whose = self._whose.party if party is None else party
        if kind in {"联系人", "经办人"}:
            self._whose.person = value
        if kind == "户名":
            self._whose.holder, self._whose.left = value, max(self._whose.left, _NEAR)
        if self._whose.sides:
            self._whose.person = self._whose.holder = ""
        beside = self._whose.holder if kind in _OF_ACCOUNT else self._whose.person
        yield Fact(self._reading, block, (start, end), whose, kind, label, beside)


_OF_ACCOUNT: Final = frozenset({"开户行", "账号"})
"""Kinds that belong to the holder of the account named before them."""

_OWN: Final = frozenset({"信用代码", "身份证号", "户名"})
"""Kinds that are checked whosever they are."""


def _skip(text: str, start: int) -> int:
    """Where the value begins behind its label: the spaces before it do not end it."""
    while start < len(text) and text[start] in " \t\u3000\xa0":
        start += 1
    return start


_GAPS: Final = regex(r"[ \u3000]{2,}|\t+")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a line that stand beside each other: 甲方：…　　　乙方：…"""
    gaps = _GAPS.finditer(text) if "\t" in text or "\u3000" in text or "  " in text else ()
    starts = [0, *(match.end() for match in gaps if match.start())]
    if len(starts) == 1:
        yield 0, len(text)
        return
    marks = [start for start in starts if start == 0 or _begins_piece(text, start)]
    yield from zip(marks, [*marks[1:], len(text)], strict=True)


def _may_say(text: str) -> bool:
    """Whether a line may have a label, or name a party with a bracket behind it."""
    if "：" in text or ":" in text:
        return True
    return ("）" in text or ")" in text) and (_may_name(text, 0) or next(_GAPS.finditer(text), None) is not None)


def _fields(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The labels in a part of a line; most lines have no colon, and none."""
    return list(_FIELD.finditer(text, start, end)) if "：" in text or ":" in text else []


def _begins_piece(text: str, start: int) -> bool:
    return (_may_name(text, start) and _PARTY.match(text, start) is not None) or _FIELD.match(text, start) is not None


def _may_name(text: str, start: int) -> bool:
    """Whether a party may be named here, by the first character, which rules out most places."""
    first = text[start : start + 1]
    return first in _PARTY_FIRST or first.isspace() or "方）" in text or "方)" in text


def _is_no_party(text: str) -> bool:
    return ("理" in text or "证" in text) and _NO_PARTY.match(text) is not None


def _party_of(match: re.Match[str]) -> str:
    """Whose a label is: what is said in brackets (受托方（甲方）) counts more than the word before."""
    inner = _ROLE_IN_BRACKET.search(match["more"] or "")
    if inner and inner[1] in _PARTIES:
        return inner[1]
    return next(name for name in _PARTIES if match[name])


def _word(match: re.Match[str]) -> str:
    return re.sub(r"\s+", "", next(match[name] for name in _PARTIES if match[name]))


@lru_cache(maxsize=2048)
def kind_of(label: str) -> tuple[str, str]:
    """The kind of value that a label announces, and the label without blanks; empty where it announces none."""
    last = label.rstrip("：: \u3000\t")[-1:]
    if last not in _LAST and not last.isspace():
        return "", ""
    squeezed = _BESIDE.sub("", label)
    squeezed = _SYNONYM.sub("", squeezed, count=1) if len(squeezed) > 4 else _OWNED.sub("", squeezed)
    if len(squeezed) > 16 or not (match := _SQUEEZED_KIND.fullmatch(squeezed)):
        return "", ""
    number = next(number for number in range(len(_KIND_NAMES)) if match[f"k{number}"])
    return _KIND_NAMES[number], match[f"k{number}"]
