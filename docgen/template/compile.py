"""Templates compiled: a Word file with docxtpl's tags, made into code that prints its parts.

Each part with tags is parsed once. Its tags are taken out of the tree (weave.py), the rest is cut into literal
pieces (pieces.py), and tags and pieces together become a Jinja template in which a piece is only its number. So
nothing in the Word file but the tags is ever read as code, and rendering never looks at XML again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from lxml import etree

from docgen.errors import InputError, TemplateError
from docgen.template.blocks import Blocks, style_ids
from docgen.template.compiled import LOOKED_UP, LOOKUP, MARK, STOP, CompiledPart, CompiledTemplate, Lookup
from docgen.template.dialect import Fault, Kind, Tag, refuse, unbalanced
from docgen.template.environment import Sandbox, templates
from docgen.template.lookups import lookups
from docgen.template.pieces import pieces
from docgen.template.places import Places, automatic
from docgen.template.properties import plain_properties
from docgen.template.property_tags import property_faults
from docgen.template.safety import refuse_hostile, refuse_unreadable, without_traces
from docgen.template.syntax import compiled, syntax_faults
from docgen.template.weave import clean, weave, weave_hidden
from docgen.template.widths import width_faults
from docgen.word.names import target_of, with_usual_names
from docgen.word.package import PACKAGE_RELATIONSHIPS, Package, read_package, write_package
from docgen.word.parts import OFFICE, RELATIONSHIPS, parse, relationships_of, serialize
from docgen.word.text import paragraphs, part_name, visible_text

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = "word/styles.xml"
_RENDERED = frozenset({"header", "footer", "footnotes", "endnotes"})
# What docxtpl alone can do: whole paragraphs or runs as values, raw text, white space control, blocks of paragraphs.
_FOREIGN = re.compile(
    r"\{\{(?:p|r|tr|tc)\s|\{%-|-%\}|\{\{-|-\}\}|\{%\s*raw\b|\{%(?:p|tr|tc|r)\s+(?:macro|call|set\s+\w+\s*%)"
)


def compile_template(source: bytes, name: str, blocks: Mapping[str, bytes] | None = None) -> CompiledTemplate:
    """The compiled template; a TemplateError tells everything that is wrong with its tags."""
    package, roots = _parsed(source, name, blocks or {})
    numbers = automatic(package, source)
    places = {path: Places(path, root, numbers) for path, root in roots.items()}
    faults = _inlined(package, roots, places, blocks or {})
    if not faults and any(map(is_foreign, roots.values())):
        whole = package.replaced({path: serialize(root) for path, root in roots.items()})
        return CompiledTemplate(name, package, (), write_package(whole))
    parts = []
    for path, root in roots.items():
        part, found = compiled_part(path, root, places[path], templates())
        faults += found
        parts.append(part)
    refuse(name, faults)
    done = tuple(part for part in parts if part is not None)
    emptied = {part.path: b"" for part in done}
    return CompiledTemplate(name, package.replaced(emptied).only_packed(), done)


def inlined(source: bytes, name: str, blocks: Mapping[str, bytes]) -> bytes:
    """The template as a Word file with its shared blocks put in, which a plain docxtpl script can render."""
    package, roots = _parsed(source, name, blocks)
    refuse(name, _inlined(package, roots, {path: Places(path, root) for path, root in roots.items()}, blocks))
    return write_package(package.replaced({path: serialize(root) for path, root in roots.items()}))


def _parsed(source: bytes, name: str, blocks: Mapping[str, bytes]) -> tuple[Package, dict[str, etree._Element]]:
    """The package without traces of its author, and the trees of the parts that may hold tags."""
    package = opened(source, name)
    body = main_part(package, name)
    refuse_unreadable(package, body, f"模板“{name}”")
    refuse(name, list(property_faults(package)))
    package = plain_properties(without_traces(package, name))
    roots = {path: parse(package[path]) for path in templated(package, body, holds_blocks=bool(blocks))}
    for root in roots.values():
        clean(root)
    return package, roots


def opened(source: bytes, name: str) -> Package:
    """The package of a template that could do nothing by itself; a TemplateError where there is none."""
    try:
        package = read_package(source, name)
    except InputError as error:
        raise TemplateError(f"模板不能使用：{error}", hint=error.hint) from error
    refuse_hostile(package, f"模板“{name}”")
    return with_usual_names(package)


def main_part(package: Package, name: str) -> str:
    """The part that holds the text of the document; a TemplateError where there is none."""
    if PACKAGE_RELATIONSHIPS in package:
        for relation in parse(package[PACKAGE_RELATIONSHIPS]).iter(f"{{{RELATIONSHIPS}}}Relationship"):
            target = relation.get("Target", "").lstrip("/")
            if relation.get("Type", "").endswith("/officeDocument") and target in package:
                return target
    raise TemplateError(f"模板“{name}”不是 Word 文档：找不到正文。")


def templated(package: Package, body: str, *, holds_blocks: bool) -> list[str]:
    """The parts that hold tags: the body always, then headers, footers and notes in the order of their names."""
    found = [body] if holds_blocks or _may_hold_tags(package[body]) else []
    rels = relationships_of(body)
    if rels not in package:
        return found
    others = set()
    for relation in parse(package[rels]).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        target = target_of(body, relation)
        kind = relation.get("Type", "").removeprefix(f"{OFFICE}/")
        if kind in _RENDERED and target in package and _may_hold_tags(package[target]):
            others.add(target)
    return found + sorted(others - {body})


def _may_hold_tags(data: bytes) -> bool:
    # What refers to a comment has to go with it, as a tag would.
    return any(brace.encode() in data for brace in "{}｛｝") or b"<w:comment" in data


def _inlined(
    package: Package, roots: Mapping[str, etree._Element], places: Mapping[str, Places], blocks: Mapping[str, bytes]
) -> list[Fault]:
    styles = package[_STYLES] if _STYLES in package else None  # noqa: SIM401  (no dict)
    shared = Blocks(blocks, style_ids(styles))
    return [fault for path, root in roots.items() for fault in shared.inline(root, places[path])]


def is_foreign(root: etree._Element) -> bool:
    """Whether a part has tags that only docxtpl can render."""
    return any(_FOREIGN.search(visible_text(paragraph)) for paragraph in paragraphs(root))


def compiled_part(
    path: str, root: etree._Element, places: Places, sandbox: Sandbox
) -> tuple[CompiledPart | None, list[Fault]]:
    """The part as code for that sandbox, or None and everything that is wrong with its tags."""
    wide = list(width_faults(root, places))
    woven = weave(root, places)
    xml = etree.tostring(root, encoding="unicode")
    if "{{" in xml or "{%" in xml:
        weave_hidden(root, woven, places)
        xml = etree.tostring(root, encoding="unicode")
    found, order = pieces(_DECLARATION + xml)
    tags = tuple(woven.tags[item] for item in order if isinstance(item, int))
    faults = [*wide, *woven.faults] or unbalanced(tags)
    if faults:
        return None, [*faults, *syntax_faults(woven.tags)]
    source, looked_up, programmed = _source(order, woven.tags, sandbox)
    programs, faults = compiled(source, programmed, path, looked_up, len(found), sandbox=sandbox)
    if programs is None:
        return None, faults
    return CompiledPart(
        path=path,
        name=part_name(path),
        pieces=tuple(piece.xml.encode() for piece in found),
        events=tuple(piece.events for piece in found),
        lookups=looked_up,
        said=tuple(tag.said for tag in programmed),
        source=source,
        swift=programs.swift,
        careful=programs.careful,
        marked=any(isinstance(item, str) and item for item in order),
        columns_vary=woven.columns_vary,
        lists=bool(woven.lists),
        refers="ref" in source or any(lookup.name == "ref" for lookup in looked_up),
    ), []


def _source(
    order: list[str | int], tags: list[Tag], sandbox: Sandbox
) -> tuple[str, tuple[Lookup, ...], tuple[Tag, ...]]:
    """The Jinja source of a part, the tags that are looked up instead, and those that are in it.

    Every tag in it begins a line of its own, so that a line number tells the tag.
    """
    looked_up = lookups([tags[item] for item in order if isinstance(item, int)], sandbox)
    source: list[str] = []
    found: list[Lookup] = []
    programmed: list[Tag] = []
    piece = count()
    for item in order:
        if isinstance(item, str):
            source.append(item or f"{MARK}{next(piece)}{STOP}")
        elif (lookup := looked_up(tags[item])) is not None:
            source.append(f"{LOOKUP}{len(found)}{LOOKED_UP}")
            found.append(lookup)
        else:
            source.append(_written(tags[item]))
            programmed.append(tags[item])
    return "".join(source), tuple(found), tuple(programmed)


def _written(tag: Tag) -> str:
    return f"{{{{\n{tag.code} }}}}" if tag.kind is Kind.OUTPUT else f"{{%\n{tag.code} %}}"
