"""Strict YAML: a data file as a tree of texts, each with its place, and every slip in it as a finding.

Every scalar stays the text that was typed (010 is not 8, 否 is not False); keys are unique; anchors, aliases,
merge keys, tags and further documents are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docgen.contract.shadow import Edit, Shadow
from docgen.contract.source_text import TITLES, SourceText, frame, read_text
from docgen.contract.tree import Node, build_tree
from docgen.findings import Finding, in_order

__all__ = ["TITLES", "Node", "frame", "read_source"]

# A mend made in the same line cannot have caused these.
_SURE = ("F118", "F119")
_REFUSED = r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"


def read_source(path: Path, shown: str | None = None, *, list_too: bool = False) -> tuple[Node | None, list[Finding]]:
    """The tree of a data file and the findings on the way; no tree where the text cannot be made out as a whole.

    A slip whose meaning is plain (甲方：X for 甲方: X) is an error, yet reading goes on as if it were mended, so
    that the faults behind it are found in the same run: a tree that comes with errors is for checking only.
    With `list_too` the root may be a list as well: a file that stands for a part of another one.
    """
    roots = ("mapping", "sequence") if list_too else ("mapping",)
    source, findings = read_text(path, shown or str(path))
    if not source.text.strip("\ufeff \t\r\n"):
        return None, [*findings, source.finding("F102", 0, "文件里没有内容。", hint="请填写数据，或指定另一个文件。")]
    controls = list(_control_characters(source))
    findings += (finding for finding, _ in controls)
    tree, found = _parse(source, [edit for _, edit in controls], roots)
    return tree, in_order([*findings, *found])


def _parse(source: SourceText, edits: list[Edit], roots: tuple[str, ...]) -> tuple[Node | None, list[Finding]]:
    """The tree; where the parser cannot go on, once more with the slips mended."""
    built = build_tree(source, Shadow.of(source.text, edits))
    if built.tree is not None and built.tree.kind in roots and not built.doubtful:
        return built.tree, built.findings
    if any(finding.rule == "F104" for finding in built.findings):
        # No slip nests as deep as that, and to look for one in such a text would take minutes.
        return None, built.findings
    return _mended(source, edits, roots)


def _mended(source: SourceText, edits: list[Edit], roots: tuple[str, ...]) -> tuple[Node | None, list[Finding]]:
    from docgen.contract.slips import find_slips
    from docgen.contract.syntax import syntax_faults

    slips = find_slips(source)
    shadow = Shadow.of(source.text, [*edits, *(slip.edit for slip in slips)])
    built = build_tree(source, shadow)
    findings = [*(slip.finding for slip in slips), *built.findings]
    if not built.refused:
        return _rooted(source, built.tree, findings, roots)
    told = {slip.finding.place.line for slip in slips}
    faults = syntax_faults(source, shadow)
    return None, [*findings, *(fault for fault in faults if fault.rule in _SURE or fault.place.line not in told)]


def _rooted(
    source: SourceText, tree: Node | None, findings: list[Finding], roots: tuple[str, ...]
) -> tuple[Node | None, list[Finding]]:
    """The tree if it holds keys at its root; a finding otherwise."""
    if tree is None and not findings:
        return None, [source.finding("F102", 0, "文件里只有注释，没有内容。", hint="请填写数据，或指定另一个文件。")]
    if tree is None or tree.kind in roots:
        return tree, findings
    found = "一段文字" if tree.kind == "scalar" else "一个列表"
    message = f"数据文件的最外层应当是“键: 值”，这里却是{found}。"
    hint = "请检查冒号是否为半角、后面是否有空格。"
    return None, [*findings, source.finding("F135", tree.start, message, expected="键: 值", hint=hint)]


def _control_characters(source: SourceText) -> Iterator[tuple[Finding, Edit]]:
    # The pattern takes longer to make than all other work on a file, and hardly any file needs it.
    if _printable(source.text):
        return
    for match in re.finditer(_REFUSED, source.text):
        message = f"含有不可见的控制字符 U+{ord(match[0]):04X}。"
        finding = source.finding("F103", match.start(), message, hint="请删去它；它可能是从别处粘贴带来的。")
        yield finding, Edit(match.start(), match.end(), " ")


def _printable(text: str) -> bool:
    """Whether a text holds nothing but what is printed, and the blanks that data files have."""
    for blank in "\t\n\r\u3000\xa0":
        text = text.replace(blank, " ")
    return text.isprintable()
