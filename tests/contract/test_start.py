"""A new contract begins as a draft that loads without an error, never over something that is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.commands.new import command
from docgen.contract.folders import kit_names
from docgen.contract.kit import Kit, load_kit
from docgen.contract.load import load
from docgen.contract.schema import json_schema
from docgen.contract.start import SCHEMA_FILE, create, refuse_name, start_text
from docgen.errors import DocgenError, InputError, OutputError, TemplateError
from docgen.findings import Severity
from docgen.template.lint.needs import needs_of
from tests.contract.samples import KIT, make_kit
from tests.endure import examples

KITS = Path(__file__).resolve().parent.parent.parent / "templates"
TEMPLATES = {
    "正文.docx": """\
{{ contract.name }}：{{ party_a.name }}、{{ 乙方 }}
{%p for i in price.instalments %}
{{ no("1.", "pay") }}{{ i.name }}付{{ i.share|百分比 }}，即{{ i.amount|大写 }}
{%p endfor %}
{% if delivery.goods[0].share > 1 %}{% set first = delivery.goods[0] %}{{ first.name }}{% endif %}
{{ table(id).title }}{%tr for group in table(id).groups %}{{ group.name }}{%tr endfor %}
{{ price.sections[0].rows|length }}{{ annexes }}{{ "party_b.name" }}
""",
    "方案.docx": '{{ plan.title }}{{ plan.annex_label }}{{ staffing }}\n{%p include "人员保障" %}',
    "保障.docx": "{% for group in staffing.groups %}{{ group.duty }}{% endfor %}",
}


def made(kit: Kit, name: str, into: Path) -> Path:
    """The data folder of a new contract with what the kit's templates need."""
    return create(kit, name, into, needs_of(kit))


def test_the_start_lists_what_the_kit_uses(tmp_path: Path) -> None:
    """Every used field is there as 待填 with its label; control figures and records are comments."""
    text = KIT.replace("    role: annex\n", "    role: annex\n    record: review.date\n    when: review.form_no\n")
    kit = load_kit("样例", make_kit(tmp_path, text, templates=TEMPLATES))

    assert needs_of(kit).records == {"review.date"}
    body = start_text(kit, "data/甲", needs_of(kit)).split("\nkit: ")[1].splitlines()
    assert body == [
        "样例  # 合同类型：样例合同",
        "",
        "contract:  # 合同",
        "  stage: 草稿  # 阶段：草稿 或 定稿；定稿不能有 待填",
        "  number: 待填  # 合同编号",
        "  name: 待填  # 合同名称：全称，含“协议”“合同书”等字样",
        *(line for line in body if line.startswith("  # 还可以写：project_name（项目名称）、name_prefix")),
        "",
        "party_a:  # 甲方",
        "  name: 待填  # 名称",
        *(line for line in body if line.startswith("  # 还可以写：short_name")),
        "",
        "price:  # 价款",
        "  sections:  # 报价表：可以有若干项",
        "    - rows:  # 报价行：可以有若干项",
        "        - item: 待填  # 事项",
        "          unit_price: 待填  # 单价：金额（元），如 1040000、1,040,000.00 或 104万元",
        "          quantity: 待填  # 数量：数，如 45 或 0.5，不带单位",
        "          unit: 待填  # 单位",
        "          remark: 待填  # 备注",
        "          # no:  # 序号：控制数：各节自 1 起连续",
        "          # amount:  # 金额：控制数：单价 × 数量；一口价只写金额",
        "      # 还可以写：title（标题）、subtotal（小计）",
        "  instalments:  # 付款：可以有若干项",
        "    - name: 待填  # 名称",
        "      share: 待填  # 比例：写 50%、1‰ 或 百分之十",
        "      # amount:  # 金额：金额，或 余款；写了比例的为控制数",
        "      # 还可以写：trigger（付款条件）、days（付款天数）",
        "  # 还可以写：basis（结算方式）、total（合同总价）、tax（税款）、sub_budgets（分项费用）",
        "",
        "work_plans:  # 工作方案：可以有若干项",
        "  - title: 待填  # 工作内容：合同正文中的标题",
        "    annex_title: 待填  # 附件标题",
        *(line for line in body if line.startswith("    # 还可以写：id（标识）、summary")),
        "",
        "staffing:  # 人员保障",
        "  groups:  # 职责分工：可以有若干项",
        "    - duty: 待填  # 职责",
        "      # 还可以写：name（名称）",
        "  # 还可以写：structure（团队结构）、requirements（任职要求）",
        "",
        "indicator_tables:  # 指标表：可以有若干项",
        "  - title: 待填  # 标题",
        "    groups:  # 分组：可以有若干项",
        "      - name: 待填  # 名称",
        "        # 还可以写：points（分值）、rows（指标行）",
        "    # 还可以写：id（标识）、points（总分）",
        "",
        "review:  # 法审建议单",
        "  form_no: 待填  # 编号",
        "  # date:  # 日期：日期，如 2021-06-21、2026年6月、2026年7月下旬，或 合同签订之日",
        *(line for line in body if line.startswith("  # 还可以写：contract_name")),
        "",
        "delivery:  # 交货",
        "  goods:  # 货物：可以有若干项",
        "    - name: 待填  # 名称",
        "      share: 待填  # 比重：比例，如 50%、1‰、百分之十",
        "  # 还可以写：place（交货地点）、days（交货期）、installed（需要安装）、manner（交货方式）、kinds（类别）、fees（费用）",
    ]


