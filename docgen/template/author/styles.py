"""The house styles: the word an author writes for each, its name in Word, and its look after GB/T 9704."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docgen.template.author.xml import element, flag

FANGSONG = ("仿宋_GB2312", "Times New Roman")
KAITI = ("楷体_GB2312", "Times New Roman")
HEITI = ("黑体", "黑体")
SONGTI = ("宋体", "宋体")
BIAOSONG = ("方正小标宋简体", "Times New Roman")

PITCH = 579  # 28.95 pt: 22 lines to a page of 225 mm
TIGHT = -5  # -0.25 pt: 28 characters of 16 pt to a line of 156 mm

JUSTIFICATION = {"左": "left", "中": "center", "右": "right", "两端": "both"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: `word` in the markup, `id` in the file, `name` in Word.

    Sizes are half points, lengths twips, indents hundredths of a character.
    """

    word: str
    id: str
    name: str
    font: tuple[str, str] = FANGSONG
    size: int = 32
    align: str = "两端"
    line: int = PITCH
    indent: int = 0
    left: int = 0
    right: int = 0
    before: int = 0
    after: int = 0
    bold: bool = False
    keep: bool = False
    outline: int | None = None
    based: str | None = "Normal"
    alias: str | None = None
    following: str | None = None
    color: str | None = None
    built_in: bool = False

    @property
    def spacing(self) -> int:
        """The change of the distance between characters, for text of the size that the grid is made for."""
        return TIGHT if self.size == 32 else 0


TEXT_CELL, HEAD_CELL, SIGN_CELL = CELL_FAMILIES = ("表格文字", "表头", "签署栏")
CELL_SIZES = {"大": ("Large", 28, 440), "中": ("", 24, 360), "小": ("Small", 21, 300)}


def _cell_styles() -> tuple[Style, ...]:
    styles = []
    for word, (suffix, size, line) in CELL_SIZES.items():
        name = "" if word == "中" else word
        text = Style(f"{TEXT_CELL}{word}", f"TableText{suffix}", f"表格文字{name}", size=size, align="左", line=line)
        head = replace(text, word=f"{HEAD_CELL}{word}", id=f"TableHead{suffix}", name=f"表头文字{name}", font=HEITI)
        sign = replace(text, word=f"{SIGN_CELL}{word}", id=f"SignBlock{suffix}", name=f"签署栏{name}", keep=True)
        styles += [text, replace(head, align="中", keep=True), sign]
    return tuple(styles)


_BODY = "ContractBody"

# fmt: off
STYLES: tuple[Style, ...] = (
    Style("Normal", "Normal", "Normal", based=None, built_in=True),
    Style("封面编号", "CoverNumber", "封面编号", align="右", after=1200),
    Style("封面标题", "CoverTitle", "封面标题", BIAOSONG, 72, "中", 960, before=1600, after=600),
    Style("封面题名", "CoverName", "封面题名", BIAOSONG, 44, "中", 720, left=640, right=640, after=1000),
    Style("封面项", "CoverItem", "封面项", size=32, align="左", line=720, left=640, right=640),
    Style("封面日期", "CoverDate", "封面日期", align="中", before=1400),
    Style("标题", "Title", "Title", BIAOSONG, 44, "中", 720, left=640, right=640, before=240, after=PITCH,
          keep=True, alias="文件标题", following=_BODY, built_in=True),
    Style("副标题", "Subtitle", "Subtitle", KAITI, align="中", after=PITCH, keep=True, alias="文件副标题",
          following=_BODY, built_in=True),
    Style("附件号", "AnnexLabel", "附件号", HEITI, align="左", keep=True, following="Title"),
    Style("章", "Chapter", "章标题", HEITI, align="中", before=240, after=120, keep=True, outline=0, based="Heading1",
          following=_BODY),
    Style("一级", "Heading1", "heading 1", HEITI, indent=200, keep=True, outline=0, alias="一级标题", following=_BODY,
          built_in=True),
    Style("条", "Article", "条标题", HEITI, indent=200, keep=True, outline=0, based="Heading1", following=_BODY),
    Style("二级", "Heading2", "heading 2", KAITI, indent=200, keep=True, outline=1, alias="二级标题", following=_BODY,
          built_in=True),
    Style("三级", "Heading3", "heading 3", indent=200, bold=True, keep=True, outline=2, alias="三级标题",
          following=_BODY, built_in=True),
    Style("正文", _BODY, "合同正文", indent=200),
    Style("顶格", "ContractFlush", "合同正文顶格"),
    Style("居中", "ContractCentred", "合同正文居中", align="中"),
    Style("小标题", "SmallHeading", "小标题", HEITI, 24, indent=200, line=440, keep=True, outline=1, based="Heading2",
          following="SmallBody"),
    Style("小正文", "SmallBody", "小正文", size=24, indent=200, line=440),
    Style("小顶格", "SmallFlush", "小正文顶格", size=24, line=440),
    Style("表题", "TableCaption", "表题", HEITI, 28, "中", 500, before=120, keep=True),
    Style("单位", "TableUnit", "表格单位", size=24, align="右", line=400, keep=True),
    Style("表注", "TableNote", "表注", size=21, line=320, before=60, after=120),
    Style("落款", "SignOff", "落款", align="左", keep=True),
    Style("落款右", "SignOffRight", "落款右", align="右", right=640, keep=True),
    *_cell_styles(),
    Style("标记", "TemplateTag", "模板标记", ("仿宋_GB2312", "Consolas"), 21, "左", 320, color="5B7083"),
    Style("分页", "PageBreak", "分页", size=2, line=20),
    Style("分节", "SectionEnd", "分节", size=2, line=20),
    Style("页眉", "Header", "header", size=21, align="右", line=320, built_in=True),
    Style("页脚", "Footer", "footer", SONGTI, 21, "中", 320, built_in=True),
    Style("页码单", "PageNumberOdd", "页码（单页）", SONGTI, 28, "右", 320, right=280, based="Footer"),
    Style("页码双", "PageNumberEven", "页码（双页）", SONGTI, 28, "左", 320, left=280, based="Footer"),
)
# fmt: on

