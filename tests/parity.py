"""docxtpl's own examples through both engines: `nox -s parity`, or `python -m tests.parity FOLDER-OF-THE-COPY`.

Every example script is run twice, once with docxtpl as it is and once with docgen's `render_file` behind the same
class. Both files have to hold the same paragraphs with the same properties, every character in the same format, in
the same tables, rows and cells, in body, headers, footers and notes; and the same properties of the file.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docxtpl
import jinja2
from docxtpl.subdoc import Subdoc
from lxml import etree

from docgen.errors import TemplateError
from docgen.template import plain_ways
from docgen.template.plain import render_file
from docgen.word.package import read_package
from docgen.word.parts import parse
from docgen.word.text import w

# Scripts that render no document to be compared: they list fields, run other scripts, or show an error.
OTHERS = {"__init__.py", "runtests.py", "get_undeclared_variables.py"}
# Fields that a template asks for and its script does not give: docxtpl prints nothing for them, docgen says so.
MISSING: dict[str, dict[str, str]] = {"custom_jinja_filters_tpl.docx": {"doc_no": ""}}
# What docgen refuses on purpose, and why.
REFUSED: dict[str, str] = {"template_error.py": "模板有语法错误：两个引擎都不生成"}
_BUILT_IN = frozenset(jinja2.Environment().filters)
_SHOWN = {w("t"): None, w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("drawing"): "\ufffc", w("object"): "\ufffc"}
_HELD = frozenset({w("gridSpan"), w("vMerge"), w("shd")})
_BLOCKS = {w(name): name for name in ("tbl", "tr", "tc", "sdt", "sectPr", "txbxContent")}


class Ours(docxtpl.DocxTemplate):
    """docxtpl's class with docgen behind it."""

    def render(self, context: dict[str, Any], jinja_env: Any = None, autoescape: bool = False) -> None:
        """Keep what is to be rendered."""
        own = {} if jinja_env is None else jinja_env.filters
        self.asked = context, {name: apply for name, apply in own.items() if name not in _BUILT_IN}

    def save(self, filename: Any, *_: Any) -> None:
        """Write the file that docgen makes."""
        context, filters = self.asked
        bound = self.docx is not None or _holds_pictures(context) or self._replaces()
        template = _original(self) if bound else self.template_file
        missing = MISSING.get(Path(str(self.template_file)).name, {})
        data = render_file(template, {**context, **missing}, filters=filters)
        Path(filename).write_bytes(data) if isinstance(filename, (str, os.PathLike)) else filename.write(data)

    def _replaces(self) -> bool:
        return any((self.pics_to_replace, self.crc_to_new_media, self.crc_to_new_embedded, self.zipname_to_replace))


def _original(template: Ours) -> docxtpl.DocxTemplate:
    """The same template, rendered by docxtpl when it is asked."""
    template.__class__ = Theirs
    return template


class Theirs(docxtpl.DocxTemplate):
    """docxtpl's class as it is."""


def _holds_pictures(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_holds_pictures, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_holds_pictures, value))
    return isinstance(value, (docxtpl.InlineImage, Subdoc))


def outputs(copy: Path, script: str, engine: type) -> dict[str, bytes]:
    """The files that an example writes with that class."""
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copytree(copy / "tests", scratch, dirs_exist_ok=True)
        shutil.rmtree(Path(scratch) / "output", ignore_errors=True)
        (Path(scratch) / "output").mkdir()
        before, kept = Path.cwd(), docxtpl.DocxTemplate
        os.chdir(scratch)
        docxtpl.DocxTemplate = engine
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                _run(script, engine)
        finally:
            os.chdir(before)
            docxtpl.DocxTemplate = kept
        return {path.name: path.read_bytes() for path in sorted((Path(scratch) / "output").glob("*.docx"))}


def _run(script: str, engine: type) -> None:
    if script != "module_execute.py":
        runpy.run_path(script, run_name="__main__")
        return
    # It starts docxtpl's own command, which does no more than this.
    template = engine("templates/module_execute_tpl.docx")
    template.render(json.loads(Path("templates/module_execute.json").read_text(encoding="utf-8")))
    template.save("output/module_execute.docx")


