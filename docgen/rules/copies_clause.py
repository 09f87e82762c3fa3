"""The copies of a contract as a clause states them: 一式陆份, and the shares of the holders behind it.

A clause is read only as far as it is plain. 其余 and holders without a number leave it open, and then nothing can be
said about it; 正本 and 副本 are counted apart where each is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from docgen.patterns import regex

COUNT: Final = r"[0-9０-９]{1,3}|[一二两三四五六七八九十廿壹贰叁肆伍陆柒捌玖拾貳參叄陸兩]{1,4}"
_TOTAL: Final = regex(rf"[一壹]\s*式\s*[（(]?\s*({COUNT})\s*[）)]?\s*(?:[（(]\s*({COUNT})\s*[）)])?\s*[份套]")
# 正本贰份、副本肆份，共陆份: the kinds before the whole number.
_KINDS_FIRST: Final = regex(
    rf"(?<![执持存留送交各方有由])正本\s*[（(]?\s*({COUNT})\s*[）)]?\s*份\s*[、，,和及与]?\s*副本\s*[（(]?\s*({COUNT})\s*[）)]?\s*份\s*[，,、。；;（(]\s*"
    rf"(?:(?:合计|共计|总计|一共|总共|共|计)\s*[（(]?\s*|[一壹]\s*式\s*)({COUNT})\s*[）)]?\s*份(?=\s*(?:[，,。；;、）)具]|\Z))"
)
_SHARE: Final = regex(
    rf"(?<![第每])[（(]?(?<![0-9０-９.．])({COUNT})[）)]?\s*(?:[（(]({COUNT})[）)])?\s*[份套](?![之额])"
)
# The sentence ends, but “甲乙双方各执一份。一份送财政局备案。采购代理机构执壹份存档。” goes on.
_GOES_ON: Final = rf"\s*(?:其余|剩余|另|(?:[^。！？，,\n]{{0,15}}[执存持留送]有?\s*)?(?:{COUNT})\s*[份套])"
_END: Final = regex(rf"[。！？](?!{_GOES_ON})|\n|[一壹]\s*式")
# What leaves the sum open, or is no holder at all.
_OPEN: Final = regex(
    rf"(?:其余|剩余|余下)(?!的?\s*(?:{COUNT})\s*[份套])|余者|[退返][还回]|若干|增加|另[行附有外]?|以上|不少于|至少|如需|电子|光盘|复印|扫描|U盘|[_＿]{{2}}"
)
_EACH: Final = regex(r"(?:各自?|每[方人家]|均|分别)\s*(?:执有?|持有?|存|保[存留管]|留存?|收存|得|备案)?\s*$")
_HOLDER: Final = regex(
    r"甲方|乙方|丙方|丁方|戊方|双方|两方|三方|四方|五方|[方人位构门心局司院厅委校店所部]|[执持存送报交归留]|备案|鉴证|见证"
)
_GROUP: Final = {"双方": 2, "两方": 2, "三方": 3, "四方": 4, "五方": 5}
_GROUP_OF: Final = regex("|".join(_GROUP))
_PARTY_NAME: Final = regex(r"^[甲乙丙丁戊己]$|[方人位构门局司][一二三四五]?$|公证机关$")
_ROLE: Final = regex(r"(?:发包|承包|委托|受托|出租|承租|出卖|买受|采购|供应)[人方商]|[甲乙丙丁供需买卖]方")
# 签章各方各执一份: nobody can count them.
_SEVERAL: Final = regex(r"各方|各[单机部]|有关|相关|其他|全体")
_GIVEN: Final = regex(r"\s*([送报交由归存给][^，。；、\s]{2,20})")
_KIND: Final = regex(r"正\s*本|副\s*本|正副本")
# 执一份副本; in 正本2份副本4份 the word speaks of the number behind it.
_OF_KIND: Final = regex(rf"(正本|副本)(?!\s*[（(]?(?:{COUNT}))")
_DIGITS: Final = {
    char: value
    for row in ("零一二三四五六七八九", "０１２３４５６７８９", "0123456789", "零壹贰叁肆伍陆柒捌玖")
    for value, char in enumerate(row)
} | {"两": 2, "兩": 2, "貳": 2, "參": 3, "叄": 3, "陸": 6}


@dataclass(frozen=True, slots=True)
class Share:
    """So many copies: for `holder` (empty for a mere 正本两份), of one kind (正本, 副本 or none), times `each`."""

    count: int
    each: int
    kind: str
    holder: str
    start: int
    end: int

    @property
    def copies(self) -> int:
        """The copies of all these holders together."""
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class CopiesClause:
    """One 一式N份: where it stands, its number, its number in brackets if it says it twice, and the shares."""

    start: int
    end: int
    total: int
    again: int | None
    shares: tuple[Share, ...] = field(default=())
    whole: bool = False

    def sums(self) -> list[int]:
        """What the shares may add up to, the likeliest reading first; empty where the clause leaves it open."""
        if not self.whole or not self.shares:
            return []
        kinds = [share.copies for share in self.shares if share.kind and not share.holder]
        holders = [share.copies for share in self.shares if share.holder]
        # 一式肆份，双方各执贰份，代理机构执副本一份: the extra copies may be counted apart.
        signed = [share.copies for share in self.shares if share.holder and not share.kind]
        return list(dict.fromkeys(sum(counts) for counts in (holders, kinds, signed) if counts))

    def off_kind(self) -> tuple[str, int, int] | None:
        """The kind of copies, its number, and what its holders have of it, where that is plain and differs."""
        groups: list[tuple[Share, list[Share]]] = []
        for share in self.shares if self.whole else ():
            if not share.holder:
                groups.append((share, []))
            elif not groups:
                return None
            else:
                groups[-1][1].append(share)
        if not all(held and all(share.kind == stated.kind for share in held) for stated, held in groups):
            return None  # the holders of both kinds stand behind them together
        sums = ((stated.kind, stated.copies, sum(share.copies for share in held)) for stated, held in groups)
        return next((one for one in sums if one[1] != one[2]), None)


@lru_cache(maxsize=512)
def copies_clauses(text: str) -> tuple[CopiesClause, ...]:
    """Every 一式N份 of a paragraph with the shares that follow it in its sentence."""
    return tuple(_clause(text, match) for match in _TOTAL.finditer(text)) if "式" in text else ()


def kinds_before(text: str) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """What 正本 and 副本 are together, the whole number stated behind them, and where that stands."""
    for match in _KINDS_FIRST.finditer(text) if "副本" in text else ():
        originals, others, whole = map(count_of, match.groups())
        if originals and others and whole:
            yield originals + others, whole, match.span(3)


def count_of(text: str) -> int | None:
    """The number that a count of copies writes: 陆, 6, ６, 十二; None where it writes none."""
    if not re.search(r"[十拾廿]", text):
        return int("".join(str(_DIGITS[char]) for char in text)) if all(char in _DIGITS for char in text) else None
    # Counts beyond nine are rare, and the library that reads them costs more to load than all else here.
    from cn2an import cn2an

    try:
        return int(cn2an(text.replace("廿", "二十"), "smart"))
    except ValueError:
        return None


# 甲方两份（其中一份报财政备案）: one of those two, unlike 一式八份，其中正本两份.
_AMONG: Final = regex(r"(?<=份)\s?(?:[（(]其中[^（）()]{1,40}[）)]|[，,]其中[^，,。；;]{1,30})")


def _clause(text: str, match: re.Match[str]) -> CopiesClause:
    end = _END.search(text, match.end())
    rest = text[match.end() : end.start() if end else len(text)]
    rest = _AMONG.sub(lambda part: "　" * len(part[0]), rest) if "其中" in rest else rest
    shares = tuple(_shares(rest, match.end()))
    total = count_of(match[1]) or 0
    again = count_of(match[2]) if match[2] else None
    known = all(share.count and share.each for share in shares)
    whole = bool(total and shares and known and not _OPEN.search(rest)) and _closed(shares)
    return CopiesClause(match.start(), match.end(), total, again, shares, whole)


def _shares(rest: str, offset: int) -> Iterator[Share]:
    """The shares in the rest of the sentence; one that cannot be understood has no count or no holders."""
    done, kind, owner, times = 0, "", "", 1
    for match in _SHARE.finditer(rest):
        before = rest[done : match.start()].replace(" ", "")
        named = _KIND.findall(before)
        kind = re.sub(r"\s", "", named[-1]) if named else kind
        behind = _GIVEN.match(rest, match.end())
        own = _OF_KIND.match(rest, match.end())
        holder, count = _holder(before) or (behind[1] if behind and not named else ""), count_of(match[1]) or 0
        if match[2] and count_of(match[2]) != count:
            count = 0
        each = _each(before)
        # 双方各执正本一份、副本一份; 甲方执正本一份，副本三份 may speak of all there are.
        if not holder and named and owner and (times != 1 or before.startswith("、")):
            holder, each = owner, times
        owner, times = (holder, each) if holder and named else ("", 1)
        yield Share(count, each, own[1] if own else kind, holder, offset + match.start(), offset + match.end())
        done = match.end()


def _holder(before: str) -> str:
    """The words that name the holders, empty where only a kind of copy stands there."""
    words = _KIND.sub("", before).strip(" 　，,；;、：:（(）)其中")
    return words if _HOLDER.search(words) else ""


def _each(before: str) -> int:
    """For how many holders a share counts; 0 where that is not said."""
    before = _KIND.sub("", before)
    last = re.split(r"[，,；;]", before)[-1]
    words = last if re.search(r"[甲乙双各每]", last) else before
    if not _EACH.search(words.rstrip()):
        return 1
    words = _EACH.sub("", words.strip(" 　，,；;其中由"))
    group = _GROUP_OF.search(words)
    if group is None:
        return _named(words)
    # 甲乙双方及见证人各执壹份 are three holders; 双方代表各执壹份 are two.
    joined = words[group.end() :].startswith(("、", "及", "和", "与"))
    others = _named(words[group.end() + 1 :]) if joined else 0
    return _GROUP[group[0]] + others if others or not joined else 0


def _named(words: str) -> int:
    """How many parties a list of names holds, 甲乙方 and 发包人承包人 two each; 0 where one is none."""
    names = re.split(r"[、及和与]", words)
    plain = all(_PARTY_NAME.search(name) and not _SEVERAL.search(name) for name in names)
    return sum(max(1, len(_ROLE.findall(name)), len(name) - len(name.lstrip("甲乙丙丁戊"))) for name in names) * plain


def _closed(shares: tuple[Share, ...]) -> bool:
    """Whether it is plain which shares belong together: all have holders, or none has, or each kind is told first."""
    unnamed = [share for share in shares if not share.holder]
    return not unnamed or all(share.kind for share in unnamed)


# 正本二份、副本六份，双方各执正本一份、副本三份: told without a whole number.
_BY_KIND: Final = regex(
    rf"(?<![执持存留送交各方有由])正本\s?({COUNT})\s?份\s?[、，,和]?\s?副本\s?(?P<others>{COUNT})\s?份\s?[，,；;]\s?"
    rf"(?P<group>(?:甲乙)?双方|[三四五]方)各[执持存]\s?正本\s?({COUNT})\s?份\s?[、，,和]?\s?副本\s?({COUNT})\s?份(?=\s?[。；;]|\s?\Z)"
)


def kinds_shared(text: str) -> Iterator[tuple[str, int, int, tuple[int, int]]]:
    """Each kind whose copies are not what all parties have of it, its number, theirs, and where theirs stands."""
    for match in _BY_KIND.finditer(text) if "各" in text else ():
        parties = _GROUP[match["group"][-2:]]
        for kind, whole, held in (("正本", 1, 4), ("副本", 2, 5)):
            stated, each = count_of(match[whole]), count_of(match[held])
            if stated and each and each * parties != stated:
                yield kind, stated, each * parties, match.span(held)


# 正本贰份，甲乙双方各执壹份；副本肆份，甲方执叁份，乙方执壹份: the holders behind each kind.
_KIND_HELD: Final = regex(
    rf"(?<![执持存留送交各方有由])(?P<kind>正本|副本)\s?[（(]?(?P<count>{COUNT})[）)]?\s?份\s?[，,：:（(](?P<held>[^。；;正副式共计]{{4,60}})(?=[。；;）)]|，?副本|\Z)"
)


def kinds_held(text: str) -> Iterator[tuple[str, int, int, tuple[int, int]]]:
    """Each kind, told without 一式, whose holders right behind it have not as many: its number, theirs, its place."""
    for match in _KIND_HELD.finditer(text) if "执" in text else ():
        shares, stated = tuple(_shares(match["held"], match.start("held"))), count_of(match["count"])
        plain = all(share.count and share.each and share.holder for share in shares)
        held = sum(share.copies for share in shares)
        told = stated and shares and plain and not _OPEN.search(match["held"])
        if told and held != stated and "式" not in text[: match.start()]:
            yield match["kind"], stated or 0, held, match.span("count")
