"""Loading gives typed data with the place of every value, and every fault of the data in one run."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.contract import Contract, outer
from docgen.contract.faults import FAULTS, SCALAR_CODES, TITLES, Fault
from docgen.contract.folders import kit_names
from docgen.contract.kit import load_kit
from docgen.contract.load import load
from docgen.contract.scalars import PartialDate, Rest, Scalar
from docgen.contract.shape import every_field
from docgen.errors import InputError, TemplateError
from docgen.findings import Finding, Severity
from tests.contract.samples import KIT, draft, group_of, loaded, make_data, make_kit, told
from tests.endure import examples

HERE = Path(__file__).resolve().parent.parent.parent


def values_of(contract: Contract) -> tuple[str | None, ...]:
    """The names of the instalments, to see which entry is which."""
    return tuple(instalment.name for instalment in contract.data.price.instalments)


def test_a_sound_contract_is_loaded(tmp_path: Path) -> None:
    """Keys and labels, plain and quoted values, full-width forms: all arrive typed, and nothing is found."""
    text = """\
合同类型: 样例
合同:
  阶段: 定稿
  number: "0010"
  签订日期: ２０２１年６月21日
  period: {start: 合同签订之日, end: 2026年7月下旬}
  份数:
    持有情况:
      - {持有人: 甲方, 份数: 4}
      - holder: 乙方
        count: ２
price:
  total: 1,040,000.00
  付款:
    - 名称: 首付
      比例: 百分之五十
      金额: 52万元
    - name: 尾款
      amount: 余款
delivery:
  days: 30
  需要安装: 是
  交货方式: 自提
  kinds: [甲, "乙: 丙"]
  费用: [100, 2万元]
  goods: [{name: 某, 比重: 10％}]
"""
    contract, findings = loaded(tmp_path, text)

    assert findings == []
    assert contract is not None
    terms, price = contract.data.contract, contract.data.price
    assert (terms.stage, terms.number, terms.sign_date) == ("定稿", "0010", PartialDate(2021, 6, 21))
    assert [str(terms.period.start), str(terms.period.end)] == ["合同签订之日", "2026年7月下旬"]
    assert [(holding.holder, holding.count) for holding in terms.copies.holders] == [("甲方", 4), ("乙方", 2)]
    assert price.total == Decimal("1040000.00")
    assert [(i.name, i.share, i.amount) for i in price.instalments] == [
        ("首付", Decimal("0.5"), Decimal(520000)),
        ("尾款", None, Rest.REST),
    ]
    own = contract.data.delivery  # type: ignore[attr-defined]
    assert (own.place, own.days, own.installed, own.manner, own.kinds) == (None, 30, True, "自提", ("甲", "乙: 丙"))
    assert (own.fees, own.goods[0].share) == ((Decimal(100), Decimal(20000)), Decimal("0.1"))
    assert contract.blanks == frozenset()


def test_a_contract_knows_its_names_and_places(tmp_path: Path) -> None:
    """File, folder, set and stage are there, and every path of the YAML has its place."""
    contract, _ = draft(tmp_path, "price:\n  付款:\n    - 名称: 首付\n      amount: 5\n")

    assert (contract.file, contract.folder, contract.name) == ("d/contract.yaml", tmp_path / "data" / "甲", "甲")
    assert (contract.stage, contract.kit.name) == ("草稿", "样例")
    assert {path: (place.line, place.column) for path, place in contract.places.items()} == {
        "": (1, 1),
        "kit": (1, 6),
        "contract": (2, 1),
        "contract.stage": (3, 10),
        "contract.number": (4, 11),
        "price": (5, 1),
        "price.instalments": (6, 3),
        "price.instalments[1]": (7, 7),
        "price.instalments[1].name": (7, 11),
        "price.instalments[1].amount": (8, 15),
    }


def test_a_place_is_told_for_every_path(tmp_path: Path) -> None:
    """A path that is not in the YAML has the place of what it would stand in, with its own path and label."""
    contract, _ = draft(tmp_path, "price:\n  付款:\n    - 名称: 首付\n")

    place = contract.place("price.instalments[1].amount")
    assert (place.file, place.line, place.path, place.label) == (
        "d/contract.yaml",
        7,
        "price.instalments[1].amount",
        "价款.付款[1].金额",
    )
    assert contract.place("team[3].name").line == 1
    assert contract.label("delivery.goods[1].share") == "交货.货物[1].比重"


def test_loading_agrees_with_the_model(tmp_path: Path) -> None:
    """The data that loading builds is what each kind of value reads from the same texts."""
    contract, _ = draft(tmp_path, "price:\n  total: 5\n  sections:\n    - rows: [{unit_price: 1, quantity: '2'}]\n")

    texts = {
        "kit": "样例",
        "contract": {"stage": "草稿", "number": "一号"},
        "price": {"total": "5", "sections": [{"rows": [{"unit_price": "1", "quantity": "2"}]}]},
    }
    assert contract.data == group_of(contract.kit.shape.model, texts)


def test_all_faults_are_told_in_one_run(tmp_path: Path) -> None:
    """Faults of every kind stand side by side, each with its code, line, column and path."""
    text = """\
  合同编号: 二号
  sign_date: 2021-02-30
  份数: 6
