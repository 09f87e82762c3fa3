"""`docgen build`: a complete contract set from data."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import data_paths, only_some, output_format, templates_folder, with_pdf


@click.command("build")
@data_paths
@click.option("--out", type=click.Path(path_type=Path, readable=False), default=Path("outputs"), show_default=True,
              help="写到这个文件夹下，每套合同一个子文件夹")  # fmt: skip
@only_some
@with_pdf
@templates_folder
@output_format
def command(
    *, data: tuple[str, ...], out: Path, only: tuple[str, ...], pdf: bool, kits: Path | None, output_format: str
) -> int:
    """由数据生成整套合同文件，写出之前逐一回读核对。

    DATA 是 contract.yaml，或它所在的文件夹；可以同时给出几份。文件写到 outputs/<数据文件夹名>/。
    草稿总会写出，带“草稿”水印，发现的问题以批注标在原处；定稿有错误时一份也不写。
    """
    from docgen import pipeline
    from docgen.commands.run import clashing, each, report
    from docgen.report.outcome import Outcome

    options = pipeline.Options(out, only, pdf, kits)
    clashes = clashing(data)

    def one(path: Path, shown: str) -> Outcome:
        if shown in clashes:
            raise clashes[shown]
        return pipeline.build(path, shown, options)

    return report(each(data, one), output_format, built=True)
