"""Which words of an edited paragraph are those of its values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.merge.trace import Traced
from docgen.pull.spans import Stand, read_between
from tests.endure import examples

OLD = [("（1）", None), ("首付款", "name"), ("：", ""), ("合同生效后", "trigger"), ("10", "days"), ("个工作日内支付", ""),
       ("50%", "share"), ("，计", ""), ("壹佰元整", "amount"), ("。", "")]  # fmt: skip


def laid(values: dict[str, str]) -> tuple[str, list[Stand]]:
    """The text with these values in it, and where they stand."""
    text, stands = "", []
    for said, path in OLD:
        piece = values.get(path or "no", said) if path != "" else said
        if path != "":
            stands.append(Stand(path, 0, "body", 0, len(text), len(text) + len(piece)))
        text += piece
    return text, stands


def read(values: dict[str, str]) -> dict[str | None, str] | None:
    """The values as they are read from the text that was edited so."""
    (old, stands), (new, _) = laid({}), laid(values)
    spans = read_between(Traced("body", 0, old, "body", 0, new), stands)
    if spans is None:
        return None
    return {stand.path: new[span[0] : span[1]] for stand, span in zip(stands, spans, strict=True) if span is not None}


def test_values_that_were_all_changed_are_told_apart_by_the_words_between_them() -> None:
    """Also where two stand side by side and one of them is a figure, or a number that is no field."""
    values = {
        "no": "（12）",
        "name": "山春西",
        "trigger": "湖海",
        "days": "89",
        "share": "百分之九",
        "amount": "玖元整",
    }

    assert read(values | {"share": "47%"}) == {
        None: "（12）", "name": "山春西", "trigger": "湖海", "days": "89", "share": "47%", "amount": "玖元整",
    }  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"name": "甲：乙", "trigger": "丙"},
        {"days": "十余"},
        {"name": ""},
        {"share": "47%，计", "amount": "玖元整"},
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_not_read(values: dict[str, str]) -> None:
    """A colon in a name may be the one behind it; figures are no words; what is gone is gone."""
    found = read(values)

    assert found is None or all(found[path] == text for path, text in values.items())


_SIGNS = "甲乙：，计支付0159%壹元整（）。"


@settings(max_examples=examples(300, 30_000))
@given(st.fixed_dictionaries({}, optional={p: st.text(_SIGNS, min_size=1, max_size=5) for p in ("name", "trigger")}),
       st.fixed_dictionaries({}, optional={"days": st.integers(0, 10**4).map(str), "share": st.integers(1, 99).map("{}%".format),
                                           "amount": st.sampled_from(["玖元整", "壹拾元整"])}))  # fmt: skip
def test_what_is_read_is_what_was_written(words: dict[str, str], figures: dict[str, str]) -> None:
    """Whatever the words: either they are read as they were meant, or it is not said how."""
    values = {"name": "首付款", "trigger": "合同生效后", "days": "10", "share": "50%", "amount": "壹佰元整"}
    values |= words | figures
    found = read(values)

    assert found is None or {path: found[path] for path in values} == values or values["trigger"][-1].isdecimal()
