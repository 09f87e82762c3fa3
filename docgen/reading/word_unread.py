"""What a Word file holds that cannot be read as text, or that nobody sees, told in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from docgen.reading.word_source import Relation
from docgen.word.parts import OFFICE
from docgen.word.sight import FORMULAS
from docgen.word.text import FALLBACK

PICTURE, CHART, DIAGRAM, FORMULA, OBJECT, WORD_ART = "图片", "图表", "SmartArt 图示", "公式", "嵌入对象", "艺术字"
INSERTED, HIDDEN, COVERED = "插入的文件", "隐藏文字", "被合并单元格盖住的文字"
_REASONS: Final = {
    PICTURE: "图片中的文字不能识别",
    CHART: "图表中的文字未读取",
    DIAGRAM: "图示中的文字未读取",
    FORMULA: "公式未读取",
    OBJECT: "对象的内容未读取",
    WORD_ART: "艺术字未读取",
    INSERTED: "其内容未读取",
    HIDDEN: "在屏幕和打印件上看不到，未参加核对",
    COVERED: "在屏幕和打印件上看不到，未参加核对",
}
_SHOWN: Final = 20
_EXTERNAL: Final = {
    "image": "图片", "oleObject": "对象", "aFChunk": "文件", "subDocument": "子文档", "attachedTemplate": "模板",
    "frame": "框架", "video": "视频", "audio": "音频",
}  # fmt: skip
_HARMLESS: Final = frozenset({"hyperlink"})
_REMOTE: Final = ("http:", "https:", "ftp:", "\\\\", "//")

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_VML, _OFFICE_VML = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
_OLE: Final = f"{{{_OFFICE_VML}}}OLEObject"
_ART: Final = f"{{{_VML}}}textpath"
_LINK: Final = f"{{{OFFICE}}}link"
_TELLING: Final = {
    f"{{{_DRAWING}}}picture": PICTURE,
    f"{{{_DRAWING}/picture}}pic": PICTURE,
    f"{{{_VML}}}imagedata": PICTURE,
    f"{{{_DRAWING}/chart}}chart": CHART,
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": CHART,
    f"{{{_DRAWING}/diagram}}relIds": DIAGRAM,
    _OLE: OBJECT,
    _ART: WORD_ART,
}


@dataclass(slots=True)
class Unread:
    """What was passed over so far, by kind: how often, and where first."""

    counts: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)

    def note(self, kind: str, place: str) -> None:
        """Remember one more of a kind at a place."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.places.setdefault(kind, place)

    def note_text(self, kind: str, text: str, place: str) -> None:
        """Remember text that nobody sees; blanks do not count."""
        text = text.strip()
        if text:
            self.note(kind, f"{place + '，' if place else ''}“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”")

    def note_thing(self, thing: etree._Element, place: str, *, body: bool) -> None:
        """Remember a picture, an object or a formula; word art behind a page is a watermark and no text."""
        kind = kind_of(thing)
        if kind and (body or kind != WORD_ART):
            self.note(kind, place)

    def note_external(self, relations: Iterable[Relation]) -> None:
        """Remember what a part fetches from elsewhere; docgen never does, a link to click on is nothing of that."""
        for relation in relations:
            if not relation.external or relation.kind in _HARMLESS:
                continue
            if relation.kind == "attachedTemplate" and not relation.target.lower().startswith(_REMOTE):
                continue
            name = _EXTERNAL.get(relation.kind, relation.kind)
            self.other.append(f"外部{name}（{relation.target[:60]}）：不在文件里，没有读取")

    def told(self) -> tuple[str, ...]:
        """One line for each kind, with the reason."""
        lines = []
        for kind, count in self.counts.items():
            place = self.places[kind]
            where = f"（{place}{' 等' if count > 1 else ''}）" if place else ""
            lines.append(f"{kind} {count} 处{where}：{_REASONS[kind]}")
        return (*lines, *dict.fromkeys(self.other))


def kind_of(thing: etree._Element) -> str:
    """What a drawing, object or formula is; empty where it is only a shape or the frame of a text box."""
    if thing.tag in FORMULAS:
        return FORMULA
    for each in thing.iter(*_TELLING):
        if next(each.iterancestors(FALLBACK), None) is not None:
            continue
        if each.tag == _OLE:
            return FORMULA if each.get("ProgID", "").startswith("Equation") else OBJECT
        if each.tag == _ART and not each.get("string"):
            continue
        if each.tag.endswith("imagedata") and next(thing.iter(_OLE), None) is not None:
            continue
        return _TELLING[each.tag]
    return ""
