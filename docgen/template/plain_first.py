"""A plain document (plain.py) of a template that nobody has used yet, made in a process with limits of its own.

Whatever such a template does, be it in a corner that no meter watches, it costs seconds and no more. From then on it
is known, and is rendered where it is asked for. Where no process can be begun that has the caller's data (beside other
threads, or where the system does not fork), the meter alone holds the template.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping, Sized
from pathlib import Path
from typing import Any, Final

from docgen.errors import DocgenError, TemplateError
from docgen.pool import Job, Lost, Words, forks, results
from docgen.template.budget import LIMITED, MEMORY, PROCESSOR_SECONDS
from docgen.template.cache import keep, packed, unpacked
from docgen.template.compiled import CompiledTemplate
from docgen.template.plain import Work, rendered

_SECONDS: Final = 30.0
_WORDS: Final = Words("没有生成完", "内容过大，生成它的程序退出了")
# A long table takes its time with any template: so many entries of the data are worth one second more.
_ENTRIES: Final = 20_000
_DEEPEST: Final = 4


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
    more = _entries(work.data, _DEEPEST) // _ENTRIES
    job: Job[None, bytes | DocgenError | None] = Job(
        lambda _: _tried(make), lambda _: _SECONDS + more, _WORDS, PROCESSOR_SECONDS + more, MEMORY + _taken()
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


def _entries(data: Any, depth: int) -> int:
    """How many entries the data have, those within the entries of lists not counted."""
    if isinstance(data, Mapping):
        return sum(_entries(item, depth - 1) for item in data.values()) if depth else 0
    return len(data) if isinstance(data, Sized) and not isinstance(data, (str, bytes)) else 0


def _taken() -> int:
    """The memory that this process has taken for its data, which a new one begins with."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGESIZE")
