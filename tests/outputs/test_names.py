"""File names for any title."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.outputs.names import file_name
from tests.endure import examples

FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("专项评估委托服务协议", "03_专项评估委托服务协议.docx"),
        ("报价/清单：第1版", "03_报价_清单：第1版.docx"),
        ("示政数合【2026】121号", "03_示政数合【2026】121号.docx"),
        ("政务服务 “好差评”\u3000委托合同书", "03_政务服务 “好差评” 委托合同书.docx"),
        ("..\\..\\etc", "03__.._etc.docx"),
        ("a:b?c*d", "03_a：b？c_d.docx"),
        ("CON", "03_CON.docx"),
        ("尾. . ", "03_尾.docx"),
        ("右\u202e左\u200f", "03_右左.docx"),
        ("一\n二\t三\x00", "03_一 二 三.docx"),
        ("e\u0301", "03_\u00e9.docx"),
        ("\ue000", "03__.docx"),
        ("", "03_未命名.docx"),
        (" . \u200b", "03_未命名.docx"),
    ],
)
def test_a_title_becomes_a_legal_name(title: str, expected: str) -> None:
    """What some system forbids is replaced, what nobody sees is left out."""
    assert file_name(3, title) == expected


@pytest.mark.parametrize("title", ["CON", "nul", "Com1", "LPT¹", "aux.txt", "PRN .x"])
def test_reserved_names_are_kept_off_where_no_number_stands_before(title: str) -> None:
    """Windows opens a device for these, whatever the extension."""
    assert file_name(None, title) == f"_{title}.docx"


def test_a_long_title_is_cut_between_characters() -> None:
    """Two hundred bytes hold the number, the cut title and the suffix."""
    name = file_name(12, "合同" * 100, ".pdf")

    assert name == f"12_{'合同' * 32}.pdf"
    assert len(name.encode()) <= 200
    assert file_name(1, "a" * 190 + "e\u0323\u0301\u0301") == f"01_{'a' * 190}.docx"


@given(st.integers(1, 99), st.text(max_size=120))
@settings(max_examples=examples(300, 100_000))
def test_every_name_is_legal_on_both_systems(number: int, title: str) -> None:
    """No forbidden or invisible character, no trailing dot or space, one path component, within the limit."""
    name = file_name(number, title)

    assert not FORBIDDEN & set(name)
    assert all(unicodedata.category(character) not in ("Cc", "Cf", "Cs") for character in name)
    assert name == Path(name).name
    assert len(name.encode()) <= 200
    stem = name.removesuffix(".docx")
    assert stem == stem.strip(" .")
    assert name.startswith(f"{number:02d}_")
    assert unicodedata.is_normalized("NFC", name)


@given(st.text(max_size=60))
@settings(max_examples=examples(100))
def test_a_legal_name_stays_as_it_is(title: str) -> None:
    """Naming twice changes nothing."""
    once = file_name(None, title, "")

    assert file_name(None, once, "") == once
