"""`docgen template lint`: everything that is wrong with a kit or a template, before anything is rendered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.commands.options import output_format, templates_folder

if TYPE_CHECKING:
    from docgen.reading.document import Reading
    from docgen.report.outcome import Outcome


@click.command("lint")
@click.argument("targets", nargs=-1, metavar="[KIT|模板]…")
@click.option("--data", metavar="DATA", default=None,
              help="一份合同的数据（contract.yaml 或它的文件夹）：另外列出填写了、却没有模板用到的内容")  # fmt: skip
@click.option("--annotate", is_flag=True, help="写出 名称.批注.docx：发现的问题以批注标在原处")
@click.option("--out", type=click.Path(path_type=Path, readable=False), default=None,
              help="副本写到这个文件夹；默认在模板旁边")  # fmt: skip
@templates_folder
@output_format
def command(
    *, targets: tuple[str, ...], data: str | None, annotate: bool, out: Path | None, kits: Path | None,
    output_format: str,
) -> int:  # fmt: skip
    """检查模板：生成之前一次说出全部错误，并写明在第几条第几段、哪张表哪一格。

    KIT 是合同类型的名称或文件夹，连同它的 kit.yaml 和数据字段一起检查；不写则检查全部合同类型。
    模板 是单独的 .docx 文件：没有合同类型时，不知道有哪些字段，只检查写法。原文件不会被改动。

    没有错误时退出码为 0，有错误为 1，有文件不能读取为 2。
    """
    from docgen import lint
    from docgen.commands.run import each, report
    from docgen.contract.folders import find_kits

    root = find_kits(kits)
    readings: dict[str, Reading] = {}

    def one(path: Path, shown: str) -> Outcome:
        outcome, read = lint.lint(path, shown, root)
        readings.update(read)
        return outcome

    outcomes, failed = each(lint.targets(targets, kits) if targets or data is None else [], one)
    more, failed_too = each([] if data is None else [data], lambda path, shown: lint.unused(path, shown, kits))
    code = report(([*outcomes, *more], max(failed, failed_too)), output_format)
    return max(code, _annotated(outcomes, readings, out) if annotate else 0)


def _annotated(outcomes: list[Outcome], readings: dict[str, Reading], out: Path | None) -> int:
    """Write the copies with comments, and say so on standard error; 2 where one could not be written."""
    from docgen.copies import ANNOTATED, write_copies
    from docgen.errors import DocgenError
    from docgen.visible import complaint, visible

    try:
        for line in write_copies(outcomes, readings, out, [ANNOTATED]):
            click.echo(visible(line), err=True)
    except DocgenError as error:
        click.echo(complaint(str(error), error.hint), err=True)
        return error.exit_code
    return 0