party_a:
价款:
  合同总额: 5
  total: [1, 2]
  付款:
    name: 首付
乙方:
  nmae: 某
  name: "甲\\t乙"
  credit_code: "9111"
penalty:
  breach: 10
annexes: 附件一
delivery:
  days: 30天
  manner: 快递
  installed: 有
  kinds: 甲
"""
    contract, findings = draft(tmp_path, text)

    assert told(findings) == [
        "F202 5:3 contract.number",
        "F216 6:14 contract.sign_date",
        "F203 7:7 contract.copies",
        "F206 8:1 party_a",
        "F201 10:3 price",
        "F205 11:3 price.total",
        "F204 12:3 price.instalments",
        "F201 15:3 party_b",
        "F211 16:9 party_b.name",
        "F219 17:16 party_b.credit_code",
        "F215 19:11 penalty.breach",
        "F204 20:10 annexes",
        "F212 22:9 delivery.days",
        "F218 23:11 delivery.manner",
        "F218 24:14 delivery.installed",
        "F204 25:10 delivery.kinds",
    ]
    assert contract.blanks == {
        "contract.sign_date",
        "contract.copies",
        "party_a",
        "price.total",
        "price.instalments",
        "party_b.name",
        "party_b.credit_code",
        "penalty.breach",
        "annexes",
        "delivery.days",
        "delivery.manner",
        "delivery.installed",
        "delivery.kinds",
    }
    assert contract.data.contract.number == "一号"


def test_a_fault_is_told_in_full(tmp_path: Path) -> None:
    """A finding has message, quote, label, expectation and frame, and its quote stands at its offset."""
    _, findings = draft(tmp_path, "  sign_date: 2021-02-30\n")
    (finding,) = findings

    assert finding.message == "“2021-02-30”不能用作日期：没有 30 日这一天：2021 年 2 月只有 28 天。"
    assert (finding.severity, finding.quote) == (Severity.ERROR, "2021-02-30")
    assert finding.expected == "日期，如 2021-06-21、2026年6月、2026年7月下旬，或 合同签订之日"
    assert (finding.place.file, finding.place.label) == ("d/contract.yaml", "合同.签订日期")
    assert finding.frame == ("4 |   number: 一号\n5 |   sign_date: 2021-02-30\n  |              ^^^^^^^^^^")
    text = (tmp_path / "data" / "甲" / "contract.yaml").read_text(encoding="utf-8")
    offset = finding.place.offset or 0
    assert text[offset : offset + len(finding.quote)] == finding.quote


@pytest.mark.parametrize(
    ("text", "message", "expected", "hint"),
    [
        ("price:\n  合同总额: 5", "没有“合同总额”这一项。", "合同总价", "是不是想写“合同总价”？"),
        ("party_a:\n  nmae: 5", "没有“nmae”这一项。", "name", "是不是想写“name”？"),
        ("party_a:\n  Name: 5", "没有“Name”这一项。", "name", "是不是想写“name”？"),
        ("  sub_budgets: 5", "没有“sub_budgets”这一项。", None, "“sub_budgets”应写在“价款”之下，请检查缩进。"),
        ("  甲方: {名称: 某}", "没有“甲方”这一项。", None, "“甲方”应写在最外层，请检查缩进。"),
        ("place: 某地", "没有“place”这一项。", None, "“place”应写在“合同”之下，请检查缩进。"),
        ("  start: 2026", "没有“start”这一项。", None, "“start”应写在“合同.履行期限”之下，请检查缩进。"),
        ("party_b:\n  account_no: 5", "没有“account_no”这一项。", None,
         "“account_no”应写在“乙方.收款账户”之下，请检查缩进。"),
        ("change:\n  xyz: 5", "没有“xyz”这一项。", None, "这里可以写：新增工作上限、补充协议上限。"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_told_with_what_may_be_meant(
    tmp_path: Path, text: str, message: str, expected: str | None, hint: str
) -> None:
    """A key that is not known comes with the most similar one, or where it belongs, or what can stand there."""
    _, findings = draft(tmp_path, text)

    assert [(f.rule, f.message, f.expected, f.hint) for f in findings] == [("F201", message, expected, hint)]


def test_the_fields_of_the_kit_are_among_those_that_can_stand_there(tmp_path: Path) -> None:
    """An unknown key on the outermost level is answered with the kit's own fields too, however many there are."""
    _, findings = draft(tmp_path, "xyz: 5\n")

    assert (findings[0].hint or "").startswith("这里可以写：合同类型、合同、甲方、")
    assert (findings[0].hint or "").endswith("、交货。")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("甲方: 示例局", "这里应写一组字段，写成了一个值。", "下一行起缩进两格，一行写一项，如“名称: …”。"),
        ("甲方: [示例局]", "这里应写一组字段，写成了列表。", "这里只有一组，去掉前面的“- ”。"),
        ("team: 张三", "这里应写列表，写成了一个值。", "每一项另起一行，前面加“- ”（减号加空格）。"),
        ("team: {name: 张三}", "这里应写列表，写成了一组字段。", "每一项另起一行，前面加“- ”（减号加空格）。"),
        ("甲方:\n  名称: [某]", "这里应写一个值，写成了列表。", "这里只有一个值，不用“- ”，写在冒号后面。"),
        ("delivery:\n  kinds:\n    - 一: 二", "这里应写一个值，写成了一组字段。",
         "文字里有冒号加空格时，请用半角引号把整个值括起来。"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_told_with_the_way_out(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """A value where a group or list belongs, and the reverse, is told with what to write instead."""
    _, findings = draft(tmp_path, text)

    assert [(f.message, f.hint) for f in findings] == [(message, hint)]


@pytest.mark.parametrize("nothing", ["", '""', "''", "~", "null", "NULL", '"　"', "|\n"])
def test_nothing_written_is_a_fault(tmp_path: Path, nothing: str) -> None:
    """A key without a value, in every way that YAML has for that, is not taken for a text."""
    contract, findings = draft(tmp_path, f"party_a:\n  name: {nothing}\n")

    assert [f.rule for f in findings] == ["F206"]
    assert contract.blanks == {"party_a.name"}


def test_yaml_words_are_texts(tmp_path: Path) -> None:
    """What YAML itself takes for truth values, numbers or times stays the text that was typed."""
    contract, findings = draft(tmp_path, "delivery:\n  kinds: [yes, no, 0010, 12:30, 1e3, 'null', 2021-06-21]\n")

    assert findings == []
    assert contract.data.delivery.kinds == ("yes", "no", "0010", "12:30", "1e3", "null", "2021-06-21")  # type: ignore[attr-defined]


def test_a_faulty_entry_keeps_its_number(tmp_path: Path) -> None:
    """Entries that are open, faulty or empty do not change the numbers of the others."""
    text = """\
price:
  付款:
    - 待填
    - name: 二
    - 三
    -
    - name: 五
delivery:
  kinds: [甲, 待填, [], 丁]
  fees: [1, 待填, x, 4]
"""
    contract, findings = draft(tmp_path, text)

    assert values_of(contract) == (None, "二", None, None, "五")
    own = contract.data.delivery  # type: ignore[attr-defined]
    assert own.kinds == ("甲", "待填", "待填", "丁")
    assert own.fees == (Decimal(1), None, None, Decimal(4))
    assert told(findings) == [
        "F232 7:7 price.instalments[1]",
        "F203 9:7 price.instalments[3]",
        "F206 10:6 price.instalments[4]",
        "F232 13:14 delivery.kinds[2]",
        "F205 13:18 delivery.kinds[3]",
        "F232 14:13 delivery.fees[2]",
        "F214 14:17 delivery.fees[3]",
    ]
    assert contract.blanks == {f.place.path for f in findings}


def test_open_fields_in_a_draft_are_notes(tmp_path: Path) -> None:
    """待填 is None or empty in the data, its path is known, and a draft lists it as a note."""
    contract, findings = draft(tmp_path, '  name: 待填\n  sign_date: "待填"\nparty_a: 待填\nteam: 待填\n')

    assert [(f.rule, f.severity, f.place.path) for f in findings] == [
        ("F232", Severity.NOTE, "contract.name"),
        ("F232", Severity.NOTE, "contract.sign_date"),
        ("F232", Severity.NOTE, "party_a"),
        ("F232", Severity.NOTE, "team"),
    ]
    assert contract.blanks == {"contract.name", "contract.sign_date", "party_a", "team"}
    assert (contract.data.contract.name, contract.data.party_a.name, contract.data.team) == (None, None, ())
    assert contract.is_open("party_a.contact.name")
    assert not contract.is_open("party_b.name")


def test_open_fields_in_a_final_contract_are_errors(tmp_path: Path) -> None:
    """A final contract may leave nothing open, and is loaded all the same, so that its rules can run."""
    contract, findings = loaded(tmp_path, "kit: 样例\ncontract: {stage: 定稿, number: 待填}\nprice: {total: 5}\n")

    assert [(f.rule, f.severity, f.place.path) for f in findings] == [("F232", Severity.ERROR, "contract.number")]
    assert contract is not None
    assert (contract.data.price.total, contract.blanks) == (Decimal(5), {"contract.number"})


def test_an_open_field_inside_a_text_is_told(tmp_path: Path) -> None:
    """待填 among other words would be printed; 待填报 is a word of its own."""
    text = "kit: 样例\ncontract: {stage: 定稿, number: 一号, name: 待填市服务合同, place: 待填报系统}\n"
    contract, findings = loaded(tmp_path, text)

    assert [(f.rule, f.severity, f.place.path) for f in findings] == [("F233", Severity.WARNING, "contract.name")]
    assert contract is not None
    assert (contract.data.contract.name, contract.blanks) == ("待填市服务合同", frozenset())


@pytest.mark.parametrize("word", ["待定", "待补充", "TBD", "xxx", "××", "（待定）"])
def test_another_word_for_an_open_field_is_told(tmp_path: Path, word: str) -> None:
    """待定 and the like would be printed as they are; only 待填 is a blank."""
    text = f"kit: 样例\ncontract: {{stage: 定稿, number: {word}, name: 甲待定区合同, place: XX市}}\n"
    contract, findings = loaded(tmp_path, text)

    assert [(f.rule, f.severity, f.message, f.place.path) for f in findings] == [
        ("F233", Severity.WARNING, f"“{word}”会照样印出。", "contract.number")
    ]
    assert contract is not None
    assert contract.data.contract.number == word


@pytest.mark.parametrize(("stage", "severity"), [("草稿", Severity.WARNING), ("定稿", Severity.ERROR)])
def test_missing_fields(tmp_path: Path, stage: str, severity: Severity) -> None:
    """What the kit requires and the data lacks is told at the group around it, and is open from then on."""
    paths = ["party_a.name", "price.instalments[].trigger", "team", "team[].name", "staffing"]
    kits = make_kit(tmp_path, KIT.replace("  - contract.number\n", "".join(f"  - {path}\n" for path in paths)))
    text = f"""\
kit: 样例
contract:
  stage: {stage}
price:
  instalments:
    - name: 一
    - trigger: 二
    - name: 三
"""
    contract, findings = load(make_data(tmp_path, text), shown="d/", kits=kits)

    assert sorted(told(findings)) == [
        "F231 1:1 party_a.name",
        "F231 1:1 staffing",
        "F231 1:1 team",
        "F231 6:7 price.instalments[1].trigger",
        "F231 8:7 price.instalments[3].trigger",
    ]
    assert {f.severity for f in findings} == {severity}
    assert contract is not None
    assert contract.blanks == {f.place.path for f in findings}


@pytest.mark.parametrize(
    ("text", "faulty"),
    [
        ("甲方: {名: 某局}\ncontract: {stage: 定稿, number: 1, copies: {holders: [{holder: 甲, count: 1}]}}", "party_a.name"),
        ("甲方: {name: 某局}\ncontract: {stage: 定稿, number: 1}\ncopies: {holders: []}", "contract.copies.holders"),
        ("甲方: {name: 某局}\ncontract: {阶断: 定稿, number: 1, copies: {holders: [{holder: 甲}]}}", "contract.stage"),
    ],
)  # fmt: skip
def test_a_field_under_a_wrong_key_is_not_missing_as_well(tmp_path: Path, text: str, faulty: str) -> None:
    """A required field whose key is misspelt or misplaced is told once, at the key, and is open from then on."""
    paths = ["party_a.name", "contract.number", "contract.copies.holders"]
    kits = make_kit(tmp_path, KIT.replace("  - contract.number\n", "".join(f"  - {path}\n" for path in paths)))
    contract, findings = load(make_data(tmp_path, f"kit: 样例\n{text}\n"), shown="d/", kits=kits)

    assert [f.rule for f in findings] == ["F201"]
    assert contract is not None
    assert contract.blanks == {faulty}


def test_a_field_is_not_missing_where_something_around_it_is_open(tmp_path: Path) -> None:
    """An open or faulty group tells of itself once; the required fields below it say nothing."""
    kits = make_kit(tmp_path, KIT.replace("  - contract.number\n", "  - party_a.name\n  - party_b.name\n"))
    text = "kit: 样例\ncontract: {stage: 草稿}\nparty_a: 待填\nparty_b: 某\n"

    _, findings = load(make_data(tmp_path, text), shown="d", kits=kits)
    assert told(findings) == ["F232 3:10 party_a", "F203 4:10 party_b"]


@pytest.mark.parametrize(
    ("stage", "code"), [("", "F223"), ("stage: 待填", "F223"), ("stage:", "F206"), ("stage: 初稿", "F218")]
)
def test_without_a_stage_a_contract_is_a_draft(tmp_path: Path, stage: str, code: str) -> None:
    """A stage that is missing, open or unknown is one error, and the contract is treated as a draft."""
    contract, findings = loaded(tmp_path, f"kit: 样例\ncontract:\n  number: 1\n  {stage}\n")

    assert [(f.rule, f.severity) for f in findings] == [(code, Severity.ERROR)]
    assert contract is not None
    assert contract.stage == "草稿"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("contract: {stage: 草稿}", "F221", "没有写合同类型（kit），无法知道要生成哪些文件。"),
        ("kit:\ncontract: {stage: 草稿}", "F221", "没有写合同类型（kit），无法知道要生成哪些文件。"),
        ("合同类型: 待填", "F221", "没有写合同类型（kit），无法知道要生成哪些文件。"),
        ("kit: 样列", "F222", "没有“样列”这种合同类型。"),
        ("kit: ../templates/样例", "F222", "没有“../templates/样例”这种合同类型。"),
        ("kit: [样例]", "F221", "没有写合同类型（kit），无法知道要生成哪些文件。"),
    ],
)
def test_without_a_known_kit_there_is_no_contract(tmp_path: Path, text: str, code: str, message: str) -> None:
    """A contract whose kind is not known cannot be loaded, and the kinds there are stand in the hint."""
    contract, findings = loaded(tmp_path, text)

    assert contract is None
    assert [(f.rule, f.message) for f in findings] == [(code, message)]
    assert "已有的合同类型：样例" in (findings[0].hint or "")


