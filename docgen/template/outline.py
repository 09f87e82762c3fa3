"""A Word template as text that can be read and compared, in the house markup."""

from __future__ import annotations

from docgen.template.author.printing import print_markup
from docgen.template.author.reader import read_manuscript


def outline(source: bytes, file: str = "") -> str:
    """The house markup of a Word file: one paragraph a line, styles, tables, sections, headers and footers.

    Any Word file can be shown; for one made by `author` the text makes the same file again.
    An InputError names `file` where there is nothing to show.
    """
    return print_markup(read_manuscript(source, file))
