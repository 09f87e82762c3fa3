"""The catalogue: all rules in the order of their codes, and what they find in a contract or a document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from docgen.contract.contract import Contract
from docgen.findings import Finding, in_order
from docgen.reading.document import Bundle, Reading
from docgen.rules import (
    column_sums,
    counts_in_text,
    dates,
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
    money,
    numbering,
    parties,
    payments,
    payments_in_text,
    payments_over_files,
    price_levels,
    price_tables,
    quantity_notes,
    references,
    rents,
    row_sums,
    settlements,
    share_plans,
    share_tables,
    stated_totals,
    sums_in_text,
    tax_in_text,
    wording,
    wording_copied,
    wording_copies,
    wording_leftovers,
    wording_lists,
    wording_names,
    wording_slips,
    wording_terms,
    written,
)
from docgen.rules.facts import UNKNOWN, Facts
from docgen.rules.quotes import with_quotes
from docgen.rules.rule import Rule

__all__ = ["MODULES", "check_bundle", "check_contract", "check_reading", "check_written", "rules"]

MODULES: Final = (
    column_sums,
    counts_in_text,
    dates,
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
    money,
    numbering,
    parties,
    payments,
    payments_in_text,
    payments_over_files,
    price_levels,
    price_tables,
    quantity_notes,
    references,
    rents,
    row_sums,
    settlements,
    share_plans,
    share_tables,
    stated_totals,
    sums_in_text,
    tax_in_text,
    wording,
    wording_copied,
    wording_copies,
    wording_leftovers,
    wording_lists,
    wording_names,
    wording_slips,
    wording_terms,
    written,
)
"""The modules that hold rules; a new one is entered here."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules by code."""
    found = (value for module in MODULES for value in vars(module).values() if isinstance(value, Rule))
    return tuple(sorted(found, key=lambda rule: rule.code))


def check_contract(contract: Contract) -> list[Finding]:
    """What contradicts itself in the data of a contract, each finding at its place in the YAML."""
    found = [finding for rule in rules() if rule.on is Contract for finding in rule.check(contract)]
    return in_order(with_quotes(contract, found))


def check_reading(reading: Reading, facts: Facts = UNKNOWN) -> list[Finding]:
    """What is wrong in a document; `facts` are what is known beside it, nothing by default."""
    return in_order(finding for rule in rules() if rule.on is Reading for finding in rule.check(reading, facts))


def check_bundle(bundle: Bundle, facts: Facts = UNKNOWN) -> list[Finding]:
    """What the documents of a set contradict each other in, one document against its own parts included."""
    return in_order(finding for rule in rules() if rule.on is Bundle for finding in rule.check(bundle, facts))


def check_written(reading: Reading, values: Iterable[written.Value]) -> list[Finding]:
    """Which of the values that rendering wrote do not stand unharmed at their place in the saved file."""
    return in_order(written.values_stand.check(reading, values))
