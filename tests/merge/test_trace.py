from __future__ import annotations

import pytest

from docgen.merge.trace import Standing, Traced, trace
from tests.wordfiles import word_file


def _paragraphs(*texts: str) -> bytes:
    return word_file("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts))


@pytest.mark.parametrize(
    ("old", "span", "new", "now"),
    [
        ("总价100元", (2, 5), "总价100元", "100"),
        ("总价100元", (2, 5), "合同总价共计120元整", "120"),
        ("由周启衡负责", (1, 4), "由周启航负责", "周启航"),
        ("由周启衡负责", (1, 4), "由周启衡同志负责", "周启衡"),
        ("2021-06-21", (5, 7), "2021-07-21", "07"),
        ("总价100元", (2, 5), "总价元", ""),
    ],
)
def test_a_value_is_found_again_in_its_sentence(old: str, span: tuple[int, int], new: str, now: str) -> None:
    """The characters that stand for a value now are told, whatever was changed around them."""
    found = Traced("body", 0, old, "body", 0, new).span(*span)

    assert found is not None
    assert new[found[0] : found[1]] == now


def test_characters_that_nobody_can_attribute_are_not_guessed() -> None:
    """Where one change takes in the end of a value and what follows it, the value is nowhere."""
    assert Traced("body", 0, "甲乙丙丁", "body", 0, "甲子丑寅卯").span(1, 3) is None


def test_every_paragraph_answers_to_its_own_one() -> None:
    """A paragraph put in before moves the others, one taken out has no answer."""
    old, new = _paragraphs("第一条", "第二条", "第三条"), _paragraphs("引言", "第一条", "第三条（新）")

    assert trace(old, new) == [
        Traced("body", 0, "第一条", "body", 1, "第一条"),
        Traced("body", 1, "第二条", None, -1, ""),
        Traced("body", 2, "第三条", "body", 2, "第三条（新）"),
    ]


def test_values_are_found_in_both_halves_of_a_split_paragraph() -> None:
    """Each in the paragraph that it is in now; what was split itself is nowhere."""
    clause = "合同价款为人民币100元整，含税。乙方应当在2026年5月1日之前提交全部成果。"
    price, day = clause.index("100"), clause.index("2026年5月1日")
    halves = clause[:17], clause[17:]

    (_, found, _), (_, cut, _) = (
        trace(_paragraphs("总则", clause, "附则"), _paragraphs("总则", clause[:at], clause[at:], "附则"))
        for at in (17, day + 5)
    )

    assert found.stand(price, price + 3) == Standing("body", 1, price, price + 3, "100")
    assert found.stand(day, day + 9) == Standing("body", 2, day - 17, day - 8, halves[1][day - 17 : day - 8])
    assert cut.stand(day, day + 9) is None


def test_values_are_found_in_paragraphs_that_were_run_together() -> None:
    """Each at its place in the one that there is."""
    one, two = "第一条 合同价款为人民币100元整，含税。", "第二条 乙方应当在2026年5月1日之前提交全部成果。"

    _, first, second, last = trace(_paragraphs("总则", one, two, "附则"), _paragraphs("总则", one + two, "附则"))

    at, day = one.index("100"), two.index("5月")
    assert first.stand(at, at + 3) == Standing("body", 1, at, at + 3, "100")
    assert second.stand(day, day + 2) == Standing("body", 1, len(one) + day, len(one) + day + 2, "5月")
    assert last.stand(0, 2) == Standing("body", 2, 0, 2, "附则")
