"""What may be typed for a field that was edited: in which place of the data, and in which words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.contract.contract import Contract, outer
from docgen.contract.fit import OPEN
from docgen.contract.insert import Missing, missing
from docgen.contract.meaning import meant
from docgen.contract.scalars import Scalar
from docgen.contract.shape import shape_at
from docgen.contract.typed import Typed
from docgen.pull.derived import origin_of
from docgen.pull.found import ValueEdit
from docgen.pull.origin import Returned
from docgen.pull.spelling import spellings

Edited = tuple[Returned, ValueEdit]

NOT_THERE = "这一项没有写在数据里，是由别的内容得出的，请改它的来源"
"""Why a value cannot be changed that no field holds."""
_IN_PART = "文件里印出的不是这一项的全部内容，不能由它还原，请直接改数据"


@dataclass(slots=True)
class Asked:
    """One field that was edited: where it is typed or is to be, the texts to try, best first, the places of the edit.

    `partly` are places that print only a part of it (the month of a date): they must follow from the others.
    """

    path: str
    slot: Typed | Missing
    choices: list[str]
    edits: list[Edited]
    partly: list[Edited]

    @property
    def typed(self) -> str | None:
        """What stands in the data now; None where nothing does."""
        return self.slot.node.text if isinstance(self.slot, Typed) else None


def asked_for(path: str, places: Sequence[Edited], typed: Mapping[str, Typed], contract: Contract) -> Asked | str:
    """What may be typed for a field that was edited in these places; or why it cannot be told."""
    scalar, slot = shape_at(contract.kit.shape, path), typed.get(path)
    if not isinstance(scalar, Scalar) or (slot is not None and slot.node.kind != "scalar"):
        return origin_of(path, contract) or NOT_THERE
    place = slot or (None if origin_of(path, contract) else missing(path, typed, contract.kit.shape))
    if place is None:
        return origin_of(path, contract) or _unwritten(path, typed, contract)
    old = slot.node.text if slot is not None else OPEN
    whole = [one for one in places if old in ("", OPEN) or _prints_all(one[1].old, old, scalar)]
    if not whole:
        return origin_of(path, contract) or _IN_PART
    common = _common(whole, scalar, old)
    if not common:
        told = "、".join(dict.fromkeys(f"“{edit.new}”" for _, edit in whole))
        return f"同一项数据在几处改得不一样：{told}" if len(whole) > 1 else f"{told}不能用作{scalar.name}"
    return Asked(path, place, common, whole, [one for one in places if one not in whole])


def _prints_all(text: str, typed: str, scalar: Scalar) -> bool:
    """Whether a printed text tells the whole of what was typed."""
    return meant(typed, scalar) in _values(text, scalar, typed)


def _values(text: str, scalar: Scalar, typed: str) -> list[Any]:
    return [meant(way, scalar) for way in spellings(text, scalar, typed)]


def _common(places: Sequence[Edited], scalar: Scalar, typed: str) -> list[str]:
    """The texts that say what stands in each of the places."""
    first, *others = (edit.new for _, edit in places)
    ways = spellings(first, scalar, typed)
    for text in others:
        values = _values(text, scalar, typed)
        ways = [way for way in ways if meant(way, scalar) in values]
    return ways


def _unwritten(path: str, typed: Mapping[str, Typed], contract: Contract) -> str:
    """Why a field cannot be written that stands nowhere in the data: what around it is open, or nothing is."""
    around = outer(path)
    while around and around not in typed:
        around = outer(around)
    if around and typed[around].node.text == OPEN:
        return f"数据里“{contract.label(around)}”整项写着待填，请先在数据里逐项写出"
    return NOT_THERE
