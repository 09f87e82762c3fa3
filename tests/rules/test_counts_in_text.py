"""Counts that a sentence takes apart."""

from __future__ import annotations

import pytest

from docgen.rules.document_rules import check_reading
from tests.rules.snippets import reading_of


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("配备人员共18人：厨师长1人、厨师6人、面点师3人、服务员7人。", ["18"]),
        ("配备人员共17人：厨师长1人、厨师6人、面点师3人、服务员7人。", []),
        ("人员配备共46人：项目经理1人，保洁22人，秩序维护14人，工程6人，会务3人。", []),  # no part has parts
        ("投保车辆共64辆，其中轿车40辆、越野车12辆、货车11辆（明细见附表一）。", ["64"]),
        ("考核满分100分，其中质量50分、时效20分、态度15分、廉洁10分。", ["100"]),
        ("考核满分100分，其中质量50分、时效25分、态度15分、廉洁10分；90分以上为优秀。", []),
        ("共派驻保安18名，其中队长1名、班长3名、队员15名。", ["18"]),
        ("共派驻保安19名，其中队长1名、班长3名、队员15名。", []),
        ("采购电脑共12台（台式机8台、笔记本5台）。", ["12"]),
        ("成员共36人，其中高级职称5人、中级职称8人、初级职称3人。", []),  # the rest has none
        ("成员共36人，其中高级职称30人、党员5人、退役军人3人。", ["36"]),
        ("成员共36人，其中高级职称30人、女职工8人、退役军人3人。", []),  # one may be counted twice
        ("每次邀请30人左右，其中：代表5名，专家2名，企业代表6名，群众代表13名，记者6名。", []),
        ("配备不少于18人，其中队长1人、班长3人、队员15人。", []),
        ("共18人，其中队长1人、队员若干人。", []),
        ("共设3个小组：甲组5人、乙组6人。", []),
        ("共18人：队长1人、班长3人、队员等。", []),
        ("全年培训共4次，每次2天，其中线上2次、线下2次。", []),
        ("共计12个月：第一阶段3个月、第二阶段6个月。", []),
    ],
)
def test_parts_are_added_up(text: str, quotes: list[str]) -> None:
    """A whole list behind 共N人 makes the number; parts that overlap, are open or are of another unit do not."""
    assert [f.quote for f in check_reading(reading_of(text)) if f.rule == "N107"] == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("系统包括招商管理、资产管理、能耗管理、访客管理、移动端五个子系统。", []),
        ("系统包括招商管理、资产管理、能耗管理、访客管理、移动端六个子系统。", ["六"]),
        ("工作分为设计、开发和验收三个阶段。", []),
        ("工作分为设计、安全和质量、进度三个方面。", []),  # a name may hold 和
        ("工作分为设计、开发、测试和验收五个阶段。", ["五"]),
        ("包括桥梁、隧道、路面等五类工程。", []),
        ("包括甲区、乙区、丙区各两个项目。", []),
        ("包括土建、安装、市政专业，共十二个标段。", []),
    ],
)
def test_names_are_counted(text: str, quotes: list[str]) -> None:
    """The number behind a whole list of names is theirs; 等, 各 and joined names leave it open."""
    assert [f.quote for f in check_reading(reading_of(text)) if f.rule == "N108"] == quotes
