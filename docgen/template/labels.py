"""What a clerk calls the place of a paragraph: the clause that it stands under, and which paragraph of it it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from docgen.errors import DocgenError
from docgen.reading.headings import Headings
from docgen.template.dialect import replaced
from docgen.template.numbering import Numbering

_NUMBERED: Final = re.compile(r"""\{\{\s*no\(\s*["“”'‘’]([^"“”'‘’]+)["“”'‘’][^{}]*\}\}""")


def labels(texts: Iterable[str], name: str = "正文") -> Iterator[str]:
    """The label of each paragraph outside tables: 第四条 第2段; before the first clause it bears the given name."""
    headings, numbering = Headings(), Numbering()
    label, paragraph = "", 0
    for text in texts:
        before = label
        label = headings.label(_shown(text, numbering))
        paragraph = 1 if label != before else paragraph + 1
        yield f"{label or name}{'.' if label.isdigit() else ''} 第{paragraph}段"


def _shown(text: str, numbering: Numbering) -> str:
    """The text with the numbers that no() would print, as far as they can be counted, and without other tags."""
    if "{" not in text:
        return text

    def number(match: re.Match[str]) -> str:
        try:
            return numbering.no(match[1])
        except DocgenError:
            return ""

    return replaced(_NUMBERED.sub(number, text))
