"""`docgen explain`: a rule in full, or the list of all codes."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """说明一条规则：为什么、错误与正确的例子。

    CODE 是报告里的代码，如 M201；不写则列出全部规则。
    """
    from docgen.rules.explain import explain, listing

    if code is None:
        click.echo(listing())
        return 0
    text = explain(code.strip().upper())
    if text is None:
        raise click.UsageError(f"没有“{code}”这条规则；docgen explain 列出全部规则")
    click.echo(text)
    return 0
