"""Whole kits judged: those of the project are sound, and what no template uses is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.template.author import author
from docgen.template.lint.kits import lint_kit, lint_template
from tests.template.lint.kits import KIT, SIGNATURE, USED, linted, make, said

ROOT = Path(__file__).resolve().parents[3]
ORDER = ROOT / "tests" / "cases" / "kits" / "purchase-order"


@pytest.mark.parametrize("kit", sorted((ROOT / "templates").glob("*/kit.yaml")), ids=lambda path: path.parent.name)
def test_the_kits_of_the_project_are_sound(kit: Path) -> None:
    """Nothing is found in the kits that come along: every field is there, and every field is used."""
    assert lint_kit(kit.parent).findings == ()


def test_the_purchase_order_is_sound(tmp_path: Path) -> None:
    """Nothing is found in a kit that is made of files alone."""
    files = {path.stem: path.read_text(encoding="utf-8") for path in ORDER.glob("*.txt")}
    folder = make(tmp_path / "order", files, (ORDER / "kit.yaml").read_text(encoding="utf-8"))

    assert lint_kit(folder).findings == ()


def test_what_no_template_uses_is_told(tmp_path: Path) -> None:
    """A field of the kit's own, a required field, a block and a file that nothing uses; conditions count as use."""
    fields = KIT.replace("  urgent:", "  spare: {label: 备用, type: line}\n  urgent:")
    kit = fields.replace("blocks: {", "required: [contract.place, goods, contract.stage]\nblocks: {闲置: 闲置.docx, ")
    found = linted(
        tmp_path, "{%p if urgent %}\n[正文] 急\n{%p endif %}", kit, 闲置="[正文] 闲", 旧稿="[正文] 旧"
    ).findings

    assert said(found) == [
        ("T210", "kit", "6:12", "contract.place"),
        ("T303", "kit", "7:14", "闲置"),
        ("T210", "kit", "17:3", "spare"),
        ("T303", "旧稿", "", ""),
    ]


def test_what_is_not_used_is_not_told_where_something_cannot_be_read(tmp_path: Path) -> None:
    """While a template is missing or a statement cannot be read, nobody knows what is not used."""
    kit = KIT.replace("  urgent:", "  spare: {label: 备用, type: line}\n  urgent:")
    for body in ("{%p for x in %}\n[正文] {{ x.a }}\n{%p endfor %}", b"no zip"):
        assert not [f for f in linted(tmp_path, body, kit).findings if f.rule == "T210"]


def test_a_template_by_itself_is_judged_without_its_fields(tmp_path: Path) -> None:
    """Nobody knows the fields of a template that belongs to no kit; how it is written is judged all the same."""
    path = tmp_path / "样.docx"
    path.write_bytes(
        author("[正文] {{ a.b }}{{ c|my_own }}{{ f(1) }}{{ d + }}\n{%p for x in a.list %}\n[正文] {{ x.y }}")
    )
    report = lint_template(path)

    assert said(report.findings) == [
        ("T202", "样", "正文 第1段", "{{ c|my_own }}"),
        ("T101", "样", "正文 第1段", "{{ d + }}"),
        ("T102", "样", "正文 第2段", "{%p for x in a.list %}"),
    ]
    assert report.paths == {"a.b", "c", "a.list", "a.list[].y"}


def test_a_template_of_a_kit_is_judged_within_it(tmp_path: Path) -> None:
    """A template that a kit.yaml beside it names is judged with the kit's fields; others' faults are not told."""
    files = {"正文": "[正文] {{ goods[0].nam }}", "价格": USED, "方案": "[正文] {{ no }}", "签署栏": SIGNATURE}
    folder = make(tmp_path, files)

    assert said(lint_template(folder / "正文.docx").findings) == [("T201", "正文", "正文 第1段", "{{ goods[0].nam }}")]
    assert said(lint_template(folder / "签署栏.docx").findings) == []


def test_a_broken_kit_yaml_is_told_with_the_rest(tmp_path: Path) -> None:
    """Faults of kit.yaml and a missing template do not hide what is wrong in the templates that are there."""
    kit = KIT.replace("template: 方案.docx", "template: 方岸.docx").replace("label: 样例", "lable: 样例")
    found = linted(tmp_path, "[正文] {{ nobody }}", kit).findings

    assert [(f.rule, Path(f.place.file).stem) for f in found if f.rule != "T303"] == [
        ("F201", "kit"),
        ("F250", "kit"),
        ("F250", "kit"),
        ("T201", "正文"),
    ]


def test_expressions_of_a_kit_yaml_are_judged_at_their_line(tmp_path: Path) -> None:
    """Titles, conditions and lists are told with their document, key and line."""
    kit = KIT.replace("template: 价格.docx", 'template: 价格.docx, when: "{{ urgent }}"').replace(
        "template: 正文.docx", "template: 正文.docx, record: review.dat"
    )
    found = linted(tmp_path, "[正文] 一", kit).findings

    assert [(f.rule, f.place.line, f.quote, f.message, f.hint) for f in found] == [
        (
            "T201", 3, "review.dat",
            "文件 body 的 record：法审建议单（review）没有名为 dat 的字段，是不是想写 review.date？", None,
        ),
        (
            "T101", 4, "{{ urgent }}",
            "文件 price 的 when：语法有误：此处应为 :，实为 }。", "when 里直接写条件，不加 {{ }}，如 when: review.date。",
        ),
    ]  # fmt: skip


def test_an_annex_that_may_not_be_there_is_named_on_a_condition(tmp_path: Path) -> None:
    """Whoever names an annex that is made on a condition has to test one, in whatever form."""
    kit = KIT.replace("template: 价格.docx", "template: 价格.docx, when: urgent")
    tested = '[正文] {% if urgent %}{{ annex("price") }}{% endif %}{{ annex("price") if urgent else "" }}'
    found = linted(tmp_path, f'{tested}\n[正文] 见{{{{ annex("price") }}}}', kit).findings

    assert [(f.rule, f.severity.label, f.place.label, f.hint) for f in found] == [
        ("T209", "warning", "正文 第2段", "请先用 {% if urgent %} 判断。")
    ]
