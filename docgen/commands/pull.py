"""`docgen pull`: edits of generated files as changes of the data."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import output_format, templates_folder


@click.command("pull")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--write", is_flag=True, help="写进数据；不写这一项只列出改动")
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True,
              help="数据所在的文件夹：各套数据的上一级，或这一套自己的")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, readable=False), default=Path("outputs"), show_default=True,
              help="成套文件所在的文件夹，里面有生成时的记录")  # fmt: skip
@templates_folder
@output_format
def command(
    *, files: tuple[str, ...], write: bool, data: Path, out: Path, kits: Path | None, output_format: str
) -> int:
    """把在生成的文件里改过的数据读回 YAML：价格行、名称、日期、列表，包括增删的行。

    FILE 是生成后改过的 .docx，在原处的、寄回来的、合订本都可以。只列出改动；--write 才写进数据，别的一个字节也不动。
    说不清属于哪一项的改动只列出来，不猜；合计、大写这类算出来的内容会指出该改哪里。
    """
    from docgen.commands.changes import report, told
    from docgen.pull.report import Options, pulled

    options = Options(data, out, kits, write)
    return report(told(files, lambda: pulled([(Path(shown), shown) for shown in files], options)), output_format)
