"""A Word template as text that can be read and compared, in the house markup."""

from __future__ import annotations

from typing import Final

from docgen.errors import InputError
from docgen.template.author.printing import print_markup
from docgen.template.author.reader import read_manuscript
from docgen.word.package import read_package

# Many times what any contract has, and more than anybody reads.
_MOST_PARAGRAPHS: Final = 40_000


def outline(source: bytes, file: str = "") -> str:
    """The house markup of a Word file: one paragraph a line, styles, tables, sections, headers and footers.

    Any Word file can be shown; for one made by `author` the text makes the same file again.
    An InputError names `file` where there is nothing to show.
    """
    package = read_package(source, file)
    long = sum(part.data.count(sign) for part in package if part.name.endswith(".xml") for sign in (b"<w:p>", b"<w:p "))
    if long > _MOST_PARAGRAPHS:
        raise InputError(f"{file}：有 {long:,} 段，最多显示 {_MOST_PARAGRAPHS:,} 段。", hint="请把文件分成几份。")
    return print_markup(read_manuscript(source, file))