def test_a_kind_of_contract_written_by_its_label_is_told_by_its_name(tmp_path: Path) -> None:
    """Whoever writes what the contract is called learns the name of the kit, even beside a kit that is broken."""
    make_kit(tmp_path, "label: [", name="坏")
    _, findings = loaded(tmp_path, "kit: 样例合同")

    where = f"在 {tmp_path / 'templates'}"
    assert [(f.rule, f.expected, f.hint) for f in findings] == [
        ("F222", "样例", f"是不是想写“样例”？已有的合同类型：坏、样例（样例合同），{where}。")
    ]


def test_yaml_that_cannot_be_read_gives_findings_alone(tmp_path: Path) -> None:
    """An unusable YAML gives no contract and says why."""
    contract, findings = loaded(tmp_path, "kit: 样例\nprice: [\n")

    assert contract is None
    assert {f.rule[:2] for f in findings} == {"F1"}


def test_slips_in_yaml_and_faults_of_data_come_together(tmp_path: Path) -> None:
    """A full-width colon does not hide the faults behind it."""
    contract, findings = draft(tmp_path, "  name：服务合同\nprice:\n  totl: 5\n")

    assert [f.rule for f in findings] == ["F111", "F201"]
    assert contract.data.contract.name == "服务合同"


def test_parts_stand_in_files_of_their_own(tmp_path: Path) -> None:
    """A group, a list and an entry of a list may each stand in a file beside contract.yaml, and know their places."""
    text = "price: 文件 price.yaml\nteam: file roster.yaml\nwork_plans:\n  - 文件plan.yaml\n  - title: 二\n"
    parts = {
        "price": "total: 5\ninstalments: 文件 pay.yml\n",
        "roster": "# 名单\n- name: 张三\n- name: 李四\n",
        "plan": "标题: 一\ntitle: 一\n",
    }
    folder = make_data(tmp_path, "", **parts)
    (folder / "pay.yml").write_text("- amount: 余款\n", encoding="utf-8")
    contract, findings = draft(tmp_path, text, **parts)

    assert [f"{f.place.file} {line}" for f, line in zip(findings, told(findings), strict=True)] == [
        "d/plan.yaml F201 1:1 work_plans[1]"
    ]
    assert contract.data.price.instalments[0].amount is Rest.REST
    assert [member.name for member in contract.data.team] == ["张三", "李四"]
    assert [plan.title for plan in contract.data.work_plans] == ["一", "二"]
    assert {path: f"{place.file}:{place.line}" for path, place in contract.places.items() if "." not in path} == {
        "": "d/contract.yaml:1",
        "kit": "d/contract.yaml:1",
        "contract": "d/contract.yaml:2",
        "price": "d/contract.yaml:5",
        "team": "d/contract.yaml:6",
        "team[1]": "d/roster.yaml:2",
        "team[2]": "d/roster.yaml:3",
        "work_plans": "d/contract.yaml:7",
        "work_plans[1]": "d/contract.yaml:8",
        "work_plans[2]": "d/contract.yaml:9",
    }
    assert contract.place("price.instalments[1].amount").file == "d/pay.yml"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("没有.yaml", "d/没有.yaml：找不到这个文件"),
        ("../乙.yaml", "“../乙.yaml”在数据文件夹之外"),
        ("/etc/x.yaml", "“/etc/x.yaml”不是数据文件夹之内的文件名"),
        ("C:\\x.yaml", "“C:\\x.yaml”不是数据文件夹之内的文件名"),
        ("..\\乙.yaml", "“..\\乙.yaml”在数据文件夹之外"),
        ("link.yaml", "“link.yaml”在数据文件夹之外"),
        ("contract.yaml", "文件绕回了自己：d/contract.yaml → d/contract.yaml"),
        ("round.yaml", "文件绕回了自己：d/round.yaml → d/round.yaml"),
        ("sub.yaml", "d/sub.yaml：这是文件夹，不是文件"),
    ],
)
def test_parts_that_cannot_be_used(tmp_path: Path, name: str, reason: str) -> None:
    """A part outside the folder, behind a link, in a circle or not there is a finding at its name."""
    folder = make_data(tmp_path, "", round="instalments: 文件 round.yaml\n")
    (tmp_path / "data" / "乙.yaml").write_text("total: 5\n", encoding="utf-8")
    (folder / "sub.yaml").mkdir()
    (folder / "link.yaml").symlink_to(tmp_path / "data" / "乙.yaml")
    contract, findings = draft(tmp_path, f"price: 文件 {name}\n", round="instalments: 文件 round.yaml\n")

    assert [(f.rule, f.message) for f in findings] == [("F241", f"{reason}。")]
    assert contract.blanks == {findings[0].place.path}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("pirce.yaml", "是不是想写“文件 price.yaml”？"),
        ("price.yml", "是不是想写“文件 price.yaml”？"),
        ("名单.yaml", "请检查文件名和所在的文件夹。"),
        ("contact.yaml", "请检查文件名和所在的文件夹。"),
    ],
)
def test_a_part_that_is_not_there_is_told_with_the_one_meant(tmp_path: Path, name: str, hint: str) -> None:
    """A mistyped file name comes with the most similar one that lies in the folder."""
    _, findings = draft(tmp_path, f"price: 文件 {name}\n", price="total: 5\n")

    assert [(f.rule, f.hint) for f in findings] == [("F241", hint)]