@pytest.mark.parametrize("name", kit_names(KITS))
def test_a_start_is_a_draft_without_errors(tmp_path: Path, name: str) -> None:
    """The start of every kit loads, is a draft, has all required fields, and is only told what is still open."""
    folder = made(load_kit(name, KITS), "新合同", tmp_path / "data")

    contract, findings = load(folder, kits=KITS)
    assert contract is not None
    assert (contract.stage, contract.name) == ("草稿", "新合同")
    assert {(finding.rule, finding.severity) for finding in findings} == {("F232", Severity.NOTE)}
    assert set(contract.places) > {"contract.number", "party_a.name", "price.instalments[1].name"}


def test_the_schema_lies_beside_it(tmp_path: Path) -> None:
    """The first line of the start leads an editor to the schema of the kit."""
    kits = make_kit(tmp_path)
    folder = made(load_kit("样例", kits), "新", tmp_path / "data")

    first = (folder / "contract.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA_FILE}"
    assert json.loads((folder / SCHEMA_FILE).read_text(encoding="utf-8")) == json_schema(load_kit("样例", kits))
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) == [
        ".docgen",
        ".docgen/contract.schema.json",
        "contract.yaml",
    ]


@pytest.mark.parametrize("kind", ["folder", "file", "dangling link"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    """What is there already stays as it is, and nothing is left beside it."""
    kit = load_kit("样例", make_kit(tmp_path))
    target = tmp_path / "data" / "新"
    target.parent.mkdir()
    {
        "folder": target.mkdir,
        "file": lambda: target.write_text("mine"),
        "dangling link": lambda: target.symlink_to(tmp_path / "gone"),
    }[kind]()

    with pytest.raises(OutputError) as caught:
        made(kit, "新", tmp_path / "data")
    assert str(caught.value) == f"{target.as_posix()}：已经存在，没有改动。"
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["新"]


def test_an_unwritable_folder_is_said(tmp_path: Path) -> None:
    """Where no folder can be made, one message says so."""
    (tmp_path / "data").write_text("a file")

    with pytest.raises(OutputError) as caught:
        made(load_kit("样例", make_kit(tmp_path)), "新", tmp_path / "data")
    assert str(caught.value).startswith(f"{tmp_path.as_posix()}/data：不能在这里新建文件夹")


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full in the middle, the half-written folder goes."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("docgen.contract.start._fill", full)
    with pytest.raises(OutputError) as caught:
        made(load_kit("样例", make_kit(tmp_path)), "新", tmp_path / "data")
    assert str(caught.value) == f"{tmp_path.as_posix()}/data/新：没有写成（磁盘已满）。"
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "a/b", "a\\b", "../x", "/x", "a:b", "甲?", "甲*", "<甲>", "甲|乙", '"甲"', "甲.", "甲 ", " 甲", ".甲",
     "-x", "CON", "nul.txt", "Com1", "甲\n乙", "甲\u200b乙", "甲\u202e乙", "长" * 41, "e\u0301", "\ud800"],
)  # fmt: skip
def test_illegal_names_are_refused(tmp_path: Path, name: str) -> None:
    """A name that some system cannot hold, or that leads elsewhere, is refused before anything is made."""
    with pytest.raises(InputError):
        made(load_kit("样例", make_kit(tmp_path)), name, tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "name", ["2026-好差评", "甲方（乙方）合同", "a b", "示政数合【2026】121号", "2026年.第1号", "contract"]
)
def test_good_names_pass(name: str) -> None:
    """Names that clerks give are lawful."""
    refuse_name(name)


@settings(max_examples=examples(300))
@given(st.text(max_size=20))
def test_a_name_is_one_folder_or_refused(name: str) -> None:
    """Whatever the name, it is refused or is exactly one folder."""
    try:
        refuse_name(name)
    except DocgenError:
        return
    assert Path("data", name).parent == Path("data")
    assert Path(name).name == name


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    """`docgen new` names the file and the next commands."""
    kits = make_kit(tmp_path)
    arguments = ["样例", "新", "--into", str(tmp_path / "数据"), "--templates", str(kits)]
    done = CliRunner().invoke(command, arguments, standalone_mode=False)

    folder = f"{tmp_path.as_posix()}/数据/新"
    assert (
        done.output
        == f"已新建 {folder}/contract.yaml。填写后核对：docgen check {folder}；生成：docgen build {folder}\n"
    )
    wrong = CliRunner().invoke(command, ["样列", *arguments[1:]], standalone_mode=False)
    assert isinstance(wrong.exception, TemplateError)


@pytest.mark.parametrize("name", ["评价 二期", "甲&乙（一）"])
def test_a_command_to_copy_holds_the_folder_in_quotes(tmp_path: Path, name: str) -> None:
    """A name with a blank or a character of the shell is quoted in the commands that are shown, and nowhere else."""
    into = tmp_path / "数据"
    arguments = ["样例", name, "--into", str(into), "--templates", str(make_kit(tmp_path))]
    done = CliRunner().invoke(command, arguments, standalone_mode=False)

    folder = (into / name).as_posix()
    assert done.output == (
        f'已新建 {folder}/contract.yaml。填写后核对：docgen check "{folder}"；生成：docgen build "{folder}"\n'
    )
    text = (into / name / "contract.yaml").read_text(encoding="utf-8")
    assert f'填好后先核对：docgen check "{folder}"，再生成：docgen build "{folder}"\n' in text
