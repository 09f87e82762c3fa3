"""`docgen schema`: the JSON Schema that lets an editor complete and check contract data."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.commands.options import templates_folder


@click.command("schema")
@click.argument("kit", required=False, metavar="[KIT|模板]")
@click.option("-o", "--out", type=click.Path(path_type=Path, readable=False), help="写到这个文件，不打印")
@templates_folder
def command(kit: str | None, out: Path | None, kits: Path | None) -> int:
    """输出合同数据的 JSON Schema，供编辑器补全和检查键名。

    KIT 是合同类型（templates/ 下的文件夹名）；不写时只含各类合同共有的项；写模板文件（.docx）时，
    只含这份模板用到的项，一定会印出的列为 required。在 contract.yaml 的第一行写
    “# yaml-language-server: $schema=文件名”，装有 YAML 插件的编辑器就会按它补全和检查。
    """
    from docgen.contract.folders import find_kits
    from docgen.contract.kit import load_kit
    from docgen.contract.schema import json_schema

    if kit is not None and kit.lower().endswith(".docx"):
        from docgen.template.lint.needs import needed_schema

        schema = needed_schema(Path(kit))
    else:
        schema = json_schema(load_kit(kit, find_kits(kits)) if kit else None)
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    if out is None:
        click.echo(f"{text}\n".encode(), nl=False)  # UTF-8 whatever the console is
    else:
        out.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    return 0
