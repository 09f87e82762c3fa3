"""The template engine beside its peers, on the same template and data: the second half of `nox -s bench`.

Peers: docxtpl as people write it, and carbone where Node is there (DOCGEN_CARBONE names the folder of its modules).
"""

from __future__ import annotations

import gc
import importlib.metadata
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate

from docgen.template.compile import compile_template
from docgen.template.plain import render_file
from docgen.template.render import render
from docgen.word.deflate import VARIABLE

ROOT = Path(__file__).resolve().parent.parent
CARBONE = "DOCGEN_CARBONE"
ROWS = (20, 200, 2000)
# What is promised: docxtpl, docxtpl with the faster deflate, carbone; then the cold process.
WARM = {20: (25, 45, 5), 200: (13, 25, 3), 2000: (12, 20, 2)}
COLD = {20: 0.6, 200: 0.5, 2000: 0.25}
COLUMNS = ("序号", "事项", "单价", "数量", "金额", "备注")
FIELDS = ("no", "item", "unit", "quantity", "amount", "remark")
_PLAIN = """import json, sys
from docxtpl import DocxTemplate
template = DocxTemplate(sys.argv[1])
template.render(json.load(open(sys.argv[2], encoding="utf-8")))
template.save(sys.argv[3])
"""
_OWN = """import json, sys
from docgen.template.plain import render_file
data = render_file(sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8")))
open(sys.argv[3], "wb").write(data)
"""
_LOADED = """import json, sys
data = json.load(open(sys.argv[2], encoding="utf-8"))
"""

Row = tuple[str, float]


def template(first: str, cells: Mapping[str, str], last: str, *, open_rows: bool = True) -> bytes:
    """A contract with a table of so many rows as the data have; without rows for statements if there are none."""
    document = docx.Document()
    document.add_paragraph(first)
    table = document.add_table(rows=1, cols=len(COLUMNS))
    for column, title in enumerate(COLUMNS):
        table.cell(0, column).text = title
    if open_rows:
        table.add_row().cells[0].text = "{%tr for r in rows %}"
    for column, field in enumerate(FIELDS):
        if column == 0:
            table.add_row()
        table.cell(len(table.rows) - 1, column).text = cells[field]
    table.add_row().cells[0].text = last
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def for_docxtpl() -> bytes:
    """The template with docxtpl's tags."""
    cells = {field: f"{{{{ r.{field} }}}}" for field in FIELDS}
    return template("合同{{ name }}总价{{ total }}元", cells, "{%tr endfor %}")


def for_carbone() -> bytes:
    """The same template with carbone's tags."""
    cells = {field: f"{{d.rows[i].{field}}}" for field in FIELDS}
    return template("合同{d.name}总价{d.total}元", cells, "{d.rows[i+1].no}", open_rows=False)


def data(rows: int) -> dict[str, Any]:
    """Plain data: texts and whole numbers."""
    listed = [
        {
            "no": number, "item": f"第 {number} 项绩效评估 & 分析", "unit": 5000 + number, "quantity": number % 7 + 1,
            "amount": f"{(5000 + number) * (number % 7 + 1):,}.00", "remark": "含税",
        }
        for number in range(1, rows + 1)
    ]  # fmt: skip
    return {"name": "A&B <示例>", "total": "1,040,000", "rows": listed}


