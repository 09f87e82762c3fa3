"""Every code that docgen can print is explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import docgen
from docgen.commands.explain import command
from docgen.rules.catalogue import rules
from docgen.rules.explain import explain, listing, titles


def test_every_code_in_the_program_has_a_title() -> None:
    """Whatever code stands in the source is one that a clerk can look up."""
    package = Path(docgen.__file__).parent
    sources = (path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    printed = {code for source in sources for code in re.findall(r'"([FMNRDPWT][1-9][0-9]{2})"', source)}

    assert printed - set(titles()) == set()


@pytest.mark.parametrize("code", titles())
def test_every_code_is_explained(code: str) -> None:
    """The explanation begins with code and title, and gives the reason."""
    text = explain(code)

    assert text is not None
    assert text.startswith(f"{code} {titles()[code]}\n\n为什么：")


def test_an_explanation_is_the_rule_in_full() -> None:
    """Title, reason and both samples, indented as they are to be written."""
    assert explain("M207") == (
        "M207 法审建议单的标的金额与合同总价不符\n\n"
        "为什么：法审建议单审的就是这份合同，金额不同就无法证明审过的是这个价；"
        "填了日期的是记录，只提醒需要重新法审。\n\n"
        "错误：\n    price: {total: 1040000}\n    review: {amount: 1004000}\n\n"
        "正确：\n    price: {total: 1040000}\n    review: {amount: 104万元}"
    )


def test_the_listing_names_every_code_once() -> None:
    """All codes stand in the list, grouped by letter."""
    listed = re.findall(r"^  ([A-Z]\d{3})  ", listing(), re.MULTILINE)

    assert sorted(listed) == list(titles())
    assert {rule.code for rule in rules()} <= set(listed)


def test_the_command_takes_a_code_in_any_case() -> None:
    """`docgen explain m207` explains M207; without a code it lists all."""
    assert CliRunner().invoke(command, ["m207"]).output == f"{explain('M207')}\n"
    assert CliRunner().invoke(command, []).output == f"{listing()}\n"


def test_the_command_refuses_a_code_there_is_not() -> None:
    """An unknown code is a usage error that says what to do."""
    result = CliRunner().invoke(command, ["M999"])

    assert result.exit_code == 2
    assert "没有“M999”这条规则" in result.output
