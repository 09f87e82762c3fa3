"""`docgen new`: a commented data folder for a new contract."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.options import templates_folder


@click.command("new")
@click.argument("kit", metavar="KIT")
@click.argument("name", metavar="NAME")
@click.option("--into", type=click.Path(path_type=Path, readable=False), default=Path("data"), show_default=True,
              help="新建在这个文件夹下")  # fmt: skip
@templates_folder
def command(kit: str, name: str, into: Path, kits: Path | None) -> int:
    """按合同类型新建一个带注释的数据文件夹。

    KIT 是合同类型（templates/ 下的文件夹名），NAME 是新文件夹的名称，整套文件以它为名。
    其中的 contract.yaml 列出这类合同用到的每一项，都还是 待填；已有的文件夹不会改动。
    """
    from docgen.contract.folders import find_kits
    from docgen.contract.kit import load_kit
    from docgen.contract.start import create, in_command
    from docgen.template.lint.needs import needs_of

    chosen = load_kit(kit, find_kits(kits))
    folder = create(chosen, name, into, needs_of(chosen)).as_posix()
    told = in_command(folder)
    click.echo(f"已新建 {folder}/contract.yaml。填写后核对：docgen check {told}；生成：docgen build {told}")
    return 0
