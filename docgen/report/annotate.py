"""Findings as comments: at the words they speak of, or where the field they speak of was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.findings import Finding, Place
from docgen.reading.document import Reading
from docgen.rules.written import Value
from docgen.word.comments import Comment


@dataclass(frozen=True, slots=True)
class Page:
    """A document that can be annotated: what it reads as, and what was written where."""

    reading: Reading
    written: Sequence[Value] = ()


def comments(findings: Iterable[Finding], pages: Sequence[Page]) -> list[list[Comment]]:
    """For each page the comments that belong on it; every finding stands on exactly one.

    A finding about data stands where its field was first written, else at the nearest field around it, and one that
    nothing in the set shows at the head of the first page.
    """
    found: list[list[Comment]] = [[] for _ in pages]
    fields = _first_stands(pages)
    blocks = {page.reading.file: (number, page.reading) for number, page in enumerate(pages)}
    for finding in findings:
        number, comment = _at(finding.place, blocks) or _on_field(finding, fields) or (0, Comment("body", 0, 0, 0, ""))
        found[number].append(Comment(comment.part, comment.position, comment.start, comment.end, _text(finding)))
        for number, comment in filter(None, (_at(place, blocks) for place in finding.again)):
            found[number].append(
                replace(comment, text=f"【{finding.severity.chinese} {finding.rule}】同样的写法，见前面的批注。")
            )
    return found


def _text(finding: Finding) -> str:
    """The comment's words: what is wrong, what it should be, what to do."""
    lines = [f"【{finding.severity.chinese} {finding.rule}】{finding.message}{_apart(finding)}"]
    if finding.expected and finding.expected not in finding.message:
        lines.append(f"应为：{finding.expected}")
    return "\n".join([*lines, *([finding.hint] if finding.hint else [])])


def _apart(finding: Finding) -> str:
    """Where it stands, when the comment cannot stand there too: in data, in a header, a note or a text box."""
    place = finding.place
    if place.line is not None or place.part in (None, "body"):
        shown = place.label if place.line is not None or "文本框" in (place.label or "") else None
        return f"（{shown}）" if shown else ""
    quote = f"“{finding.quote}”" if finding.quote and finding.quote not in finding.message else ""
    return f"（{place.label or '页眉页脚或注释'}{quote}）"


def _at(place: Place, blocks: dict[str, tuple[int, Reading]]) -> tuple[int, Comment] | None:
    if place.block is None or place.file not in blocks:
        return None
    number, reading = blocks[place.file]
    block = reading.blocks[place.block]
    return number, Comment(block.part, block.position, place.start or 0, place.end or 0, "")


def _on_field(finding: Finding, fields: dict[str, tuple[int, Comment]]) -> tuple[int, Comment] | None:
    return next((fields[path] for path in _near(finding.place.path or "", fields)), None)


def _near(path: str, fields: dict[str, tuple[int, Comment]]) -> Iterator[str]:
    """The written fields that show a path: itself, what is inside it, then what surrounds it."""
    while path:
        inside = (f"{path}.", f"{path}[")
        yield from (field for field in fields if field == path or field.startswith(inside))
        path = path[: max(path.rfind("."), path.rfind("["), 0)]


def _first_stands(pages: Sequence[Page]) -> dict[str, tuple[int, Comment]]:
    """Where each field was written first: in running text if it can be, else in a header."""
    found: dict[str, tuple[int, Comment]] = {}
    for body in (True, False):
        for number, page in enumerate(pages):
            for stand in page.written:
                if stand.path and (stand.part == "body") is body:
                    comment = Comment(stand.part, stand.position, stand.start, stand.end, "")
                    found.setdefault(stand.path, (number, comment))
    return found
