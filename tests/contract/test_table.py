"""Tables of contracts: every cell reaches its field, and every fault is shown in the cell it was typed into."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.contract import Contract
from docgen.contract.load import base_of, load_row
from docgen.contract.table import Base, Row, read_rows, unfit
from docgen.errors import InputError
from docgen.findings import Finding
from docgen.rules.catalogue import check_contract
from tests.batches import write
from tests.endure import examples

KITS = Path(__file__).resolve().parents[2] / "templates"
BASE = """
kit: service-evaluation
contract:
  stage: 草稿
  name: 底本
price:
  total: 100
  instalments:
    - name: 首付款
      amount: 60
      trigger: 合同生效
    - name: 尾款
      amount: 40
      trigger: 验收合格
party_a: 文件 a.yaml
"""


@pytest.fixture
def base(tmp_path: Path) -> Base:
    """A base of two files."""
    write(tmp_path / "base" / "contract.yaml", BASE)
    write(tmp_path / "base" / "a.yaml", "名称: 示例局\n传真: 88880000\n")
    return base_of(tmp_path / "base", "base", KITS)


def rows(folder: Path, base: Base, text: str, encoding: str = "utf-8") -> list[Row]:
    """The rows of a table."""
    (folder / "t.csv").write_bytes(text.encode(encoding))
    return read_rows(folder / "t.csv", "t.csv", base)


def loaded(row: Row) -> tuple[Contract, list[Finding]]:
    """The contract of a row, and what is wrong with it beyond what a draft leaves open."""
    contract, findings = load_row(row, KITS)
    assert contract is not None
    return contract, [found for found in findings if found.rule not in ("F231", "F232")]


def test_rows_are_laid_over_the_base(tmp_path: Path, base: Base) -> None:
    """Values replace those of the base in any of its files, are added where it has none, and leave out what is empty."""
    head = (
        "套名,合同总价,price.instalments[2].amount,价款.付款[3].金额,price.instalments[3].trigger,甲方.名称,party_a.fax"
    )
    one, two = rows(tmp_path, base, f"{head}\n一,150,50,40,审计后,甲局,\n二,待填,,,,,1\n")

    contract, found = loaded(one)
    data = contract.data
    assert found == []
    assert (contract.name, data.contract.name, data.price.total) == ("一", "底本", 150)
    assert [(item.name, item.amount) for item in data.price.instalments] == [("首付款", 60), ("尾款", 50), (None, 40)]
    assert (data.party_a.name, data.party_a.fax) == ("甲局", None)

    contract, _ = loaded(two)
    assert "price.total" in contract.blanks
    assert [item.amount for item in contract.data.price.instalments] == [60, None]
    assert (contract.data.party_a.name, contract.data.party_a.fax) == (None, "1")


def test_faults_are_shown_in_their_cell(tmp_path: Path, base: Base) -> None:
    """The place is that of the cell in the table; what the base has wrong is shown there."""
    (row,) = rows(tmp_path, base, '套名,party_a.fax,price.total\r\n\r\n一,"1\r\n2","一百"\r\n')

    _, found = loaded(row)
    assert [(item.place.file, item.place.line, item.place.column, item.quote) for item in found] == [
        ("t.csv", 3, 4, "1"),
        ("t.csv", 4, 5, "一百"),
    ]
    assert found[1].place.label == "价款.合同总价"
    assert found[1].frame == '3 | 一,"1\n4 | 2","一百"\n  |     ^^^^'


def test_rules_quote_the_cell_and_the_base(tmp_path: Path, base: Base) -> None:
    """What contradicts itself is shown with its line, be it a row of the table or a line of the base."""
    (row,) = rows(tmp_path, base, "套名,price.instalments[2].amount\n一,50\n")

    in_base = check_contract(loaded(row)[0])
    assert [item.place.file for item in in_base] == ["base/contract.yaml"]
    (row,) = rows(tmp_path, base, "套名,price.instalments[1].amount,price.instalments[1].share\n一,60,50%\n")
    in_cell = [item for item in check_contract(loaded(row)[0]) if item.place.file == "t.csv"]
    assert [(item.place.line, item.place.column, item.quote) for item in in_cell] == [(2, 6, "50%")]
    assert None not in [item.frame for item in (*in_base, *in_cell)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_tables_come_in_many_forms(tmp_path: Path, base: Base, encoding: str, separator: str) -> None:
    """As UTF-8 with a mark or without, as GB18030, as UTF-16, with commas, tabs or semicolons."""
    (row,) = rows(
        tmp_path, base, separator.join(["套名", "price.total"]) + "\n" + separator.join(["一", "7"]), encoding
    )

    assert loaded(row)[0].data.price.total == 7


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("套名,price.totel", "没有“price.totel”这个字段，是不是想写“price.total”"),
        ("套名,合同总额", "没有“合同总额”这个字段，是不是想写“合同总价”"),
        ("套名,价款.付款[1].金客", "没有“价款.付款[1].金客”这个字段，是不是想写“price.instalments[].amount”"),
        ("套名,价款", "“价款”不是一项，而是一组；请写到具体的一项"),
        ("套名,价款.付款[].金额", "“价款.付款[].金额”的 [] 里要写第几项，如 [1]"),
        ("套名,价款.付款[0].金额", "“价款.付款[0].金额”的编号应为 1 至 1000"),
        ("套名,名称", "“名称”有几处：party_a.name、party_b.name"),
        ("套名,kit", "合同类型（kit）只能写在 --base 的文件里"),
        ("套名,,price.total", "没有列名"),
        ("套名,price.total,合同总价", "“price.total”有不止一列"),
        ("套名,set,price.total", "“套名”有不止一列"),
        ("price.total", "缺少写套名的一列（列名写 套名）"),
    ],
)
def test_heads_that_are_no_fields_are_refused(tmp_path: Path, base: Base, head: str, said: str) -> None:
    """A column that reaches no field stops the whole table, with what was probably meant."""
    with pytest.raises(InputError) as caught:
        rows(tmp_path, base, f"{head}\n一,二\n")

    assert said in str(caught.value)


def test_all_wrong_heads_are_told_at_once(tmp_path: Path, base: Base) -> None:
    """Each with the number of its column."""
    with pytest.raises(InputError, match=r"(?s)有 2 处错误.*第 2 列.*第 4 列"):
        rows(tmp_path, base, "套名,甲,price.total,乙\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("一", "t.csv:2：这一行有 1 格，表头有 2 格；可能少了或多了逗号。"),
        ("一,2,3", "t.csv:2：这一行有 3 格，表头有 2 格；可能少了或多了逗号。"),
        (",2", "t.csv:2：没有写套名，不知道写到哪个文件夹。"),
        ("../一,2", "t.csv:2：“../一”不能作文件夹的名称。"),
    ],
)
def test_rows_that_cannot_be_used(tmp_path: Path, base: Base, line: str, said: str) -> None:
    """A row with too few or too many cells, or without a name, is told by its line."""
    (row,) = rows(tmp_path, base, f"套名,price.total\n{line}\n")

    with pytest.raises(InputError) as caught:
        load_row(row, KITS)
    assert str(caught.value) == said


@pytest.mark.parametrize("text", ['套名,"price.total\n一,2', '套名,"price"x\n'])
def test_quotes_that_do_not_match(tmp_path: Path, base: Base, text: str) -> None:
    """A quote without an end, or with text behind it, is told with its place."""
    with pytest.raises(InputError, match=r"^t\.csv:1:\d+：(这个引号没有结束|引号后面多出了文字)"):
        rows(tmp_path, base, text)


@pytest.mark.parametrize("name", ["", "a/b", "..", "-x", "a:b", "a.", " a", "甲" * 100])
def test_names_that_no_folder_can_have(name: str) -> None:
    """They are refused before anything is written."""
    assert unfit(name) is not None
    assert unfit("2026-好差评（一）") is None


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(',"\n\t;'), max_size=12).map(str.strip)


@settings(max_examples=examples(60, 5000), deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
def test_what_a_spreadsheet_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, values: list[tuple[str, str]]
) -> None:
    """Every cell that Python's own writer of CSV writes comes through, with the place that it stands at."""
    folder = tmp_path_factory.mktemp("t")
    file = io.StringIO()
    written = [("套名", "price.total", "place"), *((f"甲{n}", *pair) for n, pair in enumerate(values))]
    csv.writer(file).writerows([(name, first, second) for name, first, second in written])
    write(folder / "contract.yaml", BASE.replace("party_a: 文件 a.yaml", ""))
    base = base_of(folder / "contract.yaml", "base", KITS)
    text = file.getvalue().replace("place", "contract.place")
    found = rows(folder, base, text)

    assert [tuple(value.cell.text for value in row.values) for row in found] == values
    for row in found:
        for value in row.values:
            assert text[value.cell.start : value.cell.end].replace('""', '"') == value.cell.text
            assert row.source.place(value.cell.start).offset == value.cell.start
