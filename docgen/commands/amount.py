"""`docgen amount`: figures → 大写, and 大写 → figures with its standing, one line or a million."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from itertools import islice
from typing import BinaryIO, NamedTuple

import click

from docgen.amounts.figures import AmountError, parse_figures
from docgen.amounts.read import Standing, read_amount
from docgen.amounts.write import Whole, Yuan, write_amount

# The shared options are not used here: they would load pathlib, and start-up time is a promise.
_BATCH = 2_000
_ARABIC = frozenset("0123456789０１２３４５６７８９")
_FORMAL = frozenset("壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟")
_NUMERALS = frozenset("一二三四五六七八九十百千两兩零〇廿卅万萬亿億元圆圓角毛分整正")
_BLOCK = 1 << 18
_SHOWN = 60


class Wording(NamedTuple):
    """How amounts are to be written; `prefix` None keeps 人民币 where it stood and adds none."""

    yuan: Yuan = "元"
    whole: Whole = "整"
    prefix: bool | None = None
    english: bool = False


class Entry(NamedTuple):
    """What is said about one input."""

    input: str
    value: Decimal | None
    written: str | None
    standing: Standing
    reason: str | None = None
    words: bool = False
    english: str | None = None


@click.command(
    "amount",
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True},
    short_help="金额大小写互换",
)
@click.argument("texts", nargs=-1, required=True, metavar="TEXT…")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text 供人阅读，json 供程序使用",
)
@click.option("--yuan", type=click.Choice(["元", "圆"]), default="元", show_default=True, help="大写用“元”还是“圆”")
@click.option("--whole", type=click.Choice(["整", "正"]), default="整", show_default=True, help="大写用“整”还是“正”")
@click.option("--prefix/--no-prefix", default=None, help="大写前加或不加“人民币”；默认照原文")
@click.option("--english", is_flag=True, help="同时写出英文大写")
@click.pass_context
def command(
    ctx: click.Context,
    texts: tuple[str, ...],
    *,
    output_format: str,
    yuan: Yuan,
    whole: Whole,
    prefix: bool | None,
    english: bool,
) -> None:
    """金额大小写互换：数字写成大写，大写读成数字并说明写法是否规范。

    TEXT 可以是 1040000、1,040,000.00、￥1040000元、104万元，也可以是 壹佰零肆万元整；“-”表示从标准输入逐行读取。

    全部能识别时退出码为 0，有一个不能识别时为 1。
    """
    for text in texts:
        if text.startswith("--"):
            raise click.NoSuchOption(text, ctx=ctx)
    wording = Wording(yuan, whole, prefix, english)
    entries = (explain(line, wording) for text in texts for line in _lines(text))
    ctx.exit(_print_json(entries) if output_format == "json" else _print_text(entries))


def explain(text: str, wording: Wording) -> Entry:
    """What one input says, read as figures or as 大写, and how the amount is to be written."""
    return _from_words(text, wording) if _is_words(text) else _from_figures(text, wording)


def _is_words(text: str) -> bool:
    """Whether the characters are those of a 大写 rather than of a figure, be either readable or not."""
    if text.isascii():
        return False
    return not _FORMAL.isdisjoint(text) or (_ARABIC.isdisjoint(text) and not _NUMERALS.isdisjoint(text))


def _from_figures(text: str, wording: Wording) -> Entry:
    try:
        value = parse_figures(text)
        written = write_amount(value, yuan=wording.yuan, whole=wording.whole, prefix=wording.prefix or False)
    except AmountError as problem:
        return Entry(text, None, None, Standing.UNREADABLE, str(problem))
    return Entry(text, value, written, Standing.CANONICAL, english=_english(value, wording))


def _from_words(text: str, wording: Wording) -> Entry:
    reading = read_amount(text)
    value = reading.value
    if value is None or reading.canonical is None:
        return Entry(text, None, None, Standing.UNREADABLE, reading.reason, words=True)
    written = _reworded(reading.canonical, wording)
    english = _english(value, wording) if value >= 0 else None
    return Entry(text, value, written, reading.standing, reading.reason, words=True, english=english)


def _reworded(canonical: str, wording: Wording) -> str:
    """The canonical 大写 with the 元, 整 and 人民币 that are asked for."""
    text = canonical.replace("元", wording.yuan).replace("整", wording.whole)
    if wording.prefix is None:
        return text
    return ("人民币" if wording.prefix else "") + text.removeprefix("人民币")


def _english(value: Decimal, wording: Wording) -> str | None:
    if not wording.english:
        return None
    from docgen.amounts.english import english_amount

    return english_amount(value)


def _print_text(entries: Iterator[Entry]) -> int:
    """Print a line for a person to read per entry; the exit code."""
    _prepare_stdout("replace")
    failed = False
    while batch := list(islice(entries, _BATCH)):
        failed = failed or any(entry.value is None for entry in batch)
        sys.stdout.write("".join(f"{_line(entry)}\n" for entry in batch))
        sys.stdout.flush()
    return int(failed)


def _line(entry: Entry) -> str:
    shown = _printable(entry.input)
    if entry.value is None:
        return f"{shown} → {entry.standing.chinese}：{entry.reason}"
    said = f"￥{_figures(entry.value)}" if entry.words else f"{entry.written}"
    english = f"　{entry.english}" if entry.english else ""
    if entry.standing is Standing.CANONICAL:
        return f"{shown} → {said}{english}"
    should = "应写" if entry.standing is Standing.IRREGULAR else "标准写法"
    return f"{shown} → {said}{english}　{entry.standing.chinese}：{entry.reason}；{should}“{entry.written}”"


def _figures(value: Decimal) -> str:
    return f"{value:,.2f}"


def _printable(text: str) -> str:
    """The text on one line and short, without characters that a terminal would act on."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() or char in "\u3000\xa0" else "\ufffd" for char in text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _print_json(entries: Iterator[Entry]) -> int:
    """Print one JSON document, in batches as the entries come; the exit code."""
    from json.encoder import encode_basestring, encode_basestring_ascii

    # A lone surrogate comes out as \\udc80, which is JSON; a console that is not UTF-8 gets ASCII throughout.
    unicode = _prepare_stdout("backslashreplace")
    quote = encode_basestring if unicode else encode_basestring_ascii
    failed, lead = False, '{"amounts": [\n'
    while batch := list(islice(entries, _BATCH)):
        failed = failed or any(entry.value is None for entry in batch)
        sys.stdout.write(lead + ",\n".join([_object(entry, quote) for entry in batch]))
        lead = ",\n"
    sys.stdout.write("\n]}\n" if lead == ",\n" else '{"amounts": []}\n')
    sys.stdout.flush()
    return int(failed)


