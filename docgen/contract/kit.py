"""A kit: one kind of contract, told by a folder of files (kit.yaml and the Word templates beside it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from docgen.contract.model import ContractData
from docgen.contract.shape import FieldShape, GroupShape

Role = Literal["contractual", "annex", "internal"]


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """One document of the set as the kit names it.

    `title`, `when` and `record` are Jinja over the data. With `each` the document is made once per entry of that
    list, and the entry is called `item` in the template (`as` in kit.yaml).
    """

    id: str
    template: str
    title: str
    role: Role
    each: str | None = None
    item: str | None = None
    when: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Kit:
    """One kind of contract: its documents in order, its own fields, and what it requires.

    `name` is that of its folder, `label` what a clerk calls it; `shape` holds the core fields and the kit's own;
    `required` are paths in which [] stands for every entry; `blocks` the files of shared text by name.
    """

    name: str
    label: str
    folder: Path
    documents: tuple[DocumentSpec, ...]
    shape: GroupShape = field(repr=False)
    description: str | None = None
    required: tuple[str, ...] = ()
    blocks: Mapping[str, Path] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[FieldShape, ...]:
        """The kit's own fields, those beside the core model's."""
        return tuple(item for key, item in self.shape.fields.items() if key not in ContractData.model_fields)
