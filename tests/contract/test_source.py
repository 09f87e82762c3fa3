"""Strict YAML: texts with places, and every slip of one run at its true line."""

from __future__ import annotations

import re
import time
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.contract.faults import Fault
from docgen.contract.slips import colon_hint
from docgen.contract.source import TITLES, Node, frame, read_source
from docgen.contract.source_text import decode
from docgen.contract.yaml_faults import YAML_FAULTS
from docgen.errors import InputError
from docgen.findings import Finding, Place, Severity
from tests.endure import examples


def read(folder: Path, text: str | bytes) -> tuple[Node | None, list[Finding]]:
    """The tree and the findings of a file that holds this text."""
    path = folder / "contract.yaml"
    path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
    return read_source(path, "合同.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all examples of a property share."""
    return tmp_path_factory.mktemp("source")


def plain(node: Node | None) -> object:
    """The tree as dicts, lists and texts."""
    if node is None or node.kind == "scalar":
        return node and node.text
    if node.kind == "sequence":
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def told(findings: list[Finding]) -> list[str]:
    """The findings as code and line:column."""
    return [f"{finding.rule} {finding.place.line}:{finding.place.column}" for finding in findings]


def test_every_scalar_stays_the_text_that_was_typed(tmp_path: Path) -> None:
    """Numbers, dates, booleans and nulls of YAML are texts here."""
    tree, findings = read(
        tmp_path,
        """\
        编号: 0010
        账号: 0200001234567012345
        金额: 1040000.10
        时间: 12:30
        开关: yes
        日期: 2021-02-30
        空值: ~
        没有:
        列表: [1e5, "1", '二']
        """,
    )

    assert plain(tree) == {
        "编号": "0010",
        "账号": "0200001234567012345",
        "金额": "1040000.10",
        "时间": "12:30",
        "开关": "yes",
        "日期": "2021-02-30",
        "空值": "~",
        "没有": "",
        "列表": ["1e5", "1", "二"],
    }
    assert findings == []


def test_each_value_knows_its_place_and_its_span(tmp_path: Path) -> None:
    """Line and column count from 1, the offsets span the value as typed."""
    text = '甲方:\r\n  名称: 𠀀示例\r\n  项:\r\n  - "引"\r\n  - |\r\n    块\r\n'
    tree, findings = read(tmp_path, text.encode())

    assert findings == []
    assert tree is not None
    party = tree.pairs[0][1]
    name, items = party.pairs[0][1], party.pairs[1][1]
    quoted, block = items.items
    assert Place("合同.yaml", line=2, column=7, offset=11) == name.place
    assert text[name.start : name.end] == "𠀀示例"
    assert (text[quoted.start : quoted.end], quoted.quoted) == ('"引"', True)
    assert (block.text, block.quoted, text[block.start]) == ("块\n", True, "|")
    assert (7, len(text)) == (party.start, party.end)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_without_a_word(tmp_path: Path, encoding: str) -> None:
    """A byte order mark decides, and is not counted."""
    tree, findings = read(tmp_path, "甲方: 示例\n".encode(encoding))

    assert plain(tree) == {"甲方": "示例"}
    assert tree is not None
    assert tree.start == 0
    assert findings == []


def test_gb18030_is_read_with_a_note(tmp_path: Path) -> None:
    """A file from an old editor is read, and the clerk is told to save it as UTF-8."""
    tree, findings = read(tmp_path, "甲方: 示例市应急管理局\n".encode("gb18030"))

    assert plain(tree) == {"甲方": "示例市应急管理局"}
    assert [(finding.rule, finding.severity) for finding in findings] == [("F101", Severity.NOTE)]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04rest",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"%PDF-1.7",
        "甲方: 乙\n".encode("utf-16-le"),
        b"\xff\xfe\x00",
        bytes(range(128, 256)),
        b"\xb0\xa1\x00\x01\x02",
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes) -> None:
    """Binary files and broken encodings name the file and what to do."""
    with pytest.raises(InputError, match=r"^合同\.yaml：") as caught:
        decode(data, "合同.yaml")

    assert caught.value.hint


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """The message names the file as the user gave it."""
    with pytest.raises(InputError, match=r"^无\.yaml：找不到这个文件。$"):
        read_source(tmp_path / "x.yaml", "无.yaml")
    with pytest.raises(InputError, match=r"^夹：这是文件夹，不是文件。$"):
        read_source(tmp_path, "夹")


