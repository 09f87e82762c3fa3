"""A paper without what a scan or a page adds to it: page numbers, stamps and contents dropped, torn lines joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docgen.template.papers.items import Item
from docgen.template.papers.remarks import Remark

_COUNTED: Final = "一二三四五六七八九十"
NUMBERED: Final = re.compile(
    rf"第[{_COUNTED}百零\d]{{1,4}}[章节条部]|[{_COUNTED}]{{1,3}}[、．.]|[（(][{_COUNTED}\d]{{1,3}}[）)]"
    r"|\d{1,2}(?:[.．]\d{1,2})*[.．、 \u3000）)]|\d{1,2}(?:\.\d{1,2})+|[①-⑳]|附件"
)
_PAGE: Final = re.compile(r"[-—－ ]*(?:第 ?)?\d{1,4}(?: ?页)?(?:[/，, ]*共 ?\d+ ?页)?[-—－ ]*|[ivxIVX]{1,5}")
_CONTENTS: Final = re.compile(r".{2,40}?[.．…·\s]{4,}\d{1,3}")
_END: Final = "。；;：:！？!?）)”》…"
_TITLE_END: Final = re.compile(r"(?:合同|协议|协议书|合同书|责任书|承诺书|方案|办法|名单|清单|报价|条款|须知|书|表)$")
_SHORT, _TORN, _HEADING, _MOST_COVER = 4, 16, 30, 20
_MARGIN: Final = 1
_LINE: Final = 44  # a line of a page that is full, so that what stands in it may go on
_HAN: Final = "\u4e00-\u9fff，。；：、“”《》（）【】"
# 日期：    年  月  日 is to be filled in by hand.
_DATED: Final = r"(?!(?<=[年月]) +[月日])"
_GAP: Final = re.compile(rf"{_DATED}(?<=[{_HAN}]) +(?=[\d{_HAN}])|(?<=[\d%]) +(?=[{_HAN}])")
# What parts the two sides of a signature.
_NARROW: Final = re.compile(rf"{_DATED}(?<=[{_HAN}]) {{1,3}}(?=[\d{_HAN}])|(?<=[\d%]) +(?=[{_HAN}])")
_SIGNED: Final = re.compile("盖章|公章|签字|签章|代表|日期")
_SIDES: Final = 80
_HALF: Final = re.compile(
    r"(?<=[\u4e00-\u9fff”》）])[,;:](?=[\u4e00-\u9fff“《（\d]|$)|(?<=^附件\d):"
    r"|(?<=[\u4e00-\u9fff])\((?=[\u4e00-\u9fff\d])|(?<=[\u4e00-\u9fff\d])\)(?=[\u4e00-\u9fff，。；;,]|$)"
    rf"|^\((?=[{_COUNTED}\d]{{1,2}}\))|(?<=^\([{_COUNTED}\d])\)|(?<=^\([{_COUNTED}\d]{{2}})\)"
    r"|(?<=[）)])[,;](?=[\u4e00-\u9fff])"
)
_FULL: Final = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}


def cleaned(items: Sequence[Item], remarks: list[Remark]) -> list[Item]:
    """The items that are the paper's own, in whole paragraphs."""
    whole = list(_spelled(_kept(_once(items, remarks), remarks), remarks))
    return list(_with_whole_tables(list(_joined(whole, remarks)), remarks))


def _with_whole_tables(items: Sequence[Item], remarks: list[Remark]) -> Iterator[Item]:
    """The items with tables that a page has cut in two put together."""
    before: Item | None = None
    for item in items:
        if before is not None and before.table and item.table and (rest := _continued(before.table, item.table)):
            remarks.append(Remark("接行", item.place, rest[0][:20], "一张表被分在两页，已接上"))
            before = replace(before, table=(*before.table[:-1], *rest, before.table[-1]))
            continue
        if before is not None:
            yield before
        before = item
    if before is not None:
        yield before


