"""Price tables in documents: unit price times quantity, subtotals, grand totals, and unit prices said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from docgen.findings import Finding, Place, Severity
from docgen.reading.document import Reading
from docgen.rules.amount_pairs import values_of
from docgen.rules.facts import Facts
from docgen.rules.once import once_per_reading
from docgen.rules.phrases import apart, plain, yuan
from docgen.rules.price_cells import Described, described, numbers_in
from docgen.rules.price_lines import price_runs
from docgen.rules.price_rows import Mark
from docgen.rules.price_sums import Row, Sheet, Sum, multiplied_column, sheet_of
from docgen.rules.rule import inside, place_in, rule
from docgen.rules.slips import is_slip

_WAN: Final = Decimal(10**4)
_NEAR: Final = Decimal("0.0001")
_RATES: Final = tuple(Decimal(rate) / 100 for rate in (1, 3, 5, 6, 9, 10, 11, 13, 16, 17))


@once_per_reading
def sheets(reading: Reading) -> tuple[Sheet, ...]:
    """The price tables of a document with what holds and what does not, one sheet for each amount column."""
    found = []
    for run in price_runs(reading):
        main = multiplied_column(run)
        found += [sheet_of(run, column, multiplied=column == main) for column in run.columns.of("amount")]
    return tuple(found)


@rule("M111", "单价乘以数量不等于金额", on=Reading)
def rows_multiply(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 价款表每一行的金额由单价和数量算出，三个数必须对得上；哪一个写错，看说明文字和合计。

    错误:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t问卷调查\t20\t4000\t80000
        2\t办法编制\t1000\t30\t300000
        合计\t\t\t\t110000
    正确:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t问卷调查\t20\t4000\t80000
        2\t办法编制\t1000\t30\t30000
        3\t公司管理费\t\t\t123000
        合计\t\t\t\t233000
    """
    for sheet in sheets(reading):
        for row in sheet.rows:
            if row.right is not None:
                yield _off_row(reading, row)


def _off_row(reading: Reading, row: Row) -> Finding:
    """The finding about a row that does not multiply, at the figure that slipped as far as that is decided."""
    line, right = row.line, row.right or Decimal(0)
    assert line.price is not None
    counts = "×".join(plain(factor) for factor in line.factors)
    message = f"单价 {plain(line.price.value)} 元×数量 {counts} 是 {yuan(right)}，金额写的是 {yuan(row.mark.value)}"
    message += f"，{apart(row.mark.value, right)}。"
    mark, expected, decided, hint = _slip(row)
    severity = Severity.ERROR
    if _is_rounded(row.mark.value, right) or _is_other_unit(row) or _is_taxed(row):
        severity, decided = Severity.WARNING, False
    if _is_other_unit(row):
        hint = "相差正好一万倍：请核对各栏的单位是元还是万元。"
    others = tuple(
        place_in(reading, m.block, m.span) for m in (line.price, line.quantity, row.mark) if m and m is not mark
    )
    return inside(
        reading,
        mark.block,
        mark.span,
        message,
        severity=severity,
        expected=expected,
        related=others,
        hint=hint,
        fix=expected if decided else None,
    )


def _slip(row: Row) -> tuple[Mark, str | None, bool, str]:
    """Which figure of a row slipped, what it should be, whether a third fact decides it, and why."""
    line, amount, right = row.line, row.mark, row.right or Decimal(0)
    assert line.price is not None
    count = line.quantity.value if line.quantity else None
    said = described(line.label)
    if row.slip == "amount":
        return amount, like(amount, right), True, "合计按单价乘以数量的结果才对得上：请改金额。"
    if count and (unit := _said_price(said, line.price.value, count, amount.value)) is not None:
        hint = f"说明文字写的是每单位 {plain(unit)} 元，乘以数量正好是这个金额：请改单价。"
        return line.price, like(line.price, unit), True, hint
    if line.quantity and (number := _said_count(line.label, line.price.value, line.quantity.value, amount.value)):
        return (
            line.quantity,
            like(line.quantity, number),
            row.slip == "factors",
            "说明文字里的数量乘以单价正好是这个金额：请改数量。",
        )
    if row.slip == "factors":
        return *_wrong_factor(row), False, "合计按这一行的金额才对得上：请核对单价和数量。"
    agreed = line.price.value in {one.value for one in said} and count in set(numbers_in(line.label))
    hint = (
        "说明文字里的单价和数量与表格相同：请改金额。" if agreed else "请核对单价、数量和金额：哪一个写错，就改哪一个。"
    )
    return amount, like(amount, right), agreed, hint


def _said_price(said: Sequence[Described], written: Decimal, count: Decimal, amount: Decimal) -> Decimal | None:
    return next((one.value for one in said if one.value != written and one.value * count == amount), None)


def _said_count(label: str, price: Decimal, written: Decimal, amount: Decimal) -> Decimal | None:
    return next((n for n in numbers_in(label) if n > 1 and n != written and n * price == amount), None)


