"""One sentence in the contract and in its annex, with one number changed."""

from __future__ import annotations

import pytest

from docgen.reading.document import Bundle
from docgen.rules.document_rules import check_bundle
from tests.rules.snippets import bundle_of, reading_of

_BODY = "乙方应当在合同签订后10个工作日内提交实施方案，并经甲方书面确认"
_ANNEX = "附件1：服务方案\n"


def told(bundle: Bundle) -> list[tuple[str, str]]:
    """What W116 says: the file and the quote."""
    return [(f.place.file, f.quote) for f in check_bundle(bundle) if f.rule == "W116"]


@pytest.mark.parametrize(
    ("annex", "quotes"),
    [
        ("乙方应当在合同签订后15个工作日内提交实施方案，并经甲方书面确认。", ["15个工作日"]),
        ("（3）乙方应当在合同签订后 15 个工作日内提交实施方案，并经甲方书面确认；", ["15 个工作日"]),
        ("乙方应当在合同签订后十日内提交实施方案，并经甲方书面确认。", ["十日"]),
        ("乙方应当在合同签订后10个工作日内提交实施方案，并经甲方书面确认。", []),
        ("乙方应当在合同变更后15个工作日内提交实施方案，并经甲方书面确认。", []),
        (f"{_BODY}。\n{_BODY.replace('10', '15')}。", []),
        ("序号\t要求\n1\t乙方应当在合同签订后15个工作日内提交实施方案，并经甲方书面确认", []),
    ],
)
def test_a_sentence_of_the_annex_has_the_counts_of_the_contract(annex: str, quotes: list[str]) -> None:
    """One count in a sentence that is else the same; not where it stands more often, in a table or in other words."""
    reading = reading_of(f"第一条 服务\n{_BODY}。\n第二条 其他\n{_ANNEX}{annex}")

    assert [quote for _, quote in told(Bundle((reading,)))] == quotes


def test_annexes_in_files_of_their_own_are_held_to_the_contract() -> None:
    """The annex is told, whichever file it lies in; two annexes may ask for different things."""
    other = _BODY.replace("10", "20")
    apart = bundle_of(f"【文件】正文.docx\n第一条 {_BODY}。\n【文件】附件1.docx\n{_ANNEX}{other}。")
    annexes = bundle_of(f"【文件】附件1.docx\n{_ANNEX}{_BODY}。\n【文件】附件2.docx\n附件2：调查方案\n{other}。")

    assert told(apart) == [("附件1.docx", "20个工作日")]
    assert told(annexes) == []


@pytest.mark.parametrize(
    "pair",
    [
        ("乙方在试运行期满后的12个月内完成整改，并报甲方确认", "甲方在试运行期满后的6个月内完成整改，并报乙方确认"),
        ("甲方逾期付款的按日支付0.1%违约金", "乙方逾期交付的按日支付0.5%违约金"),
        (
            "双方于2026年6月9日在甲方所在地共同签署本项目的服务协议",
            "双方于2026年7月9日在甲方所在地共同签署本项目的服务协议",
        ),
    ],
)
def test_other_parties_short_phrases_and_dates_are_left_alone(pair: tuple[str, str]) -> None:
    """What speaks of somebody else, is a mere phrase, or is a date, which other rules compare."""
    assert told(Bundle((reading_of(f"第一条 {pair[0]}。\n{_ANNEX}{pair[1]}。"),))) == []
