"""What an amount is made of that a sentence names by a rate: so much for each ㎡, seat or head, the rest of a total."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from docgen.amounts.find import Found
from docgen.findings import Finding, Severity
from docgen.patterns import regex
from docgen.reading.document import Block, Reading
from docgen.reading.whole import blocks_with
from docgen.rules.instalments import share_of, singly
from docgen.rules.numerals import figure_of
from docgen.rules.once import once_per_reading
from docgen.rules.phrases import percent, plain, yuan
from docgen.rules.rule import inside, place_in

CUES: Final = r"平方米|㎡|每[一-龥]|付清|预计|首付|首期|剩余|折合|[上当]月"
"""What a paragraph has that may say such an amount."""

_MONEY: Final = r"(?:人民币|[￥¥：:\s])*"
_FIGURE: Final = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_SUM: Final = r"(?:合计|共计|总计|小计|计|共|即|为|金额)*"
_PER_AREA: Final = regex(
    rf"每(?:平方米|㎡|平米)(?:每月)?[^0-9，。；;每]{{0,6}}(?P<price>{_FIGURE})\s?元[，,]\s?(?:每月|全年|每年)?{_SUM}{_MONEY}\Z"
)
_PER_HEAD: Final = regex(
    rf"每人每月[^，。；;]{{0,24}}?(?P<price>{_FIGURE})\s?元[，,]\s?[以按]\s?(?P<count>[0-9]{{1,5}})\s?人计算?[，,]\s?全年{_SUM}{_MONEY}\Z"
)
_REST: Final = regex(rf"剩余(?:款项|价款|金额|费用|合同款|款)?{_MONEY}\Z")
_WHOLE: Final = regex(rf"(?:付清|结清)[，,]\s?(?:合计|共计|总计){_MONEY}\Z|\A年度[一-龥]{{0,4}}费用?预计{_MONEY}\Z")
_DOWN: Final = regex(r"首付款|首期款")
_BALANCE: Final = regex(rf"余款{_MONEY}\Z")
_PAID: Final = regex(r"[支已]付[^，。；;0-9]{0,16}?([0-9]{1,3}(?:\.[0-9]{1,2})?\s?[%％])")
_AREA: Final = regex(rf"({_FIGURE})\s?(?:平方米|㎡|平米)")
_MOST_AREAS: Final = 12
_YEAR: Final = 12
_BACK: Final = 3
_NEAR: Final = 300
_AHEAD: Final = 2


def made_of(
    reading: Reading, block: Block, found: Found, lead: str, totals: Callable[[], Sequence[Decimal]]
) -> dict[Decimal, str]:
    """What an amount may rightly be, each with the words that say how it is made; empty where nothing here says."""
    if match := _PER_AREA.search(lead):
        price = figure_of(match["price"])
        return {area * price: f"{plain(area)} 平方米×{plain(price)} 元是" for area in _areas(reading)}
    if match := _PER_HEAD.search(lead):
        price = figure_of(match["price"])
        return {price * Decimal(match["count"]) * _YEAR: f"{match['count']} 人×{plain(price)} 元×12 个月是"}
    if _REST.search(lead):
        return _rest(reading, block, found, totals())
    if _DOWN.search(lead):
        return _down(reading, block, totals())
    return dict.fromkeys(totals(), "合同总价是") if _WHOLE.search(lead) else {}


@once_per_reading
def _areas(reading: Reading) -> tuple[Decimal, ...]:
    """The areas that a document says; none where it says too many to tell them apart."""
    texts = (block.text for block in blocks_with(reading, "平", "㎡"))
    found = dict.fromkeys(figure_of(match[1]) for text in texts for match in _AREA.finditer(text))
    return tuple(found) if len(found) <= _MOST_AREAS else ()


def _rest(reading: Reading, block: Block, found: Found, totals: Sequence[Decimal]) -> dict[Decimal, str]:
    """What the shares paid before leave of the total: 支付30%；支付50%；剩余1,300万元."""
    before = [one.text[-_NEAR:] for one in reading.blocks[max(0, block.index - _BACK) : block.index]]
    shares = [
        share_of(match[1])
        for text in (*before, block.text[max(0, found.start - _NEAR) : found.start])
        for match in _PAID.finditer(text)
    ]
    paid = sum((share for share in shares if share), Decimal(0))
    return {total * (1 - paid): f"{yuan(total)}付去 {percent(paid)} 还剩" for total in totals if 0 < paid < 1}


def _down(reading: Reading, block: Block, totals: Sequence[Decimal]) -> dict[Decimal, str]:
    """What the balance leaves of the total for the first payment: 首付款…元；余款…元."""
    for following in reading.blocks[block.index + 1 : block.index + 1 + _AHEAD]:
        for one in singly(following.text)[:_AHEAD] if "余款" in following.text else ():
            if one.value and _BALANCE.search(following.text[: one.start]):
                return {
                    total - one.value: f"{yuan(total)}减去余款 {yuan(one.value)}是"
                    for total in totals
                    if total > one.value
                }
    return {}


# 固定年利率4.35%；逾期罚息利率在本合同利率基础上加收50%，即6.525%.
_RATE: Final = regex(r"年?利率[^0-9，。；;]{0,6}(?P<rate>[0-9]{1,2}(?:\.[0-9]{1,4})?)\s?[%％]")
_RAISED: Final = regex(
    r"基础上?(?:加收|上浮)\s?(?P<more>[0-9]{1,3})\s?[%％]\s?[，,（(]\s?即(?:年?利?率)?为?\s?(?P<rate>[0-9]{1,2}(?:\.[0-9]{1,4})?)\s?[%％]"
)
_HUNDRED: Final = Decimal(100)


def off_rates(reading: Reading) -> Iterator[Finding]:
    """The rates of interest on arrears that are not the rate itself and what is put upon it."""
    for block in blocks_with(reading, "加收", "上浮"):
        for match in _RAISED.finditer(block.text):
            own = list(_RATE.finditer(block.text, max(0, match.start() - _NEAR), match.start()))
            if len(own) != 1:
                continue
            rate = Decimal(own[0]["rate"])
            right = rate * (_HUNDRED + Decimal(match["more"])) / _HUNDRED
            written = Decimal(match["rate"])
            if abs(right - written) < Decimal(1).scaleb(int(written.as_tuple().exponent)):
                continue
            message = f"{plain(rate)}% 加收 {match['more']}% 是 {_said(right)}，这里写的是 {match['rate']}%。"
            yield inside(
                reading, block, match.span("rate"), message, severity=Severity.WARNING, expected=_said(right),
                related=(place_in(reading, block, own[0].span("rate")),), hint="请核对利率和加收的比例。",
            )  # fmt: skip


def _said(value: Decimal) -> str:
    return f"{value.normalize():f}%"


_COINS: Final = r"USD|US\$|EUR|€|GBP|JPY|HKD|HK\$|CHF|美元|欧元|英镑|日元|港元|港币"
_SIGN: Final = rf"(?:{_COINS})"
_TOTAL: Final = regex(
    rf"(?:合同|协议)?(?:总价款?|总金额|金额|价款)(?:[（(][^（）()]{{0,8}}[）)])?\s?(?:[：:]|为|是)?\s?(?P<coin>{_SIGN})\s?(?P<figure>{_FIGURE})"
)
_SHARE: Final = regex(
    rf"(?P<share>[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?\s?[%％‰])\s?[，,（(]?\s?(?:即|计|共计|合计|为)?\s?(?P<coin>{_SIGN})\s?(?P<figure>{_FIGURE})(?![0-9万%％])"
)
_CHANGED: Final = regex(
    rf"1\s?(?P<coin>{_SIGN})\s?[=＝]\s?(?P<rate>[0-9]{{1,3}}\.[0-9]{{1,6}})\s?(?:RMB|CNY|元|人民币)[^0-9。；;]{{0,8}}折合(?:人民币)?约?\s?(?:人民币|[￥¥])?(?P<figure>{_FIGURE})\s?元"
)
_CENT: Final = Decimal("0.01")


def off_abroad(reading: Reading) -> Iterator[Finding]:
    """The shares of a total in another currency, and its value in 元, that are not what the total makes them."""
    blocks = blocks_with(
        reading, "USD", "US$", "EUR", "€", "GBP", "JPY", "HK", "CHF", "美元", "欧元", "英镑", "日元", "港"
    )
    said = {(match["coin"], figure_of(match["figure"])) for block in blocks for match in _TOTAL.finditer(block.text)}
    if len(said) != 1:
        return
    ((coin, total),) = said
    for block in blocks:
        for match in (*_SHARE.finditer(block.text), *_CHANGED.finditer(block.text)):
            named = match.groupdict()
            factor = share_of(named["share"]) if named.get("share") else Decimal(named["rate"])
            written = figure_of(match["figure"])
            if not factor or match["coin"] != coin or _near(written, total * factor, rounded="rate" in named):
                continue
            right = (total * factor).quantize(_CENT)
            how = percent(factor) if named.get("share") else f"按 {plain(factor)} 折合"
            message = f"合同总价 {coin} {total:,} 的 {how}是 {right:,}，这里写的是 {match['figure']}。"
            yield inside(
                reading, block, match.span("figure"), message, severity=Severity.WARNING, expected=f"{right:,}",
                hint="请核对总价、比例（汇率）和金额。",
            )  # fmt: skip


def _near(written: Decimal, right: Decimal, *, rounded: bool) -> bool:
    """Whether a figure is what it should be, a value in 元 perhaps rounded to its thousands."""
    return abs(written - right) <= max(Decimal(1), right / 1000 if rounded else Decimal(0))
