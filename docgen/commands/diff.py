"""`docgen diff`: two versions of a document, as text and as a Word file with tracked changes."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import output_format, templates_folder


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--out", type=click.Path(path_type=Path), default=None,
              help="对比文件写到这个文件夹，或写成这个 .docx；默认在 NEW 旁边")  # fmt: skip
@templates_folder
@output_format
def command(*, old: str, new: str, out: Path | None, kits: Path | None, output_format: str) -> int:
    """比较一份文件的两个版本：列出不同之处，并写出 名称.对比.docx，在 OLD 上用修订标出 NEW 的改动。

    OLD、NEW 是 Word 文件（.docx .doc .wps 等），或 文件@2，即这份文件在本套历史记录中的第 2 版。
    原文件不会被改动。全部接受修订就是 NEW 的文字，全部拒绝就是 OLD 的文字。
    """
    from docgen.commands.changes import report, told
    from docgen.diff import diff

    return report(told((old, new), lambda: [diff(old, new, out, kits)]), output_format)
