"""Pages of a PDF file that are set in two columns: the left one is read to its end before the right one.

Two columns are a run of lines that one blank strip parts, with running text on both sides of it. Signatures side by
side and tables without rules have such a strip too, but no lines that fill both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

from docgen.reading.pdf_lines import Char, Line, column_of, line_of, lines_of, rows_of

# Fewer lines with text on both sides are no columns of text.
_FEWEST: Final = 6
_FULL: Final = 0.4
_CHARACTERS: Final = 8
# The strip is so wide at least, in characters, and stands in the middle of the text.
_STRIP: Final = 0.8
_MIDDLE: Final = (0.3, 0.7)

Row = list[Char]
Stretch = tuple[float, float]


@dataclass(slots=True)
class _Run:
    """Lines below one another, and the strip that all of them leave blank."""

    strip: Stretch
    rows: list[Row] = field(default_factory=list)


def lines_in_columns(chars: Iterable[Char], boxes: Sequence[Stretch]) -> list[Line]:
    """The lines in reading order; `boxes` are the heights between which tables stand, where no columns are sought."""
    rows = rows_of(chars)
    if not rows:
        return []
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    middle = tuple(left + part * (right - left) for part in _MIDDLE)
    found: list[Line] = []
    for run in _runs(rows, (middle[0], middle[1])):
        sides = _sides(run)
        beside = any(run.rows[0][0].top < bottom and top < run.rows[-1][0].bottom for top, bottom in boxes)
        if beside or not _is_text(*sides):
            found += map(line_of, run.rows)
            continue
        for side in sides:
            # The lines of one column need not stand as high as those of the other.
            lines = lines_of(char for row in side for char in row)
            column = column_of(lines)
            found += (replace(line, column=column) for line in lines)
    return found


def _runs(rows: Sequence[Row], middle: Stretch) -> Iterator[_Run]:
    """The rows in runs that leave a strip in the middle blank; a row that leaves none is a run by itself."""
    run: _Run | None = None
    for row in rows:
        shared = _shared(row, run.strip) if run is not None else None
        if run is not None and shared is not None:
            run.strip = shared
            run.rows.append(row)
            continue
        if run is not None:
            yield run
        shared = _shared(row, middle)
        run = _Run(shared or middle, [row])
        if shared is None:
            yield run
            run = None
    if run is not None:
        yield run


def _shared(row: Row, strip: Stretch) -> Stretch | None:
    """The widest part of a strip that a row leaves blank, None where it is too narrow."""
    size = median(char.size for char in row)
    edges = [float("-inf"), *(x for char in row for x in (char.x0, char.x1)), float("inf")]
    blanks = ((max(edges[i], strip[0]), min(edges[i + 1], strip[1])) for i in range(0, len(edges), 2))
    widest = max(blanks, key=lambda blank: blank[1] - blank[0])
    return widest if widest[1] - widest[0] >= _STRIP * size else None


def _sides(run: _Run) -> tuple[list[Row], list[Row]]:
    """What stands left and right of the strip, row by row."""
    at = (run.strip[0] + run.strip[1]) / 2
    left = [[char for char in row if char.x0 < at] for row in run.rows]
    right = [[char for char in row if char.x0 >= at] for row in run.rows]
    return left, right


def _is_text(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether both sides are running text: many lines, most of which reach the edge of their column."""
    both = [(one, other) for one, other in zip(left, right, strict=True) if one and other]
    if len(both) < _FEWEST:
        return False
    return all(_fills([pair[side] for pair in both]) for side in (0, 1))


def _fills(rows: Sequence[Row]) -> bool:
    edge = max(row[-1].x1 for row in rows)
    full = sum(row[-1].x1 > edge - 1.5 * row[-1].size for row in rows)
    return full >= _FULL * len(rows) and median(len(row) for row in rows) >= _CHARACTERS
