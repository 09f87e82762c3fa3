"""The reader: the value first, the standing of the spelling second, and nothing where two values are possible."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.amounts.figures import LARGEST
from docgen.amounts.read import AmountReading, Standing, read_amount
from docgen.amounts.write import write_amount
from tests.amounts.spellings import cents, joined, pieces, spelled
from tests.endure import examples

P = "《支付结算办法》附一"
K = "《会计基础工作规范》第五十二条"

OFFICIAL = [
    ("1409.50", "壹仟肆佰零玖元伍角", Standing.PERMITTED),
    ("6007.14", "陆仟零柒元壹角肆分", Standing.CANONICAL),
    ("1680.32", "壹仟陆佰捌拾元零叁角贰分", Standing.PERMITTED),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分", Standing.CANONICAL),
    ("107000.53", "壹拾万柒仟元零伍角叁分", Standing.PERMITTED),
    ("107000.53", "壹拾万零柒仟元伍角叁分", Standing.CANONICAL),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分", Standing.CANONICAL),
    ("325.04", "叁佰贰拾伍元零肆分", Standing.CANONICAL),
]

PERMITTED = [
    ("壹佰圆整", "100.00", f"“圆”可以使用（{P}第一条）", f"{P}第一条"),
    ("壹佰元正", "100.00", f"“正”可以使用（{P}第一条）", f"{P}第一条"),
    ("壹佰圓正", "100.00", f"“圓”“正”可以使用（{P}第一条）", f"{P}第一条"),
    ("貳拾參萬陸仟元整", "236000.00", f"“參”“萬”“貳”“陸”可以使用（{P}第一条）", f"{P}第一条"),
    ("叄億元整", "300000000.00", f"“億”“叄”可以使用（{P}第一条）", f"{P}第一条"),
    ("人民幣壹佰元整", "100.00", f"“幣”可以使用（{P}第一条）", f"{P}第一条"),
    ("壹佰元伍角", "100.50", f"“角”后可以不写“整”（{P}第二条）", f"{P}第二条"),
    ("伍角", "0.50", f"“角”后可以不写“整”（{P}第二条）", f"{P}第二条"),
    (
        "壹拾元零伍角整",
        "10.50",
        f"元位是 0 而角位不是 0，“元”后可以写“零”（{P}第四条第（三）项、{K}第（五）项）",
        f"{P}第四条第（三）项、{K}第（五）项",
    ),
    (
        "壹拾万柒仟元整",
        "107000.00",
        f"万位是 0 而千位不是 0，“万”后的“零”可以不写（{P}第四条第（三）项）",
        f"{P}第四条第（三）项",
    ),
]

ZERO_LEFT_OUT = f"{P}第四条第（一）项、{K}第（五）项"
WHOLE = f"{P}第二条、{K}第（三）项"

# What is written, its value, the canonical spelling, and the rule it is measured by.
IRREGULAR = [
    ("壹拾亿壹仟万元整", "1010000000.00", "壹拾亿零壹仟万元整", ZERO_LEFT_OUT),
    ("壹亿壹仟元整", "100001000.00", "壹亿零壹仟元整", ZERO_LEFT_OUT),
    ("壹拾万柒仟亿元整", "10700000000000.00", "壹拾万零柒仟亿元整", ZERO_LEFT_OUT),
    ("贰万伍佰元整", "20500.00", "贰万零伍佰元整", ZERO_LEFT_OUT),
    ("贰万伍拾元整", "20050.00", "贰万零伍拾元整", ZERO_LEFT_OUT),
    ("壹仟伍拾元整", "1050.00", "壹仟零伍拾元整", ZERO_LEFT_OUT),
    ("壹元伍分", "1.05", "壹元零伍分", f"{P}第四条第（四）项"),
    ("壹拾万零柒仟元零伍角叁分", "107000.53", "壹拾万零柒仟元伍角叁分", f"{P}第四条第（三）项"),
    ("陆仟零零柒元整", "6007.00", "陆仟零柒元整", f"{P}第四条第（二）项、{K}第（五）项"),
    ("拾万元整", "100000.00", "壹拾万元整", f"{P}第四条"),
    ("拾伍元整", "15.00", "壹拾伍元整", f"{P}第四条"),
    ("零元伍角整", "0.50", "伍角整", f"{P}第四条"),
    ("零元零伍分", "0.05", "伍分", f"{P}第四条"),
    ("零元零伍角整", "0.50", "伍角整", f"{P}第四条"),
    ("壹佰元零角", "100.00", "壹佰元整", f"{P}第四条"),
    ("壹佰元零角零分", "100.00", "壹佰元整", f"{P}第四条"),
    ("壹佰元伍角零分", "100.50", "壹佰元伍角整", f"{P}第四条"),
    ("壹佰元零角伍分", "100.05", "壹佰元零伍分", f"{P}第四条"),
    ("零角零分", "0.00", "零元整", f"{P}第四条"),
    ("壹佰元", "100.00", "壹佰元整", WHOLE),
    ("零元", "0.00", "零元整", WHOLE),
    ("壹佰万", "1000000.00", "壹佰万元整", WHOLE),
    ("壹佰万整", "1000000.00", "壹佰万元整", WHOLE),
    ("壹元贰角叁分整", "1.23", "壹元贰角叁分", WHOLE),
    ("伍分整", "0.05", "伍分", WHOLE),
    ("人民币 壹佰元整", "100.00", "人民币壹佰元整", f"{P}第三条、{K}第（四）项"),
    ("人民币__壹佰元整", "100.00", "人民币壹佰元整", f"{P}第三条、{K}第（四）项"),
    ("壹 佰 元 整", "100.00", "壹佰元整", f"{P}第三条"),
    ("壹仟叁佰伍拾      元整", "1350.00", "壹仟叁佰伍拾元整", f"{P}第三条"),
    ("__壹佰＿元　整__", "100.00", "壹佰元整", f"{P}第三条"),
    ("壹百零四万元整", "1040000.00", "壹佰零肆万元整", f"{P}第一条"),
    ("一百零四万元整", "1040000.00", "壹佰零肆万元整", f"{P}第一条"),
    ("廿伍元整", "25.00", "贰拾伍元整", f"{P}第一条"),
    ("壹佰卅元整", "130.00", "壹佰叁拾元整", f"{P}第一条"),
    ("两万元整", "20000.00", "贰万元整", f"{P}第一条"),
    ("壹元伍毛整", "1.50", "壹元伍角整", f"{P}第一条"),
    ("壹兆元整", "1000000000000.00", "壹万亿元整", f"{P}第一条"),
    ("壹兆零叁拾亿元整", "1003000000000.00", "壹万零叁拾亿元整", f"{P}第一条"),
    ("壹佰〇肆万元整", "1040000.00", "壹佰零肆万元整", f"{P}第一条"),
    ("负壹佰元整", "-100.00", "负壹佰元整", P),
    ("人民币负壹佰元整", "-100.00", "人民币负壹佰元整", P),
    ("负人民币壹佰元整", "-100.00", "人民币负壹佰元整", P),
    ("壹百零四万", "1040000.00", "壹佰零肆万元整", f"{P}第一条；{WHOLE}"),
    ("人民币 拾万圆", "100000.00", "人民币壹拾万元整", f"{P}第三条、{K}第（四）项；{P}第四条；{WHOLE}；{P}第一条"),
]

UNREADABLE = [
    ("", "没有内容：请写金额"),
    ("元整", "“元”前面没有数字：是还没有填写的金额"),
    ("____元整", "“元”前面没有数字：是还没有填写的金额"),
    ("万元整", "“万”“亿”或“元”前面没有数字"),
    ("壹佰", "“壹佰”没有写“元”：不知道是多少元"),
    ("陆", "“陆”没有写“元”：不知道是多少元"),
    ("贰万伍元整", "“贰万伍”可以读成两个数：“伍”前是少写了“零”，还是后面少写了单位"),
    ("壹佰伍元整", "“壹佰伍”可以读成两个数：“伍”前是少写了“零”，还是后面少写了单位"),
    ("贰万伍亿元整", "“贰万伍”可以读成两个数：“伍”前是少写了“零”，还是后面少写了单位"),
    ("壹元伍", "最后的“伍”后面没有“角”或“分”"),
    ("壹壹壹元整", "“壹壹壹”里的“壹”后面缺单位"),
    ("玖万零肆角拾元壹角伍分", "“玖万零肆角拾元壹角伍分”把角、分写在了“元”前面"),
    ("壹佰零贰拾元整", "“壹佰零贰拾”里的“零”多余：它的前后两位之间没有 0，不知是多写了零还是写错了单位"),
    ("壹万零柒仟元整", "“壹万零柒仟”里的“零”多余：它的前后两位之间没有 0，不知是多写了零还是写错了单位"),
    ("伍元零叁角", "“元”后的“零”多余：元位和角位都不是 0，不知“零叁角”是多写了零还是写错了单位"),
    ("陆仟零零零柒元整", "“陆仟零零零柒”里“零”的个数和 0 的个数对不上"),
    ("壹佰零元整", "“壹佰零”里的“零”后面没有数字"),
    ("壹佰零万元整", "“壹佰零”里的“零”后面没有数字"),
    ("零伍元整", "“零伍”以“零”开头：像是少写了前面的数"),
    ("零伍分", "“零伍分”里的“零”多余"),
    ("壹佰拾元整", "“壹佰拾”里的“拾”前面少了数字"),
    ("壹仟零拾元整", "“壹仟零拾”里的“零拾”可以读成两个数：拾位是 0，还是少写了“壹”"),
    ("壹亿拾万元整", "“壹亿拾万”里“亿拾”之间少了数字"),
    ("佰元整", "“佰”里的“佰”前面没有数字"),
    ("壹拾贰佰元整", "“壹拾贰佰”里仟、佰、拾的次序不对"),
    ("壹仟贰仟元整", "“壹仟贰仟”里仟、佰、拾的次序不对"),
    ("壹万万元整", "“壹万万”里有两个“万”"),
    ("壹亿壹亿元整", "“壹亿壹亿”里有两个“亿”"),
    ("壹兆贰万亿元整", "“壹兆贰万亿”里单位的次序不对"),
    ("壹元元整", "“元整”不成几角几分"),
    ("壹元叁分伍角", "“叁分伍角”不成几角几分"),
    ("壹元伍角零叁分", "“伍角零叁分”不成几角几分"),
    ("伯元整", "“伯元整”里的“伯”不是金额用字，是不是想写“佰”"),
    ("壹佰0伍元整", "“壹佰0伍元整”的大写里夹着数字“0”"),
    ("壹佰块整", "“壹佰块整”里的“块”不是大写金额用字"),
    ("壹负佰元整", "“负”只能写在金额最前面"),
    ("壹" * 200 + "元整", f"“{'壹' * 30}…”（共202字）太长，不是一个金额"),
]


@pytest.mark.parametrize(("figures", "words", "standing"), OFFICIAL)
def test_the_examples_of_the_regulation_are_lawful(figures: str, words: str, standing: Standing) -> None:
    """Every example printed in the regulation is read with its value, as canonical or permitted."""
    for prefix in ("", "人民币"):
        reading = read_amount(prefix + words)
        canonical = write_amount(figures, prefix=bool(prefix))
        assert (reading.value, reading.standing, reading.canonical) == (Decimal(figures), standing, canonical)


@pytest.mark.parametrize(("words", "value", "reason", "rule"), PERMITTED)
def test_a_permitted_variant_names_its_rule(words: str, value: str, reason: str, rule: str) -> None:
    """What the rules allow beside the canonical spelling is read, with regulation and article."""
    canonical = write_amount(value, prefix=words.startswith("人民"))
    assert read_amount(words) == AmountReading(Decimal(value), Standing.PERMITTED, reason, rule, canonical)


@pytest.mark.parametrize(("words", "value", "canonical", "rule"), IRREGULAR)
def test_an_irregular_spelling_has_its_value_and_the_canonical_form(
    words: str, value: str, canonical: str, rule: str
) -> None:
    """What the rules do not allow but nobody can misread is read, with what should have been written."""
    reading = read_amount(words)
    assert (reading.value, reading.standing, reading.canonical) == (Decimal(value), Standing.IRREGULAR, canonical)
    told = (reading.rule or "").split("；")
    assert set(rule.split("；")) <= set(told)
    assert all(one in (reading.reason or "") for one in told)


@pytest.mark.parametrize(("words", "reason"), UNREADABLE)
def test_what_no_amount_is_written_like_is_unreadable(words: str, reason: str) -> None:
    """No value is guessed; the reason says what disturbs."""
    assert read_amount(words) == AmountReading(None, Standing.UNREADABLE, reason)


@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize("yuan", ["元", "圆"])
@pytest.mark.parametrize("whole", ["整", "正"])
@settings(max_examples=examples(60, 20_000))
@given(fen=st.integers(0, LARGEST) | st.integers(0, 10**7))
def test_reading_is_the_inverse_of_writing(fen: int, yuan: str, whole: str, prefix: bool) -> None:
    """Whatever the writer's options, the value comes back, and the canonical spelling of it."""
    value = Decimal(fen).scaleb(-2)
    words = write_amount(value, yuan=yuan, whole=whole, prefix=prefix)  # type: ignore[arg-type]
    reading = read_amount(words)
    canonical = write_amount(value, prefix=prefix)
    standing = Standing.CANONICAL if words == canonical else Standing.PERMITTED
    assert (reading.value, reading.standing, reading.canonical) == (value, standing, canonical)


