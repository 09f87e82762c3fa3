"""`docgen template new`: a first kit from papers that are there already."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import output_format, templates_folder


@click.command("new")
@click.argument("kit", metavar="KIT")
@click.option("--from", "papers", type=click.Path(path_type=Path, readable=False), multiple=True, required=True,
              metavar="文件", help="已有的合同，Word、PDF 或文本；正文和附件分开存的，依次各写一个 --from")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path, readable=False), default=None,
              help="这份合同的数据（contract.yaml 或它所在的文件夹）；其中的值换成标记，不写则由文件推定")  # fmt: skip
@click.option("--write", "writing", is_flag=True, help="写出 templates/KIT 和 data/KIT；不写则只显示，不写任何文件")
@click.option("--into", type=click.Path(path_type=Path, readable=False), default=Path("data"), show_default=True,
              help="数据写在这个文件夹下")  # fmt: skip
@templates_folder
@output_format
def command(
    *, kit: str, papers: tuple[Path, ...], data: Path | None, writing: bool, into: Path, kits: Path | None,
    output_format: str,
) -> int:  # fmt: skip
    """由已有的合同做出一类新合同的第一套模板。

    认出标题、编号、条款之间的引用、附件、表格和签署栏，按本工具的版式重排；与数据相同的文字换成标记，
    逐项列出的换成循环。先显示全部模板和每一处替换，再用数据试生成一遍、与原文逐段比较；核对之后加 --write 写出。
    已有的文件夹不会改动。
    """
    from docgen import adopt
    from docgen.commands.run import speaks_utf8
    from docgen.findings import Severity
    from docgen.report.adopted import Shown, as_json, as_text
    from docgen.visible import visible

    proposal = adopt.propose(kit, papers, data, kits)
    trial = adopt.tried(proposal)
    wrong = any(finding.severity is Severity.ERROR for finding in trial.findings)
    failed = bool(trial.refused or proposal.faults) or wrong
    written = adopt.write(proposal, kits, into) if writing and not failed else ()
    shown = Shown(kit, proposal.sheets, proposal.kit, dict(proposal.data), proposal.remarks, trial.findings,
                  trial.differences, trial.equal, trial.refused, written, proposal.faults)  # fmt: skip
    if output_format == "json":
        click.echo(as_json(shown, ascii_only=not speaks_utf8()))
    else:
        click.echo(visible(as_text(shown)), nl=False)
        where = "" if kits is None else f" --templates {kits.as_posix()}"
        click.echo(_told(f"{kit}{where}", written, where, failed=failed, writing=writing))
    return 1 if failed else 0


def _told(kit: str, written: tuple[Path, ...], where: str, *, failed: bool, writing: bool) -> str:
    """The last line: what was written, or what to do to have it written."""
    if written:
        folder, data = (path.as_posix() for path in written)
        return f"已写出 {folder} 和 {data}。检查：docgen template lint {kit}；生成：docgen build {data}{where}"
    if failed and writing:
        return "有错误，没有写任何文件。"
    return "没有写任何文件。核对无误后加 --write 写出。"
