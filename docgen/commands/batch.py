"""`docgen batch`: many contracts in one run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from docgen.commands.options import only_some, output_format, templates_folder, with_pdf
from docgen.visible import complaint


@click.command("batch")
@click.argument("data", nargs=-1, required=True, metavar="DATA…")
@click.option("--base", metavar="FILE", help="表格的底本：一份 contract.yaml（或它的文件夹），表里的每行只写不同之处")
@click.option("--out", type=click.Path(path_type=Path, readable=False), default=Path("outputs"), show_default=True,
              help="写到这个文件夹下，每套合同一个子文件夹")  # fmt: skip
@only_some
@with_pdf
@click.option("--jobs", type=click.IntRange(1, 60), default=None, metavar="N", help="同时用几个进程；默认用全部处理器")
@click.option("--again", is_flag=True, help="全部重做，也包括上次已经生成、此后没有变化的")
@click.option(
    "--scheduler", metavar="ADDRESS", help="交给 dask 集群去做，如 tcp://10.0.0.1:8786（需要 docgen[cluster]）"
)
@templates_folder
@output_format
def command(
    data: tuple[str, ...], *, base: str | None, out: Path, only: tuple[str, ...], pdf: bool, jobs: int | None,
    again: bool, scheduler: str | None, kits: Path | None, output_format: str,
) -> int:  # fmt: skip
    """一次生成许多套合同，各套互不影响。

    DATA 是文件夹（每个子文件夹里有一份 contract.yaml，或每个 .yaml 文件是一份合同），也可以是表格（.csv）：
    每行一份合同，与 --base 一起用；列名是字段（如 price.total、价款.合同总价），另有一列“套名”。

    --only 和 --pdf 与 build 的相同，对每一套都生效。

    某一套有错、中断或耗尽内存，只影响它自己。中途停下后再运行一次，已经生成而没有变化的不再重做。
    """
    from docgen.batch import Plan, batch, find
    from docgen.office import soffice
    from docgen.pipeline import Options

    if pdf and scheduler is None:
        soffice("生成 PDF")  # which is told once, before anything is made
    found = find(data, base, kits)
    plan = Plan(Options(out, only, pdf, kits), jobs, again, scheduler)
    try:
        with _progress() as progress:
            outcomes = batch(found, plan, progress)
    except KeyboardInterrupt:
        click.echo("已经生成的都已写好；再次运行同样的命令，从中断处继续。", err=True)
        raise
    if output_format == "json":
        from docgen.commands.run import report

        for file in (file for outcome in outcomes for file in outcome.files if file.lost):
            click.echo(complaint(f"{file.file}：{file.unread}", file.hint), err=True)
        return report((outcomes, 0), output_format, built=True)
    from docgen.report.many import show

    show(outcomes)
    return max((outcome.exit_code for outcome in outcomes), default=0)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """What shows on a terminal how far the work is; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from docgen.report.progress import Bar

    with Bar("生成", "套") as bar:
        yield bar.show
