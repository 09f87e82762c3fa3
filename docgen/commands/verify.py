"""`docgen verify`: files that exist already, whoever wrote them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.errors import DocgenError
from docgen.visible import complaint, visible

if TYPE_CHECKING:
    from docgen.choice import Choice
    from docgen.verify import Verdict

FORMATS = ("text", "json", "html", "sarif")


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--select", multiple=True, metavar="CODES", help="只报告这些规则：代码或开头，逗号分开，如 M,R101")
@click.option("--ignore", multiple=True, metavar="CODES", help="不报告这些规则，写法同上")
@click.option(
    "--profile",
    type=click.Path(path_type=Path),
    default=None,
    help="本单位的规则；默认用当前文件夹或其上级的 docgen.yaml",
)
@click.option(
    "--accept-all", metavar="REASON", default=None, help="把这次发现的问题连同理由记入 docgen.yaml，下次不再列出"
)
@click.option("--annotate", is_flag=True, help="写出 名称.批注.docx：发现的问题以批注标在原处")
@click.option("--fix", is_flag=True, help="写出 名称.修订.docx：确有依据的更正作为修订，其余作为批注；投标文件只加批注")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="副本写到这个文件夹；默认在原文件旁边")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="text", show_default=True,
              help="text 供人阅读，html 是对照原文的网页，json、sarif 供程序使用")  # fmt: skip
def command(
    files: tuple[str, ...], *, select: tuple[str, ...], ignore: tuple[str, ...], profile: Path | None,
    accept_all: str | None, annotate: bool, fix: bool, out: Path | None, output_format: str,
) -> int:  # fmt: skip
    """核对已有的文件：金额大小写、合计、编号、引用、日期、名称是否前后一致。

    FILE 是 Word（.docx .docm .dotx .doc .wps）、.pdf、.txt、.md 文件或文件夹。
    同时给出的文件，或同一个文件夹里的文件，作为一套合同互相核对。原文件不会被改动。

    没有错误时退出码为 0，有错误为 1，有文件不能读取为 2。
    """
    from docgen.verify import verify

    house = _house(profile)
    choice = _choice(house, codes(select), codes(ignore))
    with _progress() as progress:
        verdict = verify(files, choice, keep=annotate or fix or output_format == "html", progress=progress)
    for file in verdict.unread:
        click.echo(complaint(f"{file.file}：{file.unread}。", file.hint), err=True)
    code = _report(verdict, output_format)
    if accept_all is not None:
        code = _accepted(verdict, house or Path("docgen.yaml"), accept_all)
    return max(code, _copied(verdict, out, annotate=annotate, fix=fix))


def _house(profile: Path | None) -> Path | None:
    """The file of the house rules: the one named, or the nearest docgen.yaml."""
    if profile is not None:
        return profile
    # Without reading it: most runs have none, and its reader is not loaded for nothing.
    here = Path(os.path.realpath("."))
    return next(
        (folder / "docgen.yaml" for folder in (here, *here.parents) if (folder / "docgen.yaml").is_file()), None
    )


def _choice(house: Path | None, select: tuple[str, ...], ignore: tuple[str, ...]) -> Choice:
    """What the run reports: the house rules, where the command line says nothing else."""
    from docgen.choice import Choice

    if house is None:
        return Choice(select, ignore)
    from docgen.profile import read_profile

    own = read_profile(house)
    return replace(own, select=select or own.select, ignore=(*own.ignore, *ignore))


def _accepted(verdict: Verdict, house: Path, reason: str) -> int:
    """Write what was found into the house rules, and say so; the exit code is that of a run without findings."""
    from docgen.profile import accept

    found = [
        finding for outcome in verdict.outcomes for finding in outcome.findings if not finding.rule.startswith("F4")
    ]
    number = accept(house, found, reason)
    click.echo(f"已把 {number} 项记入 {house}，下次不再列出。", err=True)
    return 2 if verdict.unread else 0


def _report(verdict: Verdict, output_format: str) -> int:
    """Print what was found in the form asked for, and give the exit code that follows."""
    if output_format in ("text", "json"):
        from docgen.commands.run import report

        return report((verdict.outcomes, 0), output_format)
    from docgen.rules.explain import titles

    if output_format == "html":
        from docgen.report.page import page

        click.echo(page(verdict.outcomes, verdict.readings, titles()))
    else:
        from docgen.report.sarif import document

        click.echo(document(verdict.outcomes, titles()))
    return max((outcome.exit_code for outcome in verdict.outcomes), default=0)


def _copied(verdict: Verdict, out: Path | None, *, annotate: bool, fix: bool) -> int:
    """Write the copies that were asked for, and say so on standard error; 2 where one could not be written."""
    if not (annotate or fix):
        return 0
    from docgen.copies import ANNOTATED, CORRECTED, write_copies

    kinds = [kind for kind, asked in ((ANNOTATED, annotate), (CORRECTED, fix)) if asked]
    try:
        for line in write_copies(verdict.outcomes, verdict.readings, out, kinds):
            click.echo(visible(line), err=True)
    except DocgenError as error:
        click.echo(complaint(str(error), error.hint), err=True)
        return error.exit_code
    return 0


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
    wanted = [code.strip().upper() for text in given for code in text.replace("，", ",").split(",") if code.strip()]
    if not wanted:
        return ()
    from docgen.rules.explain import titles

    unknown = [code for code in wanted if not any(known.startswith(code) for known in titles())]
    if unknown:
        raise click.UsageError(f"没有 {'、'.join(unknown)} 这样的规则；docgen explain 列出全部规则")
    return tuple(wanted)