NUMBERS = st.text("00012345", min_size=1, max_size=16).map(int).filter(bool)


@settings(max_examples=examples(500))
@given(NUMBERS, st.sampled_from([0, 3, 30, 33]), st.data())
def test_leaving_out_one_zero_is_permitted_irregular_or_ambiguous(number: int, rest: int, data: st.DataObject) -> None:
    """Only the 零 behind 万 may go; another one is missed; before a digit without a unit nothing can be read."""
    made = pieces(number)
    zeros = [index for index, piece in enumerate(made) if piece.text == "零"]
    if not zeros:
        return
    index = data.draw(st.sampled_from(zeros))
    before, place = made[index - 1].text, made[index].place
    reading = read_amount(joined(made[:index] + made[index + 1 :]) + "元" + cents(rest, after_yuan=True))
    if place % 4 == 0 and not (place == 4 and before == "亿"):
        assert (reading.value, reading.standing) == (None, Standing.UNREADABLE)
        return
    value, canonical = Decimal(number * 100 + rest).scaleb(-2), spelled(number * 100 + rest)
    standing = Standing.PERMITTED if place == 3 and before == "万" else Standing.IRREGULAR
    assert (reading.value, reading.standing, reading.canonical) == (value, standing, canonical)


@settings(max_examples=examples(500))
@given(NUMBERS, st.data())
def test_a_zero_where_no_digit_is_zero_is_unreadable(number: int, data: st.DataObject) -> None:
    """A 零 too many says that a digit or a unit is wrong, and nobody knows which."""
    made = pieces(number)
    index = data.draw(st.integers(0, len(made)))
    if index < len(made) and made[index].text == "零":
        index += 1
    text = joined(made[:index]) + "零" + joined(made[index:]) + "元整"
    reading = read_amount(text)
    if reading.value is not None:  # a run of zeros written out in full
        assert (reading.value, reading.standing) == (Decimal(number), Standing.IRREGULAR)
        assert "零零" in text


