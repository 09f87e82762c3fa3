"""A Word file as the reader needs it: its parts as XML trees, and what they refer to."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from lxml import etree

from docgen.errors import InputError
from docgen.reading.once import once_per_part
from docgen.word.package import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, Contents, open_package
from docgen.word.parts import OFFICE, RELATIONSHIPS, relationships_of
from docgen.word.strict import transitional
from docgen.word.text import w

MAIN: Final = "officeDocument"
_USUAL_MAIN: Final = "word/document.xml"
_RELATION: Final = f"{{{RELATIONSHIPS}}}Relationship"
# What a tree takes in memory, about: so many bytes for each element and each attribute.
_ELEMENT, _ATTRIBUTE, _SMALL = 130, 240, 2 * 1024 * 1024
_MOST_MEMORY: Final = 200 * 1024 * 1024
_SHARED: Final = 128 * 1024
_PARSER: Final = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
)
_SAVE_AGAIN: Final = "请用 Word 或 WPS 打开并另存为 .docx。"
_KINDS: Final = {b"spreadsheetml": " Excel 工作簿", b"presentationml": " PowerPoint 演示文稿"}


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing that a part refers to: its kind (header, image), its target, and whether it lies in the file."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Source:
    """The file, its parts, and the name of the one that holds the text."""

    file: str
    contents: Contents
    main: str

    def root(self, name: str) -> etree._Element:
        """The XML of a part; an InputError says why there is none."""
        return self.tree(name, self.data(name))

    def data(self, name: str) -> bytes:
        """The bytes of a part, in the usual names of Open XML."""
        return transitional(self.contents[name])

    def tree(self, name: str, data: bytes, needed: Callable[[bytes], bytes] = bytes) -> etree._Element:
        """The XML in the bytes of a part, or in what is `needed` of them where that is well-formed."""
        # Beside the text, files of one kit have parts in common.
        parsed = _parsed if name == self.main or len(data) > _SHARED else _shared
        with suppress(InputError):
            return _parse(needed(data), name, self.file, parsed)
        return _parse(data, name, self.file, parsed)

    def optional(
        self, relations: Mapping[str, Relation], kind: str, needed: Callable[[bytes], bytes] = bytes
    ) -> etree._Element | None:
        """The XML of the part of that kind, or of what is `needed` of it; None where there is none."""
        for relation in relations.values():
            if relation.kind == kind and not relation.external and relation.target in self.contents:
                return self.tree(relation.target, self.data(relation.target), needed)
        return None

    def relations(self, owner: str) -> Mapping[str, Relation]:
        """What a part refers to, by id."""
        name = relationships_of(owner) if owner else PACKAGE_RELATIONSHIPS
        return _relations(owner, self.root(name)) if name in self.contents else {}


def open_source(data: bytes, file: str) -> Source:
    """The Word file in `data`; an InputError says why it cannot be read."""
    contents = open_package(data, file)
    source = Source(file, contents, _USUAL_MAIN)
    named = [each.target for each in source.relations("").values() if each.kind == MAIN and not each.external]
    main = next((name for name in [*named, _USUAL_MAIN] if name in contents), None)
    if main is None:
        raise InputError(f"“{file}”中没有正文（{_USUAL_MAIN}），不能读取。", hint=_SAVE_AGAIN)
    return Source(file, contents, main)


def body_of(source: Source, root: etree._Element) -> etree._Element:
    """The main part's root, if it is a Word document's at all."""
    if root.tag == w("document"):
        return root
    types = source.contents[CONTENT_TYPES]
    found = next((name for mark, name in _KINDS.items() if mark in types), "别的文件")
    raise InputError(f"“{source.file}”不是 Word 文件，而是{found}。", hint="请提供 Word 文件。")


@once_per_part
def _relations(owner: str, root: etree._Element) -> Mapping[str, Relation]:
    return {each.get("Id", ""): _relation(owner, each) for each in root.iterchildren(_RELATION)}


def _relation(owner: str, element: etree._Element) -> Relation:
    kind = element.get("Type", "").removeprefix(f"{OFFICE}/").rpartition("/")[2]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, external=True)
    folder = owner.rpartition("/")[0]
    if target[:1] in "./" or "/." in target or "//" in target:
        target, folder = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), ""
    return Relation(kind, f"{folder}/{target}" if folder else target, external=False)


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, _PARSER)


_shared: Final = once_per_part(_parsed)


def _parse(data: bytes, name: str, file: str, parsed: Callable[[bytes], etree._Element]) -> etree._Element:
    _refuse_hostile(data, name, file)
    try:
        root = parsed(data)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{file}：其中的 {name} {_fault(error)}，不能读取。", hint=_SAVE_AGAIN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_definitions(name, file)
    return root


def _refuse_hostile(data: bytes, name: str, file: str) -> None:
    if b"!" in data and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise _with_definitions(name, file)
    if len(data) > _SMALL:
        elements = data.count(b"<") - data.count(b"</")
        attributes = data.count(b'="') + data.count(b"='")
        if elements * _ELEMENT + attributes * _ATTRIBUTE + 2 * len(data) > _MOST_MEMORY:
            raise InputError(f"{file}：其中的 {name} 内容过多，不予读取。", hint="请在 Word 中拆成几个文件。")


def _with_definitions(name: str, file: str) -> InputError:
    message = f"{file}：其中的 {name} 带有 DTD 或实体定义，正常的 Word 文件没有，不予读取。"
    return InputError(message, hint="请核对文件来源，或用 Word 打开并另存。")


def _fault(error: etree.XMLSyntaxError) -> str:
    said = str(error)
    if "depth" in said:
        return "嵌套过深"
    if "too long" in said or "limit" in said.lower():
        return "有过长的内容"
    return "不是完好的 XML，文件可能已损坏"
