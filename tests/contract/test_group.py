"""Groups of fields: they hold what loading has read, and never change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from docgen.contract.group import Group, grouped, labelled, listed
from docgen.contract.scalars import Count, Line, Money
from docgen.contract.shape import GroupShape, ListShape, shape_of


class Goods(Group):
    """What is bought."""

    name: Line | None = labelled("名称", "全称")
    price: Money | None = labelled("单价")


class Order(Group):
    """An order."""

    number: Line | None = labelled("编号")
    source: Line | None = labelled("来源", key="from")
    main: Goods = grouped(Goods, "主件")
    parts: tuple[Goods, ...] = listed("配件")


class Urgent(Order):
    """An order with a field more."""

    days: Count | None = labelled("天数")


def test_what_is_left_out_is_unfilled() -> None:
    """A value left out is None, a list is empty, a group is there without values; a key may differ from its name."""
    order = Order(parts=(Goods(name="甲"),), **{"from": "乙"})

    assert (order.number, order.source, order.main, order.parts) == (None, "乙", Goods(), (Goods(name="甲"),))


def test_a_group_has_no_fields_but_its_own() -> None:
    """An unknown field is refused, also where a value is changed."""
    for make in (lambda: Goods(colour="红"), lambda: Goods().changed(colour="红"), lambda: Order(days=3)):
        with pytest.raises(TypeError, match=r"has no field (colour|days)"):
            make()


def test_values_never_change() -> None:
    """A group cannot be changed, only made anew with other values."""
    goods = Goods(name="甲", price=Decimal(5))
    other = goods.changed(price=Decimal(6))

    assert (other.name, other.price, goods.price) == ("甲", Decimal(6), Decimal(5))
    with pytest.raises(AttributeError):
        goods.name = "乙"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del goods.name


def test_groups_are_equal_by_kind_and_value() -> None:
    """Two groups are one and the same value where their kind and all their values are."""
    one, same = Order(main=Goods(price=Decimal(1))), Order(main=Goods(price=Decimal("1.0")))

    assert (one == same, hash(one) == hash(same)) == (True, True)
    assert one != Order(main=Goods(price=Decimal(2)))
    assert Order() != Urgent()
    assert repr(Goods(name="甲", price=Decimal(5))) == "Goods(name='甲', price=Decimal('5'))"


def test_the_shape_follows_the_declaration() -> None:
    """The fields stand in order, those of the wider group first, each with label, explanation and what it holds."""
    shape = shape_of(Urgent)
    goods, parts = shape.fields["main"].shape, shape.fields["parts"].shape

    assert list(shape.fields) == ["number", "from", "main", "parts", "days"]
    assert [shape.keys[word] for word in ("来源", "from", "天数")] == ["from", "from", "days"]
    assert isinstance(goods, GroupShape)
    assert isinstance(parts, ListShape)
    assert goods == parts.item
    assert goods.fields["name"].description == "全称"
    assert shape.empty == Urgent()
