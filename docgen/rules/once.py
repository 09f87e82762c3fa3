"""Extracting once per document what several rules ask for."""

from __future__ import annotations

from docgen.reading.once import once_per_reading

__all__ = ["once_per_reading"]
