"""The rules on documents, in the order of their codes, and what they find in a document or a set of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from docgen.findings import Finding, in_order
from docgen.reading.document import Bundle, Reading
from docgen.rules import (
    column_habits,
    column_sums,
    counts_in_text,
    dates_repeated,
    document_amounts,
    document_annexes,
    document_dates,
    document_identifiers,
    document_numbering,
    document_parties,
    document_references,
    document_signatures,
    document_tables,
    document_terms,
    document_wording,
    numbers_repeated,
    payments_in_text,
    payments_over_files,
    price_levels,
    price_tables,
    quantity_notes,
    rents,
    row_sums,
    settlements,
    share_plans,
    share_tables,
    stated_totals,
    sums_in_text,
    tax_in_text,
    wording_copied,
    wording_copies,
    wording_leftovers,
    wording_lists,
    wording_names,
    wording_slips,
    wording_terms,
    worked_amounts,
    written,
)
from docgen.rules.facts import UNKNOWN, Facts
from docgen.rules.rule import Rule, in_modules

MODULES: Final = (
    column_habits,
    column_sums,
    counts_in_text,
    dates_repeated,
    document_amounts,
    document_annexes,
    document_dates,
    document_identifiers,
    document_numbering,
    document_parties,
    document_references,
    document_signatures,
    document_tables,
    document_terms,
    document_wording,
    numbers_repeated,
    payments_in_text,
    payments_over_files,
    price_levels,
    price_tables,
    quantity_notes,
    rents,
    row_sums,
    settlements,
    share_plans,
    share_tables,
    stated_totals,
    sums_in_text,
    tax_in_text,
    wording_copied,
    wording_copies,
    wording_leftovers,
    wording_lists,
    wording_names,
    wording_slips,
    wording_terms,
    worked_amounts,
    written,
)
"""The modules that hold rules on documents; a new one is entered here."""


@cache
def document_rules() -> tuple[Rule, ...]:
    """All rules on documents by code."""
    return in_modules(MODULES)


def check_reading(reading: Reading, facts: Facts = UNKNOWN) -> list[Finding]:
    """What is wrong in a document; `facts` are what is known beside it, nothing by default."""
    return _found(Reading, reading, facts)


def check_bundle(bundle: Bundle, facts: Facts = UNKNOWN) -> list[Finding]:
    """What the documents of a set contradict each other in, one document against its own parts included."""
    return _found(Bundle, bundle, facts)


def check_written(reading: Reading, values: Iterable[written.Value]) -> list[Finding]:
    """Which of the values that rendering wrote do not stand unharmed at their place in the saved file."""
    return in_order(written.values_stand.check(reading, values))


def _found(kind: type, subject: Reading | Bundle, facts: Facts) -> list[Finding]:
    return in_order(finding for rule in document_rules() if rule.on is kind for finding in rule.check(subject, facts))
