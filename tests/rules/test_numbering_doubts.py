"""A list is not held to its order where a missing number stands there in another form, or is not the document's own."""

from __future__ import annotations

from textwrap import dedent

import pytest

from docgen.rules.catalogue import check_reading
from tests.rules.snippets import reading_of


def slips(text: str) -> list[str]:
    """The numbers that N101 quotes."""
    return [f.quote for f in check_reading(reading_of(dedent(text))) if f.rule == "N101"]


@pytest.mark.parametrize(
    "text",
    [
        "1.甲\n★2.乙\n★3.丙\n4.丁",
        "六、甲\n□七、乙\n☑八、丙\n九、丁",
        "5、甲\n6、乙\n7 、丙\n8、丁",
        "1、甲\n2、乙\n3：丙\n4、丁",
        "8．甲方的权利\n8．1 甲\n8． 2 乙\n8．3 丙\n9．乙方的权利",
        "说明：（1）甲。\n（2）乙。\n（3）丙。",
        "（1）甲\n（2）乙\n说明：（1）丙\n（2）丁\n（3）戊",
        "政府采购法\n第22条(资格)\n第26条(方式)\n第46条(签订)\n第52条(质疑)\n招标投标法\n第24条(截止)\n第33条(要求)\n第45条(通知)",
        "27.甲\n28 乙\n28.1 丙\n29.丁",
        "3.1 甲\n3.2 接受联合体的，除应符合本章\n3.1 项要求外，还应当乙\n3.3 丙",
    ],
)
def test_other_forms_of_a_number_are_seen(text: str) -> None:
    """Marks before a number, other signs behind it, and numbers inside a line leave no gap."""
    assert slips(text) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [("★1.甲\n★2.乙\n★4.丙", "4."), ("1、甲，共2项\n3、乙", "3、"), ("（1）甲\n（2）乙\n（2）丙\n（3）丁", "（2）")],
)
def test_slips_are_still_found(text: str, quote: str) -> None:
    """Figures in a sentence are no numbers of a list."""
    assert slips(text) == [quote]
