"""Amounts that a page number tears apart inside one line, as what reads a page may put them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from docgen.amounts.find import Found, pairs
from docgen.patterns import regex

_PAGE_INSIDE: Final = regex(
    r"[零壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億]"
    r"(?P<page>\s*(?:[-—–]\s?[0-9]{1,3}\s?[-—–]|第\s?[0-9]{1,3}\s?页(?:\s?[,，/]?\s?共\s?[0-9]{1,3}\s?页)?)\s*)"
    r"[零壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟万萬亿億元圆]"
)


def pairs_over_page(text: str) -> Iterator[tuple[Found, Found]]:
    """The pairs of figures and words of a text the words of which go on behind a page number."""
    match = _PAGE_INSIDE.search(text)
    if match is None:
        return
    start, end = match.span("page")
    for figures, words in pairs(text[:start] + text[end:]):
        if words.start < start < words.end and words.value is not None:
            behind = figures.start >= start
            moved = replace(figures, start=figures.start + end - start, end=figures.end + end - start)
            yield moved if behind else figures, replace(words, end=words.end + end - start)
