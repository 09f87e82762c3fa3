"""The command line: every command by name, loaded only when it is called."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise

import click

from docgen import __version__
from docgen.commands.group import Context, Group

# name → (module under docgen.commands, one line of help); help needs no command's libraries.
COMMANDS = {
    "new": ("new", "按合同类型新建一个带注释的数据文件夹"),
    "check": ("check", "只载入并核对数据，不生成文件"),
    "build": ("build", "由数据生成整套合同文件，并逐一回读核对"),
    "plan": ("plan", "生成之前先看：哪些文件会变，每个值由什么变成什么"),
    "where": ("where", "一项数据写到了哪些文件的哪些地方"),
    "pull": ("pull", "把在文件里改过的数据读回 YAML"),
    "diff": ("diff", "比较一份文件的两个版本，写出带修订的 Word 文件"),
    "restore": ("restore", "列出一套文件的各个版本，恢复其中一版"),
    "batch": ("batch", "一次生成许多套：文件夹，或每行一份合同的表格"),
    "verify": ("verify", "核对已有的文件：Word、PDF、文本，或整个文件夹"),
    "amount": ("amount", "金额大小写互换：数字 → 大写，大写 → 数字"),
    "schema": ("schema", "输出数据的 JSON Schema，供编辑器补全和检查"),
    "template": ("template", "检查模板、显示成文字，或由已有的合同做出模板"),
    "explain": ("explain", "说明一条规则：为什么、错误与正确的例子"),
}


class LazyGroup(Group):
    """A group that imports a command only when it runs or shows its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands, in the order of a clerk's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"docgen.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        command.context_class = Context
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for; an empty path would be taken for the folder one stands in."""
        if (empty := _empty(args)) is not None:
            ctx.fail(empty)
        return super().resolve_command(ctx, args)

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:  # noqa: ARG002
        """The commands with one line of help each, without importing them."""
        return [(name, text) for name, (_, text) in COMMANDS.items()]


def _empty(args: list[str]) -> str | None:
    """What is wrong where an argument is empty, but for amounts, which have their own word for it."""
    for before, given in pairwise(args if args[:1] != ["amount"] else []):
        option = before if not given else given.removesuffix("=")
        if not given or (given.startswith("--") and given != option):
            return f"选项 {option} 的值是空的" if option.startswith("-") else f"{before} 后面有一个参数是空的"
    return None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="docgen %(version)s")
def main() -> None:
    """docgen：由 YAML 数据生成整套合同文件，金额大小写自动写出并逐一核对。"""
