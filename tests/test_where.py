"""Every place of one field, and of what is worked out from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.cli import main
from docgen.errors import InputError
from docgen.pipeline import Options
from docgen.where import where

ROOT = Path(__file__).resolve().parent.parent
PRICED, SET, DRAFT = "data/2021-专项评估", "data/2026-好差评", "data/2022-专项评估-草稿"


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def told(data: str, field: str) -> list[tuple[str, str, str | None]]:
    """The field, text and place of everything that a field reaches."""
    found = where(Path(data), data, field, Options())
    return [(change.field, change.old or "", change.place.label) for change in found.changes]


def test_a_field_is_told_with_what_is_worked_out_from_it() -> None:
    """A unit price moves its row, the subtotal, the total and its words, though control figures are typed for them."""
    found = told(PRICED, "price.sections[1].rows[2].unit_price")

    assert {each for each in found if "表" in (each[2] or "")} == {
        ("price.sections[1].rows[2].unit_price", "1,200.00", "表1 第4行第3列"),
        ("price.sections[1].rows[2].amount", "36,000.00", "表1 第4行第5列"),
        ("price.sections[1].subtotal", "209,500.00", "表1 第9行第5列"),
        ("price.sections[1].subtotal", "209,500.00", "表7 第2行第3列"),
        ("price.total", "1,040,000.00", "表7 第8行第3列"),
        ("price.total", "壹佰零肆万元整", "表7 第9行第1列"),
        ("review.amount", "1,040,000.00", "表1 第1行第4列"),
    }
    assert ("price.sub_budgets[2].amount", "820,000.00", "四、（二）") in found


def test_what_is_typed_with_a_share_follows_the_total() -> None:
    """The instalments of a share are typed to control it, the tax is worked out: all move with the total."""
    assert {field for field, _, _ in told(SET, "price.total")} == {
        "price.total",
        "price.tax.net",
        "price.tax.tax",
        *(f"price.instalments[{number}].amount" for number in (1, 2, 3)),
    }


def test_a_label_stands_for_a_key() -> None:
    """The same field by its Chinese name, in figures and in words."""
    assert told(SET, "价款.合同总价")[:2] == [
        ("price.total", "2160000", "第四条 4.1"),
        ("price.total", "贰佰壹拾陆万元整", "第四条 4.1"),
    ]
    assert told(SET, "价款.合同总价") == told(SET, "price.total")


def test_a_group_is_told_with_all_that_is_in_it() -> None:
    """Of a party every field that is written anywhere."""
    assert {field for field, _, _ in told(SET, "party_a")} >= {"party_a.name", "party_a.address"}


def test_a_row_is_told_with_what_its_figures_reach() -> None:
    """Not only what stands in it: the sums that it is part of, and the share of them that is paid."""
    found = {field for field, _, _ in told(PRICED, "price.sections[1].rows[2]")}

    assert found == {
        *(f"price.sections[1].rows[2].{key}" for key in ("no", "item", "unit_price", "quantity", "amount", "remark")),
        "price.sections[1].subtotal",
        "price.sub_budgets[2].amount",
        "price.total",
        "review.amount",
    }


@pytest.mark.parametrize("field", ["team[].phone", "team[*].phone", "项目团队[].联系电话"])
def test_one_field_of_all_entries_is_told(field: str) -> None:
    """Empty brackets, or a star in them, stand for every number."""
    found = told(PRICED, field)

    assert [path for path, _, _ in found] == [f"team[{number}].phone" for number in range(1, 37)]


def test_an_open_figure_is_told_with_all_that_waits_for_it() -> None:
    """The blanks that are filled as soon as the price is known: the row, the sums, both instalments."""
    found = told(DRAFT, "价款.报价表[2].报价行[3].单价")

    assert {text for _, text, _ in found} == {"________"}
    assert {field for field, _, _ in found} == {
        "price.sections[2].rows[3].unit_price",
        "price.sections[2].rows[3].amount",
        "price.sections[2].subtotal",
        "price.total",
        "price.instalments[1].amount",
        "price.instalments[2].amount",
    }


@pytest.mark.parametrize(
    ("data", "field", "hint"),
    [
        (SET, "phases[9].title", "“进度阶段”有 3 项，序号从 1 起。"),
        (PRICED, "team[0].name", "“项目团队”有 36 项，序号从 1 起。"),
        (SET, "price.sections[].title", "“价款.报价表”里一项也没有。"),
        (SET, "price.sections[1].rows[1].amount", "“价款.报价表”里一项也没有。"),
    ],
)
def test_an_entry_that_is_not_there_is_told_with_how_many_are(data: str, field: str, hint: str) -> None:
    """The field is known, the number is not."""
    with pytest.raises(InputError, match="数据里没有") as caught:
        told(data, field)

    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("field", "remark"),
    [
        ("party_a.fax", "“甲方.传真”在数据里没有填写，也没有写到任何文件里。"),
        ("contract.stage", "“合同.阶段”没有写到任何文件里。"),
    ],
)
def test_what_is_printed_nowhere_is_said(field: str, remark: str) -> None:
    """And whether it is given at all."""
    assert where(Path(SET), SET, field, Options()).remarks == (remark,)


@pytest.mark.parametrize("field", ["价款.合同总额", "price.sections[99].title", "", "price..total"])
def test_what_is_no_field_is_said(field: str) -> None:
    """An unknown name, or an entry that is not there, is refused with what may have been meant."""
    with pytest.raises(InputError, match="数据里没有") as caught:
        told(SET, field)
    assert caught.value.hint


def test_the_json_names_field_text_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    """The text as it stands is old; where only tells, nothing is new."""
    assert main(["where", SET, "contract.number", "--format", "json"], standalone_mode=False) == 0

    found = json.loads(capsys.readouterr().out)
    assert {(c["field"], c["old"], c["new"]) for c in found["changes"]} == {
        ("contract.number", "示政数合【2026】121号", None)
    }
    assert {file["state"] for file in found["files"]} == {"reached"}