def shape(data: bytes) -> dict[str, list[Any]]:
    """What a file holds, part by part: blocks, paragraphs, and characters with their formats."""
    package = read_package(data)
    parts = [part for part in package if part.name.startswith("word/") and part.name.endswith(".xml")]
    told = ("document", "header", "footer", "footnotes", "endnotes")
    shapes = {
        part.name: list(_blocks(parse(part.data))) for part in parts if part.name.removeprefix("word/").startswith(told)
    }
    core = parse(package["docProps/core.xml"]) if "docProps/core.xml" in package else ()
    # docxtpl adds those that are not there, empty.
    said = ((element.tag.rpartition("}")[2], element.text) for element in core)
    shapes["properties"] = sorted((name, text) for name, text in said if text and name != "modified")
    media = [part for part in package if "/media/" in part.name or "/embeddings/" in part.name]
    shapes["media"] = [shape(part.data) if part.name.endswith(".docx") else part.data for part in media]
    return {name: listed for name, listed in shapes.items() if listed}


def _blocks(element: etree._Element) -> Iterator[Any]:
    for child in element.iterchildren(etree.Element):
        if child.tag == w("p"):
            yield ("p", _properties(child.find(w("pPr"))), list(_characters(child)))
        elif child.tag == w("tcPr"):
            # In whatever order: docxtpl adds some where the schema does not have them.
            yield ("tcPr", sorted(_properties(kept) for kept in child if kept.tag in _HELD))
        elif child.tag == w("tc") and _is_hidden(child):
            # Merged into the cell above; docxtpl leaves its text there where it stands in another run than the tag.
            yield ("tc", "hidden")
        elif child.tag in _BLOCKS:
            yield (_BLOCKS[child.tag], list(_blocks(child)))
        else:
            yield from _blocks(child)


def _is_hidden(cell: etree._Element) -> bool:
    merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return merged is not None and merged.get(w("val"), "continue") == "continue"


def _characters(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Each stretch of characters of one format, however many runs it is split into."""
    last: tuple[str, str] | None = None
    for run in paragraph.iter(w("r")):
        form = _properties(run.find(w("rPr")))
        for element in run:
            if element.tag not in _SHOWN:
                continue
            text = _SHOWN[element.tag]
            text = (element.text or "") if text is None else text
            if element.tag == w("br") and element.get(w("type")) == "page":
                text = "\f"
            if last is not None and last[1] == form:
                last = last[0] + text, form
            else:
                if last is not None and last[0]:
                    yield last
                last = text, form
    if last is not None and last[0]:
        yield last


def _properties(element: etree._Element | None) -> str:
    if element is None or (not len(element) and not element.attrib):
        return ""
    return etree.tostring(element, method="c14n", exclusive=True).decode()


def compared(copy: Path, script: str) -> tuple[bool, str]:
    """Whether both engines make the same of an example, and how docgen made it or what differs."""
    way = []
    kept = plain_ways.by_docxtpl

    def noted(*given: Any) -> bytes:
        way.append(script)
        return kept(*given)

    theirs = outputs(copy, script, docxtpl.DocxTemplate)
    plain_ways.by_docxtpl = noted
    try:
        ours = outputs(copy, script, Ours)
    except TemplateError as error:
        return script in REFUSED, REFUSED.get(script, f"docgen 拒绝：{error}")
    finally:
        plain_ways.by_docxtpl = kept
    for name, data in theirs.items():
        if name not in ours:
            return False, f"没有 {name}"
        one, other = shape(data), shape(ours[name])
        for part in {**one, **other}:
            if one.get(part) != other.get(part):
                return False, f"{name} 的 {part}：{_first(one.get(part, []), other.get(part, []))}"
    return True, f"{len(theirs)} 份文件相同，" + ("经 docxtpl" if way else "docgen 自己")


def _first(one: Any, other: Any) -> str:
    """Where two shapes begin to differ."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        for left, right in zip(one, other, strict=False):
            if left != right:
                return _first(left, right)
        return f"{len(one)} 项 ≠ {len(other)} 项：{[*one, *other][-1]!r:.300}"
    return f"{one!r:.400} ≠ {other!r:.400}"


def main(copy: str) -> int:
    """Compare all examples; one line each."""
    failed = own = 0
    scripts = sorted(path.name for path in (Path(copy) / "tests").glob("*.py") if path.name not in OTHERS)
    for script in scripts:
        same, said = compared(Path(copy), script)
        failed += not same
        own += said.endswith("docgen 自己")
        print(f"{'相同' if same else '不同'}  {script:38} {said}", flush=True)
    print(f"{len(scripts)} 个例子，{failed} 个不同；docgen 自己 {own} 个，经 docxtpl {len(scripts) - failed - own} 个")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
