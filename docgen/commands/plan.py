"""`docgen plan`: what a build would do, value by value, with nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.commands.options import data_paths, output_format, templates_folder

if TYPE_CHECKING:
    from docgen.report.changes import ChangeReport


@click.command("plan")
@data_paths
@click.option("--out", type=click.Path(path_type=Path, readable=False), default=Path("outputs"), show_default=True,
              help="成套文件所在的文件夹")  # fmt: skip
@templates_folder
@output_format
def command(*, data: tuple[str, ...], out: Path, kits: Path | None, output_format: str) -> int:
    """生成之前先看：哪些文件会新增、更新、合并、移走，每个值由什么变成什么。什么也不写。

    DATA 是 contract.yaml，或它所在的文件夹；批量生成的，是那一套的 .yaml 文件。可以同时给出几份。
    """
    from docgen.commands.changes import each, report

    return report(each(data, lambda path, shown: _planned(path, shown, out, kits)), output_format)


def _planned(data: Path, shown: str, out: Path, kits: Path | None) -> ChangeReport:
    """The plan of one set; what renders it is loaded only where something may have changed."""
    from docgen.unchanged import unchanged

    _refuse_table(data, shown)
    known = unchanged(data, shown, out, kits)
    if known is not None:
        return known
    from docgen import pipeline, plan

    return plan.reported(plan.plan(data, shown, pipeline.Options(out, kits=kits)))


def _refuse_table(data: Path, shown: str) -> None:
    """Raise InputError for a table: its sets have no data file each."""
    if data.suffix.lower() in (".csv", ".tsv"):
        from docgen.errors import InputError

        hint = "各套用 docgen batch --base 底本 表格 生成，没有变化的不会重写；换下的各版可以用 docgen restore 取回。"
        raise InputError(f"{shown}：docgen plan 只看一份数据文件，不看表格。", hint=hint)
