"""Amounts that are another share of what they name than the sentence says, or the right one in 万元 for 元."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from docgen.patterns import regex
from docgen.rules.phrases import percent, yuan

_CENT: Final = Decimal("0.01")
_WAN: Final = 10**4
# 签约后支付制作费用, 按年养护费, 本项目服务费: the words before the name of what the share is of.
_VERB: Final = regex(
    r"^.*(?:支付|缴纳|交纳|不超过|相当于|为|按照?|扣减|扣除|付清|结清|退还)|^.*?(?<=[日的后])(?=[一-龥]{2,})|^(?:按照?|为|占|以|即|本|该|应)+"
)
_SO_FAR: Final = regex(r"[付至到]至|累计(?!不)|至|达到|再|剩余|其余|余款|另")
_OF_IT: Final = regex(r"(?:[本该]|合同|协议|约定书|项目|工程|咨询|应?按)*")
_LEAST_NAME: Final = 2
_NO_BASE: Final = regex(r"(?<![履合违签缔])约|不超过|不低于|不少于|最[高低多少]|上限|下限|下浮|优惠|折")
_SAID_SO: Final = regex(r"即|[（(]")


def another_share(
    value: Decimal, share: Decimal, words: str, named: Iterable[tuple[Decimal, frozenset[str]]]
) -> tuple[Decimal, str] | None:
    """What an amount should be, with the words that say why, where it is plainly another round share of its base.

    `words` end in the name of the base; only an amount that the document calls by that very name is one.
    """
    name = _VERB.sub("", words)
    if len(name) < _LEAST_NAME or _SO_FAR.search(words):
        return None
    bases = {base for base, labels in named if any(_is_name(label, name) for label in labels)}
    if len(bases) != 1:
        return None
    (base,) = bases
    right = (base * share).quantize(_CENT)
    if right > 0 and value in (right * _WAN, right / _WAN):
        return right, f"{yuan(base)}的 {percent(share)} 是"
    meant = value / base
    if meant < 1 and _is_round(meant) and abs(meant - share) * _WAN >= 1:
        return right, f"这笔金额是 {yuan(base)}的 {percent(meant.normalize())}，而 {percent(share)} 是"
    return None


def only_bounds(match: re.Match[str]) -> bool:
    """Whether what is said of an amount only bounds it; 不超过总价的10%（即3万元） says the very bound."""
    limit, end = _NO_BASE.search(match[0]), match.end("share")
    return limit is not None and not (limit[0] == "不超过" and _SAID_SO.search(match.string, end, match.end()))


def _is_name(label: str, name: str) -> bool:
    """Whether an amount that is called so is called by that name: 本项目服务费 by 服务费, 制作费用 by itself."""
    return label.endswith(name) and _OF_IT.fullmatch(label.removesuffix(name)) is not None


def _is_round(share: Decimal) -> bool:
    """Whether somebody would write a share so: 15%, 2.5%, 5‰."""
    return share == round(share, 3) or (share == round(share, 4) and share < Decimal("0.01"))
