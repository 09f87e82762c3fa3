"""What templates need of the data."""

from __future__ import annotations

from pathlib import Path

from docgen.contract.kit import load_kit
from docgen.template.author import author
from docgen.template.lint.needs import needed_schema, needs_of
from tests.contract.samples import make_kit
from tests.contract.test_start import TEMPLATES
from tests.template.lint.kits import SIGNATURE, USED, make

VALUE = {"type": ["string", "number"]}


def test_the_fields_that_templates_use_are_found(tmp_path: Path) -> None:
    """Loops, assignments, tables, titles and required paths lead to the fields of the data they stand for."""
    kit = load_kit("样例", make_kit(tmp_path, templates=TEMPLATES))

    assert sorted(needs_of(kit).used) == [
        "contract.name",
        "contract.number",
        "delivery.goods[]",
        "delivery.goods[].name",
        "delivery.goods[].share",
        "indicator_tables[].groups",
        "indicator_tables[].groups[].name",
        "indicator_tables[].title",
        "party_a.name",
        "price.instalments",
        "price.instalments[].amount",
        "price.instalments[].name",
        "price.instalments[].share",
        "price.sections[].rows",
        "staffing",
        "staffing.groups",
        "staffing.groups[].duty",
        "work_plans",
        "work_plans[].annex_title",
        "work_plans[].title",
    ]


def test_a_template_by_itself_tells_the_data_it_needs(tmp_path: Path) -> None:
    """Lists are what is gone through, groups what has fields; required is what is printed whatever the data are."""
    path = tmp_path / "样.docx"
    lines = (
        "{{ a.b }}{% if c %}{{ d }}{% endif %}{{ e|default(1) }}",
        "{%p for x in a.list %}",
        "[正文] {{ x.y }}",
        "{%p endfor %}",
        "{% for x in empty %}甲{% endfor %}",
    )
    path.write_bytes(author("\n".join(line if line.startswith(("{%p", "[")) else f"[正文] {line}" for line in lines)))
    entry = {"type": "object", "properties": {"y": VALUE}, "required": ["y"]}

    assert needed_schema(path) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "样用到的数据",
        "type": "object",
        "properties": {
            "a": {
                "type": "object",
                "properties": {"b": VALUE, "list": {"type": "array", "items": entry}},
                "required": ["b"],
            },
            "c": {},
            "empty": {"type": "array", "items": {}},
            "d": VALUE,
            "e": VALUE,
        },
        "required": ["a"],
    }


def test_a_template_of_a_kit_tells_the_kit_s_types(tmp_path: Path) -> None:
    """Labels and kinds of values come from the kit; what docgen derives is not required."""
    body = "[正文] {{ contract.number }}{{ price.total|大写 }}{%p if urgent %}"
    folder = make(
        tmp_path, {"正文": body.replace("{%p", "{%").replace("%}", "%}{% endif %}"), "价格": USED, "签署栏": SIGNATURE}
    )
    schema = needed_schema(folder / "正文.docx")
    price = schema["properties"]["price"]

    assert (schema["required"], price.get("required")) == (["contract"], None)
    assert price["properties"]["total"]["title"] == "合同总价"
    assert schema["properties"]["urgent"] == {"title": "加急", "enum": ["是", "否", "待填", True, False]}