def by_docxtpl(source: bytes, given: Mapping[str, Any]) -> bytes:
    """The file that docxtpl makes, as people call it."""
    opened = DocxTemplate(io.BytesIO(source))
    opened.render(dict(given), autoescape=True)
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def best(work: Callable[[], Any], others: Callable[[], Any], runs: int) -> tuple[float, float]:
    """The least processor time of two works in milliseconds, done in turn so that disturbances fall on both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(runs):
        for kept, each in zip(taken, (work, others), strict=True):
            for _ in range(1 if each is others else 3):
                # The clock of a process grows coarse beside a timer of its time; that of the thread does not.
                start = time.thread_time()
                each()
                kept.append(time.thread_time() - start)
    return min(taken[0]) * 1000, min(taken[1]) * 1000


def deflates() -> list[str]:
    """The ways of compressing that are there."""
    try:
        importlib.metadata.version("isal")
    except importlib.metadata.PackageNotFoundError:
        return ["zlib"]
    return ["zlib", "isal"]


def warm() -> Iterator[Row]:
    """Rendering a compiled template, as a multiple of the speed of the peers."""
    source = for_docxtpl()
    compiled = compile_template(source, "样本.docx")
    for rows in ROWS:
        given = data(rows)
        carbone = _carbone(rows)
        for number, deflate in enumerate(deflates()):
            os.environ[VARIABLE] = deflate
            own, peer = best(lambda g=given: render(compiled, g, {}), lambda g=given: by_docxtpl(source, g), 5)
            size, theirs = len(render(compiled, given, {}).data), len(by_docxtpl(source, given))
            print(
                f"  {rows:,} 行（{deflate}）：docgen {own:.2f} 毫秒 {size:,} 字节，docxtpl {peer:.1f} 毫秒 {theirs:,} 字节"
            )
            yield f"docxtpl / docgen（{deflate}），{rows:,} 行（≥ {WARM[rows][number]}）", peer / own
            if carbone and not number:
                yield f"carbone / docgen（{deflate}），{rows:,} 行（≥ {WARM[rows][2]}）", carbone / own
        os.environ.pop(VARIABLE, None)


def _carbone(rows: int) -> float | None:
    """The least processor time of carbone in milliseconds; None where it is not there."""
    modules = os.environ.get(CARBONE)
    node = shutil.which("node")
    if not modules or not node:
        return None
    with tempfile.TemporaryDirectory() as scratch:
        path, given, out = (Path(scratch) / name for name in ("carbone.docx", "data.json", "out.docx"))
        path.write_bytes(for_carbone())
        given.write_text(json.dumps(data(rows)), encoding="utf-8")
        command = [node, ROOT / "tests" / "plain_carbone.js", modules, path, given, "15", out]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        made = docx.Document(str(out)).tables[0].rows
        if len(made) != rows + 1 or made[rows].cells[0].text != str(rows):
            raise AssertionError("carbone has not made the same table")
    taken = min(map(float, said.split()))
    print(f"  {rows:,} 行：carbone {taken:.1f} 毫秒")
    return taken


def cold() -> Iterator[Row]:
    """A new process that reads JSON and renders it, as a share of the same with docxtpl: time, and memory."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "template.docx"
        path.write_bytes(for_docxtpl())
        environment = {**os.environ, "DOCGEN_CACHE": f"{scratch}/cache", "PYTHONPATH": str(ROOT)}
        for rows in (*ROWS, 20_000):
            given = Path(scratch) / f"{rows}.json"
            given.write_text(json.dumps(data(rows), ensure_ascii=False), encoding="utf-8")
            own, plain, loaded = (
                _process(program, [path, given, Path(scratch) / "out.docx"], environment, 7)
                for program in (_OWN, _PLAIN if rows <= ROWS[-1] else _LOADED, _LOADED)
            )
            if rows in COLD:
                yield f"新进程 docgen / docxtpl 的时间，{rows:,} 行（≤ {COLD[rows]}）", own[0] / plain[0]
            if rows == ROWS[-1]:
                yield f"新进程 docgen / docxtpl 的内存，{rows:,} 行（≤ 0.4）", own[1] / plain[1]
            if rows > ROWS[-1]:
                yield f"新进程 docgen / 只读入数据 的内存，{rows:,} 行（≤ 1.3）", own[1] / loaded[1]


def _process(program: str, given: list[Path], environment: dict[str, str], runs: int) -> tuple[float, float]:
    """The least processor time of a program in seconds, and the most memory it takes in MB."""
    command = [sys.executable, "-c", program, *map(str, given)]
    taken = []
    for _ in range(runs + 1):
        before = _spent()
        subprocess.run(command, check=True, env=environment)
        taken.append(_spent() - before)
    asked = "import resource, subprocess, sys\nsubprocess.run(sys.argv[1:], check=True)\nprint(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    said = subprocess.run(
        [sys.executable, "-c", asked, *command], check=True, env=environment, capture_output=True, text=True
    )
    return min(taken[1:]), int(said.stdout) / 1024


def _spent() -> float:
    """The processor time of all commands so far."""
    import resource  # Windows has none

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def growth() -> Iterator[Row]:
    """How much a process has grown that rendered 1,000 documents, as against the first hundred of them."""
    source, given = for_docxtpl(), data(200)
    sizes = []
    for number in range(1, 1101):
        render_file(source, given)
        if number in (100, 1100):
            gc.collect()
            sizes.append(_resident())
    yield "1,000 份文件后 / 前 的内存（≤ 1.05）", sizes[1] / sizes[0]


def _resident() -> int:
    """The memory that this process has, in KB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def provenance() -> Iterator[Row]:
    """What it costs to know where each value came from and stands, as a share of rendering."""
    source, given = for_docxtpl(), data(2000)
    compiled = compile_template(source, "样本.docx")

    own, without = best(lambda: render(compiled, given, {}), lambda: render_file(source, given), 12)
    yield "记下每处数据的出处 / 不记（2,000 行，≤ 1.05）", own / without


def versions() -> str:
    """The peers that are measured, with their versions."""
    known = [f"{name} {importlib.metadata.version(name)}" for name in ("docxtpl", "python-docx", "jinja2", "lxml")]
    if "isal" in deflates():
        known.append(f"isal {importlib.metadata.version('isal')}")
    if modules := os.environ.get(CARBONE):
        carbone = json.loads((Path(modules) / "carbone" / "package.json").read_text(encoding="utf-8"))["version"]
        node = subprocess.run(["node", "--version"], check=True, capture_output=True, text=True).stdout.strip()
        known.append(f"carbone {carbone}（Node {node}）")
    return "，".join(known)
