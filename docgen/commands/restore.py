"""`docgen restore`: the versions of a set, earlier ones put back, old ones dropped."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import output_format


@click.command("restore")
@click.argument("given", metavar="DATA|FILE")
@click.option("--version", "number", type=click.IntRange(1), default=None, help="恢复这一版；不给则列出全部版本")
@click.option(
    "--drop", "dropped", type=click.IntRange(1), multiple=True, metavar="N", help="从历史中删去第 N 版；可重复"
)
@click.option(
    "--drop-before", "before", type=click.IntRange(1), default=None, metavar="N", help="删去第 N 版之前的各版"
)
@click.option("--drop-orphans", "orphans", is_flag=True, help="删去移到一边的文件")
@click.option("--out", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True,
              help="成套文件所在的文件夹")  # fmt: skip
@output_format
def command(
    *, given: str, number: int | None, dropped: tuple[int, ...], before: int | None, orphans: bool, out: Path,
    output_format: str,
) -> int:  # fmt: skip
    """列出一套文件（或其中一份）的全部版本；给出 --version 时恢复那一版。

    DATA 是数据文件夹，FILE 是生成的一份文件，也可以是 .docgen/orphans 里移到一边的文件。
    现在的文件先存入历史，什么也不会丢。历史只在给出 --drop、--drop-before 时删减。
    """
    from docgen.commands.changes import report, told
    from docgen.restore import aim, drop, restore

    removing = bool(dropped) or before is not None or orphans
    if removing and number is not None:
        raise click.UsageError("--version 不能与 --drop 一起用")
    if removing:
        return report(told((given,), lambda: [drop(aim(given, out), dropped, before, orphans=orphans)]), output_format)
    if number is None and Path(given).parent.name != "orphans":
        return _listed(given, out, output_format)
    return report(told((given,), lambda: [restore(aim(given, out), number)]), output_format)


def _listed(given: str, out: Path, output_format: str) -> int:
    """Print the versions, and give the exit code."""
    from docgen.commands.run import speaks_utf8
    from docgen.errors import DocgenError
    from docgen.report.versions import document, lines
    from docgen.restore import aim, history
    from docgen.visible import complaint

    try:
        found = history(aim(given, out))
    except DocgenError as error:
        click.echo(complaint(str(error), error.hint), err=True)
        return error.exit_code
    if output_format == "json":
        click.echo(document(found, ascii_only=not speaks_utf8()))
    else:
        for line in lines(found):
            click.echo(line)
    return 0
