"""The catalogue: all rules in the order of their codes, and what they find in the data of a contract."""

from __future__ import annotations

from functools import cache
from typing import Final

from docgen.contract.contract import Contract
from docgen.findings import Finding, in_order
from docgen.rules import dates, document_rules, money, numbering, parties, payments, references, wording
from docgen.rules.quotes import with_quotes
from docgen.rules.rule import Rule, in_modules

MODULES: Final = (*document_rules.MODULES, dates, money, numbering, parties, payments, references, wording)
"""The modules that hold rules; a new one on contracts is entered here."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules by code."""
    return in_modules(MODULES)


def check_contract(contract: Contract) -> list[Finding]:
    """What contradicts itself in the data of a contract, each finding at its place in the YAML."""
    found = [finding for rule in rules() if rule.on is Contract for finding in rule.check(contract)]
    return in_order(with_quotes(contract, found))
