"""PDF files: text in reading order, wrapped lines whole again, tables as cells, and never a scan for clean."""

from __future__ import annotations

import builtins
from typing import Any

import pytest

from docgen.errors import InputError, ToolMissing
from docgen.reading.document import Reading
from docgen.reading.files import read_data
from tests.pdffiles import Sheet, pdf_file

pytest.importorskip("pdfplumber")
pytest.importorskip("pypdfium2")


def read(*sheets: Sheet) -> Reading:
    """The Reading of a PDF with these pages."""
    return read_data(pdf_file(*sheets), "合同.pdf")


def texts(reading: Reading) -> list[str]:
    """The texts of all blocks."""
    return [block.text for block in reading.blocks]


FULL = "合同总价为人民币壹佰零肆万元整由甲方分二期支付，其中首付款（￥："


def test_wrapped_lines_are_one_paragraph() -> None:
    """A full line goes on in the next; an indent, a number or a short line begins anew."""
    reading = read(
        Sheet().lines("　　" + FULL[:26], "630000元）", "　　第二段", "四、价款", "4.1 " + FULL[:26], "4.2 总价")
    )

    assert texts(reading) == [FULL[:26] + "630000元）", "第二段", "四、价款", "4.1 " + FULL[:26], "4.2 总价"]
    assert [block.label for block in reading.blocks][2:] == ["第1页 四", "第1页 四、4.1", "第1页 四、4.2"]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    """The number of the page between is a footer, a repeated heading a header."""
    sheets = (
        Sheet().text("合同编号：2026", 80, 40).text(FULL[:27], 80, 700).text("— 1 —", 280, 800),
        Sheet().text("合同编号：2026", 80, 40).lines("630000元）。", "　　第二段").text("— 2 —", 280, 800),
    )
    reading = read(*sheets)

    assert [(block.part, block.page, block.text) for block in reading.blocks] == [
        ("body", 1, FULL[:27] + "630000元）。"),
        ("body", 2, "第二段"),
        ("header", 1, "合同编号：2026"),
        ("footer", 1, "— 1 —"),
        ("footer", 2, "— 2 —"),
    ]


def test_ruled_tables_are_cells() -> None:
    """A table stands between the paragraphs above and below, and goes on over the end of a page."""
    head = ["序号", "事项", "金额"]
    first = Sheet().text("报价如下：", 80, 120).table([head, ["1", "培训", "100"]], y=600)
    second = Sheet().table([head, ["2", "咨询", "200"]], y=120).text("以上含税。", 80, 400)
    reading = read(first, second)

    cells = [(b.cell.table, b.cell.row, b.cell.column, b.cell.header, b.text) for b in reading.blocks if b.cell]
    assert cells == [
        (1, 1, 1, False, "序号"),
        (1, 1, 2, False, "事项"),
        (1, 1, 3, False, "金额"),
        (1, 2, 1, False, "1"),
        (1, 2, 2, False, "培训"),
        (1, 2, 3, False, "100"),
        (1, 3, 1, True, "序号"),
        (1, 3, 2, True, "事项"),
        (1, 3, 3, True, "金额"),
        (1, 4, 1, False, "2"),
        (1, 4, 2, False, "咨询"),
        (1, 4, 3, False, "200"),
    ]
    assert [block.text for block in reading.blocks if not block.cell] == ["报价如下：", "以上含税。"]
    assert reading.blocks[-2].label == "第2页 表1 第4行第3列"


def test_text_at_an_angle_and_text_printed_twice_disturb_nothing() -> None:
    """A watermark is no text, and bold made by printing twice is read once."""
    sheet = Sheet().text("合同总价", 80, 120).text("合同总价", 80.4, 120).text("草稿", 200, 400, 60, "0.7 0.7 -0.7 0.7")

    assert texts(read(sheet)) == ["合同总价"]


def test_a_turned_page_reads_upright() -> None:
    """A landscape page made by turning a portrait one has its lines in order."""
    sheet = Sheet(rotation=90).text("第一行", 500, 100, matrix="0 1 -1 0").text("第二行", 540, 100, matrix="0 1 -1 0")

    assert texts(read(sheet)) == ["第一行第二行"]


