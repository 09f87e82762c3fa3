"""`docgen amount`: one amount or a list of them, for people and for programs, whatever bytes arrive."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.amounts import write_amount
from docgen.commands.amount import command
from tests.endure import ENDURE, examples

DOCGEN = [sys.executable, "-m", "docgen", "amount"]
WHOLE = "《支付结算办法》附一第二条、《会计基础工作规范》第五十二条第（三）项"


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """The result of the command."""
    return CliRunner().invoke(command, arguments, input=stdin)


def amounts(*arguments: str, stdin: bytes | None = None) -> list[dict[str, Any]]:
    """The entries of the JSON document."""
    entries: list[dict[str, Any]] = json.loads(run("--format", "json", *arguments, stdin=stdin).stdout)["amounts"]
    return entries


def test_json_tells_input_value_words_standing_and_reason() -> None:
    """Each standing has its entry, in the order of the inputs."""
    result = run("--format", "json", "1040000", "壹佰圆整", "壹佰元", "贰万伍元整", "1.005")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "amounts": [
            {
                "input": "1040000",
                "value": "1040000.00",
                "written": "壹佰零肆万元整",
                "standing": "canonical",
                "reason": None,
            },
            {
                "input": "壹佰圆整",
                "value": "100.00",
                "written": "壹佰元整",
                "standing": "permitted",
                "reason": "“圆”可以使用（《支付结算办法》附一第一条）",
            },
            {
                "input": "壹佰元",
                "value": "100.00",
                "written": "壹佰元整",
                "standing": "irregular",
                "reason": f"到“元”为止的，“元”后少写了“整”（{WHOLE}）",
            },
            {
                "input": "贰万伍元整",
                "value": None,
                "written": None,
                "standing": "unreadable",
                "reason": "“贰万伍”可以读成两个数：“伍”前是少写了“零”，还是后面少写了单位",
            },
            {
                "input": "1.005",
                "value": None,
                "written": None,
                "standing": "unreadable",
                "reason": "“1.005”多于两位小数：金额只能写到分",
            },
        ]
    }


def test_text_has_one_line_for_each_input() -> None:
    """Figures become 大写, 大写 become figures, and a standing is told where it is not canonical."""
    result = run("104万元", "人民币壹佰元整", "壹佰圆整", "壹佰元", "-5", "a\nb")
    assert (result.exit_code, result.stdout.splitlines()) == (
        1,
        [
            "104万元 → 壹佰零肆万元整",
            "人民币壹佰元整 → ￥100.00",
            "壹佰圆整 → ￥100.00　允许：“圆”可以使用（《支付结算办法》附一第一条）；标准写法“壹佰元整”",
            f"壹佰元 → ￥100.00　不规范：到“元”为止的，“元”后少写了“整”（{WHOLE}）；应写“壹佰元整”",
            "-5 → 无法识别：“-5”是负数：金额不能小于零",
            "a\ufffdb → 无法识别：“a\ufffdb”不是金额：里面没有数字",
        ],
    )


def test_an_irregular_amount_is_no_failure() -> None:
    """Only what is unreadable makes the exit code 1."""
    assert [run(text).exit_code for text in ("1040000", "壹佰圆整", "壹佰元", "壹佰")] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ([], ["壹佰元伍角整", "人民币壹佰元伍角整"]),
        (["--yuan", "圆"], ["壹佰圆伍角整", "人民币壹佰圆伍角整"]),
        (["--whole", "正"], ["壹佰元伍角正", "人民币壹佰元伍角正"]),
        (["--prefix"], ["人民币壹佰元伍角整", "人民币壹佰元伍角整"]),
        (["--no-prefix"], ["壹佰元伍角整", "壹佰元伍角整"]),
        (["--prefix", "--yuan", "圆", "--whole", "正"], ["人民币壹佰圆伍角正", "人民币壹佰圆伍角正"]),
    ],
)
def test_options_choose_how_amounts_are_written(options: list[str], written: list[str]) -> None:
    """元 or 圆, 整 or 正, with or without 人民币; without a choice 人民币 stays where it stood."""
    assert [entry["written"] for entry in amounts(*options, "100.50", "人民币壹佰元伍角")] == written


def test_english_is_added_when_asked_for() -> None:
    """The wording stands beside the 大写, and not beside what is unreadable."""
    entries = amounts("--english", "1040000", "壹元贰角整", "x")
    assert [entry.get("english") for entry in entries] == [
        "RMB One Million Forty Thousand Yuan Only",
        "RMB One Yuan and Twenty Fen",
        None,
    ]
    assert run("--english", "1").stdout == "1 → 壹元整　RMB One Yuan Only\n"


@pytest.mark.parametrize(
    ("stdin", "inputs"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"1", ["1"]),
        (b"1\n", ["1"]),
        (b"1\n\n2\r\n\n", ["1", "", "2", ""]),
        (b"\xef\xbb\xbf1\n", ["1"]),
        ("壹佰元整\n壹元\n".encode("gb18030"), ["壹佰元整", "壹元"]),
        ("￥100\n".encode() + "壹元整\n".encode("gbk"), ["￥100", "壹元整"]),
        (b"\xff\xfe\n1\n", ["\ufffd\ufffd", "1"]),
        (b"1\x002\n", ["1\x002"]),
        ("1\u2028\x852\n".encode(), ["1\u2028\x852"]),
    ],
)
def test_standard_input_is_read_line_by_line(stdin: bytes, inputs: list[str]) -> None:
    """Every line is an entry, an empty one too, in UTF-8 or GB18030, with any line ends and any bytes."""
    assert [entry["input"] for entry in amounts("-", stdin=stdin)] == inputs


def test_standard_input_stands_between_other_inputs() -> None:
    """- is replaced by the lines, wherever it stands."""
    assert [entry["input"] for entry in amounts("1", "-", "4", stdin=b"2\n3\n")] == ["1", "2", "3", "4"]


def test_lists_are_answered_in_full() -> None:
    """A list longer than a batch and a block comes out whole and in order."""
    values = [f"{number}.{number % 100:02d}" for number in range(40_000)]
    entries = amounts("-", stdin="\n".join(values).encode())
    assert [entry["input"] for entry in entries] == values
    assert entries[-1]["written"] == write_amount(values[-1])


def test_a_very_long_line_is_answered_at_once() -> None:
    """Hundreds of thousands of characters are no amount, and the text output stays one short line."""
    result = run("-", stdin=("壹" * 300_000 + "\n" + "1" * 300_000).encode())
    assert result.exit_code == 1
    assert [len(line) < 200 for line in result.stdout.splitlines()] == [True, True]


@settings(max_examples=examples(100))
@given(st.binary(max_size=60))
def test_any_bytes_are_answered(data: bytes) -> None:
    """As many entries as lines, in valid JSON, and exit code 0 or 1."""
    result = run("--format", "json", "-", stdin=data)
    lines = data.removesuffix(b"\n").count(b"\n") + 1 if data else 0
    assert result.exit_code in (0, 1)
    assert len(json.loads(result.stdout)["amounts"]) == lines


@pytest.mark.parametrize("arguments", [[], ["--formt", "json", "1"], ["--format", "xml", "1"], ["--yuan", "块", "1"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    """No input and unknown options are said so, and are not taken for amounts."""
    assert run(*arguments).exit_code == 2


def process(*arguments: str, stdin: bytes = b"", **environment: str) -> tuple[int, bytes, bytes]:
    """Exit code, standard output and standard error of the command in a process of its own."""
    done = subprocess.run(  # noqa: PLW1510
        [*DOCGEN, *arguments], input=stdin, capture_output=True, env={"PYTHONPATH": ".", **environment}
    )
    return done.returncode, done.stdout, done.stderr


def test_a_console_without_chinese_gets_json_in_ascii_and_text_with_question_marks() -> None:
    """Standard output that cannot say a character never ends in a traceback."""
    code, out, err = process("--format", "json", "1", PYTHONIOENCODING="ascii")
    assert (code, json.loads(out)["amounts"][0]["written"], err) == (0, "壹元整", b"")
    assert process("1", PYTHONIOENCODING="ascii") == (0, b"1 ? ???\n", b"")
    assert process("壹佰元整", PYTHONIOENCODING="gbk") == (0, "壹佰元整 → ￥100.00\n".encode("gbk"), b"")


def test_an_argument_that_is_no_text_is_answered() -> None:
    """Bytes that are no UTF-8 arrive as lone surrogates, and JSON gives them back as they came."""
    done = subprocess.run([*DOCGEN, "--format", "json", b"\xff1"], capture_output=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["amounts"][0]["input"], done.stderr) == (1, "\udcff1", b"")
    done = subprocess.run([*DOCGEN, b"\xff1"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_reader_that_leaves_is_no_fault() -> None:
    """`docgen amount - | head -1` ends without a word."""
    with subprocess.Popen(
        [*DOCGEN, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin and running.stdout and running.stderr  # noqa: PT018
        running.stdout.close()
        try:
            running.stdin.write(b"1\n" * 100_000)
            running.stdin.close()
        except BrokenPipeError:
            running.stdin = None
        assert running.stderr.read() == b""


def test_only_click_and_the_standard_library_are_loaded() -> None:
    """Nothing heavy is imported for an amount."""
    heavy = "{'cn2an', 'docx', 'docxtpl', 'jinja2', 'lxml', 'num2words', 'pydantic', 'rich', 'stdnum', 'yaml'}"
    script = (
        "import sys; from docgen.cli import main; sys.argv = ['docgen', 'amount', '1', '壹元'];"
        f"main(standalone_mode=False); print(sorted({heavy} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(not ENDURE, reason="needs a quiet machine")
@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("words", [False, True])
def test_fifty_thousand_lines_take_a_second(output: str, words: bool) -> None:
    """Lists are answered at 50,000 lines a second, figures and 大写 alike."""
    values = [Decimal(number * 7919 % 10**11).scaleb(-2) for number in range(200_000)]
    lines = "\n".join(write_amount(value) if words else str(value) for value in values)
    started = perf_counter()
    code, out, _ = process("--format", output, "-", stdin=lines.encode())
    assert (code, out.count(b"\n") >= len(values)) == (0, True)
    assert perf_counter() - started < len(values) / 50_000
