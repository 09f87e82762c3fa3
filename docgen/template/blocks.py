"""Shared blocks: {%p include "人员保障" %} stands for the paragraphs of another Word file, told once for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from docgen.contract.nearest import nearest
from docgen.errors import DocgenError, InputError, TemplateError
from docgen.template.dialect import Fault, Tag, parse_tag, spans
from docgen.template.places import Places
from docgen.template.safety import refuse_hostile, refuse_unreadable
from docgen.template.weave import CONTAINERS, replace_by_text
from docgen.word.names import BODY, with_usual_names
from docgen.word.package import read_package
from docgen.word.parts import OFFICE, parse
from docgen.word.text import PARAGRAPH, TABLE, TEXT, paragraphs, visible_text, w

_STYLES = "word/styles.xml"
_END_STYLE, _END_NAME = "SectionEnd", "分节"
_STYLED = (w("pStyle"), w("rStyle"), w("tblStyle"))
# Blocks within blocks, and how often blocks are asked for at once: beyond that they ask for each other.
_DEEPEST, _MOST = 8, 1000


@dataclass(slots=True)
class Blocks:
    """The shared blocks of a kit by name, parsed when they are first asked for; `styles` are those of the template.

    Styles are told by their names: Word gives them other ids whenever it saves in another language.
    """

    sources: Mapping[str, bytes]
    styles: Mapping[str, str]
    _bodies: dict[str, list[etree._Element]] = field(default_factory=dict)

    def inline(self, root: etree._Element, places: Places) -> list[Fault]:
        """Put the blocks in the place of the tags that ask for them; returns what is wrong with those tags."""
        faults: list[Fault] = []
        for _ in range(_DEEPEST):
            asked = list(_includes(root, places))
            if not asked or len(asked) > _MOST:
                break
            faults += [fault for paragraph, tag in asked for fault in self._replace(paragraph, tag, places)]
        endless = list(_includes(root, places))
        for paragraph, _ in endless:
            replace_by_text(paragraph, "")
        return faults + [Fault("共用段落互相引用，没有尽头", tag.place, tag.typed, "T109") for _, tag in endless[:1]]

    @property
    def asked(self) -> frozenset[str]:
        """The names of the blocks that somebody has asked for."""
        return frozenset(self._bodies)

    def _replace(self, paragraph: etree._Element, tag: Tag, places: Places) -> list[Fault]:
        name = tag.include or ""
        if name not in self.sources:
            replace_by_text(paragraph, "")
            known = "、".join(self.sources) or "（没有）"
            message = f"没有名为“{name}”的共用段落；kit.yaml 的 blocks 里有：{known}"
            near = nearest(name, self.sources)
            hint = f"是不是想写“{near}”？" if near else None
            return [Fault(message, tag.place, tag.typed, "T109", hint=hint)]
        faults = []
        if visible_text(paragraph).replace(tag.typed, "", 1).strip():
            faults.append(Fault("须独占一段，同段的其他文字会丢失", tag.place, tag.typed, "T107"))
        try:
            elements = deepcopy(self._body(name))
        except DocgenError as error:
            replace_by_text(paragraph, "")
            return [Fault(str(error), tag.place, tag.typed, "T109", tag.start, hint=error.hint)]
        for element in elements:
            paragraph.addprevious(element)
        places.inlined(elements, name)
        container = paragraph.getparent()
        replace_by_text(paragraph, "")
        # Word demands a paragraph at the end of a cell or header, also where a block has none to give.
        if container is not None and container.tag in CONTAINERS and not _ends_with_paragraph(container):
            container.append(etree.Element(PARAGRAPH))
        return faults

    def _body(self, name: str) -> list[etree._Element]:
        if name not in self._bodies:
            self._bodies[name] = self._read(name)
        return self._bodies[name]

    def _read(self, name: str) -> list[etree._Element]:
        shown = f"共用段落“{name}”"
        package = read_package(self.sources[name], shown)
        refuse_hostile(package, shown)
        package = with_usual_names(package)
        if BODY not in package:
            raise InputError(f"{shown}的 Word 文件没有正文。")
        refuse_unreadable(package, BODY, shown)
        body = parse(package[BODY]).find(w("body"))
        if body is None:
            raise InputError(f"{shown}的 Word 文件没有正文。")
        styles = style_ids(package[_STYLES] if _STYLES in package else None)  # noqa: SIM401  (no dict)
        own = {identity: style for style, identity in styles.items()}
        elements = _without_end([child for child in body if child.tag != w("sectPr")], own)
        for element in elements:
            element.tail = None
            self._adopt(element, own, shown)
        return elements

    def _adopt(self, element: etree._Element, own: Mapping[str, str], shown: str) -> None:
        """Give styles the template's ids; refuse what only has its meaning in the block's own file.

        That is pictures, links, list numbering, and styles that the template does not have.
        """
        for inner in element.iter(etree.Element):
            if any(str(key).startswith(f"{{{OFFICE}}}") for key in inner.attrib):
                raise TemplateError(f"{shown}里有图片、链接或脚注，放进别的文件会失效。", hint="请从中去掉它们。")
            if inner.tag == w("numPr"):
                raise TemplateError(
                    f"{shown}用了 Word 自动编号，放进别的文件会变。", hint='请改用 {{ no("（一）") }} 一类的编号标签。'
                )
            if inner.tag in _STYLED:
                style = inner.get(w("val"), "")
                known = self.styles.get(own[style]) if style in own else style
                if known is None or known not in self.styles.values():
                    message = f"{shown}用了样式“{own.get(style, style)}”，引用它的模板里没有这个样式。"
                    raise TemplateError(message, hint="请用同一份样式表重做共用段落或模板。")
                inner.set(w("val"), known)


def _ends_with_paragraph(container: etree._Element) -> bool:
    return len(container) > 0 and container[-1].tag == PARAGRAPH


def _without_end(elements: list[etree._Element], styles: Mapping[str, str]) -> list[etree._Element]:
    """The elements without the paragraph that only ends the block's own file; after a table it keeps that apart."""
    if len(elements) < 2 or elements[-2].tag == TABLE:
        return elements
    end = elements[-1].find(f"{w('pPr')}/{w('pStyle')}")
    style = "" if end is None else end.get(w("val"), "")
    ends = style == _END_STYLE or styles.get(style) == _END_NAME
    return elements[:-1] if ends and not visible_text(elements[-1]) else elements


def style_ids(styles: bytes | None) -> dict[str, str]:
    """The ids of the styles that a template defines, by the names that Word shows, in small letters."""
    if styles is None:
        return {}
    found = {}
    for style in parse(styles).iter(w("style")):
        name = style.find(w("name"))
        identity = style.get(w("styleId"), "")
        found[(identity if name is None else name.get(w("val"), identity)).lower()] = identity
    return found


def _includes(root: etree._Element, places: Places) -> Iterator[tuple[etree._Element, Tag]]:
    """The paragraphs that ask for a block, with the tag that does."""
    if not any("include" in (text.text or "") for text in root.iter(TEXT)):
        return
    for number, paragraph in enumerate(paragraphs(root)):
        text = visible_text(paragraph)
        if "include" not in text:
            continue
        place = places.of(paragraph, number, text)
        tag = next((tag for span in spans(text) if (tag := parse_tag(text[slice(*span)], place)).include), None)
        if tag is not None:
            yield paragraph, tag
