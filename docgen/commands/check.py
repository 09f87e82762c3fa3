"""`docgen check`: the data alone, all faults in one run."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import data_paths, output_format, templates_folder


@click.command("check")
@data_paths
@templates_folder
@output_format
def command(data: tuple[str, ...], kits: Path | None, output_format: str) -> int:
    """载入并核对合同数据，不生成文件。

    DATA 是 contract.yaml，或它所在的文件夹；可以同时给出几份。
    """
    from docgen import pipeline
    from docgen.commands.run import each, report

    return report(each(data, lambda path, shown: pipeline.check(path, shown, kits=kits)), output_format)
