"""`docgen verify`: files that exist already, whoever wrote them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from docgen.commands.options import output_format


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--select", multiple=True, metavar="CODES", help="只报告这些规则：代码或开头，逗号分开，如 M,R101")
@click.option("--ignore", multiple=True, metavar="CODES", help="不报告这些规则，写法同上")
@output_format
def command(files: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...], output_format: str) -> int:
    """核对已有的文件：金额大小写、合计、编号、引用、日期、名称是否前后一致。

    FILE 是 Word（.docx .docm .dotx .doc .wps）、.pdf、.txt、.md 文件或文件夹。
    同时给出的文件，或同一个文件夹里的文件，作为一套合同互相核对。原文件不会被改动。

    没有错误时退出码为 0，有错误为 1，有文件不能读取为 2。
    """
    from docgen.commands.run import report
    from docgen.verify import Choice, verify

    choice = Choice(codes(select), codes(ignore))
    with _progress() as progress:
        verdict = verify(files, choice, progress=progress)
    for file in verdict.unread:
        click.echo(
            f"错误：{file.file}：{file.unread}。" + (f"\n　提示：{file.hint}" if file.hint else ""), file=sys.stderr
        )
    return report((verdict.outcomes, 0), output_format)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """What shows on a terminal how far the work is, once there are many files; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from docgen.report.progress import Bar

    with Bar() as bar:
        yield bar.show


def codes(given: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of an option that may be repeated and may list several; unknown ones are refused."""
    from docgen.rules.explain import titles

    wanted = [code.strip().upper() for text in given for code in text.replace("，", ",").split(",") if code.strip()]
    unknown = [code for code in wanted if not any(known.startswith(code) for known in titles())]
    if unknown:
        raise click.UsageError(f"没有 {'、'.join(unknown)} 这样的规则；docgen explain 列出全部规则")
    return tuple(wanted)