def test_a_part_may_be_named_after_a_colon(tmp_path: Path) -> None:
    """`文件：price.yaml` can mean nothing but the file."""
    contract, findings = draft(tmp_path, "price: 文件：price.yaml\n", price="total: 5\n")

    assert (findings, contract.data.price.total) == ([], Decimal(5))


def test_a_part_with_faulty_yaml_leaves_its_group_open(tmp_path: Path) -> None:
    """The faults of a part's YAML are told in its own file, and the rest of the contract is loaded."""
    contract, findings = draft(tmp_path, "price: 文件 price.yaml\nparty_a: {name: 某}\n", price="total: [\n")

    assert {(f.place.file, f.rule[:2]) for f in findings} == {("d/price.yaml", "F1")}
    assert contract.is_open("price.total")
    assert contract.data.party_a.name == "某"


def test_a_part_that_holds_a_list_is_no_group(tmp_path: Path) -> None:
    """A part has to have the shape of the place that names it."""
    contract, findings = draft(tmp_path, "price: 文件 price.yaml\n", price="- total: 5\n")

    assert [(f.rule, f.place.file, f.place.path) for f in findings] == [("F203", "d/price.yaml", "price")]
    assert contract.is_open("price")


def test_a_part_may_be_named_often_but_not_without_end(tmp_path: Path) -> None:
    """Naming one part many times is lawful; two hundred splices are the limit."""
    text = "team:\n" + "  - 文件 one.yaml\n" * 201
    contract, findings = draft(tmp_path, text, one="name: 某\n")

    assert [f.rule for f in findings] == ["F241"]
    assert len(contract.data.team) == 201


