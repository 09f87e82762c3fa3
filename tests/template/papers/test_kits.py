"""The kit.yaml and the data of proposals, as text."""

from __future__ import annotations

from docgen.contract.model import ContractData
from docgen.contract.shape import shape_of
from docgen.contract.tree import Node
from docgen.template.papers.inferred import inferred
from docgen.template.papers.kits import fields_block, with_facts, with_kit_name, with_stage, without
from docgen.template.papers.yaml_words import quoted
from tests.template.papers.trees import tree


def test_the_kit_is_named_in_data_of_another_or_of_none() -> None:
    """The line that names the kit is changed where it is, else put first."""
    assert with_kit_name("# 说明\n合同类型: old  # 旧\n", "new") == "# 说明\n合同类型: new  # 旧\n"
    assert with_kit_name("甲方:\n  名称: 甲\n", "new") == "kit: new\n甲方:\n  名称: 甲\n"


def test_data_that_say_no_stage_are_a_draft() -> None:
    """The first build of a new kit does not fail for that; what says something of the contract is left alone."""
    assert with_stage("kit: new\n甲方: {名称: 甲}\n") == "kit: new\n合同:\n  阶段: 草稿\n甲方: {名称: 甲}\n"
    assert with_stage("kit: new\ncontract: {stage: 定稿}\n") == "kit: new\ncontract: {stage: 定稿}\n"


def test_keys_are_left_out_with_all_below_them() -> None:
    """What stands below a key goes with it, a comment of the next does not."""
    text = "a:\n  b: 1\n\n  c:\n  - 2\n- 3\nd: 4\n# 说明\ne:\n  f: 5\n"

    assert without(text, {"a", "e"}) == "d: 4\n# 说明\n"
    assert without("fields:\n  a:\n    label: 甲\n  b: {label: 乙}\n", {"a"}, "  ") == "fields:\n  b: {label: 乙}\n"


def test_the_fields_of_a_kit_are_taken_as_they_stand() -> None:
    """From fields: to the next key at the margin, comments and all."""
    block = "fields:\n  a:\n    label: 甲  # 说明\n"

    assert fields_block(f"label: 合同\n{block}required:\n  - a\n") == block
    assert fields_block("label: 合同\n") == ""


def test_facts_take_the_place_of_what_is_open() -> None:
    """A fact is put where its field stands, its remark kept; others stay open."""
    text = "party_a:  # 甲方\n  name: 待填  # 名称\n  contact:\n    name: 待填  # 姓名\nparty_b:\n  name: 待填\n"

    assert with_facts(text, {"party_a.contact.name": "林示二", "party_b.name": "示例 公司"}) == (
        'party_a:  # 甲方\n  name: 待填  # 名称\n  contact:\n    name: 林示二  # 姓名\nparty_b:\n  name: "示例 公司"\n'
    )


def test_words_that_yaml_would_read_otherwise_are_quoted() -> None:
    """Figures, signs and YAML's own words are in quotes, plain Chinese is not."""
    assert [quoted(text) for text in ("合同书", "0010", "no", "甲：乙", "- 甲", "20%", "")] == [
        "合同书", '"0010"', '"no"', '"甲：乙"', '"- 甲"', '"20%"', '""',
    ]  # fmt: skip


def test_fields_are_described_after_how_they_are_filled() -> None:
    """Groups, lists and kinds of values are told by the data; fields of the model are none of the kit's own."""
    node: Node = tree(
        "甲方: {名称: 甲}\n交货: {地点: 示例市, 期限: 2026-04-01, 安装: 是, 比例: 5%}\n包装: [防潮, 防震]\n"
        "清单:\n- {品名: 甲, 金额: '62,500.00', 数量: 5}\n- {品名: 乙, 备注: 无}\n"
    )

    assert inferred(node, shape_of(ContractData)) == (
        "fields:\n"
        "  field_1:\n    label: 交货\n    type: group\n    fields:\n"
        "      place:\n        label: 地点\n        type: line\n"
        "      term:\n        label: 期限\n        type: day\n"
        "      field_1_3:\n        label: 安装\n        type: flag\n"
        "      share:\n        label: 比例\n        type: rate\n"
        "  field_2:\n    label: 包装\n    type: list\n    of: line\n"
        "  goods:\n    label: 清单\n    type: list\n    of:\n"
        "      name:\n        label: 品名\n        type: line\n"
        "      amount:\n        label: 金额\n        type: money\n"
        "      quantity:\n        label: 数量\n        type: count\n"
        "      remark:\n        label: 备注\n        type: line\n"
    )
    assert inferred(tree("甲方: {名称: 甲}\n"), shape_of(ContractData)) == ""
