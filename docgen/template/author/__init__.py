"""House-styled Word templates made from text: author(text) → .docx."""

from __future__ import annotations

from docgen.template.author.markup import parse_markup
from docgen.template.author.package import build


def author(text: str) -> bytes:
    """The Word file that the house markup in `text` describes; a TemplateError names every faulty line."""
    return build(parse_markup(text))