def _object(entry: Entry, quote: Callable[[str], str]) -> str:
    """The JSON object of an entry."""
    value = "null" if entry.value is None else f'"{entry.value}"'
    written = "null" if entry.written is None else quote(entry.written)
    reason = "null" if entry.reason is None else quote(entry.reason)
    english = f', "english": {quote(entry.english)}' if entry.english else ""
    return (
        f'{{"input": {quote(entry.input)}, "value": {value}, "written": {written}, '
        f'"standing": "{entry.standing.value}", "reason": {reason}{english}}}'
    )


def _prepare_stdout(errors: str) -> bool:
    """Whether standard output is UTF-8; what it cannot say is replaced, there as told and elsewhere by ?."""
    unicode = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors=errors if unicode else "replace")
    return unicode


def _lines(text: str) -> Iterator[str]:
    """The input itself, or for - the lines of standard input."""
    if text != "-":
        return iter((text,))
    return _decoded(sys.stdin.buffer)


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream in UTF-8 or GB18030, read in blocks."""
    for number, block in enumerate(_whole_lines(stream)):
        text = block if number else block.removeprefix(codecs.BOM_UTF8)
        try:
            lines = text.decode().split("\n")
        except UnicodeDecodeError:
            lines = [_decode(line) for line in text.split(b"\n")]
        for line in lines:
            yield line.removesuffix("\r")


def _whole_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The stream in blocks of whole lines, without the line end that closes each block."""
    pending: list[bytes] = []
    while block := stream.read(_BLOCK):
        head, end, tail = block.rpartition(b"\n")
        if end:
            yield b"".join([*pending, head])
            pending = [tail] if tail else []
        else:
            pending.append(tail)
    if pending:
        yield b"".join(pending)


def _decode(line: bytes) -> str:
    """The text of one line of a list that is not all UTF-8."""
    # A few words of GB18030 (壹元) are valid UTF-8 by chance, in letters that no amount has.
    with suppress(UnicodeDecodeError):
        text = line.decode()
        if not any("\u0100" <= char < "\u2000" for char in text):
            return text
    with suppress(UnicodeDecodeError):
        return line.decode("gb18030")
    return line.decode(errors="replace")
