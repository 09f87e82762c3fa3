"""Changes of a YAML text that leave every other byte as it is."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.amend import Fresh, Splice, Unfit, rearranged, replaced, spelled, spliced
from docgen.contract.source import Node, read_source
from tests.endure import examples

ROWS = dedent("""\
    # 报价
    rows:   # 单位：元
      # 第一项的说明
      - item: 甲   # 甲的备注
        price: 10

      - item: 乙
        price: "20"
      # 第三项的说明
      - item: 丙
        price: 30
    # 末尾的话
    note: 无
""")


def tree(tmp_path: Path, text: str) -> Node:
    """The tree of a YAML text."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    found, findings = read_source(path)
    assert found is not None
    assert not findings
    return found


def rows(tmp_path: Path, text: str = ROWS) -> Node:
    """The list of the text."""
    return tree(tmp_path, text).pairs[0][1]


def test_a_value_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    """Comments and spelling around it stay; a quoted value stays quoted."""
    items = rows(tmp_path).items
    splices = [replaced(ROWS, items[0].pairs[1][1], "15"), replaced(ROWS, items[1].pairs[1][1], "25")]

    assert spliced(ROWS, splices) == ROWS.replace("price: 10", "price: 15").replace('price: "20"', 'price: "25"')


def test_a_new_item_is_written_like_its_neighbour(tmp_path: Path) -> None:
    """It has the indentation of the item before, and goes behind it."""
    made = spliced(ROWS, [rearranged(ROWS, rows(tmp_path), [0, Fresh({"item": "丁: 戊", "price": "40"}), 1, 2])])

    assert made == ROWS.replace("    price: 10\n", '    price: 10\n  - item: "丁: 戊"\n    price: 40\n')


def test_a_moved_item_takes_its_comments_along(tmp_path: Path) -> None:
    """The lines above an item are its own, those above the first are the list's."""
    made = spliced(ROWS, [rearranged(ROWS, rows(tmp_path), [2, 0, 1])])

    assert made.splitlines()[2:6] == ["  # 第一项的说明", "  # 第三项的说明", "  - item: 丙", "    price: 30"]
    assert sorted(made.splitlines()) == sorted(ROWS.splitlines())


def test_the_comments_of_an_item_that_goes_stay(tmp_path: Path) -> None:
    """Not a comment is lost with the rows."""
    made = spliced(ROWS, [rearranged(ROWS, rows(tmp_path), [0, 1])])

    assert "丙" not in made
    assert "# 第三项的说明" in made
    assert "# 末尾的话" in made


def test_changes_inside_moved_items_are_done_in_them(tmp_path: Path) -> None:
    """A value of an item that moves is replaced where it goes."""
    node = rows(tmp_path)
    inner = replaced(ROWS, node.items[2].pairs[1][1], "35")

    made = spliced(ROWS, [inner, rearranged(ROWS, node, [2, 0, 1], [inner])])

    assert [item["price"] for item in yaml.load(made, yaml.BaseLoader)["rows"]] == ["35", "10", "20"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (ROWS, "# 报价\nrows:   # 单位：元\n  # 第一项的说明\n  # 第三项的说明\n    []\n# 末尾的话\nnote: 无\n"),
        ("rows:\n- 甲\n- 乙\nnote: 无\n", "rows: []\nnote: 无\n"),
        ("rows:\r\n  # 说明\r\n  - 甲\r\nnote: 无\r\n", "rows:\r\n  # 说明\r\n    []\r\nnote: 无\r\n"),
        ("rows: # 人员\n- 甲\n", "rows: # 人员\n  []\n"),
        ("rows:\n  - 甲", "rows: []\n"),
    ],
)
def test_a_list_whose_items_all_go_is_left_empty(tmp_path: Path, text: str, left: str) -> None:
    """However it was indented; its comments stay."""
    made = spliced(text, [rearranged(text, rows(tmp_path, text), [])])

    assert made == left
    assert yaml.load(made, yaml.BaseLoader)["rows"] == []


def test_a_list_on_one_line_is_left_alone(tmp_path: Path) -> None:
    """It is said that it cannot be changed in place."""
    text = "rows: [甲, 乙]\n"
    with pytest.raises(Unfit, match="写在一行里"):
        rearranged(text, rows(tmp_path, text), [1, 0])


@settings(max_examples=examples(300, 30_000))
@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1, max_size=12))
def test_any_text_is_spelled_so_that_it_reads_the_same(value: str) -> None:
    """Whatever the text, YAML reads back exactly it, plain or quoted."""
    for quoted in (False, True):
        assert yaml.load(f"a: {spelled(value, quoted=quoted)}\n", yaml.BaseLoader) == {"a": value}


@settings(max_examples=examples(100, 5_000))
@given(st.permutations([0, 1, 2]), st.lists(st.integers(0, 3), max_size=2), st.integers(0, 2))
def test_any_order_of_items_is_what_was_asked_for(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], fresh: list[int], dropped: int
) -> None:
    """Moved, new and dropped items come out as asked, and every comment line is still there."""
    asked: list[int | Fresh] = [item for item in order if item != dropped]
    for number, place in enumerate(fresh):
        asked.insert(place, Fresh({"item": f"新{number}", "price": "1"}))
    node = rows(tmp_path_factory.mktemp("yaml"))

    made = spliced(ROWS, [rearranged(ROWS, node, asked)])

    names = ["甲", "乙", "丙"]
    expected = [names[item] if isinstance(item, int) else item.values["item"] for item in asked]
    assert [item["item"] for item in yaml.load(made, yaml.BaseLoader)["rows"]] == expected
    comments = [line for line in ROWS.splitlines() if line.strip().startswith("#")]
    assert [line for line in comments if line not in made.splitlines()] == []


def test_the_outer_of_two_splices_is_the_one_that_counts() -> None:
    """What was done inside an item is part of the list that was made of it."""
    assert spliced("abcdef", [Splice(1, 5, "X"), Splice(2, 3, "Y")]) == "aXf"


def test_items_in_braces_stay_in_braces(tmp_path: Path) -> None:
    """A new item is written as its neighbour is, and what would end a value inside brackets is quoted."""
    text = "rows:\n  - {item: 甲, price: 10}   # 第一项\n  - {item: 乙, price: 20}\n"
    node = rows(tmp_path, text)
    inner = replaced(text, node.items[1].pairs[0][1], "乙, 丙", flow=True)

    made = spliced(text, [inner, rearranged(text, node, [0, Fresh({"item": "[丁]", "price": "1,200"}), 1], [inner])])

    assert made == (
        "rows:\n  - {item: 甲, price: 10}   # 第一项\n"
        '  - {item: "[丁]", price: "1,200"}\n  - {item: "乙, 丙", price: 20}\n'
    )


@pytest.mark.parametrize(
    ("was", "value", "now"),
    [
        ("|-\n  甲\n  乙\n", "丙\n丁", "|-\n  丙\n  丁\n"),
        ("|\n  甲\n\n", "丙", "|\n  丙\n\n"),
        (">-\n  甲\n", "丙", '"丙"\n'),
        ("|-\n  甲\n", " 丙", '" 丙"\n'),
    ],
)
def test_a_block_stays_a_block_where_it_can(tmp_path: Path, was: str, value: str, now: str) -> None:
    """The lines of a block are those of the new value; what no block can hold is quoted, the line below untouched."""
    text = f"note: {was}rest: 无\n"
    node = tree(tmp_path, text).pairs[0][1]

    assert spliced(text, [replaced(text, node, value)]) == f"note: {now}rest: 无\n"
