"""The names that statements of a template give meanings to, and where they are known."""

from __future__ import annotations

from docgen.template.lint.kinds import Meant
from docgen.template.lint.signatures import Signature


class Scope:
    """The names that statements give meanings to, inside out; macros are known by how they are called."""

    def __init__(self, outer: Scope | None = None) -> None:
        self.names: dict[str, Meant] = {}
        self.macros: dict[str, Signature] = {}
        self._outer = outer

    def meant(self, name: str) -> Meant | None:
        """What the name stands for; None where no statement has given it a meaning."""
        if name in self.names:
            return self.names[name]
        return self._outer.meant(name) if self._outer else None

    def macro(self, name: str) -> Signature | None:
        """How the macro of that name is called."""
        return self.macros.get(name) or (self._outer.macro(name) if self._outer else None)
