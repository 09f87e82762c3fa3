"""A child process whose n-th file operation is its last, or fails."""

from __future__ import annotations

import errno
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from enum import IntEnum
from threading import Lock
from typing import Any

CALLS = ("open", "write", "fsync", "replace", "link", "unlink", "mkdir", "rmdir", "close")


class End(IntEnum):
    """How the child ended."""

    UNTOUCHED = 0  # the work came to its end before the n-th call
    SURVIVED = 1  # the call failed, and the work came to its end all the same
    TOLD = 2  # an OutputError said why not
    BROKEN = 3  # any other exception: a fault of the program
    KILLED = 9


def killed(number: int, work: Callable[[], object]) -> End:
    """The end of a child that is killed before its n-th file operation."""
    return _in_child(number, lambda: os._exit(End.KILLED), work, once=True)


def full(number: int, work: Callable[[], object], *, once: bool) -> End:
    """The end of a child whose disk is full at the n-th file operation, and at all later ones unless `once`."""

    def refuse() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    return _in_child(number, refuse, work, once=once)


def _in_child(number: int, act: Callable[[], None], work: Callable[[], object], *, once: bool) -> End:
    with warnings.catch_warnings():
        # Newer Pythons warn of threads in the parent; the child uses none of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return End(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    leave = os._exit
    reached = _at_call(number, act, once=once)
    from docgen.errors import OutputError

    try:
        work()
    except OutputError:
        leave(End.TOLD)
    except BaseException:  # noqa: BLE001 - the child must never run on into the rest of the tests
        traceback.print_exc(file=sys.__stderr__)
        leave(End.BROKEN)
    leave(End.SURVIVED if reached() else End.UNTOUCHED)
    raise AssertionError


def _at_call(number: int, act: Callable[[], None], *, once: bool) -> Callable[[], bool]:
    """Let the process act at that call; the function tells whether it has come to it."""
    count, guard = 0, Lock()

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            nonlocal count
            with guard:
                count += 1
                mine = count == number or (count > number and not once)
            if mine:
                act()
            return real(*args, **kwargs)

        return counted

    for name in CALLS:
        setattr(os, name, counting(getattr(os, name)))
    return lambda: count >= number