def _wrong_factor(row: Row) -> tuple[Mark, str | None]:
    """The unit price or the quantity, where one slip of the hand in one of them explains the row."""
    price, count = row.line.price, row.line.quantity
    assert price is not None
    if count is None or not count.value:
        return price, None
    meant = {mark: row.mark.value / other.value for mark, other in ((price, count), (count, price))}
    likely = [(mark, value) for mark, value in meant.items() if value * 100 % 1 == 0 and is_slip(mark.value, value)]
    return (likely[0][0], like(*likely[0])) if len(likely) == 1 else (price, None)


def _is_rounded(found: Decimal, right: Decimal) -> bool:
    """Whether an amount is its product rounded to tens or more, as a discount."""
    return abs(found - right) < 100 and abs(found - right) * 100 < right and found % 10 == 0 != right % 10


def _is_taxed(row: Row) -> bool:
    """Whether an amount is its product with or without a usual tax, as a header may say."""
    ratio = row.mark.value / (row.right or row.mark.value)
    return row.slip is None and any(
        abs(ratio * (1 + rate) - 1) < _NEAR or abs(ratio - 1 - rate) < _NEAR for rate in _RATES
    )


def _is_other_unit(row: Row) -> bool:
    right = row.right or Decimal(0)
    return right in {row.mark.value * _WAN, row.mark.value / _WAN} and row.slip is None


def like(mark: Mark, value: Decimal) -> str:
    """An amount in 元 as the digits of a cell would write it: in its unit, grouped and with decimals as they are."""
    number = value / mark.scale
    digits = len(mark.text.partition(".")[2])
    if number != number.quantize(Decimal(1).scaleb(-digits)):
        text = f"{number:f}".rstrip("0") if "," not in mark.text else f"{number:,f}".rstrip("0")
        return text.rstrip(".")
    return f"{number:,.{digits}f}" if "," in mark.text else f"{number:.{digits}f}"