def test_pages_without_text_are_told() -> None:
    """One scanned page is unread, a scan of all pages is refused."""
    assert read(Sheet().lines("合同总价"), Sheet().picture()).unread == ("第 2 页是扫描图片，没有文字可读",)
    with pytest.raises(InputError, match="每一页都是扫描图片"):
        read(Sheet().picture(), Sheet().picture().text("— 2 —", 280, 800))
    with pytest.raises(InputError, match="里面没有文字"):
        read(Sheet())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_file(Sheet().lines("合同"), locked=True), "有密码保护"),
        (b"%PDF-1.4\n" + b"\0" * 100, "不是完好的 PDF 文件"),
        (pdf_file(Sheet().lines("合同"))[:300], "不是完好的 PDF 文件"),
    ],
)
def test_what_cannot_be_opened_is_refused(data: bytes, reason: str) -> None:
    """With the reason, not as clean."""
    with pytest.raises(InputError, match=reason):
        read_data(data, "合同.pdf")


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF needs two more packages."""
    whole = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "pdfplumber":
            raise ImportError(name)
        return whole(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ToolMissing) as caught:
        read(Sheet().lines("合同"))
    assert caught.value.hint == "请运行 pip install 'docgen[pdf]'。"


def test_a_page_with_absurdly_much_on_it_is_refused() -> None:
    """In a moment, before its text is looked at."""
    sheet = Sheet()
    sheet.content = ["0 0 m 1 1 l S"] * 100_001

    with pytest.raises(InputError, match="第 1 页的内容多得不正常"):
        read(sheet)


_LEFT = (
    "第一条 标的与范围如下",
    "甲方向乙方购买的设备",
    "见清单，由乙方送到。",
    "第二条 价款与付款方式",
    "合同总价为人民币捌拾",
    "万元整，分二期支付，",
    "各付一半。",
)
_RIGHT = (
    "第三条 验收的时间地点",
    "设备到货以后十日内由",
    "甲方组织验收，合格的",
    "签发验收单据并存档。",
    "第四条 违约责任的承担",
    "逾期一日，按合同总价",
    "的千分之一付违约金。",
)


def test_a_page_in_two_columns_is_read_column_by_column() -> None:
    """The left column goes before the right one, between the title above and the signature below both."""
    sheet = Sheet().text("设备买卖合同书正本共肆份由双方当事人各执贰份保存备查", 80, 80)
    sheet.lines(*_LEFT, x=80, y=140, pitch=24).lines(*_RIGHT, x=300, y=146, pitch=24)
    sheet.text("本合同自甲乙双方盖章之日起生效至设备验收合格之日为止", 80, 340)

    assert texts(read(sheet)) == [
        "设备买卖合同书正本共肆份由双方当事人各执贰份保存备查",
        "第一条 标的与范围如下甲方向乙方购买的设备见清单，由乙方送到。",
        "第二条 价款与付款方式合同总价为人民币捌拾万元整，分二期支付，各付一半。",
        "第三条 验收的时间地点设备到货以后十日内由甲方组织验收，合格的签发验收单据并存档。",
        "第四条 违约责任的承担逾期一日，按合同总价的千分之一付违约金。",
        "本合同自甲乙双方盖章之日起生效至设备验收合格之日为止",
    ]


def test_parties_side_by_side_are_no_columns() -> None:
    """What stands side by side and does not fill its side belongs together line by line."""
    names = ("甲方：示例市水务局", "地址：示例路一号院", "代表人：", "电话：", "日期：", "开户行：", "账号：")
    sheet = (
        Sheet()
        .lines(*names, x=80, y=140, pitch=24)
        .lines(*(n.replace("甲", "乙") for n in names), x=320, y=140, pitch=24)
    )

    assert texts(read(sheet))[0].startswith("甲方：示例市水务局   乙方：示例市水务局")