@settings(max_examples=examples(2_000))
@given(st.text("零壹贰伍拾佰仟万亿元角分整", min_size=1, max_size=14))
def test_whatever_is_read_as_canonical_is_what_the_writer_writes(text: str) -> None:
    """No text but the writer's own counts as canonical, and no amount is read without one."""
    reading = read_amount(text)
    if reading.value is None:
        assert (reading.standing, reading.canonical) == (Standing.UNREADABLE, None)
    else:
        assert reading.canonical == write_amount(reading.value)
        assert (reading.standing is Standing.CANONICAL) == (text == reading.canonical)


@settings(max_examples=examples(1_000))
@given(st.integers(0, LARGEST) | st.integers(0, 10**8), st.data())
def test_one_wrong_character_never_passes_for_the_same_canonical_amount(fen: int, data: st.DataObject) -> None:
    """A character lost, doubled or swapped changes the value, the standing, or makes the text unreadable."""
    words = spelled(fen)
    at = data.draw(st.integers(0, len(words) - 1))
    swapped = words[:at] + words[at : at + 2][::-1] + words[at + 2 :]
    for changed in {words[:at] + words[at + 1 :], words[:at] + words[at] + words[at:], swapped} - {words}:
        reading = read_amount(changed)
        assert (reading.value, reading.standing) != (Decimal(fen).scaleb(-2), Standing.CANONICAL)
        assert reading.value is None or reading.canonical == write_amount(reading.value)


@settings(max_examples=examples(300))
@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    """Nothing is ever raised, whatever the text holds."""
    reading = read_amount(text)
    assert (reading.value is None) == (reading.standing is Standing.UNREADABLE)


@pytest.mark.parametrize(
    "text", ["壹" * 100_000, "零" * 100_000, "壹万" * 50_000 + "元整", " " * 100_000, "_" * 100_000]
)
def test_a_very_long_text_is_answered_at_once(text: str) -> None:
    """A hundred thousand characters are no amount, and the message about them stays short."""
    reading = read_amount(text)
    assert reading.standing is Standing.UNREADABLE
    assert len(reading.reason or "") < 100


def test_radicals_of_a_pdf_file_count_as_the_characters_they_look_like() -> None:
    """What nobody can see is no fault: PDF files often give ⾓ for 角."""
    assert read_amount("壹元伍⾓整") == AmountReading(Decimal("1.50"), Standing.CANONICAL, canonical="壹元伍角整")


def test_blanks_around_an_amount_are_no_fault() -> None:
    """Spaces at the ends of a line are not part of the spelling."""
    assert read_amount(" 壹佰元整\t") == AmountReading(Decimal("100.00"), Standing.CANONICAL, canonical="壹佰元整")
