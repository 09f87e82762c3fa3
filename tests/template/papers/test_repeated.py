"""Annexes that say the same of each entry of a list, as one template."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import adopt
from docgen.adopt import Trial
from docgen.template.papers.lists import outline_of

BODY = "维护协议\n\n甲方：示例市数据局\n\n一、按附件1、附件2提供服务，见附件3。\n"
PLANS = (
    "附件1\n\n空调维护方案\n\n一、范围：冷水机组，共12台，{one}由王示一负责。\n\n二、费用30,000.00元。\n\n"
    "附件2\n\n电梯维护方案\n\n一、范围：客运电梯，共6台，{two}由李示二负责。\n\n二、费用40,000.00元。\n\n"
    "附件3\n\n清单\n\n本清单一份。\n"
)
DATA = """\
甲方: {名称: 示例市数据局}
方案:
- {标题: 空调维护方案, 范围: 冷水机组, 数量: 12, 费用: 30000.00, 负责人: 王示一}
- {标题: 电梯维护方案, 范围: 客运电梯, 数量: 6, 费用: 40000.00, 负责人: 李示二}
"""


def proposed(folder: Path, one: str = "", two: str = "") -> tuple[adopt.Proposal, Trial]:
    """The kit of the paper with its data, and what came of the trial."""
    (folder / "协议.txt").write_text(BODY + "\n" + PLANS.format(one=one, two=two), encoding="utf-8")
    (folder / "data.yaml").write_text(DATA, encoding="utf-8")
    proposal = adopt.propose("kit", [folder / "协议.txt"], folder / "data.yaml", None)
    return proposal, adopt.tried(proposal)


def test_annexes_that_go_through_a_list_become_one_template(tmp_path: Path) -> None:
    """It is made for each entry, with its title, and what the others say of the annexes still finds each of them."""
    proposal, trial = proposed(tmp_path)

    assert [(sheet.template, sheet.each, sheet.copies) for sheet in proposal.sheets] == [
        ("正文.docx", "", 1), ("附件-维护方案.docx", "plans", 2), ("附件-清单.docx", "", 1),
    ]  # fmt: skip
    assert outline_of(proposal.sheets[1].lines) == (
        "@页面 纵向\n[附件号] {{ doc.label }}\n[标题] {{ doc.title }}\n"
        '[正文] {{ no("一、") }}范围：{{ plan.scope }}，共{{ plan.quantity }}台，由{{ plan.leader }}负责。\n'
        '[正文] {{ no("一、") }}费用{{ plan.fee|金额 }}元。\n'
    )
    assert '按{{ annex("plan", 1) }}、{{ annex("plan", 2) }}提供服务，见{{ annex("list") }}。' in outline_of(
        proposal.sheets[0].lines
    )
    assert (
        "  - id: plan\n    template: 附件-维护方案.docx\n    each: plans\n    as: plan\n"
        '    title: "{{ plan.title }}"\n    role: annex\n'
    ) in proposal.kit
    assert trial == Trial(equal=14)


@pytest.mark.parametrize(("one", "two"), [("每月一次，", ""), ("每月一次，", "每周一次，")])
def test_annexes_that_differ_in_more_than_their_entry_stay_apart(one: str, two: str, tmp_path: Path) -> None:
    """What the data do not tell apart is no template of both."""
    proposal, trial = proposed(tmp_path, one, two)

    assert [sheet.each for sheet in proposal.sheets] == ["", "", "", ""]
    assert (trial.differences, trial.refused) == ((), "")
