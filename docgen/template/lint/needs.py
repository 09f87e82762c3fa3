"""The data that templates need: for the start of a new contract, and as a JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from docgen.contract.kit import Kit
from docgen.contract.scalars import Scalar
from docgen.contract.schema import DIALECT, Json, scalar_schema
from docgen.contract.shape import FieldShape, GroupShape, ListShape, Shape, below, steps
from docgen.contract.start import Needs
from docgen.template.lint.kits import judge_expression, lint_kit, lint_template
from docgen.template.lint.uses import Use

_DERIVED = "控制数"


def needs_of(kit: Kit) -> Needs:
    """The fields that a kit's documents use or that it requires, and those that turn a document into a record."""
    used = lint_kit(kit.folder).paths | frozenset(kit.required)
    records = {use.path for document in kit.documents if document.record
               for use in judge_expression(kit, document, "record").uses}  # fmt: skip
    return Needs(used, frozenset(records))


def needed_schema(path: Path) -> Json:
    """The JSON Schema of the data that a template prints and tests, typed if it belongs to a kit.

    Fields that are printed whatever the data are required, but for those that docgen derives.
    """
    report = lint_template(path)
    root = _Needed()
    for use in (use for uses in report.uses.values() for use in uses if not use.guessed):
        root.note(use)
    return {"$schema": DIALECT, "title": f"{path.stem}用到的数据", **_object(root, report.shape)}


@dataclass(slots=True)
class _Needed:
    """One field that is used: what below it is, its entries if it is gone through, and how it is used itself."""

    fields: dict[str, _Needed] = field(default_factory=dict)
    entries: _Needed | None = None
    printed: bool = False
    always: bool = False

    def note(self, use: Use) -> None:
        """Note the use of a field below this one."""
        here = self
        for key, indices in steps(use.path):
            here = here.fields.setdefault(key, _Needed())
            for _ in indices:
                here.entries = here.entries or _Needed()
                here = here.entries
        if use.goes:
            here.entries = here.entries or _Needed()
        here.printed = here.printed or use.printed
        here.always = here.always or (use.printed and not use.bound)


def _schema(needed: _Needed, shape: Shape | None) -> Json:
    """The schema of one field, typed after the kit's data where these are known."""
    if isinstance(shape, Scalar):
        return scalar_schema(shape)
    if isinstance(shape, ListShape) or (shape is None and needed.entries is not None):
        inner = shape.item if isinstance(shape, ListShape) else None
        return {"type": "array", "items": _schema(needed.entries or _Needed(), inner)}
    if isinstance(shape, GroupShape) or needed.fields:
        return _object(needed, shape if isinstance(shape, GroupShape) else None)
    return {"type": ["string", "number"]} if needed.printed else {}


def _object(needed: _Needed, shape: GroupShape | None) -> Json:
    properties = {}
    for key, inner in needed.fields.items():
        item = _field(shape, key)
        known = {"title": item.label} if item else {}
        properties[key] = {**known, **_schema(inner, item.shape if item else None)}
    required = [key for key, inner in needed.fields.items() if _is_required(inner, _field(shape, key))]
    schema: Json = {"type": "object", "properties": properties}
    return {**schema, "required": required} if required else schema


def _field(shape: GroupShape | None, key: str) -> FieldShape | None:
    return below(shape, key) if shape else None


def _is_required(needed: _Needed, item: FieldShape | None) -> bool:
    """Whether the template cannot do without the field: it, or something below it, is printed in any case."""
    if needed.entries is not None or (item is not None and _DERIVED in (item.description or "")):
        return False
    inner = item.shape if item is not None and isinstance(item.shape, GroupShape) else None
    return needed.always or any(_is_required(under, _field(inner, key)) for key, under in needed.fields.items())
