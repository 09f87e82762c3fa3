"""Tags in the properties of a kit's template, where none is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.template.dialect import Fault, Place, spans
from docgen.template.properties import CORE, EXTENDED
from docgen.word.package import Package
from docgen.word.parts import parse

_CUSTOM: Final = "docProps/custom.xml"


def property_faults(package: Package) -> Iterator[Fault]:
    """The tags in the properties of a kit's template: docgen writes those itself, and the tags would vanish."""
    for path in (CORE, EXTENDED, _CUSTOM):
        for element in parse(package[path]).iter() if path in package and b"{" in package[path] else ():
            text = element.text or ""
            for start, end in spans(text):
                message = "文件属性由程序填写，这里的标签不会留下"
                hint = "请在 Word 的“文件—信息—属性”里删去它；要印出来的内容写在正文、页眉或页脚里。"
                yield Fault(message, Place(path, "文件属性", text), text[start:end], "T107", start, hint=hint)
