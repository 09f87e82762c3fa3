"""`docgen plan`: what a build would do, value by value, with nothing written."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import data_paths, output_format, templates_folder


@click.command("plan")
@data_paths
@click.option("--out", type=click.Path(path_type=Path, readable=False), default=Path("outputs"), show_default=True,
              help="成套文件所在的文件夹")  # fmt: skip
@templates_folder
@output_format
def command(*, data: tuple[str, ...], out: Path, kits: Path | None, output_format: str) -> int:
    """生成之前先看：哪些文件会新增、更新、合并、移走，每个值由什么变成什么。什么也不写。

    DATA 是 contract.yaml，或它所在的文件夹；可以同时给出几份。
    """
    from docgen import pipeline, plan
    from docgen.commands.changes import each, report

    options = pipeline.Options(out, kits=kits)
    return report(each(data, lambda path, shown: plan.reported(plan.plan(path, shown, options))), output_format)
