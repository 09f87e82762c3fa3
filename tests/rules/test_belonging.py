"""Many contracts in one folder are told apart, and a slip in one does not part its documents."""

from __future__ import annotations

import pytest

from docgen.reading.document import Reading
from docgen.rules.belonging import contracts_of
from tests.rules.snippets import reading_of

CLAUSES = "\n".join(f"第{number}条 内容" for number in "一二三四五六")


def document(name: str, number: str = "", first: str = "", second: str = "", body: str = CLAUSES) -> Reading:
    """A document that says of its contract what is given."""
    lines = [("合同编号", number), ("甲方", first), ("乙方", second)]
    return reading_of("\n".join([*(f"{label}：{value}" for label, value in lines if value), body]), name)


A = document("a", "示采【2026】121号", "示例市应急管理局", "示例咨询服务有限公司")
B = document("b", "建合2025-7", "示例区教育局", "远方办公设备有限公司")


def told(*readings: Reading) -> str:
    """The names of the documents, contract by contract."""
    return " ".join("".join(reading.file for reading in contract) for contract in contracts_of(readings))


@pytest.mark.parametrize(
    ("other", "parts"),
    [
        (document("x", "示采【2026】121号"), "ax"),
        (document("x", "示采【2026】112号", "示例市应急管理局"), "ax"),
        (document("x", "", "示例市应急管理局", "示例咨讯服务有限公司"), "ax"),
        (document("x", "", "示例市应急管理局", "远方办公设备有限公司", body="一句话"), "ax"),
        (document("x"), "ax"),
        (document("x", "", "市应急局", "远方办公设备有限公司", body="一句话"), "ax"),
        (document("x", "", "示例区教育局", "示例咨询服务有限公司", body="一句话"), "a x"),
        (document("x", "示采【2026】122号", "示例市应急管理局", "远方办公设备有限公司"), "a x"),
        (document("x", "", "示例市应急管理局", "远方办公设备有限公司"), "a x"),
        (B, "a b"),
    ],
)
def test_two_documents_are_one_contract_or_two(other: Reading, parts: str) -> None:
    """The number decides, then the parties; one strange party in a whole contract makes it another one."""
    assert told(A, other) == parts


def test_documents_that_say_nothing_stand_alone_among_several_contracts() -> None:
    """With one contract they belong to it."""
    assert told(document("x"), A, B, document("y"), document("c", "建合2025-7")) == "x a bc y"
    assert told() == ""
