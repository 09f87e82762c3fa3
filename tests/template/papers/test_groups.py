"""Tables whose rows stand in groups, as loops in a loop."""

from __future__ import annotations

from docgen.contract.model import ContractData
from docgen.contract.shape import shape_of
from docgen.template.papers.groups import grouped
from docgen.template.papers.lines import line_of
from docgen.template.papers.lists import listed, lists_below, outline_of
from docgen.template.papers.remarks import Remark
from docgen.template.values import Record, Rows, Text, Whole

SHAPE = shape_of(ContractData)


def record(path: str, **values: object) -> Record:
    """A group of values as templates see it."""
    kinds = {str: Text, int: Whole}
    made = {name: value if isinstance(value, Rows) else kinds[type(value)](value, f"{path}.{name}")
            for name, value in values.items()}  # fmt: skip
    return Record(path, made)


def goods(*groups: tuple[str, dict[str, int]]) -> Rows:
    """Groups of goods with the number of each."""
    made = []
    for at, (name, items) in enumerate(groups, 1):
        path = f"groups[{at}]"
        rows = [record(f"{path}.rows[{n}]", name=item, count=count) for n, (item, count) in enumerate(items.items(), 1)]
        made.append(record(path, title=name, rows=Rows(rows, f"{path}.rows")))
    return Rows(made, "groups")


GOODS = goods(
    ("软件维护", {"指挥平台": 12, "值班系统": 24, "会商系统": 36}),
    ("硬件维护", {"服务器": 10, "网络设备": 20}),
    ("驻场服务", {"工程师": 2}),
)


def made(values: Rows, *markup: str) -> tuple[list[str], list[Remark]]:
    """The lines of markup with the groups as loops, and what is said of them."""
    remarks: list[Remark] = []
    found = [listed(rows, SHAPE) for rows in lists_below(values)]
    lines = grouped([line_of(line, "表1") for line in markup], found, remarks)
    return outline_of(lines).splitlines(), remarks


HEAD = ("@表 宽=25,15,40,20 表头=1", "｜类别｜序号｜项目｜数量｜")
LOOPS = ("｜{%tr for group in groups %}｜", "｜{%tr for row in group.rows %}｜")
ENDS = ("｜{%tr endfor %}｜", "｜{%tr endfor %}｜")


def test_a_cell_that_is_merged_over_a_group_is_merged_over_the_loop() -> None:
    """The name of the group stands in every row and is merged, its numbers go on; what follows stays."""
    table = (
        *HEAD,
        "｜软件维护[v3]｜1｜指挥平台｜12｜",
        "｜^｜2｜值班系统｜24｜",
        "｜^｜3｜会商系统｜36｜",
        "｜硬件维护[v2]｜4｜服务器｜10｜",
        "｜^｜5｜网络设备｜20｜",
        "｜驻场服务｜6｜工程师｜2｜",
        "｜合计[>3]｜104｜",
        "@表终",
        "[正文] 完",
    )
    row = '｜{% vm %}{{ group.title }}｜{{ no("1") }}｜{{ row.name }}｜{{ row.count }}｜'

    assert made(GOODS, *table) == ([*HEAD, *LOOPS, row, *ENDS, *table[-3:]], [])


def test_rows_of_titles_and_sums_belong_to_their_group() -> None:
    """What stands above and below the rows of every group is repeated with it; numbers may begin anew."""
    groups = [
        ("软件维护", "一、", ("指挥平台", 12), ("值班系统", 24)),
        ("硬件维护", "二、", ("服务器", 10), ("路由器", 20)),
    ]
    values = goods(*((name, dict(items)) for name, _, *items in groups))
    body = [
        line
        for name, _, *items in groups
        for line in (f"｜{name}[>4]｜", *(f"｜{n}｜{item}｜{count}｜ ｜" for n, (item, count) in enumerate(items, 1)),
                     "｜以上为一组[>4]｜")
    ]  # fmt: skip
    row = "｜{{ loop.index }}｜{{ row.name }}｜{{ row.count }}｜ ｜"
    expected = [LOOPS[0], "｜{{ group.title }}[>4]｜", LOOPS[1], row, ENDS[0], "｜以上为一组[>4]｜", ENDS[1]]

    assert made(values, *HEAD, *body, "@表终") == ([*HEAD, *expected, "@表终"], [])


def test_groups_that_the_data_do_not_have_stay_as_they_are() -> None:
    """A list without groups cannot fill merged cells: the table stays, and it is said what would help."""
    flat = Rows([record(f"rows[{n}]", kind="软件", name=f"系统{n}") for n in (1, 2)], "rows")
    table = [*HEAD, "｜软件[v2]｜1｜系统1｜ ｜", "｜^｜2｜系统2｜ ｜", "@表终"]

    lines, remarks = made(flat, *table)

    assert lines == table
    assert [(remark.kind, remark.place, remark.text) for remark in remarks] == [("存疑", "表1", "类别 序号 项目 数量")]
