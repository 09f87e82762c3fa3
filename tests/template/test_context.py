"""What templates see of a contract, and which documents it makes."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest

from docgen.contract.contract import Contract
from docgen.contract.group import labelled
from docgen.contract.kit import DocumentSpec, Kit
from docgen.contract.model import ContractData
from docgen.contract.scalars import Line
from docgen.contract.shape import shape_of
from docgen.errors import TemplateError
from docgen.findings import Severity
from docgen.template.compile import compile_template
from docgen.template.context import document_context, set_context
from docgen.template.documents import documents, equal_titles
from docgen.template.render import render
from docgen.template.values import path_of
from tests.contract.samples import group_of
from tests.template.making import docx, texts

BODY = DocumentSpec("body", "正文.docx", "{{ contract.name }}", "contractual")
PRICE = DocumentSpec("price", "报价.docx", "项目报价", "annex")
PLAN = DocumentSpec("plan", "方案.docx", "{{ plan.annex_title }}", "annex", each="work_plans", item="plan")
REVIEW = DocumentSpec(
    "review", "法审.docx", "法审（{{ review.form_no }}）", "internal", when="review.form_no", record="review.date"
)

DATA: dict[str, Any] = {
    "contract": {"name": "示例协议", "sign_date": "2021-06-21"},
    "party_a": {"name": "示例市应急管理局"},
    "price": {
        "sections": [
            {
                "title": "一",
                "rows": [{"item": "评估", "unit_price": "5000", "quantity": "2"}, {"item": "调查", "amount": "1"}],
            }
        ]
    },
    "penalty": {"breach": "10%"},
    "work_plans": [{"title": "绩效", "annex_title": "绩效方案"}, {"title": "监管", "annex_title": "监管方案"}],
    "indicator_tables": [{"id": "否决", "title": "否决指标"}],
    "review": {"form_no": "1"},
}


def contract(
    data: dict[str, Any] | None = None,
    *specs: DocumentSpec,
    stage: Literal["草稿", "定稿"] = "定稿",
    blanks: frozenset[str] = frozenset(),
) -> Contract:
    kit = Kit("sample", "样本", Path("kit"), specs or (BODY, PRICE, PLAN, REVIEW), shape_of(ContractData))
    model = group_of(ContractData, DATA if data is None else data)
    return Contract("contract.yaml", Path(), "样本", kit, model, stage, {}, blanks)


def printed(made: Contract, *body: str, number: int = 1) -> list[str]:
    """The paragraphs that a template with that body prints as one document of the contract."""
    planned = documents(made)
    context = document_context(set_context(made, planned), planned[number - 1])
    return texts(render(compile_template(docx(*body), "样本.docx"), context, {}).data)


def test_documents_follow_the_kit_in_order() -> None:
    """Each document is made where its condition holds, once per entry of its list, annexes numbered in order."""
    made = documents(contract())

    assert [(d.id, d.number, d.title, d.role, d.annex, d.template.name, d.item_name, d.record) for d in made] == [
        ("body", 1, "示例协议", "contractual", None, "正文.docx", None, False),
        ("price", 2, "项目报价", "annex", 1, "报价.docx", None, False),
        ("plan", 3, "绩效方案", "annex", 2, "方案.docx", "plan", False),
        ("plan", 4, "监管方案", "annex", 3, "方案.docx", "plan", False),
        ("review", 5, "法审（1）", "internal", None, "法审.docx", None, False),
    ]
    assert path_of(made[3].title) == "work_plans[2].annex_title"
    assert path_of(made[3].item) == "work_plans[2]"


def test_documents_that_are_not_made_close_up() -> None:
    """A condition that does not hold, or an empty list, leaves no gap in numbers and annexes."""
    late = DocumentSpec("late", "x.docx", "其他", "annex")
    made = documents(contract({**DATA, "work_plans": [], "review": {"date": "2021-05-01"}}, BODY, PLAN, REVIEW, late))

    assert [(d.id, d.number, d.annex) for d in made] == [("body", 1, None), ("late", 2, 1)]


def test_a_dated_review_form_is_a_record() -> None:
    """Once its condition holds a document is a record; an open date does not make it one."""
    dated = contract({**DATA, "review": {"form_no": "1", "date": "2021-05-01"}}, REVIEW)
    open_date = contract(DATA, REVIEW, stage="草稿", blanks=frozenset({"review.date"}))

    assert [d.record for d in documents(dated) + documents(open_date)] == [True, False]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (
            DocumentSpec("x", "x.docx", "{{ contract.nmae }}", "annex"),
            "的 kit.yaml 中文件 x 的 title 写得不对：contract 没有名为 nmae 的字段，是不是想写 name",
        ),
        (
            DocumentSpec("x", "x.docx", "{{ contract.number }}", "annex"),
            "的 kit.yaml 中文件 x 的 title 写得不对：字段 contract.number 没有填写；可以不填的字段请先用 {% if %} 判断",
        ),
        (
            DocumentSpec("x", "x.docx", "第{{ contract. }}", "annex"),
            "的 kit.yaml 中文件 x 的 title 写得不对：语法有误：点号后面缺少字段名",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="reviev.date"),
            "的 kit.yaml 中文件 x 的 when 写得不对：没有名为 reviev 的字段，是不是想写 review",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="reviev"),
            "的 kit.yaml 中文件 x 的 when 写得不对：没有名为 reviev 的字段，是不是想写 review",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", record="not 法审建议单.日期"),
            "的 kit.yaml 中文件 x 的 record 写得不对：没有名为 法审建议单 的字段，是不是想写 review.date",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="price.total >"),
            "的 kit.yaml 中文件 x 的 when 写得不对：语法有误：没有写完",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="price.total and"),
            "的 kit.yaml 中文件 x 的 when 写得不对：语法有误：没有写完",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="contract.copies.total|分数"),
            "的 kit.yaml 中文件 x 的 when 写得不对：没有名为 分数 的过滤器，是不是想写 份数",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="price.total is defind"),
            "的 kit.yaml 中文件 x 的 when 写得不对：没有名为 defind 的判断，是不是想写 defined",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="price.total price.tax"),
            "的 kit.yaml 中文件 x 的 when 写得不对：语法有误：后面多出了内容",
        ),
        (
            DocumentSpec("x", "x.docx", "{% if 1 %}甲", "annex"),
            "的 kit.yaml 中文件 x 的 title 写得不对：语法有误：没有写完",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", when="party_a.name > 3"),
            "的 kit.yaml 中文件 x 的 when 写得不对：这样的值不能这样使用"
            "（'>' not supported between instances of 'Text' and 'int'）",
        ),
        (
            DocumentSpec("x", "x.docx", "甲", "annex", each="contract", item="c"),
            "的文件 x：each 写的 contract 不是列表。",
        ),
    ],
)
def test_faults_in_a_kit_name_the_document_and_the_key(spec: DocumentSpec, said: str) -> None:
    """An expression of kit.yaml that does not work is told with the document and the key it stands under."""
    with pytest.raises(TemplateError) as caught:
        documents(contract(DATA, spec))

    assert str(caught.value) == f"合同类型“sample”{said}"


def test_a_condition_in_braces_is_answered_with_how_it_is_written() -> None:
    """Braces belong into titles; a condition is an expression by itself."""
    with pytest.raises(TemplateError) as caught:
        documents(contract(DATA, DocumentSpec("x", "x.docx", "甲", "annex", when="{{ review.date }}")))

    assert caught.value.hint == "when 里直接写条件，不加 {{ }}，如 when: review.date。"


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("partya.name", "party_a"),
        ("甲方.名称", "party_a.name"),
        ("party_a.名称", "name"),
        ("甲方.联系人.电话", "party_a.contact.phone"),
        ("price.sections[0].小计", "subtotal"),
        ("联系方式.名称", None),
    ],
)
def test_a_name_that_is_not_there_brings_the_one_that_is(tag: str, meant: str | None) -> None:
    """Mistyped names and Chinese labels are answered with the key they stand for."""
    with pytest.raises(TemplateError) as caught:
        printed(contract(), f"{{{{ {tag} }}}}")

    assert str(caught.value).rpartition(" 的字段")[2] == (f"，是不是想写 {meant}" if meant else "")


def test_a_document_without_a_title_is_called_like_its_template() -> None:
    """A title that is open, or open in part, gives a file a name that people can read."""
    year = DocumentSpec("year", "总结.docx", "{{ contract.year }}年总结", "annex")
    made = contract({"work_plans": [{}]}, BODY, PRICE, PLAN, year, stage="草稿")

    assert [document.called for document in documents(made)] == [
        "正文（标题待填）",
        "项目报价",
        "方案（标题待填）",
        "待填年总结",
    ]


def test_equal_titles_are_found() -> None:
    """Two files of one title cannot be told apart; the finding stands at the title in the data."""
    plans = {**DATA, "work_plans": [{"annex_title": "项目报价"}, {"annex_title": "项目报价"}, {}, {}]}
    made = contract(plans, PRICE, PLAN, stage="草稿")
    found = equal_titles(made, documents(made))

    assert [(f.rule, f.severity, f.message, f.place.path) for f in found] == [
        ("N205", Severity.ERROR, f"第 1 份和第 {number} 份文件的标题相同：项目报价。", path)
        for number, path in ((2, "work_plans[1].annex_title"), (3, "work_plans[2].annex_title"))
    ]
    assert equal_titles(contract(), documents(contract())) == []


def test_templates_see_the_completed_data() -> None:
    """Amounts, sums and serial numbers that were left out are there, each with its path."""
    body = "{{ price.total|金额 }} {% for r in price.sections[0].rows %}{{ r.no }}:{{ r.amount }} {% endfor %}{{ penalty.breach }} {{ contract.sign_date }}"

    assert printed(contract(), body) == ["10,001.00 1:10000 2:1 10% 2021年6月21日"]


def test_templates_see_the_set() -> None:
    """A document knows its own title and annex number, all of them know the annexes."""
    body = (
        "{{ doc.index }} {{ doc.title }} {{ doc.label }} {{ doc.annex }} {{ plan.title }} {{ plan.annex_label }}",
        "{% for a in annexes %}{{ a.label }} {{ a.title }};{% endfor %}{% for w in work_plans %}{{ w.title }}见{{ w.annex_label }};{% endfor %}",
        "{{ annex('price') }} {{ annex('plan', 2) }} {{ table('否决').title }}",
    )

    assert printed(contract(), *body, number=4) == [
        "4 监管方案 附件3 3 监管 附件3",
        "附件1 项目报价;附件2 绩效方案;附件3 监管方案;绩效见附件2;监管见附件3;",
        "附件1 附件3 否决指标",
    ]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ annex('x') }}", 'annex("x")：本合同没有这一附件；有：price、plan'),
        ("{{ annex('plan') }}", 'annex("plan")：有 2 份，请写明第几份：annex("plan", 1)'),
        ("{{ annex('plan', 3) }}", 'annex("plan", 3)：只有 2 份'),
        ("{{ table('x').title }}", 'table("x")：没有标识为“x”的指标表；有：否决'),
        ("{{ doc.annex }}", "没有值（请先用 {% if %} 判断），不能直接打印"),
        ("{{ party_b.fax }}", "字段 party_b.fax 没有填写；可以不填的字段请先用 {% if %} 判断"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_an_error(tag: str, said: str) -> None:
    """Unknown annexes and tables and fields that were left out are told, never printed as nothing."""
    with pytest.raises(TemplateError) as caught:
        printed(contract(), tag)

    assert str(caught.value) == f"模板“样本.docx” 正文 第1段 “{tag}”，标签 {tag}：{said}"


def test_a_draft_prints_blanks() -> None:
    """In a draft 待填 prints a line and is true, what was left out prints a line and is false, open lists one row."""
    data = {**DATA, "party_b": {"name": "示例咨询"}, "team": [], "work_plans": [{"purpose": ["待填"]}]}
    blanks = frozenset({"party_b.phone", "party_b.bank", "team", "work_plans[1].purpose[1]"})
    draft = contract(data, BODY, stage="草稿", blanks=blanks)
    body = (
        "{{ party_b.phone }}{% if party_b.phone %}真{% endif %} {{ party_b.fax }}{% if party_b.fax %}真{% endif %}",
        "{{ party_b.bank.account_no }} {{ team|length }} {{ work_plans[0].purpose[0] }} {{ table('x').title }}",
        "{%p for m in team %}",
        "{{ m.no }} {{ m.name }}",
        "{%p endfor %}",
    )

    line = "________"
    assert printed(draft, *body) == [f"{line}真 {line}", f"{line} {line} {line} {line}", f"{line} {line}"]


def test_values_of_documents_are_never_shared() -> None:
    """Two documents count their clauses by themselves."""
    made = contract(DATA, BODY, PRICE)
    planned = documents(made)
    base = set_context(made, planned)
    template = compile_template(docx("{{ no('一、') }}"), "样本.docx")

    shown = [texts(render(template, document_context(base, document), {}).data) for document in planned]

    assert shown == [["一、"], ["一、"]]


def test_a_plain_script_numbers_with_the_same_context() -> None:
    """no() and ref() work outside docgen, for names that were given before."""
    made = contract(DATA, BODY)
    context = document_context(set_context(made, documents(made)), documents(made)[0])

    assert (context["no"]("第一条", "a"), context["no"]("（一）", "b"), context["ref"]("b", full=True)) == (
        "第一条",
        "（一）",
        "第一条第（一）项",
    )


def test_reserved_names_are_refused_in_kits() -> None:
    """A kit cannot have a field that the context itself provides."""

    class Own(ContractData):
        doc: Line | None = labelled("文书")

    kit = Kit("sample", "样本", Path("kit"), (BODY,), shape_of(Own))
    contract = Contract("c.yaml", Path(), "样本", kit, group_of(Own, DATA), "定稿", {}, frozenset())

    with pytest.raises(TemplateError, match="字段名 doc 是保留的名称"):
        set_context(contract, ())
