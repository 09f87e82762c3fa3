"""The content of several parts under one root, which knows every namespace that one of them knew."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from docgen.word.text import COMPATIBILITY

_IGNORABLE = f"{{{COMPATIBILITY}}}Ignorable"
_HERE = "\ufffc"
_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


class Gathered:
    """What stood in the parts, in order, as text: trees are not moved from one file to another, which takes long."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        self.spaces: dict[str, str] = {}
        self.ignorable: set[str] = set()

    def take(self, root: etree._Element, holder: etree._Element) -> None:
        """Take all that stands in `holder`, which is the root of a part or stands in it."""
        spaces = {prefix: space for prefix, space in holder.nsmap.items() if prefix}
        if None in holder.nsmap or any(self.spaces.get(prefix, space) != space for prefix, space in spaces.items()):
            holder, spaces = self._renamed(holder)
        self.spaces |= spaces
        self.ignorable |= {root.nsmap[prefix] for prefix in root.get(_IGNORABLE, "").split() if prefix in root.nsmap}
        text = etree.tostring(holder, encoding="utf-8", xml_declaration=False, with_tail=False)
        if len(holder):
            self.texts.append(text[text.index(b">") + 1 : text.rindex(b"<")])

    def _renamed(self, holder: etree._Element) -> tuple[etree._Element, dict[str, str]]:
        """The same content where one prefix would stand for two namespaces: with other prefixes."""
        known = {space: prefix for prefix, space in self.spaces.items() if prefix}
        spaces: dict[str, str] = {}
        for number, space in enumerate(holder.nsmap.values()):
            spaces[known.get(space, f"n{len(self.spaces)}_{number}")] = space
        other = etree.Element(holder.tag, nsmap=spaces)
        other.extend(list(holder))
        return other, spaces

    def under(self, tag: str, inside: Sequence[str] = ()) -> bytes:
        """The bytes of a part with all of it below one root, and there below one element for each tag of `inside`."""
        root = etree.Element(tag, nsmap=dict(self.spaces))
        known = [prefix for prefix, space in self.spaces.items() if prefix and space in self.ignorable]
        if known:
            root.set(_IGNORABLE, " ".join(known))
        inner = root
        for name in inside:
            inner = etree.SubElement(inner, name)
        inner.text = _HERE
        before, after = etree.tostring(root, encoding="utf-8", xml_declaration=False).split(_HERE.encode())
        return b"".join([_DECLARATION, before, *self.texts, after])