def _continued(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The rows of a table that goes on with the one before it; none where it is a table of its own."""
    if first[0].count(",") == 0 or first[0].split()[1].count(",") != second[0].split()[1].count(","):
        return ()
    rows = second[1:-1]
    heads = next((n for n, pair in enumerate(zip(rows, first[1:-1], strict=False)) if pair[0] != pair[1]), 0)
    rows = rows[heads:]
    number = re.match(r"｜(\d+)｜", rows[0])
    last = next((match for row in reversed(first) if (match := re.match(r"｜(\d+)｜", row))), None)
    return rows if number and last and int(number[1]) in (int(last[1]) + 1, int(last[1]) + 2) else ()


def _once(items: Sequence[Item], remarks: list[Remark]) -> Sequence[Item]:
    """The items without a cover that was scanned a second time."""
    texts = [item.text for item in items]
    for size in range(_MOST_COVER, 2, -1):
        for at in range(size, min(len(texts), 3 * _MOST_COVER)):
            if texts[at : at + size] == texts[:size] and sum(map(len, texts[:size])) > _HEADING:
                remarks.append(Remark("删去", items[at].place, texts[at][:30], "同一封面又扫描了一遍"))
                return [*items[:at], *items[at + size :]]
    return items


def _kept(items: Sequence[Item], remarks: list[Remark]) -> Iterator[Item]:
    times = Counter(item.text for item in items if not item.table)
    seen: set[str] = set()
    before = ""
    for at, item in enumerate(items):
        title = re.fullmatch("附件.{0,4}", before) is not None
        why = None if item.table or title else _noise(item, times[item.text], item.text in seen)
        if at < _MARGIN and len(item.text) <= _TORN and item.text.endswith("。"):
            why = "页边残留的文字"
        seen.add(item.text)
        before = item.text
        if why:
            remarks.append(Remark("删去", item.place, item.text[:30], why))
        else:
            yield item


def _noise(item: Item, times: int, again: bool) -> str | None:
    """Why an item is none of the paper's own words; None for one that is."""
    text = re.sub(r"\\[nts]|\*\*|\s", "", item.text)
    if item.contents or _CONTENTS.fullmatch(item.text) or text in ("目录", "目次"):
        return "目录，Word 可以自动生成"
    if _PAGE.fullmatch(text):
        return "页码"
    if re.fullmatch(r"[\d;:；：.]{1,10}", text):
        return "印章、骑缝章或扫描杂字"
    if (
        text.endswith(tuple("。；，、"))
        or item.level
        or re.search("[：:]", text)
        or text.startswith("附件")
        or "方" in text
        or "___" in text
    ):
        return None
    if len(text) <= _SHORT and not _TITLE_END.search(text) and not re.match(rf"{NUMBERED.pattern}.", text):
        return "印章、骑缝章或扫描杂字"
    return "每页重复的页眉" if again and times > 2 and len(text) <= _HEADING else None


def _spelled(items: Iterator[Item], remarks: list[Remark]) -> Iterator[Item]:
    """The items with the spaces and signs that Chinese is printed with."""
    changed = 0
    for item in items:
        apart = len(item.text) <= _SIDES and _SIGNED.search(item.text) is not None
        text = (_NARROW if apart else _GAP).sub("", item.text)
        text = _HALF.sub(lambda match: _FULL[match[0]], text)
        changed += text != item.text
        yield item if item.table else replace(item, text=text)
    if changed:
        remarks.append(Remark("改写", "", f"{changed} 段", "汉字与数字之间的空格、半角标点，按公文的习惯统一"))


def _joined(items: Sequence[Item], remarks: list[Remark]) -> Iterator[Item]:
    before: Item | None = None
    for item in items:
        if before is not None and _torn(before, item):
            remarks.append(
                Remark("接行", item.place, f"…{before.text[-8:]}｜{item.text[:8]}…", "一段被拆成几行，已接上")
            )
            before = replace(before, text=before.text + item.text)
            continue
        if before is not None:
            yield before
        before = item
    if before is not None:
        yield before


def _torn(before: Item, item: Item) -> bool:
    """Whether an item goes on with the sentence that the one before it leaves open."""
    first, second = before.text, item.text
    if before.table or item.table or before.level or item.level or before.centred or item.centred:
        return False
    if (
        len(first) < _TORN
        or first[-1] in _END
        or _TITLE_END.search(first)
        or ("：" in first[:12] and len(first) < _HEADING)
        or (len(first) <= _SIDES and _SIGNED.search(first) is not None)
    ):
        return False
    if NUMBERED.match(first) and len(first) < _LINE and not re.search("[，。；：]", first):
        return False
    return (
        not NUMBERED.match(second)
        and re.match(r"[\u4e00-\u9fff，。、；：）”》\d]", second) is not None
        and (re.match(r"[^：:，]{1,8}[：:]", second) is None)
    )