@rule("M112", "小计与各行之和不符", on=Reading)
def sections_add_up(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 小计由它上面的各行相加得出，不符就说明有一行写错、漏列，或者小计写错。

    错误:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t驻场服务\t2000\t12\t24000
        2\t视频制作\t5000\t5\t25000
        小计\t\t\t\t94000
    正确:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t驻场服务\t2000\t12\t24000
        2\t视频制作\t5000\t5\t25000
        小计\t\t\t\t49000
    """
    for sheet in sheets(reading):
        for one in sheet.sums:
            if one.added is not None and not one.grand and (one.line.near or one.slip == "total"):
                yield _off_section(reading, one)


def _off_section(reading: Reading, one: Sum) -> Finding:
    """The finding about a total that its rows do not make: at the total, or at the row that slipped."""
    added = one.added or Decimal(0)
    label = re.sub(r"[\s　：:]+", "", one.line.label)[:8]
    message = f"以上 {len(one.rows)} 行之和是 {yuan(added)}，{label}写的是 {yuan(one.mark.value)}"
    message += f"，{apart(added, one.mark.value)}。"
    mark, expected, decided, hint = _off_side(reading, one)
    doubtful = not one.sure or any(row.right is not None and row.slip is None for row in one.rows)
    off = next((_slip(row)[0] for row in one.rows if row.right is not None and row.slip is None), None)
    return inside(
        reading,
        mark.block,
        mark.span,
        message,
        severity=Severity.WARNING if doubtful else Severity.ERROR,
        expected=expected,
        related=tuple(place for place in _ends(reading, one) if place.block != mark.block.index),
        hint=hint,
        fix=expected if decided and not doubtful else None,
        cause=place_in(reading, off.block, off.span) if off else None,
    )


def _off_side(reading: Reading, one: Sum) -> tuple[Mark, str | None, bool, str]:
    """Which figure of a section slipped, what it should be, whether a third fact decides it, and what to do."""
    added, said = one.added or Decimal(0), values_of(reading)
    side = one.slip
    if side is None and (said[one.mark.value] > 1) != (said[added] > 0):
        side = "total" if said[added] > 0 else "rows"
    if side == "total":
        return one.mark, like(one.mark, added), True, "总计或别处写的是各行之和：请改这里的合计。"
    if side == "rows":
        excess = added - one.mark.value
        meant = {row.mark: row.mark.value - excess for row in one.rows}
        known = [mark for mark, right in meant.items() if right > 0 and said[right] > (right == one.mark.value)]
        if len(known) == 1:
            right = like(known[0], meant[known[0]])
            return known[0], right, True, "合计在别处得到印证，这一行的金额在别处另有写明：请改这一行。"
        return one.mark, None, False, "总计或别处印证了这里的合计：请核对各行，有一行少写、多写或漏列。"
    if _WAN in {one.mark.value / added if added else 0, added / one.mark.value if one.mark.value else 0}:
        return one.mark, like(one.mark, added), False, "相差正好一万倍：请核对单位是元还是万元。"
    hint = "请核对各行的金额，以及有没有漏列的行；各行无误的，请改合计。"
    return one.mark, like(one.mark, added), False, hint


def _ends(reading: Reading, one: Sum) -> tuple[Place, ...]:
    """The first and the last of the rows that were added up."""
    marks = dict.fromkeys(row.mark for row in (one.rows[:1] + one.rows[-1:]))
    return tuple(place_in(reading, mark.block, mark.span) for mark in marks)


@rule("M113", "总计与各项之和不符", on=Reading)
def grand_totals_add_up(reading: Reading, facts: Facts) -> Iterator[Finding]:
    r"""为什么: 价款表的总计由各节小计相加得出，付款和结算都以它为准。

    错误:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t驻场服务\t2000\t12\t24000
        小计\t\t\t\t24000
        1\t视频制作\t5000\t5\t25000
        小计\t\t\t\t25000
        总计\t\t\t\t59000
    正确:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t驻场服务\t2000\t12\t24000
        小计\t\t\t\t24000
        1\t视频制作\t5000\t5\t25000
        小计\t\t\t\t25000
        总计\t\t\t\t49000
    """
    for sheet in sheets(reading):
        for one in sheet.sums:
            if one.added is not None and one.grand and one.line.near:
                yield _off_grand(reading, one, facts.total, _off_before(reading, sheet))


def _off_before(reading: Reading, sheet: Sheet) -> Place | None:
    """Where the first slip stands that a table is told of, in a row or in a subtotal."""
    marks = [_slip(row)[0] for row in sheet.rows if row.right is not None]
    marks += [_off_side(reading, one)[0] for one in sheet.sums if one.added is not None and not one.grand]
    return place_in(reading, marks[0].block, marks[0].span) if marks else None


def _off_grand(reading: Reading, one: Sum, known: Decimal | None, cause: Place | None) -> Finding:
    added, said = one.added or Decimal(0), values_of(reading)
    message = f"各项之和是 {yuan(added)}，总计写的是 {yuan(one.mark.value)}，{apart(added, one.mark.value)}。"
    again = known is None and said[added] > 0 and said[one.mark.value] <= 1
    decided = cause is None and (known == added or (again and one.sure))
    hint = "请核对各项的金额和总计。"
    if decided:
        hint = "各项之和在别处也写明：请改总计。" if again else "各项之和等于合同总价：请改总计。"
    expected = None if known == one.mark.value else like(one.mark, added)
    severity = Severity.ERROR if one.sure and cause is None else Severity.WARNING
    fix = expected if decided else None
    return inside(
        reading,
        one.mark.block,
        one.mark.span,
        message,
        severity=severity,
        expected=expected,
        hint=hint,
        fix=fix,
        cause=cause,
    )


@rule("M114", "说明文字里的单价与单价栏不同", on=Reading)
def described_prices_agree(reading: Reading, _facts: Facts) -> Iterator[Finding]:
    r"""为什么: 说明文字写的每份价格与单价栏不同，结算时会有争议；说明里写的只是其中一部分费用的，可以不改。

    错误:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t问卷推广，共需完成 1200 份问卷，每份问卷推广费用为 6 元\t8\t1200\t9600
    正确:
        序号\t事项\t单价（元）\t数量\t金额（元）
        1\t问卷推广，共需完成 1200 份问卷，每份问卷推广费用为 8 元\t8\t1200\t9600
        2\t座谈会 2 场，每场场地费用约为 5000 元\t8000\t2\t16000
    """
    for sheet in sheets(reading):
        for row in sheet.rows:
            line = row.line
            if row.right is not None or line.price is None or line.quantity is None or line.item is None:
                continue
            if len(line.factors) != 1 or row.mark.value != line.price.value * line.quantity.value:
                continue
            yield from _other_price(reading, row)


def _other_price(reading: Reading, row: Row) -> Iterator[Finding]:
    """The note about a description that says another unit price for just what the row counts."""
    line = row.line
    assert line.price is not None
    assert line.quantity is not None
    assert line.item is not None
    said = described(line.label)
    if len(said) != 1 or said[0].about or said[0].value == line.price.value:
        return
    value, measure = said[0].value, said[0].measure
    if not re.search(rf"{plain(line.quantity.value)}\s*{re.escape(measure[0])}", line.label):
        return
    message = f"说明文字写的单价是 {plain(value)} 元，单价栏是 {plain(line.price.value)} 元；单价栏乘以数量等于金额。"
    related = (place_in(reading, line.price.block, line.price.span),)
    hint = "请核对说明文字；写的只是其中一部分费用的，可以不改。"
    yield inside(
        reading,
        line.item,
        said[0].span,
        message,
        severity=Severity.NOTE,
        expected=plain(line.price.value),
        related=related,
        hint=hint,
    )
