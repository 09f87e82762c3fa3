"""`docgen template`: the Word templates of a kit, for the people who look after them."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.commands.group import Group
from docgen.commands.options import templates_folder
from docgen.commands.template_lint import command as lint
from docgen.commands.template_new import command as new


@click.group("template", cls=Group)
def command() -> None:
    """检查和查看 Word 模板，或由已有的合同做出模板。"""


command.add_command(lint)
command.add_command(new)


@command.command("outline")
@click.argument("targets", nargs=-1, required=True, metavar="模板…")
@click.option("--out", type=click.Path(path_type=Path, readable=False), default=None,
              help="每份模板写成这个文件夹下的一个 .txt，不显示")  # fmt: skip
@templates_folder
def outline(targets: tuple[str, ...], out: Path | None, kits: Path | None) -> int:
    """把模板显示成可以阅读、可以逐行比较的文字。

    模板 是 .docx 文件、文件夹，或合同类型的名称（显示它的全部模板）。
    """
    from docgen.template.outline import outline as outlined

    for target in targets:
        files = _files(target, kits)
        folder = Path() if Path(target).is_file() else Path(files[0].parent.name)
        for file in files:
            text = outlined(_read(file), str(file))
            if out is not None:
                _write(out / folder / f"{file.stem}.txt", text)
            elif len(files) > 1 or len(targets) > 1:
                click.echo(f"==> {file} <==\n{text}")
            else:
                click.echo(text, nl=False)
    return 0


def _files(target: str, kits: Path | None) -> list[Path]:
    """The templates that a word on the command line stands for."""
    from docgen.contract.folders import find_kits
    from docgen.contract.kit import load_kit
    from docgen.errors import InputError

    path = Path(target)
    if path.is_file():
        return [path]
    if not path.is_dir():
        if path.suffix.lower() in (".docx", ".dotx", ".docm") or len(path.parts) > 1:
            raise InputError(f"{target}：没有这个文件。")
        path = load_kit(target, find_kits(kits)).folder
    # Word keeps a hidden ~$ file beside each one that is open.
    found = sorted(file for file in path.glob("*.docx") if not file.name.startswith("~$"))
    if not found:
        raise InputError(f"{target}：文件夹中没有 .docx 模板。")
    return found


def _read(file: Path) -> bytes:
    from docgen.errors import InputError, reason

    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}：不能读取（{reason(error)}）。") from error


def _write(file: Path, text: str) -> None:
    from docgen.errors import OutputError, reason

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{file}：不能写入（{reason(error)}）。") from error
