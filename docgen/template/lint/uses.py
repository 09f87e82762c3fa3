"""What a template asks of the data: every field that it prints, tests, or goes through."""

from __future__ import annotations

from typing import NamedTuple

from docgen.template.dialect import Tag


class Use(NamedTuple):
    """One use of a field of the data: its path, the tag, and whether its value ends up in the text.

    A use is `bound` where something around it tests a condition or names another value. `goes` tells that the tag goes
    through the entries of a list, `whole` that it hands on all that stands below the field, `guessed` that
    a faulty tag probably means the field.
    """

    path: str
    tag: Tag | None
    printed: bool = False
    bound: bool = False
    goes: bool = False
    whole: bool = False
    guessed: bool = False
