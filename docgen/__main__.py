"""The outermost edge: expected failures become one clear message and an exit code, bugs a short report."""

from __future__ import annotations

import gc
import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

from docgen.errors import DocgenError, refusal
from docgen.unsaid import Watched, nothing, wants_json
from docgen.visible import complaint

if TYPE_CHECKING:
    import click

# A run is short and makes few cycles; looking for them after every 700 new objects takes a tenth of a cold build.
_SELDOM = 200_000


def run() -> None:
    """Run the command line and leave the process with the exit code of DESIGN: 0, 1, 2, or 130."""
    gc.set_threshold(_SELDOM)
    code = exit_code()
    gc.freeze()  # everything ends with the process: nothing needs to be looked through once more
    sys.exit(code)


def exit_code() -> int:
    """The exit code of the command line's work; whatever went wrong has been said on standard error."""
    _tame_streams()
    words = sys.argv[1:]
    if not wants_json(words):
        return _done()
    # Programs read one document, also where there is nothing to say but on standard error.
    watched = sys.stdout = Watched(sys.stdout)
    code = _done()
    if sys.stdout is watched:
        sys.stdout = watched.stream
        if code == 2 and not watched.used:
            print(nothing(words))  # noqa: T201
    return code


def _done() -> int:
    try:
        from docgen.cli import main

        return int(main(standalone_mode=False) or 0)
    except DocgenError as error:
        return _say(str(error), error.hint, error.exit_code)
    except KeyboardInterrupt:
        return _say("已中断", None, 130)
    except (BrokenPipeError, SystemExit):
        # The reader has left, which click tells by leaving as well.
        return 0
    except Exception as error:  # noqa: BLE001
        return _unexpected(error)


def _tame_streams() -> None:
    # Where a stream is closed, what is said there is lost; that is no reason not to do the work.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    # A console that is not UTF-8 (GBK, ASCII) lacks some characters; a message must come through all the same.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123


def _say(message: str, hint: str | None, code: int) -> int:
    print(complaint(message, hint), file=sys.stderr)  # noqa: T201
    return code


def _unexpected(error: Exception) -> int:
    import click

    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.exceptions.Abort):
        return _say("已中断", None, 130)
    if isinstance(error, click.ClickException):
        return _misused(error)
    if isinstance(error, (OSError, UnicodeEncodeError)):
        told = refusal(error, "标准输出")
        return _say(str(told), told.hint, told.exit_code)
    return _bug(error)


def _misused(error: click.ClickException) -> int:
    """Say what is wrong with the command line; where no command was named, which there are."""
    import click

    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        print(error.format_message(), file=sys.stderr)  # noqa: T201
        return 2
    if isinstance(error, click.UsageError):
        return _say(_usage(error), "加 --help 看用法", 2)
    return _say(error.format_message(), None, 2)


def _usage(error: click.UsageError) -> str:
    """The message of a usage error, in Chinese for the kinds that clerks meet."""
    import click

    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少参数 {error.param.make_metavar(error.ctx) if error.ctx else error.param.name}"
    if isinstance(error, click.NoSuchOption):
        return f"没有 {error.option_name} 这个选项"
    if isinstance(error, click.BadOptionUsage) and "does not take a value" in error.message:
        return f"选项 {error.option_name} 后面不写值"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面没有写值"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"参数 {'/'.join(error.param.opts)} 的值不对：{_misfit(error.message, error.param.type)}"
    told = error.format_message()
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", told)
    return f"多出了参数 {'、'.join(extra[1].split())}" if extra else told


def _misfit(message: str, kind: object) -> str:
    """What was given in place of one of a few words, and these words, or of a number; any other message as it is."""
    import click

    if isinstance(kind, click.IntRange):
        given = re.match(r"'?(.*?)'? is not (?:in the range|a valid integer)", message)
        most = f"，最大 {kind.max}" if kind.max is not None else ""
        return f"{given[1]}；要写整数，最小 {kind.min}{most}" if given else message
    given = re.match(r"'(.*)' is not one of ", message)
    if not given or not isinstance(kind, click.Choice):
        return message
    return f"{given[1]}；可以写 {'、'.join(map(str, kind.choices))}"


def _bug(error: Exception) -> int:
    """Say that this is docgen's own fault; the traceback goes to a file, without the contract's values."""
    import tempfile
    import traceback
    from pathlib import Path

    where = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in where]
    log = Path(tempfile.gettempdir()) / "docgen-error.log"
    try:
        log.write_text("\n".join([type(error).__name__, *lines, ""]), encoding="utf-8")
        told = f"经过已记在 {log}（不含合同内容）"
    except OSError:
        told = f"{type(error).__name__}，{lines[-1] if lines else ''}"
    if os.environ.get("DOCGEN_DEBUG"):
        traceback.print_exception(error)
    return _say(f"docgen 内部出错（{type(error).__name__}），没有写出任何文件。", told, 2)


if __name__ == "__main__":
    run()