def test_a_far_too_large_file_is_refused(tmp_path: Path) -> None:
    """A file beyond the limit is not even opened."""
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(9 * 1024 * 1024)

    with pytest.raises(InputError, match="文件过大"):
        read_source(path, "big.yaml")


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n", "\ufeff"])
def test_an_empty_file_is_a_fault(tmp_path: Path, text: str) -> None:
    """A file without a word has no tree."""
    tree, findings = read(tmp_path, text.encode())

    assert tree is None
    assert told(findings) == ["F102 1:1"]


@pytest.mark.parametrize(
    ("text", "expected", "values"),
    [
        ("甲方：X\n", ["F111 1:3"], {"甲方": "X"}),
        ("甲方：X\n乙方：Y\n", ["F111 1:3", "F111 2:3"], {"甲方": "X", "乙方": "Y"}),
        ("甲方：X\n乙方: Y\n", ["F111 1:3"], {"甲方": "X", "乙方": "Y"}),
        ("甲方: X\n乙方：Y\n丙方: Z\n", ["F111 2:3"], {"甲方": "X", "乙方": "Y", "丙方": "Z"}),
        ("甲方：\n  名称：X\n  地址: Y\n", ["F111 1:3", "F111 2:5"], {"甲方": {"名称": "X", "地址": "Y"}}),
        ("甲方:X\n", ["F112 1:3"], {"甲方": "X"}),
        (
            "甲方:X\n乙方:\n  名称:Y\n  地址: Z\n",
            ["F112 1:3", "F112 3:5"],
            {"甲方": "X", "乙方": {"名称": "Y", "地址": "Z"}},
        ),
        ("列:\n  - 名称：X\n    金额: 3\n", ["F111 2:7"], {"列": [{"名称": "X", "金额": "3"}]}),
        ("列:\n  - 名称: X\n    金额:3\n", ["F112 3:7"], {"列": [{"名称": "X", "金额": "3"}]}),
        ("目标\n  - 甲\n乙: 1\n", ["F113 1:1"], {"目标": ["甲"], "乙": "1"}),
        ("甲: 上\n下\n乙: 1\n", ["F113 2:1"], {"甲": "上", "乙": "1"}),
        ("列:\n  -甲\n  - 乙\nb：1\n", ["F114 2:3", "F111 4:2"], {"列": ["甲", "乙"], "b": "1"}),
        ("列:\n  -名称: X\n    金额: 3\n", ["F114 2:3"], {"列": [{"名称": "X", "金额": "3"}]}),
        ("列:\n  — 甲\n  — 乙\nb：1\n", ["F114 2:3", "F114 3:3", "F111 4:2"], {"列": ["甲", "乙"], "b": "1"}),
        ("甲:\n\t名称: X\n", ["F115 2:1"], {"甲": {"名称": "X"}}),
        ("甲:\n  乙:\n\t一: X\n    二: Y\n", ["F115 3:1"], {"甲": {"乙": {"一": "X", "二": "Y"}}}),
        (
            "甲:\n  乙:\n\t一: X\n\t二: Y\n  丙: Z\n",
            ["F115 3:1", "F115 4:1"],
            {"甲": {"乙": {"一": "X", "二": "Y"}, "丙": "Z"}},
        ),
        ("甲:\n  乙:\n\t- X\n\t- Y\n", ["F115 3:1", "F115 4:1"], {"甲": {"乙": ["X", "Y"]}}),
        (
            "甲:\n\t乙:\n\t\t一: X\n\t丙: Y\n",
            ["F115 2:1", "F115 3:1", "F115 4:1"],
            {"甲": {"乙": {"一": "X"}, "丙": "Y"}},
        ),
        ("甲:\n\u3000名称: X\n", ["F116 2:1"], {"甲": {"名称": "X"}}),
        ("\u3000甲: X\n乙: Y\n", ["F116 1:1"], {"甲": "X", "乙": "Y"}),
        ("甲:\u3000X\n乙: Y\n", ["F116 1:2"], {"甲": "X", "乙": "Y"}),
        ("甲\u3000: X\n", ["F116 1:1"], {"甲": "X"}),
        ("甲: |\n  文\n\u3000\u3000字\n乙: Y\n", ["F116 3:1"], {"甲": "文\n字\n", "乙": "Y"}),
        ("甲:\n  a: 1\n b: 2\n", ["F117 3:2"], {"甲": {"a": "1", "b": "2"}}),
        ("甲:\n  a: 1\n   b: 2\n", ["F117 3:4"], {"甲": {"a": "1", "b": "2"}}),
        ("列:\n  - a: 1\n   b: 2\n", ["F117 3:4"], {"列": [{"a": "1", "b": "2"}]}),
        ("  甲: 1\n乙: 2\n", ["F117 1:3"], {"甲": "1", "乙": "2"}),
        ("“甲”: X\n", ["F121 1:1"], {"甲": "X"}),
        ("甲: 1\n乙: 2\n甲: 3\n", ["F131 3:1"], {"甲": "1", "乙": "2"}),
        ("甲: &a X\n乙: *a\n", ["F132 1:4", "F132 2:4"], {"甲": "X", "乙": "*a"}),
        ("甲: {a: 1}\n乙:\n  <<: {b: 2}\n", ["F132 3:3"], {"甲": {"a": "1"}, "乙": {}}),
        ("甲: !!int 3\n乙: !文件 a\n", ["F133 1:4", "F120 2:4"], None),
        ("甲: !文件 a\n", ["F120 1:4"], None),
        ("甲: !!python/object:os.system 3\n", ["F133 1:4"], {"甲": "3"}),
        ("甲: {{ b }}\n", ["F134 1:5"], {"甲": {}}),
        ("列:\n  -甲\n  -2021年\n", ["F114 2:3", "F114 3:3"], {"列": ["甲", "2021年"]}),
        (
            "列: [{姓名：张, 岗位:二}, {三}]\n",
            ["F111 1:8", "F112 1:14", "F113 1:20"],
            {"列": [{"姓名": "张", "岗位": "二"}, {"三": ""}]},
        ),
        ("甲:\n 一: 1\n  二: 2\n  三: 3\n", ["F117 2:2"], {"甲": {"一": "1", "二": "2", "三": "3"}}),
        ("甲:\n   一: 1\n  二: 2\n  三: 3\n", ["F117 2:4"], {"甲": {"一": "1", "二": "2", "三": "3"}}),
        ("列:\n - a: 1\n    b: 2\n  - a: 3\n", ["F117 2:2"], {"列": [{"a": "1", "b": "2"}, {"a": "3"}]}),
        ("甲:\n  列：\n    - 一\n    - 二: 3\n", ["F111 2:4"], {"甲": {"列": ["一", {"二": "3"}]}}),
        (
            "列:\n  - a: 1\n    b: 2\n    a: 3\n    b: 4\n",
            ["F131 4:5"],
            {"列": [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]},
        ),
        ("列:\n  - a: 1\n    a: 2\n    b: 3\n", ["F131 3:5"], {"列": [{"a": "1", "b": "3"}]}),
        ("列:\n  - {a: 1,200,000.50, b: 2}\n", ["F120 2:9"], {"列": [{"a": "1,200,000.50", "b": "2"}]}),
        ("甲: {a: 12, 345}\n", ["F113 1:12"], {"甲": {"a": "12", "345": ""}}),
        ("甲\x00: X\x07\n", ["F103 1:2", "F103 1:6"], {"甲": "X"}),
        ("甲: X\u2028Y\n", ["F103 1:5"], {"甲": "X Y"}),
    ],
)
def test_a_slip_is_named_and_read_as_it_was_meant(
    tmp_path: Path, text: str, expected: list[str], values: object
) -> None:
    """Each slip stands at its own line, and what lies behind it is still read."""
    tree, findings = read(tmp_path, text.encode())

    assert expected == told(findings)
    assert values == plain(tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('甲: "X\n乙: Y\n丙: Z\n', ["F118 1:4"]),
        ("甲: 'X\n乙: 'Y\n", ["F118 1:4", "F118 2:4"]),
        ('甲: "X"Y\n', ["F118 1:7"]),
        ("甲: [1, 2\n乙: Y\n", ["F119 1:4"]),
        ("编号: [2026]121号\n", ["F119 1:11"]),
        ("甲: ]\n", ["F119 1:4"]),
        ("甲: X: Y\n", ["F120 1:5"]),
        ("甲: “X: Y”\n", ["F120 1:6"]),
        ("甲: @X\n乙: %X\n丙: `X\n", ["F120 1:4", "F120 2:4", "F120 3:4"]),
        ("甲: *号\n乙: &号 x\n", ["F120 1:4", "F120 2:4"]),
        ('甲: "C:\\甲"\n', ["F120 1:7"]),
        ("甲: | 文\n", ["F120 1:4"]),
        ("甲: - 乙\n", ["F114 1:4"]),
        ("甲: X\n---\n乙: Y\n", ["F105 2:1"]),
        ("一段文字\n又一段\n", ["F135 1:1"]),
        ("- 甲\n- 乙\n", ["F135 1:1"]),
        ("甲:\n  - 乙\n  丙: 1\n", ["F117 3:3"]),
    ],
)
def test_what_cannot_be_mended_has_no_tree(tmp_path: Path, text: str, expected: list[str]) -> None:
    """The fault stands where it was made, not where the parser stumbled."""
    tree, findings = read(tmp_path, text.encode())

    assert tree is None
    assert expected == told(findings)