# Words that an author may put before a paragraph; the rest are set by the place a paragraph stands in.
_PLACED = {"标记", "分页", "分节", "页眉", "页脚", "页码单", "页码双"}
_IN_CELLS = {f"{family}{size}" for family in CELL_FAMILIES for size in CELL_SIZES}
PARAGRAPH_WORDS = frozenset(known.word for known in STYLES) - _PLACED - _IN_CELLS


def style(word: str) -> Style:
    """The house style with that word in the markup."""
    return next(known for known in STYLES if known.word == word)


def styles_xml() -> str:
    """The part word/styles.xml."""
    return element("w:styles", _defaults(), *map(_paragraph_style, STYLES), _CHARACTER_STYLE, *_table_styles())


def fonts(east: str, ascii_: str) -> str:
    """The w:rFonts element of a pair of fonts for Chinese and for Latin text."""
    return element("w:rFonts", ascii=ascii_, hAnsi=ascii_, eastAsia=east, cs="Times New Roman")


def _defaults() -> str:
    language = element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    run = element("w:rPr", fonts(*FANGSONG), _size(32), language)
    paragraph = element("w:pPr", flag("w:widowControl", on=True))
    return element("w:docDefaults", element("w:rPrDefault", run), element("w:pPrDefault", paragraph))


def _paragraph_style(s: Style) -> str:
    return element(
        "w:style",
        element("w:name", val=s.name),
        element("w:aliases", val=s.alias) if s.alias else "",
        element("w:basedOn", val=s.based) if s.based else "",
        element("w:next", val=s.following) if s.following else "",
        element("w:qFormat") if s.word in PARAGRAPH_WORDS else "",
        _paragraph_properties(s),
        _run_properties(s),
        type="paragraph",
        styleId=s.id,
        default="1" if s.id == "Normal" else None,
        customStyle=None if s.built_in else "1",
    )


def _paragraph_properties(s: Style) -> str:
    # Every value is given in every style: what a style looks like must not depend on what it is based on.
    return element(
        "w:pPr",
        flag("w:keepNext", on=s.keep),
        flag("w:keepLines", on=s.outline is not None),
        flag("w:widowControl", on=True),
        flag("w:snapToGrid", on=False),
        element("w:spacing", before=s.before, after=s.after, line=s.line, lineRule="exact"),
        _indent(s),
        element("w:jc", val=JUSTIFICATION[s.align]),
        element("w:outlineLvl", val=9 if s.outline is None else s.outline),
    )


def _indent(s: Style) -> str:
    first = s.indent * (s.size * 10 + s.spacing) // 100
    return element("w:ind", left=s.left, right=s.right, firstLineChars=s.indent, firstLine=first)


def _run_properties(s: Style) -> str:
    return element(
        "w:rPr",
        fonts(*s.font),
        flag("w:b", on=s.bold),
        flag("w:bCs", on=s.bold),
        element("w:color", val=s.color) if s.color else "",
        element("w:spacing", val=s.spacing),
        _size(s.size),
    )


def _size(half_points: int) -> str:
    return element("w:sz", val=half_points) + element("w:szCs", val=half_points)


_CHARACTER_STYLE = element(
    "w:style",
    element("w:name", val="Default Paragraph Font"),
    element("w:uiPriority", val=1),
    element("w:semiHidden"),
    type="character",
    styleId="DefaultParagraphFont",
    default="1",
)

BORDERED, BORDERLESS = "ContractTable", "LayoutTable"
BORDERED_NAME, BORDERLESS_NAME = "合同表格", "布局表格"


def _table_styles() -> tuple[str, ...]:
    plain = _table_style("TableNormal", "Normal Table", "", "")
    edges = "".join(
        element(f"w:{edge}", val="single", sz=4, space=0, color="auto")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    ruled = _table_style(BORDERED, BORDERED_NAME, element("w:tblBorders", edges), "center")
    return plain, ruled, _table_style(BORDERLESS, BORDERLESS_NAME, "", "top")


def _table_style(style_id: str, name: str, borders: str, vertical: str) -> str:
    built_in = style_id == "TableNormal"
    top, side = (0, 108) if built_in else (40, 85)
    margins = (("top", top), ("left", side), ("bottom", top), ("right", side))
    cells = "".join(element(f"w:{edge}", w=width, type="dxa") for edge, width in margins)
    return element(
        "w:style",
        element("w:name", val=name),
        "" if built_in else element("w:basedOn", val="TableNormal"),
        element("w:uiPriority", val=99) if built_in else "",
        element("w:semiHidden") if built_in else "",
        element("w:tblPr", element("w:tblInd", w=0, type="dxa"), borders, element("w:tblCellMar", cells)),
        element("w:tcPr", element("w:vAlign", val=vertical)) if vertical else "",
        type="table",
        styleId=style_id,
        default="1" if built_in else None,
        customStyle=None if built_in else "1",
    )
