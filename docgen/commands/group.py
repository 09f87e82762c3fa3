"""A group of commands that answers in Chinese when a name is none of them."""

from __future__ import annotations

import click


class Context(click.Context):
    """What a command runs in; its help is in Chinese."""

    def make_formatter(self) -> click.HelpFormatter:
        """What writes the help, loaded only for this."""
        from docgen.commands.help import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class Command(click.Command):
    """A click command whose help is in Chinese."""

    context_class = Context


class Group(click.Group):
    """A click group whose list of commands and whose complaints are Chinese."""

    context_class = Context
    command_class = Command

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Take in a command, whose help is Chinese from now on."""
        cmd.context_class = Context
        super().add_command(cmd, name)

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        """The commands with one line of help each."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [(name, command.get_short_help_str(60)) for name, command in commands if command]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("命令"):
            formatter.write_dl(self.summaries(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for; a name that is none is said so in Chinese."""
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            ctx.fail(f"没有“{args[0]}”这个命令{_meant(args[0], known)}。可用的命令：{'、'.join(known)}")
        return super().resolve_command(ctx, args)


def _meant(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return f"，是不是想写“{near[0]}”" if near else ""
