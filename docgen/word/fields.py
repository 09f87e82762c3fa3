"""The fields of a part (PAGE, PAGEREF, SEQ …): what each asks for, and which text it shows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.patterns import regex
from docgen.word.edit import SPACE
from docgen.word.text import TEXT, w

_EDGE, _CODE, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")
_OF_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "SECTION"})
_WORD = regex(r'"(?:[^"\\]|\\.)*"|\S+')


class Field:
    """One field: the elements that hold its instruction, and those that hold the text it shows."""

    def __init__(self) -> None:
        self.codes: list[etree._Element] = []
        self.shown: list[etree._Element] = []
        self.showing = False

    @property
    def instruction(self) -> str:
        """The instruction as it is written, in however many pieces."""
        return "".join(code.get(w("instr"), "") if code.tag == _SIMPLE else code.text or "" for code in self.codes)

    def ask(self, instruction: str) -> None:
        """Give the field another instruction."""
        for number, code in enumerate(self.codes):
            text = "" if number else instruction
            if code.tag == _SIMPLE:
                code.set(w("instr"), text)
            else:
                code.text = text
                code.set(SPACE, "preserve")

    def show(self, text: str) -> None:
        """Give the field another text to show until somebody asks it again."""
        for number, element in enumerate(self.shown):
            element.text = "" if number else text


def fields(root: etree._Element) -> Iterator[Field]:
    """The fields of a part, each when it ends: one that stands in another comes before it."""
    open_ones: list[Field] = []
    for element in root.iter(_EDGE, _CODE, _SIMPLE, TEXT):
        if element.tag == _SIMPLE:
            simple = Field()
            simple.codes, simple.shown = [element], list(element.iter(TEXT))
            yield simple
        elif element.tag == _EDGE:
            kind = element.get(w("fldCharType"))
            if kind == "begin":
                open_ones.append(Field())
            elif open_ones and kind == "separate":
                open_ones[-1].showing = True
            elif open_ones and kind == "end":
                yield open_ones.pop()
        elif open_ones and open_ones[-1].showing is (element.tag == TEXT):
            (open_ones[-1].shown if element.tag == TEXT else open_ones[-1].codes).append(element)


def page_numbers(root: etree._Element) -> set[etree._Element]:
    """The elements whose text a program counts anew whenever it lays out the pages: nobody types that."""
    asked = ((words(field.instruction), field.shown) for field in fields(root))
    return {element for asks, shown in asked if asks and asks[0].upper() in _OF_PAGES for element in shown}


def words(instruction: str) -> list[str]:
    """The words of an instruction, what stands in quotes as one."""
    return _WORD.findall(instruction)
