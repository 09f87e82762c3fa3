"""A kit is a folder of files; whatever is wrong in its kit.yaml is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.contract.folders import kit_names
from docgen.contract.kit import DocumentSpec, load_kit
from docgen.contract.kit_fields import TYPES
from docgen.contract.model import ContractData
from docgen.contract.scalars import Scalar
from docgen.contract.shape import ListShape, every_field, labelled_path, shape_at
from docgen.errors import TemplateError
from tests.contract.samples import KIT, make_kit

HERE = Path(__file__).resolve().parent.parent.parent


def faults(root: Path, text: str) -> list[str]:
    """The lines of the error that a kit.yaml gives, without the folder."""
    kits = make_kit(root, text)
    with pytest.raises(TemplateError) as caught:
        load_kit("样例", kits)
    return [line.strip().replace(f"{kits.as_posix()}/样例/", "") for line in str(caught.value).splitlines()]


def test_a_kit_is_read_whole(tmp_path: Path) -> None:
    """Documents in order, blocks, required paths and own fields are all there."""
    kits = make_kit(tmp_path)
    kit = load_kit("样例", kits)

    assert (kit.name, kit.label, kit.description, kit.folder) == ("样例", "样例合同", "测试用", kits / "样例")
    assert kit.documents == (
        DocumentSpec("body", "正文.docx", "{{ contract.name }}", "contractual"),
        DocumentSpec("plan", "方案.docx", "{{ plan.annex_title }}", "annex", each="work_plans", item="plan"),
    )
    assert dict(kit.blocks) == {"人员保障": kits / "样例" / "保障.docx"}
    assert kit.required == ("contract.number",)
    assert [(item.key, item.label) for item in kit.fields] == [("delivery", "交货")]
    assert [path for path, _ in every_field(kit.shape.fields["delivery"].shape, "delivery")] == [
        "delivery.place",
        "delivery.days",
        "delivery.installed",
        "delivery.manner",
        "delivery.kinds",
        "delivery.fees",
        "delivery.goods",
        "delivery.goods[].name",
        "delivery.goods[].share",
    ]


def test_own_fields_have_their_types(tmp_path: Path) -> None:
    """Each type of a kit's field leads to the kind of value that reads it."""
    shape = load_kit("样例", make_kit(tmp_path)).shape

    kinds = {path: found.kind for path, item in every_field(shape) if isinstance(found := item.shape, Scalar)}
    fees, goods = shape_at(shape, "delivery.fees"), shape_at(shape, "delivery.goods[].share")
    assert {key: kind for key, kind in kinds.items() if key.startswith("delivery")} == {
        "delivery.place": "line",
        "delivery.days": "count",
        "delivery.installed": "flag",
        "delivery.manner": "choice",
        "delivery.goods[].name": "line",
        "delivery.goods[].share": "rate",
    }
    assert isinstance(fees, ListShape)
    assert isinstance(fees.item, Scalar)
    assert isinstance(goods, Scalar)
    assert (fees.item.kind, goods.kind) == ("money", "rate")


def test_the_core_model_stays_as_it_was(tmp_path: Path) -> None:
    """A kit's fields are added to a model of its own."""
    load_kit("样例", make_kit(tmp_path))

    assert "delivery" not in ContractData.declared


def test_labels_are_unique_among_siblings() -> None:
    """No label of the core model stands twice in a group, or is the key of a sibling."""
    from docgen.contract.shape import GroupShape, shape_of

    core = shape_of(ContractData)
    groups = [core, *(item.shape for _, item in every_field(core) if isinstance(item.shape, GroupShape))]
    groups += [
        item.shape.item
        for _, item in every_field(core)
        if isinstance(item.shape, ListShape) and isinstance(item.shape.item, GroupShape)
    ]
    for group in groups:
        words = [*group.fields, *(item.label for item in group.fields.values())]
        assert len(words) == len(set(words)), group.model.__name__


def test_paths_are_told_in_labels() -> None:
    """A path in keys is said in labels; what is unknown stays."""
    from docgen.contract.shape import english_path, shape_of

    core = shape_of(ContractData)
    assert labelled_path(core, "price.instalments[2].amount") == "价款.付款[2].金额"
    assert english_path(core, "价款.付款[2].金额") == "price.instalments[2].amount"
    assert labelled_path(core, "price.colour[1].x") == "价款.colour[1].x"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Every fault of a kit.yaml stands in one message with its line and column."""
    text = """\
labl: 样例
documents:
  - id: body
    template: 正闻.docx
    title: x
    role: contract
  - id: body
    template: ../正文.docx
    role: annex
    each: work_plan
blocks:
  甲: 没有.docx
required:
  - contract.nubmer
  - price.instalments.trigger
  - team[1].name
fields:
  Bad-Key: {label: 甲, type: line}
  changed: {label: 乙, type: line}
  doc: {label: 丙, type: line}
  one: {label: 合同, type: line}
  two: {label: 丁, type: number}
  three: {label: 戊, type: choice, options: [甲]}
  four: {label: 己, type: list}
  five: {label: 庚, type: group}
  six: {type: line}
  seven: 一行
  eight: {label: 辛.壬, type: line}
  nine: {label: 癸, type: line, colour: red}
