"""Blanks to be filled in by hand, as fields: named by the words before them, of a kind told by those behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from docgen.template.papers.facts import SIDE, field_of
from docgen.template.papers.kits import NewField
from docgen.template.papers.lines import Line, Piece, Slot, Tag
from docgen.template.papers.remarks import Remark

_LINE: Final = r"(?:\+\+[\s\u3000_]*\+\+|[_＿]{2,}|【[\s\u3000_]*】|[×X]{2,})"
_BLANK: Final = re.compile(
    rf"(?P<date>{_LINE}年[\s\u3000]*{_LINE}月(?:[\s\u3000]*{_LINE}日)?)|(?P<rate>{_LINE}[%％])|(?P<named>【[^】\s]{{0,12}}(?:名称|姓名|金额|日期|地址|电话|数量|编号|单位|内容|账号|期限)】)|{_LINE}"
)
_KINDS: Final = (
    (r"万?元", "money"), (r"[份个日天人次名套台件项户]|工作日|个月", "count"), ("年度", "year"),
)  # fmt: skip
_WORDS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,12}$")
_TAIL: Final = re.compile(r"(?:人民币|为|是|在|于|自|至|按|的|即|共计?|[¥￥：:（(“《\s\u3000])+$")
_KNOWN: Final = (
    ("总价", "price.total"), ("总金额", "price.total"), ("合同价款", "price.total"), ("合同金额", "price.total"),
    ("一式", "contract.copies.total"), ("签订日期", "contract.sign_date"), ("签订时间", "contract.sign_date"),
)  # fmt: skip


@dataclass(slots=True)
class Blanks:
    """The fields that blanks have been given so far, in the order of the paper."""

    remarks: list[Remark]
    added: dict[str, NewField] = field(default_factory=dict)
    side: str = ""
    last: str = ""

    def filled(self, lines: Sequence[Line]) -> list[Line]:
        """The lines with every blank as a tag."""
        made = []
        for line in lines:
            if match := re.match(r"[^：]{0,10}：", line.text):
                told = SIDE.search(match[0])
                self.side = self.side if told is None else "a" if told["a"] else "b"
            made.append(replace(line, pieces=tuple(self._pieces(line))))
        return made

    def _pieces(self, line: Line) -> Iterator[Piece]:
        for piece in line.pieces:
            if not isinstance(piece, str):
                yield piece
                continue
            at = 0
            for match in _BLANK.finditer(piece):
                yield piece[at : match.start()]
                yield Slot(match[0], (self._tag(match, piece, line),))
                at = match.end()
            yield piece[at:]

    def _tag(self, match: re.Match[str], text: str, line: Line) -> Tag:
        before, after = text[: match.start()], text[match.end() :]
        if re.search(r"大写[：:]?(?:人民币)?$", before) and self.last:
            return Tag(self.last, "大写")
        label = _label(before)
        kind = "day" if match["date"] else "rate" if match["rate"] else _kind(after)
        path = self._known(label, before, kind) or self._new(label, kind, after, line)
        self.last = path if kind == "money" else ""
        if kind == "money":
            return Tag(path, "金额") if not after.startswith("万元") else Tag(f"=({path} / 10000)", "数量")
        return Tag(path, "百分比" if kind == "rate" else "")

    def _known(self, label: str, before: str, kind: str) -> str | None:
        found = field_of(label, self.side)
        if found is None and (told := SIDE.search(label)) and re.search(r"：\s*$", before):
            found = f"party_{'a' if told['a'] else 'b'}.name"
        wanted = {"price.total": "money", "contract.copies.total": "count", "contract.sign_date": "day"}
        known = (path for word, path in _KNOWN if before.rstrip("：:（ ").endswith(word) or word in label)
        return found or next((path for path in known if wanted[path] == kind), None)

    def _new(self, label: str, kind: str, after: str, line: Line) -> str:
        taken = {each.label for each in self.added.values()}
        name = label or f"空白{len(self.added) + 1}"
        number = 2
        while name in taken:
            name = f"{label or '空白'}{number}"
            number += 1
        key = f"item_{len(self.added) + 1}"
        unit = re.match(r"[\u4e00-\u9fff]{1,2}", after)
        self.added[key] = NewField(key, name, kind, unit[0] if unit and kind == "count" else "")
        self.remarks.append(Remark("新字段", line.place, line.text[:30], f"details.{key}（{name}）"))
        return f"details.{key}"


def _label(before: str) -> str:
    words = re.split(r"[，。；！？｜¶]", re.sub(_LINE, "", before))[-1]
    words = _TAIL.sub("", re.sub(r"^[（(]?[\d一二三四五六七八九十.、]+[）)]?", "", words).strip())
    words = re.sub(r"[（(][^）)]*[）)]$", "", words)
    match = _WORDS.search(re.sub(r"[\s：:、]", "", words))
    return match[0] if match else ""


def _kind(after: str) -> str:
    return next((kind for unit, kind in _KINDS if re.match(rf"[\s\u3000]*(?:{unit})", after)), "line")
