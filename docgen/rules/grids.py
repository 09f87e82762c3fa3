"""The tables of a document, put together once for all rules that look at rows and columns."""

from __future__ import annotations

from docgen.reading.tables import tables
from docgen.rules.once import once_per_reading

tables_of = once_per_reading(tables)
"""The tables of a document in order."""