def test_all_faults_are_found_in_one_run(tmp_path: Path) -> None:
    """One file with a fault in each part yields them all."""
    _, findings = read(
        tmp_path,
        """\
        contract：
          name: "甲
          number: [2026]1号
        party_a:
          name：示例
          address: 甲: 乙
        price:
          sections:
            - title: @一
              rows:
              - item: 'x
              - item:y
                amount: 3
        """,
    )

    assert told(findings) == [
        "F111 1:9",
        "F118 2:9",
        "F119 3:17",
        "F111 5:7",
        "F120 6:13",
        "F120 9:14",
        "F118 11:15",
        "F112 12:13",
    ]


SOUND = """\
# 说明：示例
contract:
  stage: 定稿
  name: 示例合同
  period:
    start: 2026-01-01
    end: 2026年6月
parties:
  - name: 示例市应急管理局
    phone: "13800000001"
    tasks:
      - 协助：做好
      - 提供 资料
  - name: 示例咨询
    phone: "13800000002"
summary: |
  第一：做好
    第二:X
total: 1,040,000.00
"""
SLIPS = {
    "full-width colon": (r":( |$)", "："),
    "no space after the colon": (r": ", ":"),
    "no space after the dash": (r"- ", "-"),
    "Tab": (r"^  ", "\t"),
    "full-width space": (r"^  ", "\u3000"),
    "open quote": (r": (?=[^|\"])", ": '"),
    "open bracket": (r": (?=[^|\"])", ": ["),
    "reserved sign": (r": (?=[^|\"])", ": @"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_in_a_sound_file_is_told_at_its_own_line_alone(tmp_path: Path, slip: str) -> None:
    """Wherever the slip is made, no other line is blamed for it."""
    pattern, instead = SLIPS[slip]
    lines = SOUND.splitlines()
    for number, line in enumerate(lines):
        slipped = re.sub(pattern, instead, line, count=1)
        if slipped == line or line.startswith("#") or number in (16, 17):
            continue
        _, findings = read(tmp_path, "\n".join([*lines[:number], slipped, *lines[number + 1 :]]).encode())
        assert [finding.place.line for finding in findings] == [number + 1]


def test_a_finding_says_what_to_do_and_shows_the_line(tmp_path: Path) -> None:
    """Message, hint, quote and frame come together."""
    _, findings = read(tmp_path, "合同:\n  名称: 示例\n  编号：示【2026】121号\n")

    assert [
        Finding(
            "F111",
            Severity.ERROR,
            "“编号”后面是全角冒号“：”，应当是半角冒号加一个空格。",
            Place("合同.yaml", line=3, column=5, offset=17),
            "：",
            hint="请写成“编号: 示【2026】121号”。",
        )
    ] == findings
    assert findings[0].frame == "2 |   名称: 示例\n3 |   编号：示【2026】121号\n  |       ^^"


def test_a_duplicate_key_names_both_places(tmp_path: Path) -> None:
    """The second key is the finding, the first its related place."""
    _, findings = read(tmp_path, "甲: 1\n乙: 2\n甲: 3\n")

    assert findings[0].message == "键“甲”在同一级里出现了两次，第一次在第 1 行。"
    assert (Place("合同.yaml", line=1, column=1, offset=0),) == findings[0].related


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲: 项目 #2 采购\n", ["F122 1:7"]),
        ("甲:\n  - 项目 #2\n", ["F122 2:8"]),
        ("甲: #2采购\n", ["F122 1:4"]),
        ("甲: 项目 # 注释\n乙: “X” # 说明\n", ["F121 2:4"]),
        ("列:\n  - 甲\n    - 乙\n", ["F123 3:5"]),
    ],
)
def test_lawful_text_that_is_hardly_meant_is_only_remarked(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Cut, joined and quoted texts are no errors."""
    tree, findings = read(tmp_path, text.encode())

    assert tree is not None
    assert expected == told(findings)
    assert all(finding.severity < Severity.ERROR for finding in findings)


def test_text_that_only_looks_like_a_slip_raises_no_alarm(tmp_path: Path) -> None:
    """Colons, quotes, dashes, full-width blanks and hashes inside texts are the clerk's own."""
    _, findings = read(
        tmp_path,
        """\
        # 注释：随便 #写
        事项: 协助：做好“两个”工作
        网址: http://example.com:80/a#b
        概述: |
          第一：做好
          　　第二:X
          -第三 #4
            "半个引号
        折叠: >-
          名称：X
          [未闭合
        引文: "甲：乙 #2
          - 丙:丁"
        列表:
        - 第一：做好
        - "#2"
        - 中期：X
          继续：Y
        说明:
          一句话：分两行
          写完：好
        括号: [甲：乙,
          丙
        ]
        """,
    )

    assert findings == []


def test_the_alarm_stays_silent_beside_a_real_fault(tmp_path: Path) -> None:
    """A broken line elsewhere does not turn lawful texts into slips."""
    _, findings = read(
        tmp_path,
        """\
        概述: |
          第一：做好
          -第三
        事项: 协助：做好
          继续：做好
        列表:
        - 第一：做好
        - 二:做好
        说明:
          一句话：分两行
          写完：好
        引文: "甲
          乙：丙"
        坏:行
        """,
    )

    assert told(findings) == ["F112 14:2"]


def test_deep_nesting_and_alias_bombs_end_at_once(tmp_path: Path) -> None:
    """Ten thousand levels are one finding, and aliases are never expanded."""
    tree, findings = read(tmp_path, b"a: " + b"[" * 10_000)
    assert tree is None
    assert [finding.rule for finding in findings] == ["F104"]

    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 10))
    _, findings = read(tmp_path, bomb)
    assert {"F132"} == {finding.rule for finding in findings}

    deep = "".join("  " * level + "a:\n" for level in range(200))
    tree, findings = read(tmp_path, deep)
    assert tree is None
    assert told(findings) == ["F104 65:129"]


