"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def output_format(function: F) -> F:
    """The command with `--format text|json`."""
    return click.option(
        "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
        help="text 供人阅读，json 供程序使用",
    )(function)  # fmt: skip


def templates_folder(function: F) -> F:
    """The command with `--templates DIR`."""
    return click.option(
        "--templates", "kits", type=click.Path(path_type=Path), default=None,
        help="合同类型所在的文件夹；默认 ./templates，没有则用随程序安装的",
    )(function)  # fmt: skip


def only_some(function: F) -> F:
    """The command with `--only NAME`, as often as it takes."""
    return click.option("--only", multiple=True, metavar="文件",
                        help="只写出这一份：文件标识、标题、序号，或 附件3；可重复")(function)  # fmt: skip


def with_pdf(function: F) -> F:
    """The command with `--pdf`."""
    return click.option("--pdf", is_flag=True, help="同时用 LibreOffice 转成 PDF")(function)


def data_paths(function: F) -> F:
    """The command with one or more DATA arguments, kept as they were typed."""
    return click.argument("data", nargs=-1, required=True, metavar="DATA…")(function)
