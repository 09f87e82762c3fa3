"""The JSON Schema marks slips in an editor and never what loading accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from docgen.commands.schema import command
from docgen.contract.folders import kit_names
from docgen.contract.kit import load_kit
from docgen.contract.schema import json_schema
from tests.contract.samples import KIT, make_kit

HERE = Path(__file__).resolve().parent.parent.parent
KITS = HERE / "templates"

SOUND = """\
kit: 样例
合同:
  stage: 草稿
  number: 0010
  名称前缀: true
  sign_date: 2021-06-21
  year: 2026
  period: {start: 合同签订之日, 结束: 2026年7月下旬}
  copies: {holders: [{holder: 甲方, count: ６}, {持有人: 乙方, 份数: 2}]}
party_a: 待填
party_b: {credit_code: 待填, bank: {account_no: 6000123456789000001}}
price:
  basis: 待填
  total: 1,040,000.00
  sections: 文件 price.yaml
  instalments:
    - {share: 50%, amount: 520000}
    - {share: 百分之十, amount: 52万元, days: 待填}
    - {比例: １０％, 金额: 余款, days: 30}
    - 待填
work_plans:
  - 文件 plan.yaml
  - file plan.yml
team: 待填
staffing: 文件staffing.yaml
delivery:
  installed: true
  需要安装: 是
  days: ３０
  manner: 待填
  kinds: [5, 甲, 待填]
  fees: [5, 5.50, ￥5元]
  goods: [{share: 1‰}]
"""


def editors_view(text: str) -> Any:
    """What an editor makes of YAML: numbers and truth values by the rules of YAML 1.2, dates as text."""
    loader = type("Editor", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", _pattern(r"true|false"), list("tf"))  # type: ignore[attr-defined]
    loader.add_implicit_resolver("tag:yaml.org,2002:null", _pattern(r"null|~|"), ["n", "~", ""])  # type: ignore[attr-defined]
    loader.add_implicit_resolver("tag:yaml.org,2002:int", _pattern(r"[-+]?(0|[1-9][0-9]*)"), list("-+0123456789"))  # type: ignore[attr-defined]
    loader.add_implicit_resolver("tag:yaml.org,2002:float", _pattern(r"[-+]?[0-9]+\.[0-9]+"), list("-+0123456789"))  # type: ignore[attr-defined]
    return yaml.load(text, loader)


def _pattern(text: str) -> Any:
    import re

    return re.compile(rf"(?:{text})\Z")


def errors(root: Path, text: str) -> list[str]:
    """The paths at which the schema of the sample kit marks a text."""
    validator = Draft202012Validator(json_schema(load_kit("样例", make_kit(root))))
    return [".".join(str(part) for part in error.absolute_path) for error in validator.iter_errors(editors_view(text))]


@pytest.mark.parametrize("name", [None, *kit_names(KITS)])
def test_the_schema_is_one(name: str | None) -> None:
    """The schema of every kit, and of the core, is a JSON Schema of draft 2020-12."""
    schema = json_schema(load_kit(name, KITS) if name else None)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_what_clerks_write_is_no_error(tmp_path: Path) -> None:
    """Numbers, partial dates, open fields, parts, keys and labels pass as an editor reads them."""
    assert errors(tmp_path, SOUND) == []


@pytest.mark.parametrize("folder", sorted((HERE / "data").glob("*/contract.yaml")), ids=lambda path: path.parent.name)
def test_the_sample_data_is_no_error(folder: Path) -> None:
    """The sample data of the project passes the schema of its own kit."""
    data = editors_view(folder.read_text(encoding="utf-8"))
    validator = Draft202012Validator(json_schema(load_kit(data.get("kit") or data["合同类型"], KITS)))

    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("kit: 别的", "kit"),
        ("colour: red", ""),
        ("price: {totl: 5}", "price"),
        ("party_a: 示例局", "party_a"),
        ("party_a: [示例局]", "party_a"),
        ("team: {name: 某}", "team"),
        ("team: 名单.docx", "team"),
        ("合同: {阶段: 初稿}", "合同.阶段"),
        ("合同: {number: }", "合同.number"),
        ('合同: {number: ""}', "合同.number"),
        ("合同: {year: 21}", ""),
        ("合同: {份数: {合计: 6份}}", "合同.份数.合计"),
        ("合同: {份数: {合计: 1.5}}", "合同.份数.合计"),
        ("合同: {份数: {合计: -1}}", "合同.份数.合计"),
        ("price: {total: [5]}", "price.total"),
        ("price: {total: 一百万}", "price.total"),
        ("price: {total: true}", "price.total"),
        ("penalty: {breach: 10}", "penalty.breach"),
        ("penalty: {breach: 很多}", "penalty.breach"),
        ("delivery: {manner: 快递}", "delivery.manner"),
        ("delivery: {installed: 有}", "delivery.installed"),
        ("delivery: {goods: [{share: 0.5}]}", "delivery.goods.0.share"),
        ("delivery: {goods: [{名字: 某}]}", "delivery.goods.0"),
    ],
)  # fmt: skip
def test_slips_are_marked(tmp_path: Path, text: str, where: str) -> None:
    """Unknown keys, wrong shapes, wrong words and bare shares are marked where they stand."""
    expected = [] if text == "合同: {year: 21}" else [where]  # a number of two digits is left to loading

    assert errors(tmp_path, text) == expected


def test_fields_are_explained_in_chinese(tmp_path: Path) -> None:
    """Key and label have the same schema, and each says what the other is and what to write."""
    properties = json_schema(load_kit("样例", make_kit(tmp_path)))["$defs"]["delivery"]["properties"]

    assert properties["days"] == {
        "type": ["string", "integer"],
        "minLength": 1,
        "pattern": r"^\s*([0-9０-９]{1,9}|待填)\s*$",
        "minimum": 0,
        "description": "交货期。天。整数，如 6，不带单位。",
        "title": "交货期",
    }
    assert properties["交货期"] == {**properties["days"], "title": "days"}


def test_every_group_of_two_kits_fields_is_apart(tmp_path: Path) -> None:
    """Own groups are named by their path, so that two with one name do not mix."""
    text = (
        KIT
        + "  other:\n    label: 另\n    type: group\n    fields:\n      goods: {label: 物, type: list, of: {x: {label: 甲, type: line}}}\n"
    )
    schema = json_schema(load_kit("样例", make_kit(tmp_path, text)))

    assert {"delivery-goods", "other-goods"} <= set(schema["$defs"])


def test_the_command_prints_utf_8(tmp_path: Path) -> None:
    """`docgen schema` writes JSON in UTF-8 on standard output, or into a file."""
    kits = make_kit(tmp_path)
    printed = CliRunner().invoke(command, ["样例", "--templates", str(kits)], standalone_mode=False)
    CliRunner().invoke(command, ["样例", "--templates", str(kits), "-o", str(tmp_path / "s.json")])

    assert printed.exception is None
    assert json.loads(printed.stdout_bytes.decode("utf-8")) == json_schema(load_kit("样例", kits))
    assert (tmp_path / "s.json").read_bytes() == printed.stdout_bytes