def test_hostile_texts_take_no_longer_than_honest_ones(tmp_path: Path) -> None:
    """A thousand levels, brackets that never close, a fault at the end of a very long line: each is told at once."""
    begun = time.process_time()
    levels = "".join(" " * level + "a:\n" for level in range(1_500))

    assert told(read(tmp_path, levels)[1]) == ["F104 65:65"]
    assert told(read(tmp_path, "a: b\n" + "{" * 8_000)[1]) == ["F119 2:8000"]
    assert told(read(tmp_path, f"a: 'b{'x' * 300_000}' c")[1]) == ["F118 1:300008"]
    assert time.process_time() - begun < 5


def test_a_frame_is_aligned_below_double_width_characters() -> None:
    """The mark stands below the character in columns of a terminal, a Tab being four."""
    assert frame("甲方：X\n乙\n", 1, 3) == "1 | 甲方：X\n  |     ^^\n2 | 乙"
    assert frame("a\nb\nc\nd\ne\nf\ng\nh\ni\n\tj\nk", 10, 2) == " 9 | i\n10 |     j\n   |     ^\n11 | k"


def test_a_long_line_is_cut_around_the_mark() -> None:
    """The frame never grows wider than a terminal."""
    shown = frame("标" * 5_000 + "错" + "题" * 5_000, 1, 5_001).splitlines()

    assert all(len(line) < 80 for line in shown)
    text, mark = shown
    assert text.index("错") * 2 - text.index("标") == mark.index("^")


