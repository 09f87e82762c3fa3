"""A plain document (plain.py) of a template that nobody has used yet, made in a process with limits of its own.

Whatever such a template does, be it in a corner that no meter watches, it costs seconds and no more. From then on it
is known, and is rendered where it is asked for. Where no process can be begun that has the caller's data (beside other
threads, or where the system does not fork), the meter alone holds the template.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from docgen.errors import DocgenError, TemplateError
from docgen.pool import Job, Lost, Words, forks, results
from docgen.template.budget import LIMITED, MEMORY
from docgen.template.cache import keep, packed, unpacked
from docgen.template.compiled import CompiledTemplate
from docgen.template.deadline import seconds_for
from docgen.template.plain import Work, rendered

_SECONDS: Final = 30.0
_WORDS: Final = Words("没有生成完", "内容过大，生成它的程序退出了")


def first_rendered(work: Work) -> bytes:
    """The document of a template that is not known yet; a TemplateError where it takes too much."""
    if not is_possible():
        return rendered(work, _kept(work, _compiled(work)))
    if work.is_pure:
        made = _limited(work, lambda: _whole(work))
        return rendered(work, _compiled(work)) if made is None else made
    # What the caller gave to be called may do something, which would be lost with another process.
    compiled = _limited(work, lambda: packed(_compiled(work)))
    return rendered(work, _kept(work, _compiled(work) if compiled is None else unpacked(compiled)))


def is_possible() -> bool:
    """Whether a process can be begun here that has what this one has in its memory."""
    # One that others have begun as their helper must not begin any itself.
    return forks() and not multiprocessing.current_process().daemon


def _compiled(work: Work) -> CompiledTemplate:
    from docgen.template.plain_ways import compile_plain

    return compile_plain(work.source, work.name, work.filters)


def _kept(work: Work, compiled: CompiledTemplate) -> CompiledTemplate:
    keep(work.source, work.name, work.key, compiled)
    return compiled


def _whole(work: Work) -> bytes:
    compiled = _compiled(work)
    try:
        return rendered(work, compiled)
    finally:
        # It has come to an end, be it with an error of the data.
        _kept(work, compiled)


def _limited(work: Work, make: Callable[[], bytes]) -> bytes | None:
    """What is made in a process of its own; None where what went wrong is to be seen here."""
    seconds = seconds_for(work.data)
    job: Job[None, bytes | DocgenError | None] = Job(
        lambda _: _tried(make), lambda _: _SECONDS + seconds, _WORDS, seconds, MEMORY + _taken()
    )
    ((_, made),) = results(job, [None], 1)
    if isinstance(made, Lost):
        raise TemplateError(f"模板“{work.name}”{made.reason}。", hint=LIMITED)
    if isinstance(made, DocgenError):
        raise made
    return made


def _tried(make: Callable[[], bytes]) -> bytes | DocgenError | None:
    try:
        return make()
    except DocgenError as error:
        return error
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001  (what the caller's own data raise is raised where the caller sees it)
        return None


def _taken() -> int:
    """The memory that this process has taken for its data, which a new one begins with."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGESIZE")
