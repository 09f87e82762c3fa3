"""What a template must not carry: macros, linked files, commands to fetch data, somebody's tracked changes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from docgen.errors import TemplateError
from docgen.word.package import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, Package, Part
from docgen.word.parts import RELATIONSHIPS, TYPES, parse, relationships_of, serialize
from docgen.word.text import MAIN, w

_SETTINGS = "word/settings.xml"
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
# What fetches or starts something wherever it stands in a field, and what does so where the field begins with it.
_COMMANDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE)\b", re.IGNORECASE)
_FIRST_WORDS = re.compile(
    r"\s*(LINK|EMBED|INCLUDE|RD|MACROBUTTON|PRINT|CONTROL|ADDIN|HTMLCONTROL)(?:\s|$)", re.IGNORECASE
)
# A picture that is fetched when the file is opened, whatever its relationship pretends to be.
_LINKED = re.compile(
    rb"<(?:\w+:)?blip\s[^>]*\blink\s*=|<(?:\w+:)?(?:imagedata|fill|stroke)\s[^>]*\b(?:src|href|althref)\s*="
)
# A field whose command is not written out: tags or other fields would make the word that it begins with.
_MADE_UP = re.compile(r"\s*[A-Za-z]*[\0{｛]")
_NESTED = "\0"
# Where links may lead: what begins otherwise may start a program, or send the user's password to a file server.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|[\\/]{2}", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "tel"})
_HYPERLINK = re.compile(r"\s*HYPERLINK\s+\"?\s*([^\s\"]+)", re.IGNORECASE)
_MERGED = (b"<w:mailMerge>", b"<w:mailMerge ")
_CHANGES = (b"<w:ins ", b"<w:del ", b"<w:moveFrom ", b"<w:moveTo ", b"<w:pPrChange ", b"<w:rPrChange ")
# Personal data and leftovers of the author's machine: nothing that belongs into a contract.
_DROPPED = ("custom-properties", "thumbnail", "digital-signature/origin", "comments", "commentsExtended", "commentsIds",
            "commentsExtensible", "people", "attachedTemplate", "customXml", "keyMapCustomizations")  # fmt: skip
# Objects and controls of other programs (OLE, ActiveX), macros under whatever name, mail merge.
_PROGRAMS = frozenset(
    {"oleObject", "control", "activeXControlBinary", "vbaProject", "wordVbaData", "mailMergeSource",
     "mailMergeHeaderSource", "recipientData", "subDocument", "frame", "extensibility", "webextension",
     "webextensiontaskpanes"}
)  # fmt: skip
_OBJECTS = (b"OLEObject ", b"<w:control ")
_PROGRAM_FILES = (".exe", ".dll", ".vbs", ".js", ".bat", ".cmd", ".ps1", ".scr", ".lnk")
# The noncharacters U+FDD0 to U+FDEF, as bytes or as references.
_RESERVED = re.compile(rb"\xef\xb7[\x90-\xaf]|&#(?:[xX]0*[fF][dD][dDeE][0-9a-fA-F]|0*(?:649[7-9][0-9]|6500[0-7]));")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OTHER_ENCODING = re.compile(rb"""\s*<\?xml[^>]*encoding=["'](?![uU][tT][fF]-8["'])""")


@dataclass(frozen=True, slots=True)
class Danger:
    """Why a file cannot be a template, said of it, and what to do; `broken` if nothing can be read of it."""

    said: str
    hint: str | None = None
    broken: bool = False

    def error(self, shown: str) -> TemplateError:
        """The exception that refuses the file shown under that name."""
        return TemplateError(f"{shown}{self.said}", hint=self.hint)


def refuse_hostile(package: Package, shown: str) -> None:
    """Raise a TemplateError where the file could do or fetch something by itself, or holds docgen's own marks."""
    for danger in hostile(package):
        raise danger.error(shown)


def hostile(package: Package) -> Iterator[Danger]:
    """What of the file could do or fetch something by itself, is broken, or would pass for docgen's own marks."""
    if package.carries_macros:
        yield Danger("带有宏（VBA），不能使用。", "请另存为 .docx。")
    for part in package:
        if ".." in part.name.split("/") or "\\" in part.name:
            yield Danger(f"里有名称不正当的部件：{part.name}。", "请在 Word 中打开后另存。", broken=True)
        if part.name.lower().endswith(_PROGRAM_FILES):
            yield Danger(f"里有程序文件：{part.name}。", "请删去它。")
        if part.name.endswith((".xml", ".rels")):
            yield from _hostile_part(part)


def _hostile_part(part: Part) -> Iterator[Danger]:
    head = part.data[:4096]
    if part.data.startswith(_UTF_16) or _OTHER_ENCODING.match(head):
        yield Danger(f"的 {part.name} 不是 UTF-8 编码。", "请在 Word 中打开后另存。", broken=True)
    elif _DECLARED.search(head):
        yield Danger(f"的 {part.name} 带有 DTD 声明，不予读取。", broken=True)
    else:
        if (b"\xef\xb7" in part.data or b"&#" in part.data) and _RESERVED.search(part.data):
            yield Danger("里有 U+FDD0 至 U+FDEF 之间的非字符，不能使用。", broken=True)
        yield from _broken_part(part)


def _command(root: etree._Element) -> str | None:
    """A command in the fields of a part that would fetch or start something, however Word has cut it up."""
    told = list(_instructions(root))
    found = [_COMMANDS.search(text) or _FIRST_WORDS.match(text) for text in told]
    # What stands outside of any field, and commands cut in a way that Word itself does not.
    found += [_COMMANDS.search("".join(told)), _COMMANDS.search(" ".join(told))]
    command = next((match[1] for match in found if match is not None), None)
    made_up = (text.replace(_NESTED, "…").strip() for text in told if _MADE_UP.match(text))
    links = (match[1] for text in told if (match := _HYPERLINK.match(text)) and leads_astray(match[1]))
    return command or next(made_up, None) or next(links, None)


def leads_astray(target: str) -> bool:
    """Whether a link may lead elsewhere than to a page, a mailbox or a file beside this one."""
    match = _SCHEME.match(target.strip())
    return match is not None and (match[1] or "").lower() not in _SCHEMES


def _instructions(root: etree._Element) -> Iterator[str]:
    """What each field of a part is told to do."""
    open_fields: list[list[str]] = [[]]
    for element in root.iter(w("fldChar"), w("instrText"), w("fldSimple")):
        kind = element.get(w("fldCharType"))
        if element.tag == w("fldSimple"):
            yield element.get(w("instr")) or ""
        elif element.tag == w("instrText"):
            open_fields[-1].append(element.text or "")
        elif kind == "begin":
            if len(open_fields) > 1:
                open_fields[-1].append(_NESTED)
            open_fields.append([])
        elif kind == "end" and len(open_fields) > 1:
            yield "".join(open_fields.pop())
    for left in open_fields:
        yield "".join(left)


def _broken_part(part: Part) -> Iterator[Danger]:
    # Also parts that docgen only passes on: Word would not open a file with one of them broken.
    try:
        tree = parse(part.data).getroottree()
    except etree.XMLSyntaxError:
        yield Danger(f"的 {part.name} 已损坏，不能读取。", "请在 Word 中打开后另存。", broken=True)
        return
    if tree.docinfo.internalDTD is not None:
        yield Danger(f"的 {part.name} 带有 DTD 声明，不予读取。", broken=True)
    if b"instr" in part.data and (command := _command(tree.getroot())) is not None:
        yield Danger(f"有会自动取用外部数据的域（{command}），不能使用。", "请删去该域。")
    if any(mark in part.data for mark in _OBJECTS):
        yield Danger("嵌入了其他程序的对象或控件。", "请删去它，把要用的内容写成文字、表格或图片。")
    if any(mark in part.data for mark in _MERGED):
        yield Danger("是邮件合并的主文档，会自动取用外部数据，不能使用。", "请在 Word 的“邮件”中改回普通文档。")
    if _LINKED.search(part.data):
        yield Danger("有链接到文件之外的图片，不能使用。", "请把图片嵌入模板。")


def refuse_unreadable(package: Package, body: str, shown: str) -> None:
    """Raise a TemplateError where the template is no ordinary Word file, or holds changes nobody decided on."""
    for danger in unreadable(package[body]):
        raise danger.error(shown)


def unreadable(body: bytes) -> Iterator[Danger]:
    """What makes the text of a file unfit for a template: another kind of XML, changes that nobody decided on."""
    if f'xmlns:w="{MAIN}"'.encode() not in body:
        hint = "请在 Word 中另存为“Word 文档 (*.docx)”。"
        yield Danger("不是通常的 .docx 格式（可能是 Strict Open XML）。", hint, broken=True)
    elif any(change in body for change in _CHANGES):
        yield Danger("里有未处理的修订。", "请在 Word 中接受或拒绝全部修订后再用。")


def without_traces(package: Package, name: str) -> Package:
    """The package without personal data and comments; a TemplateError where it links to other files."""
    dropped: set[str] = set()
    changes: dict[str, bytes | None] = {}
    for part in package:
        if part.name.endswith(".rels"):
            data = _without_traces(part.name, part.data, dropped, name)
            if data is not None:
                changes[part.name] = data
    dropped |= {part.name for part in package if part.name.startswith("customXml/")}
    for part_name in dropped & set(package.names):
        changes[part_name] = None
        if relationships_of(part_name) in package:
            changes[relationships_of(part_name)] = None
    if _SETTINGS in package and b"attachedTemplate" in package[_SETTINGS]:
        changes[_SETTINGS] = _without_attached(package[_SETTINGS])
    package = package.replaced(changes)
    return package.replaced({CONTENT_TYPES: _typed(package)})


def _without_traces(rels: str, data: bytes, dropped: set[str], name: str) -> bytes | None:
    """The relationships without those that are dropped (their targets are added to `dropped`), None if all stay."""
    root = parse(data)
    owner = "" if rels == PACKAGE_RELATIONSHIPS else rels.rpartition("/_rels/")[0] + "/"
    for relation in list(root.iter(f"{{{RELATIONSHIPS}}}Relationship")):
        kind = relation.get("Type", "").rpartition("/relationships/")[2] or relation.get("Type", "")
        external = relation.get("TargetMode") == "External"
        if _is_dropped(kind):
            if not external:
                dropped.add(_target(owner, relation.get("Target", "")))
            root.remove(relation)
        elif (danger := _fetched(relation, kind)) is not None:
            raise danger.error(f"模板“{name}”")
    return serialize(root) if len(root) != data.count(b"<Relationship ") else None


def unattached(package: Package) -> Package:
    """The package without what Word would fetch from elsewhere when it opens the file, the template it was made by."""
    changes: dict[str, bytes | None] = {}
    for part in package:
        if part.name.endswith(".rels") and b"xternal" in part.data:
            root = parse(part.data)
            gone = [item for item in root if _is_dropped(item.get("Type", "").rpartition("/relationships/")[2])]
            gone = [item for item in gone if item.get("TargetMode", "").lower() == "external"]
            for item in gone:
                root.remove(item)
            changes |= {part.name: serialize(root)} if gone else {}
    if changes and _SETTINGS in package and b"attachedTemplate" in package[_SETTINGS]:
        changes[_SETTINGS] = _without_attached(package[_SETTINGS])
    return package.replaced(changes) if changes else package


def linked(package: Package) -> Iterator[Danger]:
    """What the file would fetch from elsewhere or holds of a foreign kind, apart from what is dropped anyway."""
    for part in package:
        if part.name.endswith(".rels"):
            for relation in parse(part.data).iter(f"{{{RELATIONSHIPS}}}Relationship"):
                kind = relation.get("Type", "").rpartition("/relationships/")[2] or relation.get("Type", "")
                danger = None if _is_dropped(kind) else _fetched(relation, kind)
                if danger is not None:
                    yield danger


def _is_dropped(kind: str) -> bool:
    return kind in _DROPPED or kind.rpartition("/")[2] in _DROPPED


def _fetched(relation: etree._Element, kind: str) -> Danger | None:
    target = relation.get("Target", "")
    on_web = target.lower().startswith(("http:", "https:", "mailto:"))
    programs = kind.rpartition("/")[2] in _PROGRAMS or (target.lower().endswith(_PROGRAM_FILES) and not on_web)
    if programs or (kind == "hyperlink" and leads_astray(target)):
        what = "链接到不许可的地方" if kind == "hyperlink" and not programs else "嵌入了其他程序的对象或控件"
        return Danger(f"{what}：{target}", "请删去它，把要用的内容写成文字、表格或图片。")
    outside = relation.get("TargetMode", "").lower() == "external" or _SCHEME.match(target) is not None
    if kind.lower() != "afchunk" and (not outside or kind == "hyperlink"):
        return None
    return Danger(f"引用了外部文件或嵌入的外来内容：{relation.get('Target')}", "请把内容直接放进模板。")


def _target(owner: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(owner + target)


def _without_attached(settings: bytes) -> bytes:
    root = parse(settings)
    for element in list(root.iter(w("attachedTemplate"))):
        root.remove(element)
    return serialize(root)


def _typed(package: Package) -> bytes:
    """The content types without those of parts that are gone."""
    root = parse(package[CONTENT_TYPES])
    names = {f"/{part}".lower() for part in package.names}
    gone = [item for item in root.iter(f"{{{TYPES}}}Override") if item.get("PartName", "").lower() not in names]
    for item in gone:
        root.remove(item)
    return serialize(root) if gone else package[CONTENT_TYPES]