KEYS = st.text(alphabet="甲乙丙abc_", min_size=1, max_size=5)
TEXTS = st.text(alphabet="甲：:，“”\"'#-[]{} \n\u3000a1。|>&*!%@`~", max_size=20)
PIECES = st.sampled_from(["a", "甲", ": ", "  ", "\n", "\n", "- ", *":： -#\"'[]{}|\u3000\t*&!?\r\x07“,"])
DATA = st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=4))
@settings(max_examples=examples(60, 5_000))
def test_what_yaml_writes_is_read_back_without_an_error(folder: Path, data: dict[str, object]) -> None:
    """Lawful YAML yields its own data and no finding at error level."""
    text = yaml.safe_dump(data, allow_unicode=True)
    path = folder / "lawful.yaml"
    path.write_text(text, encoding="utf-8")

    tree, findings = read_source(path)

    assert data == plain(tree)
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=examples(150, 20_000))
def test_any_text_ends_in_a_tree_or_in_findings_at_true_places(folder: Path, pieces: list[str]) -> None:
    """Nothing crashes; every finding's quote stands at its offset; no tree comes without a word about why."""
    text = "".join(pieces)
    path = folder / "any.yaml"
    path.write_bytes(text.encode())

    tree, findings = read_source(path)

    assert tree is not None or findings
    for finding in findings:
        offset, line, column = finding.place.offset, finding.place.line, finding.place.column
        assert offset is not None
        assert text[offset : offset + len(finding.quote)] == finding.quote
        assert finding.rule in TITLES
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        assert (line, column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("名称：X 地址：Y", "冒号要用半角，后面加一个空格，一行写一项，如“名称: X 地址：Y”。"),
        ("名称:X", "冒号要用半角，后面加一个空格，一行写一项，如“名称: X”。"),
        ("十万元", None),
        ("http://example.com", None),
    ],
)
def test_a_text_in_place_of_keys_gets_a_hint_about_its_colon(text: str, expected: str | None) -> None:
    """Lawful YAML all the same: only who knows that keys belong here can say so."""
    assert colon_hint(text) == expected


def test_codes_are_sorted_and_unique() -> None:
    """The table of titles is in the order of its codes."""
    assert sorted(TITLES) == list(TITLES)
    assert len(set(TITLES.values())) == len(TITLES)


@pytest.mark.parametrize("fault", [fault for fault in YAML_FAULTS if fault.wrong], ids=lambda fault: fault.code)
def test_the_samples_of_faults_hold(tmp_path: Path, fault: Fault) -> None:
    """The wrong sample of each fault yields its code alone, the right one nothing."""
    assert {finding.rule for finding in read(tmp_path, f"{fault.wrong}\n".encode())[1]} == {fault.code}
    assert read(tmp_path, f"{fault.right}\n".encode())[1] == []


def test_every_fault_has_its_reason() -> None:
    """Each code that reading can yield is explained."""
    assert [fault.code for fault in YAML_FAULTS] == list(TITLES)
    assert all(fault.why for fault in YAML_FAULTS)
