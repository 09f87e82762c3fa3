"""Whatever somebody types into a template, linting says something about it and goes on."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.kit import load_kit
from docgen.errors import DocgenError
from docgen.findings import Severity
from docgen.template.compile import compile_template
from docgen.template.lint.document import judge_template
from docgen.template.lint.places import Sheet
from docgen.template.lint.world import World, world_of
from tests.endure import examples
from tests.template.making import cell, docx, p, row, table

KIT = load_kit("special-assessment", Path(__file__).resolve().parents[3] / "templates")
WORLDS = (World(), world_of(KIT, KIT.documents[0]), world_of(KIT, KIT.documents[3]))
PIECES = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "｛｛", "％}", "{%p ", "{%tr ", "{%tc ", "{{r ", "{%-", " ", "\n", "甲", "“", '"',
    "for x in ", "for a, b in ", "price.instalments", "work_plans", "endfor", "if ", "elif ", "else", "endif", "set y = ", "set z",
    "endset", "with q = ", "endwith", "macro m(a)", "endmacro", "call m()", "endcall", "raw", "endraw", "include ", "x.name", "y",
    "price.total", "contract.sign_date", "loop.index", "|大写", "|join", "|default(", "(", ")", "[0]", "[", "]", " + ", " > ",
    " == ", "not ", " is defined", "vm", "hm", "colspan ", "cellbg ", 'no("一、", "n")', 'ref("n")', "annex(", "table(", ".", ",",
    "1", "0.5", "true", " if ", " else ", "recursive", "_x", "**",
)  # fmt: skip
TYPED = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=examples(100, 20_000), deadline=None)
@given(st.lists(TYPED, min_size=1, max_size=4), st.sampled_from(WORLDS))
def test_nothing_that_is_typed_stops_linting(lines: list[str], world: World) -> None:
    """Every fault has a message and a place, and what has no error of syntax or place can be compiled."""
    source = docx(*(p(line) for line in lines), table(row(cell(p(lines[0])), "乙")), parts={"header1": p(lines[-1])})
    judged = judge_template(source, "样.docx", {}, world)
    findings = Sheet("样.docx", source).findings(judged.faults)

    assert all(finding.message.endswith("。") and finding.rule.startswith("T") for finding in findings)
    if not any(finding.severity is Severity.ERROR or finding.rule in ("T103", "T107", "T202") for finding in findings):
        try:
            compile_template(source, "样.docx")
        except DocgenError as error:
            raise AssertionError(f"{lines}: {error}") from error
