"""The paragraphs of a paper in the house's styles: cover, title, headings, particulars, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from docgen.template.author.inline import CELL
from docgen.template.papers.items import Item
from docgen.template.papers.lines import Line, line_of

_HAN: Final = "一二三四五六七八九十"
# What parts the two sides of a signature; the blanks of 年  月  日 part nothing.
_APART: Final = re.compile(r"(?<![月\s\u3000])(?:\s|\\t|\u3000){2,}(?=[乙卖受承法授委代签日电地])")
_DATE: Final = re.compile(rf"[\d〇○零{_HAN}_＿ ]{{2,}}年[\d{_HAN}_＿ ]{{1,4}}月(?:[\d{_HAN}_＿ ]{{1,4}}日)?")
_PARTICULAR: Final = re.compile(r"[^，。；：]{1,12}：[^。；]{0,60}")
_TITLE: Final = re.compile(
    r".{0,50}(?:合同|协议|协议书|合同书|责任书|承诺书|订单|委托书|意见书|建议单|审批表|通知书|需求书)(?:（.{1,12}）)?"
)
_ANNEX: Final = re.compile(r"(附件[ \u3000]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?)[：:\s\u3000]*(.{0,40})")
_SIGNED: Final = re.compile(
    "(?:甲|乙|丙|买|卖|委托|受托|发包|承包|出租|承租)方?.{0,12}[（(](?:单位|盖)?(?:盖章|公章|签章|签字).*"
    "|(?:法定代表人|授权代表|委托代理人|负责人|代表人?|经办人|签字|签订|签署|盖章|日期|时间|地址|电话|邮编).{0,40}"
)
_NOTHING_MORE: Final = re.compile(r"[（(]?以下无正文.{0,12}")
_LEADING, _COVER, _LONG = 30, 16, 60
_NUMBERS: Final = (
    (re.compile(r"第[一二三四五六七八九十百零]{1,4}[章部]"), "章", 40),
    (re.compile(r"第[一二三四五六七八九十百零]{1,4}条"), "条", 40),
    (re.compile(r"[一二三四五六七八九十]{1,3}[、．.]"), "一级", 34),
    (re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]"), "二级", 26),
    (re.compile(r"\d{1,2}[.．、](?!\d)"), "三级", 22),
)


def styled(items: Sequence[Item], file: str) -> list[Line]:
    """The lines of house markup of a paper in styles of its own."""
    cover = _cover_length(items)
    made = [*_cover(items[:cover]), "@页面 纵向", "@页脚 页码"]
    lines = [line_of(markup, file) for markup in made]
    body = list(items[cover:])
    signing = _signatures(body)
    until = 0
    titled = listing = False
    made_of = ""
    for at, item in enumerate(body):
        if at in signing:
            until = signing[at]
            lines += [line_of(markup, item.place) for markup in _signing(body[at:until])]
        if at < until:
            continue
        style, listing = _style(item, body[at + 1 : at + 2], titled=titled, listing=listing)
        if at and made_of == "附件号" and not item.table and len(item.text) <= _LEADING and "。" not in item.text:
            style = "标题"
        bare = style == "附件号" and re.fullmatch(r"附件[^：:]{0,4}[：:]?", item.text) is not None
        made_of = style if bare else ""
        titled = titled or style == "标题" or (at > _COVER // 2 and cover > 0)
        titled = titled and style != "附件号"
        lines += [line_of(markup, item.place) for markup in _markup(item, style)]
    return lines


def _markup(item: Item, style: str) -> Iterator[str]:
    if item.table:
        yield from item.table
        return
    if style == "附件号":
        match = _ANNEX.fullmatch(item.text)
        label, title = (match[1], match[2]) if match else (item.text, "")
        yield f"[附件号] {label}"
        if title:
            yield f"[标题] {title}"
        return
    text = re.sub(r"^(第[一二三四五六七八九十百零]{1,4}[章条])[ \u3000]*(?=.)", r"\1　", item.text)
    text = re.sub(r"^(\d{1,2}(?:\.\d{1,2})+)[ \u3000]*(?=.)", r"\1　", text)
    text = re.sub(
        rf"^((?:[{_HAN}]{{1,3}}、)|(?:[（(][{_HAN}\d]{{1,3}}[）)])|(?:\d{{1,2}}[.．、）)]))[ \u3000]+(?=.)",
        r"\1",
        text,
    )
    yield f"[{style}] {text}"


def _style(item: Item, following: Sequence[Item], *, titled: bool, listing: bool) -> tuple[str, bool]:
    """The style of a paragraph, and whether a list of annexes goes on."""
    text = item.text
    match = _ANNEX.fullmatch(text)
    if match and "。" not in text:
        alone = re.fullmatch(r"附件[ \u3000]?[^：:\s]{1,3}[：:]?", text) is not None
        among = listing or not re.search(r"附件[ \u3000]?[^：:]", text) or (bool(match[2]) and text.endswith("；"))
        among = among or bool(following and _ANNEX.fullmatch(following[0].text))
        return ("附件号", False) if alone or not among else ("正文", True)
    for pattern, style, longest in _NUMBERS:
        if pattern.match(text):
            heading = len(text) <= longest and not re.search(r"[；，：]$", text) and "。" not in text
            return (style if style == "条" or (heading and (style != "三级" or item.level)) else "正文"), False
    return _unnumbered(item, titled=titled), False


def _unnumbered(item: Item, *, titled: bool) -> str:
    """The style of a paragraph that no number begins."""
    text = item.text
    plain = "。" not in text and len(text) <= _LEADING + 20
    if not titled and plain and (_TITLE.fullmatch(text) or item.level == 1 or item.centred):
        return "标题"
    if plain and (item.centred or item.level):
        return "居中" if item.centred else "一级" if item.level <= 2 else "二级"
    if item.right or _NOTHING_MORE.fullmatch(text):
        return "落款右" if item.right else "落款·中"
    return "顶格" if _PARTICULAR.fullmatch(text) and not text.endswith("：") else "正文"


def _cover_length(items: Sequence[Item]) -> int:
    """How many items stand on a cover: all to a date that stands alone, where nothing long comes before."""
    for at, item in enumerate(items[:_COVER]):
        if item.table or len(item.text) > _LONG or any(pattern.match(item.text) for pattern, _, _ in _NUMBERS):
            return 0
        if at and _DATE.fullmatch(item.text):
            return at + 1
    return 0


def _cover(items: Sequence[Item]) -> Iterator[str]:
    if items:
        yield "@页面 封面"
    name: list[str] = []
    for item in items:
        text = item.text
        plain = "：" not in text and not _DATE.fullmatch(text)
        if plain:
            name.append(text)
            continue
        if name and not re.match(r".{0,6}编号：", text):
            yield from _cover_name(name)
            name = []
        style = "编号" if re.match(r".{0,6}编号：", text) else "日期" if _DATE.fullmatch(text) else "项"
        yield f"[封面{style}] {text}"
    yield from _cover_name(name)


def _cover_name(parts: Sequence[str]) -> Iterator[str]:
    """The name of the contract, which a cover may break into several lines."""
    if parts:
        text = "".join(f"{part}\\n" if part.endswith("—") else part for part in parts)
        yield f"[封面题名] {text}"


def _signatures(items: Sequence[Item]) -> dict[int, int]:
    """Where blocks of signatures stand: the end of each by its beginning."""
    found: dict[int, int] = {}
    at = 0
    while at < len(items):
        end = at
        while end < len(items) and _is_signing(items[end]):
            end += 1
        if end - at >= 2 and any(re.search(r"盖章|公章|签字|签章", item.text) for item in items[at:end]):
            found[at] = end
        at = max(end, at + 1)
    return found


def _is_signing(item: Item) -> bool:
    return (
        not item.table
        and len(item.text) <= _LONG
        and (_SIGNED.fullmatch(item.text) is not None or _DATE.fullmatch(item.text.strip()) is not None)
    )


def _signing(items: Sequence[Item]) -> Iterator[str]:
    """The block of signatures as the house lays it out: both parties side by side, without borders."""
    columns: list[list[str]] = [[], []]
    side = 0
    for item in items:
        parts = [part for part in _APART.split(item.text) if part]
        if len(parts) == 2:
            columns[0].append(parts[0])
            columns[1].append(parts[1])
            continue
        if re.match(r"乙方|卖方|受托|承包|承租|供方", item.text) and columns[0]:
            side = 1
        columns[side].append(item.text)
    if not columns[1]:
        yield from (f"[落款] {text}" for text in columns[0])
        return
    yield "[空行]"
    yield "@表 宽=50,50 边框=无"
    for left, right in zip_longest(*columns, fillvalue=" "):
        room = " 高=20" if re.search("签字|盖章|公章|签章", left + right) else ""
        yield f"{CELL}{left or ' '}{CELL}{right or ' '}{CELL}{room}"
    yield "@表终"
