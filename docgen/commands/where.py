"""`docgen where`: every place that one field reaches."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import output_format, templates_folder


@click.command("where")
@click.argument("data", metavar="DATA")
@click.argument("field", metavar="FIELD")
@templates_folder
@output_format
def command(*, data: str, field: str, kits: Path | None, output_format: str) -> int:
    """列出一项数据写到的每一处，以及由它算出来的内容所在的每一处。

    DATA 是 contract.yaml，或它所在的文件夹。FIELD 是路径，如 price.sections[2].rows[1].unit_price，
    也可以写中文名，如 价款.合同总价；序号从 1 起，team[].phone 是各项的电话。
    """
    from docgen import pipeline
    from docgen.commands.changes import each, report
    from docgen.where import where

    options = pipeline.Options(kits=kits)
    return report(each([data], lambda path, shown: where(path, shown, field, options)), output_format)
