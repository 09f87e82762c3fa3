"""The shares of the copies are added up over the lines into which a scan broke the sentence."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


def told(text: str) -> list[tuple[str, str, int]]:
    """What W104 says: severity, quote and the number of the paragraph."""
    found = check_reading(reading_of(text))
    return [(f.severity.name, f.quote, f.place.block or 0) for f in found if f.rule == "W104"]


@pytest.mark.parametrize(
    "text",
    [
        "本合同一式六份，甲、乙双方各执两份，采购代理机构及同级人民政府财政\n部门各执一份。本项目未尽事宜以招标文件为准。",
        "本合同一式六份，甲、乙双方各执两份，采购代理机构及同级人民政府财政\n- 12 -\n第 12 页 共 30 页\n部门各执一份。",
        "本合同一式四份，双方各执两份\n甲方（盖章）：示例市水务局 一份",
        "本合同一式四份，双方各执两份\n八、附件一份",
    ],
)
def test_a_sentence_goes_on_in_the_next_line(text: str) -> None:
    """The last holders stand in the next line, behind a page number too; a signature or a clause is none of it."""
    assert told(text) == []


def test_shares_that_do_not_add_up_are_told_over_lines() -> None:
    """What the next line says counts, and the place is that of the number of copies."""
    assert told("份数\n本合同一式六份，甲、乙双方各执两份，采购代理机构\n执一份。") == [("ERROR", "一式六份", 1)]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("本合同正本2份，副本4份，共7份。", ["7"]),
        ("本合同正本贰份、副本肆份，一式伍份，具有同等效力。", ["伍"]),
        ("本合同正本贰份、副本肆份，一式陆份，具有同等效力。", []),
        ("本合同正本两份、副本四份，双方各执正本一份、副本两份，一式六份具有同等效力。", []),
        ("本合同正本两份、副本四份，一式两份由甲方保存。", []),
        ("合同正本2份、副本4份；每份共12页。", []),
    ],
)
def test_kinds_told_first_are_what_all_copies_are(text: str, quotes: list[str]) -> None:
    """正本 and 副本 before the whole number make it up; what each holder has of them does not."""
    assert [quote for _, quote, _ in told(text)] == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("本合同正本二份、副本六份，双方各执正本一份、副本二份。", ["二"]),
        ("本合同正本四份、副本六份，甲乙双方各执正本一份、副本三份。", ["一"]),
        ("本合同正本二份、副本六份，双方各执正本一份、副本三份。", []),
        ("本合同正本二份、副本六份，双方各执正本一份、副本二份，其余由代理机构存档。", []),
    ],
)
def test_kinds_without_a_whole_number_are_what_the_parties_have(text: str, quotes: list[str]) -> None:
    """正本 and 副本 are each held to what both parties have of it, where nobody else has any."""
    assert [quote for _, quote, _ in told(text)] == quotes


BY_KIND = "本合同正本{}份，甲乙双方各执{}份；副本{}份，甲方执{}份，乙方执壹份。"


@pytest.mark.parametrize(
    ("numbers", "quotes"),
    [
        (("贰", "壹", "肆", "叁"), []),
        (("肆", "壹", "肆", "叁"), ["肆"]),
        (("贰", "柒", "肆", "叁"), ["贰"]),
        (("贰", "壹", "伍", "叁"), ["伍"]),
        (("贰", "壹", "肆", "贰"), ["肆"]),
    ],
)
def test_the_holders_of_each_kind_have_as_many_as_there_are(numbers: tuple[str, ...], quotes: list[str]) -> None:
    """正本 and 副本 whose holders stand behind each are added up, though no whole number is told."""
    assert [quote for _, quote, _ in told(BY_KIND.format(*numbers))] == quotes


@pytest.mark.parametrize(
    "text",
    [
        "合同正本两份，双方各执一份，副本四份，由甲方分送有关部门。",
        "合同正本两份，甲方执一份，其余归乙方；副本若干份。",
        "投标文件正本一份，副本四份，各执行其规定。",
    ],
)
def test_kinds_whose_holders_are_not_plain_are_left_alone(text: str) -> None:
    """Holders without a number, and kinds without holders, say nothing."""
    assert told(text) == []