"""

    assert faults(tmp_path, text) == [
        "合同类型“样例”有 25 处错误：",
        "kit.yaml:1:1 没有“labl”这一项。是不是想写“label”？",
        "kit.yaml:1:1 缺少 label（合同类型的名称）。",
        "kit.yaml:4:15 找不到模板“正闻.docx”。是不是想写“正文.docx”？",
        "kit.yaml:6:11 “contract”不能用作选项：应为下列之一：contractual、annex、internal。",
        "kit.yaml:7:5 each 和 as 要一起写：each 是列表，as 是其中一项在模板里的名称。",
        "kit.yaml:7:5 文件缺少 title。",
        "kit.yaml:7:9 标识“body”用了两次。",
        "kit.yaml:8:15 “../正文.docx”在合同类型的文件夹之外。",
        "kit.yaml:10:11 “work_plan”不是数据里的列表。",
        "kit.yaml:12:6 找不到模板“没有.docx”。是不是想写“正文.docx”？",
        "kit.yaml:14:5 没有“contract.nubmer”这个字段。是不是想写“contract.number”？",
        "kit.yaml:15:5 没有“price.instalments.trigger”这个字段。是不是想写“price.instalments[].trigger”？",
        "kit.yaml:16:5 没有“team[1].name”这个字段。是不是想写“team[].name”？",
        "kit.yaml:18:3 字段的键“Bad-Key”应为小写英文字母、数字和下划线，以字母开头。",
        "kit.yaml:19:3 “changed”另有用处，不能作字段的键，请换一个。",
        "kit.yaml:20:3 “doc”另有用处，不能作字段的键，请换一个。",
        "kit.yaml:21:3 “合同”与同级另一项的键或名称相同。",
        "kit.yaml:22:25 “number”不能用作选项：应为下列之一：" + "、".join([*TYPES]) + "。",
        "kit.yaml:23:3 choice 要在 options 里列出至少两个可选值。",
        "kit.yaml:24:3 list 要用 of 写明每一项：line、text、count、money、quantity、points、rate、day、year、flag 之一，或一组字段。",
        "kit.yaml:25:3 fields 里要写明各字段。",
        "kit.yaml:26:3 字段缺少 label。",
        "kit.yaml:27:3 字段应写成一组：label、type 等。",
        "kit.yaml:28:3 名称“辛.壬”里不能有空格、冒号、点、# 或方括号。",
        "kit.yaml:29:32 没有“colour”这一项。这里可以写：名称、类型、说明、可选值。",
    ]


def test_faulty_yaml_is_told_as_such(tmp_path: Path) -> None:
    """A kit.yaml that is no YAML gives one error with its place, and no traceback."""
    assert faults(tmp_path, "label: [a\n")[0] == "合同类型“样例”有 1 处错误："


def test_a_kit_needs_documents(tmp_path: Path) -> None:
    """A kit without documents is none."""
    assert faults(tmp_path, "label: 样例\n") == [
        "合同类型“样例”有 1 处错误：",
        "kit.yaml:1:1 没有列出文件（documents）。",
    ]


def test_a_kit_of_thousands_of_documents_is_refused(tmp_path: Path) -> None:
    """It is told once how many there are, and none of them is looked for."""
    listed = "".join(f"  - {{id: x{n}, template: 没有.docx, title: 文件, role: annex}}\n" for n in range(3_000))
    told = faults(tmp_path, f"label: 样例\ndocuments:\n{listed}")

    assert told[1:] == ["kit.yaml:2:1 列出了 3,000 份文件，最多 200 份。"]


def test_own_fields_do_not_clash(tmp_path: Path) -> None:
    """Two own fields with one label are a fault, at both."""
    text = KIT.replace("{label: 交货期,", "{label: 交货地点,")

    assert faults(tmp_path, text) == [
        "合同类型“样例”有 2 处错误：",
        "kit.yaml:23:7 “交货地点”与同级另一项的键或名称相同。",
        "kit.yaml:24:7 “交货地点”与同级另一项的键或名称相同。",
    ]


def test_a_field_may_be_labelled_by_its_key(tmp_path: Path) -> None:
    """A label that is the key itself clashes with nothing."""
    kits = make_kit(tmp_path, KIT.replace("{label: 交货期,", "{label: days,"))

    assert shape_at(load_kit("样例", kits).shape, "delivery.days") is not None


def test_an_unknown_kit_is_told_with_those_there_are(tmp_path: Path) -> None:
    """Who asks for a kit that is not there learns which ones are."""
    kits = make_kit(tmp_path)

    with pytest.raises(TemplateError) as caught:
        load_kit("样列", kits)
    assert str(caught.value) == "没有“样列”这种合同类型。是不是想写“样例”？"
    assert caught.value.hint == f"已有的合同类型：样例（样例合同），在 {kits}。"
    with pytest.raises(TemplateError, match="没有“样例的合同”这种合同类型。是不是想写“样例”？"):
        load_kit("样例的合同", kits)


@pytest.mark.parametrize("name", ["..", "../templates/样例", "", "/etc"])
def test_a_kit_name_is_no_path(tmp_path: Path, name: str) -> None:
    """A kit is named, never reached by a path."""
    with pytest.raises(TemplateError):
        load_kit(name, make_kit(tmp_path))


@pytest.mark.parametrize("name", kit_names(HERE / "templates"))
def test_the_kits_that_come_along_are_sound(name: str) -> None:
    """Every kit in the project's own templates loads."""
    assert load_kit(name, HERE / "templates").documents
