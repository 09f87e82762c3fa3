"""What is extracted from a document is extracted once."""

from __future__ import annotations

from docgen.reading.document import Reading
from docgen.reading.once import forget, once_per_part, once_per_reading


def test_a_document_is_looked_through_once() -> None:
    """The same document once, an equal one by itself, and anew when it was forgotten."""
    seen: list[str] = []

    @once_per_reading
    def name(reading: Reading) -> str:
        seen.append(reading.file)
        return reading.file

    one, other = Reading("a", ()), Reading("a", ())
    assert [name(one), name(other), name(one)] == ["a", "a", "a"]
    assert len(seen) == 2
    forget()
    assert (name(one), len(seen)) == ("a", 3)


def test_a_part_that_files_share_is_looked_through_once() -> None:
    """Equal parts are the same, until all is forgotten."""
    seen: list[bytes] = []

    @once_per_part
    def length(part: bytes) -> int:
        seen.append(part)
        return len(part)

    assert [length(b"abc"), length(bytes([97, 98, 99])), len(seen)] == [3, 3, 1]
    forget()
    assert (length(b"abc"), len(seen)) == (3, 2)