def test_a_text_that_speaks_of_a_file_is_a_text(tmp_path: Path) -> None:
    """文件 NAME.yaml names a part only where a group or list belongs."""
    contract, findings = draft(tmp_path, "party_a:\n  name: 文件 a.yaml\n")

    assert (findings, contract.data.party_a.name) == ([], "文件 a.yaml")


def test_the_file_or_its_folder_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A contract is found by its file, by its folder, with or without a slash, and from inside the folder."""
    kits = make_kit(tmp_path).resolve()
    folder = make_data(tmp_path, "kit: 样例\ncontract: {stage: 草稿, number: 1}\n")
    monkeypatch.chdir(tmp_path)
    for shown in ("data/甲", "data/甲/", "data/甲/contract.yaml"):
        contract, _ = load(Path(shown), shown=shown, kits=kits)
        assert contract is not None
        assert (contract.file, contract.name) == ("data/甲/contract.yaml", "甲")
    monkeypatch.chdir(folder)
    contract, _ = load(Path(), kits=kits)
    assert contract is not None
    assert (contract.name, contract.folder) == ("甲", folder)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """A missing file, a folder without data and a file of another kind each end with one clear message."""
    folder = make_data(tmp_path, "kit: 样例\n")
    (folder / "contract.docx").write_bytes(b"PK\x03\x04")
    cases = {"nowhere": "nowhere：找不到这个文件。", "data": "data：文件夹里没有 contract.yaml。"}
    for shown, message in cases.items():
        with pytest.raises(InputError) as caught:
            load(tmp_path / shown, shown=shown)
        assert str(caught.value) == message
    with pytest.raises(InputError) as caught:
        load(folder / "contract.docx", shown="contract.docx")
    assert "不是数据文件" in str(caught.value)


def test_a_folder_of_contracts_is_answered_with_paths_to_copy(tmp_path: Path) -> None:
    """Who names the folder above the contracts sees each of them, from where he stands, as many as there are."""
    for name in "一二三四五六":
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "contract.yaml").touch()

    with pytest.raises(InputError) as caught:
        load(tmp_path / "data", shown="data/")
    assert caught.value.hint == "是不是要用其中的 data/一、data/三、data/二、data/五、data/六 等？"


@pytest.mark.parametrize("name", ["README.md", "说明.txt", "Makefile"])
def test_a_text_that_is_no_data_file_is_refused(tmp_path: Path, name: str) -> None:
    """A file of another kind is not searched for slips; it is said in one sentence."""
    (tmp_path / name).write_text("# 说明\n\n第一段：文字\n", encoding="utf-8")

    with pytest.raises(InputError) as caught:
        load(tmp_path / name, shown=name)
    assert str(caught.value) == f"{name}：这不是数据文件；数据文件是 YAML，名称以 .yaml 或 .yml 结尾。"
    assert caught.value.hint == "请指定 contract.yaml，或它所在的文件夹。"


def test_a_faulty_kit_stops_the_work(tmp_path: Path) -> None:
    """The faults of a kit are no findings of the contract: they end the work."""
    kits = make_kit(tmp_path, KIT.replace("template: 正文.docx", "template: 无.docx"))

    with pytest.raises(TemplateError):
        load(make_data(tmp_path, "kit: 样例\n"), kits=kits)


def test_other_encodings_are_read(tmp_path: Path) -> None:
    """A file with a byte order mark or in GB18030 is the same contract."""
    text = "kit: 样例\r\ncontract:\r\n  stage: 草稿\r\n  number: 一号\r\n"
    for encoding, codes in (("utf-8-sig", []), ("utf-16", []), ("gb18030", ["F101"])):
        folder = make_data(tmp_path, "")
        (folder / "contract.yaml").write_bytes(text.encode(encoding))
        contract, findings = load(folder, shown="d", kits=make_kit(tmp_path))
        assert contract is not None
        assert (contract.data.contract.number, [f.rule for f in findings]) == ("一号", codes)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_the_samples_of_faults_hold(tmp_path: Path, fault: Fault) -> None:
    """The wrong sample of each fault yields its code, the right one does not."""
    assert fault.code in codes_of(tmp_path, fault.wrong, fault.code)
    assert fault.code not in codes_of(tmp_path, fault.right, fault.code)


def codes_of(root: Path, fragment: str, code: str) -> set[str]:
    """The codes that a fragment of a contract.yaml yields, completed where that is not the point."""
    text = fragment if code in ("F221", "F222") else f"kit: 样例\n{fragment}\n"
    if "contract:" not in text and code != "F221":
        text += "\ncontract:\n  stage: 草稿\n"
    return {finding.rule for finding in loaded(root, text)[1]}


def test_codes_are_in_order_and_complete() -> None:
    """The table of faults is sorted and unique, and every kind of value has its code in it."""
    codes = [fault.code for fault in FAULTS]

    assert codes == sorted(set(codes)) == list(TITLES)
    assert set(SCALAR_CODES.values()) <= set(codes)
    kinds = {item.shape.kind for name in kit_names(HERE / "templates")
             for _, item in every_field(load_kit(name, HERE / "templates").shape) if isinstance(item.shape, Scalar)}  # fmt: skip
    assert kinds <= set(SCALAR_CODES)


@pytest.mark.parametrize("path", ["a", "a.b[2].c", "a[1][2]", ""])
def test_the_outside_of_a_path(path: str) -> None:
    """Going outward from any path ends at the top."""
    seen = [path]
    while seen[-1]:
        seen.append(outer(seen[-1]))
    assert len(seen) <= 6


WORDS = st.sampled_from(
    ["kit", "样例", "contract", "合同", "stage", "草稿", "number", "price", "价款", "total", "付款", "team", "name",
     "待填", "5", "1%", "2021-02-30", "文件 a.yaml", "~", "", "甲：乙", "delivery", "kinds", "fees", "\u200b", "goods"]
)  # fmt: skip
TREES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


@settings(max_examples=examples(60))
@given(TREES)
def test_whatever_is_written_nothing_breaks(tmp_path_factory: pytest.TempPathFactory, tree: object) -> None:
    """Any tree of texts gives findings with places and labels, never an exception."""
    import json

    root = tmp_path_factory.getbasetemp() / "any"
    body = {"kit": "样例", **tree} if isinstance(tree, dict) else tree
    contract, findings = loaded(root, json.dumps(body, ensure_ascii=False), a="- name: 某\n")

    assert all(has_place(finding) for finding in findings)
    assert contract is not None or findings
    if contract is not None:
        assert all(outer(path) in contract.places or outer(path) == "" for path in contract.places)


def has_place(finding: Finding) -> bool:
    """Whether a finding says where it stands."""
    return bool(finding.place.file and finding.place.line and finding.place.column and finding.message)
