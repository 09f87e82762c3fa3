"""The floors of the house: who may import whom."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "docgen"
FLOORS = (
    {"errors", "findings", "patterns", "pool", "unsaid", "visible"},
    {"amounts", "office"},
    {"word", "contract"},
    {"reading", "template", "merge"},
    {"rules", "provenance", "changes", "places"},
    {"report", "outputs"},
    {"unchanged"},
    {"draft"},
    {"bound", "reconcile"},
    {"publish", "copies"},
    {"choice", "judge", "profile"},
    {"adopt", "lint", "pipeline", "verify"},
    {"plan"},
    {"where", "pull", "diff", "restore"},
    {"batch", "cluster"},
    {"commands"},
    {"cli", "__main__"},
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor(module: str) -> int:
    """The floor that a module's package stands on; `docgen` itself is the ground."""
    package = module.split(".")[1] if "." in module else "errors"
    return next(level for level, rooms in enumerate(FLOORS) if package in rooms)


def imported(path: Path) -> set[str]:
    """The docgen modules that a file imports when it is loaded or when its functions run."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("docgen."):
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("docgen.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downward(path: Path) -> None:
    """No module imports from a floor above its own."""
    module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)

    assert [] == sorted(name for name in imported(path) if floor(name) > floor(module))
