"""What a change of the data is, value by value."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docgen import changes as module
from docgen.changes import Change, Value, changes
from docgen.findings import Place

PLACE = Place("01_协议.docx")


def values(*pairs: tuple[str, str]) -> list[Value]:
    """Values of these fields in one file."""
    return [Value(path, text, PLACE) for path, text in pairs]


def told(old: list[Value], new: list[Value]) -> list[tuple[str, str | None, str | None]]:
    """The changes without their places."""
    return [(change.field, change.old, change.new) for change in changes(old, new)]


def test_equal_values_are_no_change() -> None:
    """The same values, also when one stands at one more place, have not changed."""
    old = values(("price.total", "100.00"), ("party_a.name", "示例市应急管理局"))

    assert changes(old, [*old, *values(("price.total", "100.00"))]) == []


def test_each_value_is_told_with_old_and_new_at_its_place() -> None:
    """The figure and the words of one field are two changes."""
    old = values(("price.total", "100.00"), ("price.total", "壹佰元整"))
    new = values(("price.total", "200.00"), ("price.total", "贰佰元整"))

    assert changes(old, new) == [
        Change("price.total", "100.00", "200.00", PLACE),
        Change("price.total", "壹佰元整", "贰佰元整", PLACE),
    ]


def test_a_row_put_in_before_others_is_one_new_row() -> None:
    """The rows behind it have other numbers now, and are the same rows."""
    rows = [("甲", "10"), ("乙", "20"), ("丙", "30")]
    old = values(*_rows(rows))
    new = values(*_rows([rows[0], ("丁", "40"), *rows[1:]]))

    assert told(old, new) == [("rows[2].item", None, "丁"), ("rows[2].price", None, "40")]
    assert told(new, old) == [("rows[2].item", "丁", None), ("rows[2].price", "40", None)]


def test_a_changed_row_is_the_same_row() -> None:
    """A row that shares most of its values is compared value by value."""
    old = values(*_rows([("甲", "10"), ("乙", "20")]))
    new = values(*_rows([("甲", "10"), ("乙", "25")]))

    assert told(old, new) == [("rows[2].price", "20", "25")]


def test_a_field_that_is_left_out_is_gone() -> None:
    """What is no longer written has no new value."""
    assert told(values(("party_b.fax", "010-1"), ("party_b.name", "乙")), values(("party_b.name", "乙"))) == [
        ("party_b.fax", "010-1", None)
    ]


def _rows(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        pair
        for number, (item, price) in enumerate(rows, 1)
        for pair in ((f"rows[{number}].item", item), (f"rows[{number}].price", price))
    ]


PATHS = st.sampled_from(["", "a", "b.c", "b.d", "rows[1].x", "rows[2].x", "rows[2].y", "rows"])
VALUES = st.lists(
    st.tuples(PATHS, st.sampled_from("一二三")).map(lambda each: Value(*each, Place("a.docx"))), max_size=8
)


@given(VALUES, VALUES)
def test_what_is_the_same_is_left_out_without_changing_what_is_found(old: list[Value], new: list[Value]) -> None:
    """The quick look at what a field says finds nothing else than laying out everything does."""
    whole = module._changes(module._tree(old), module._tree(new), "")

    assert list(whole) == changes(old, new)
