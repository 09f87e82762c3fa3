"""A contract as it was loaded: the typed data, the kit, and where each value stands in the YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docgen.contract.kit import Kit
from docgen.contract.model import ContractData
from docgen.contract.shape import labelled_path
from docgen.findings import Place

if TYPE_CHECKING:
    from docgen.contract.table import Row

DRAFT: Literal["草稿"] = "草稿"
FINAL: Literal["定稿"] = "定稿"


@dataclass(frozen=True, slots=True)
class Contract:
    """The data of one contract as the clerk typed it, control figures included.

    `file` is the data file as the user named it, `name` the name of the set (that of the data folder). `places`
    holds every path that stands in the YAML; `blanks` the paths that are open: 待填, or faulty, or required and
    missing. A value at an open path is None, an open group is empty, an open text in a list reads 待填. `row` is the
    row of a table that the data come from, if they do.
    """

    file: str
    folder: Path
    name: str
    kit: Kit
    data: ContractData
    stage: Literal["草稿", "定稿"]
    places: Mapping[str, Place] = field(repr=False)
    blanks: frozenset[str] = frozenset()
    row: Row | None = field(default=None, repr=False)

    def place(self, path: str) -> Place:
        """The place of a path, or of the nearest thing around it that stands in the YAML.

        `path` and `label` of the place are those asked for.
        """
        around = path
        while around and around not in self.places:
            around = outer(around)
        known = self.places.get(around, Place(self.file, line=1, column=1, offset=0))
        return replace(known, path=path, label=self.label(path) or None)

    def label(self, path: str) -> str:
        """The path as a clerk says it: 价款.付款[2].金额."""
        return labelled_path(self.kit.shape, path)

    def is_open(self, path: str) -> bool:
        """Whether the value at a path, or something around it, is open."""
        around = path
        while around:
            if around in self.blanks:
                return True
            around = outer(around)
        return False


def outer(path: str) -> str:
    """The path of what a path stands in: of the list for an entry, of the group for a field, empty at the top."""
    if path.endswith("]"):
        return path[: path.rindex("[")]
    return path.rpartition(".")[0]
