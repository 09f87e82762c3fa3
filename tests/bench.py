"""Speed as ratios in one run: `nox -s bench`. Each line names what is compared; smaller is faster."""

from __future__ import annotations

import gc
import io
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import docx
from docx.oxml import OxmlElement

from docgen.contract.load import load
from docgen.draft import facts_of
from docgen.judge import Task, judge
from docgen.pipeline import Options, built
from docgen.reading.folders import Listed
from docgen.reading.word import read_word
from docgen.rules.document_rules import check_reading, check_written
from docgen.template.compile import inlined
from docgen.template.context import document_context, set_context
from docgen.template.documents import documents
from docgen.template.environment import LeftOut
from docgen.template.filters import FILTERS
from docgen.template.press import Shelf, printed_set
from docgen.template.values import Record
from tests.bench_plans import plans
from tests.bench_templates import cold, growth, provenance, versions, warm

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("data/2021-专项评估", "data/2026-好差评")


def seconds(command: Sequence[str | Path], repeat: int, stdin: bytes | None = None) -> float:
    """The median wall time of a command over `repeat` runs after one that warms up; of that one where it is 0."""
    taken = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, input=stdin, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:] or taken)


def start_up() -> list[tuple[str, float]]:
    """Starting the command line, as a multiple of starting Python."""
    bare = seconds([sys.executable, "-c", "pass"], 15)
    docgen = [sys.executable, "-m", "docgen"]
    return [
        ("docgen --help / python -c pass（≤ 6）", seconds([*docgen, "--help"], 15) / bare),
        ("docgen amount 1040000 / python -c pass（≤ 8）", seconds([*docgen, "amount", "1040000"], 15) / bare),
    ]


def linting() -> list[tuple[str, float]]:
    """Judging the templates of each kit in a new process, in seconds."""
    kits = sorted(path.parent.name for path in (ROOT / "templates").glob("*/kit.yaml"))
    command = [sys.executable, "-m", "docgen", "template", "lint"]
    return [(f"docgen template lint {kit}，秒（≤ 1）", seconds([*command, kit], 5)) for kit in kits]


def amounts() -> list[tuple[str, float]]:
    """Lines a second that `docgen amount -` takes from standard input."""
    lines = 200_000
    figures = "".join(f"{n * 7919 % 10**11}.{n % 100:02}\n" for n in range(lines)).encode()
    command = [sys.executable, "-m", "docgen", "amount", "-"]
    return [
        ("docgen amount -，行/秒（≥ 50,000）", lines / seconds(command, 2, figures)),
        (
            "docgen amount --format json -，行/秒（≥ 50,000）",
            lines / seconds([*command, "--format", "json"], 2, figures),
        ),
    ]


def work(command: Sequence[str | Path], cache: str) -> float:
    """The processor time of a command, which other programs on the machine disturb least; `cache` is docgen's."""
    before = _spent()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "DOCGEN_CACHE": cache})
    return _spent() - before


def _spent() -> float:
    """The processor time of all commands so far; the wall time where the system does not count that."""
    if sys.platform == "win32":
        return time.perf_counter()
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cold_build() -> list[tuple[str, float]]:
    """Building a set in a new process, as a multiple of a bare docxtpl script over the same templates and data.

    Once with the templates compiled by an earlier run, as every build but the first finds them, once without.
    """
    rows = []
    for sample in SAMPLES:
        with tempfile.TemporaryDirectory() as scratch:
            job = Path(scratch) / "job.json"
            job.write_text(json.dumps(_job(sample, Path(scratch)), ensure_ascii=False), encoding="utf-8")
            plain, full, empty = [], [], []
            # In turn, so that whatever else the machine does falls on all; the first round only warms up.
            for number in range(8):
                command = [sys.executable, "-m", "docgen", "build", sample, "--out"]
                empty.append(work([*command, f"{scratch}/empty-{number}"], f"{scratch}/cache-{number}"))
                full.append(work([*command, f"{scratch}/full-{number}"], f"{scratch}/cache-0"))
                plain.append(work([sys.executable, "tests/plain_docxtpl.py", job], "off"))
            took = [statistics.median(times[1:]) for times in (full, empty, plain)]
            rows += [
                (f"docgen build {sample} / 同模板同数据的 docxtpl 脚本（≤ 1.5）", took[0] / took[2]),
                ("　　同上，模板第一次使用、尚无缓存（≤ 1.5）", took[1] / took[2]),
            ]
            print(
                f"  {sample}：docgen {took[0]:.2f} 秒，无缓存 {took[1]:.2f} 秒，docxtpl {took[2]:.2f} 秒（处理器时间）"
            )
    return rows


def batches() -> list[tuple[str, float]]:
    """Many contracts in one run: two processes against one, and reading back against the making of a set."""
    number = 120
    with tempfile.TemporaryDirectory() as scratch:
        for n in range(number):
            shutil.copytree(ROOT / SAMPLES[1], Path(scratch, "many", f"合同{n}"))
        command = [sys.executable, "-m", "docgen", "batch", f"{scratch}/many", "--again", "--out", f"{scratch}/out"]
        one, two = [], []
        # In turn, so that whatever else the machine does falls on both; the first round only warms up.
        for _ in range(4):
            one.append(_waited([*command, "--jobs", "1"]))
            two.append(_waited([*command, "--jobs", "2"]))
        took = min(one[1:]), min(two[1:])
        print(f"  docgen batch，{number} 套 {SAMPLES[1]}：一个进程 {took[0]:.2f} 秒，两个进程 {took[1]:.2f} 秒")
        gain = took[0] / took[1]
        return [
            ("docgen batch 一个进程 / 两个进程（≥ 1.7，需要两个空闲的核）", gain),
            ("　　同上 / 两个空转的进程此刻的加速（≥ 0.85）", gain / _machine_gain()),
            *(row for sample in SAMPLES for row in _read_back(sample, Path(scratch))),
        ]


def _machine_gain() -> float:
    """How much faster two processes do pure work than one, on this machine at this moment."""
    program = "import time\nwhile time.process_time() < 2: pass"
    command = [sys.executable, "-c", program]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    one = time.perf_counter() - start
    start = time.perf_counter()
    pair = [subprocess.Popen(command), subprocess.Popen(command)]
    for process in pair:
        process.wait()
    return 2 * one / (time.perf_counter() - start)


def _waited(command: Sequence[str | Path]) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _read_back(sample: str, scratch: Path) -> list[tuple[str, float]]:
    """What reading back costs of the processor in a process that makes one set after the other."""
    contract, _ = load(ROOT / sample)
    assert contract is not None
    planned, shelf, options = documents(contract), Shelf(shared=True), Options(scratch / "read")
    facts = facts_of(contract, planned)
    whole, printing, comparing, judging = [], [], [], []
    for _ in range(12):
        whole.append(_worked(lambda: built((contract, []), Path("a"), "a", options, shelf=shelf)))
        made: list[Any] = []
        printing.append(_worked(lambda: made.extend(printed_set(contract, planned, shelf))))  # noqa: B023
        readings: list[Any] = []

        def compare() -> None:
            readings.extend(read_word(each.data, "a.docx") for each in made)  # noqa: B023
            for reading, each in zip(readings, made, strict=True):  # noqa: B023
                assert check_written(reading, each.written) == []

        comparing.append(_worked(compare))
        judging.append(_worked(lambda: [check_reading(reading, facts) for reading in readings]))  # noqa: B023
    rest = min(whole) - min(comparing) - min(judging)
    loading = min(_worked(load, ROOT / sample) for _ in range(5))
    return [
        (f"从文件读回并逐值比对 / 载入、生成、写出一套（{sample}，≤ 0.25）", min(comparing) / (rest + loading)),
        ("　　同上 / 只算由模板写出文字", min(comparing) / min(printing)),
        ("对读回的文字再用全部文件规则 / 载入、生成、写出一套", min(judging) / (rest + loading)),
    ]


def reading() -> list[tuple[str, float]]:
    """Reading Word files, as a multiple of the speed of python-docx opening them and reading every paragraph and cell."""
    rows = []
    for name, least, data in (
        ("30 段正文", 2, _paragraphs(30)),
        ("1,000 段正文", 2, _paragraphs(1000)),
        ("20 行表格", 2, _table(20)),
        ("200 行表格", 5, _table(200)),
        ("1,000 行表格", 5, _table(1000)),
        ("有合并单元格的 200 行表格", 5, _table(200, merged=True)),
        ("200 段正文，每段格式繁多", 2, _adorned(200)),
        ("1,000 段正文，每段格式繁多", 2, _adorned(1000)),
    ):
        plain, own = [], []
        # In turn, so that whatever else the machine does falls on both.
        for _ in range(9):
            plain.append(_worked(_read_plainly, data))
            _forget_texts()
            own.append(_worked(read_word, data, "a.docx"))
        rows.append((f"python-docx / docgen 读 {name}（≥ {least}）", min(plain) / min(own)))
    return rows


def judging() -> list[tuple[str, float]]:
    """Reading Word files and judging them by all rules, as a multiple of python-docx merely reading them."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "docgen", "build", *SAMPLES, "--out", scratch]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        paths = sorted(path for path in Path(scratch).glob("*/*.docx") if path.name[0].isdigit())
        # As in the processes that judge: what this one has loaded is not looked through for garbage.
        gc.freeze()
        gc.set_threshold(100_000, 20, 20)
        plain = _least([(_read_plainly, path) for path in paths])
        singly = _least([(judge, _alone([path])) for path in paths])
        sets = [list(some) for _, some in groupby(paths, key=lambda path: path.parent)]
        together = _least([(judge, _alone(some)) for some in sets])
        named = f"docgen 读两套样例的 {len(paths)} 份文件并用全部规则核对"
        return [
            (f"{named}，逐套 / python-docx 只读（≤ 1）", together / plain),
            (f"{named}，逐份 / python-docx 只读", singly / plain),
            *_many_files(paths, Path(scratch)),
        ]


def _alone(paths: Iterable[Path]) -> Task:
    return Task(tuple(Listed(path, path.name) for path in paths), alone=True, keep=False)


def _least(works: Sequence[tuple[Callable[[Any], Any], Any]], times: int = 7) -> float:
    """The processor time that some works take together, each at its best of so many times."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for one, (work, given) in zip(taken, works, strict=True):
            _forget_texts()
            one.append(_worked(work, given))
    return sum(map(min, taken))


def _forget_texts() -> None:
    """Let go of what is remembered of texts, so that each file is judged as a new one is."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("docgen.") else ():
            limit = value.cache_parameters()["maxsize"] if hasattr(value, "cache_parameters") else None
            if limit is not None:
                value.cache_clear()


def _many_files(paths: Sequence[Path], scratch: Path) -> list[tuple[str, float]]:
    """A folder of 1,000 files: how many a second, and how many times as fast as on one core."""
    folder = scratch / "many"
    folder.mkdir()
    for number in range(1000):
        shutil.copy(paths[number % len(paths)], folder / f"{number:04}.docx")
    command = [sys.executable, "-m", "docgen", "verify", str(folder), "--format", "json"]
    rows, taken = [], {}
    for cores in (1, os.cpu_count() or 1):
        start = time.perf_counter()
        chosen = ["taskset", "-c", f"0-{cores - 1}"] if shutil.which("taskset") else []
        subprocess.run([*chosen, *command], cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        taken[cores] = time.perf_counter() - start
    for cores, seconds_taken in taken.items():
        rows.append((f"docgen verify 1,000 份文件，份/秒，{cores} 核", 1000 / seconds_taken))
    return rows


def _taken(work: Callable[..., Any], *given: Any) -> float:
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def _worked(work: Callable[..., Any], *given: Any) -> float:
    """The processor time of some work, which other programs on the machine disturb least."""
    start = time.process_time()
    work(*given)
    return time.process_time() - start


def _read_plainly(given: bytes | Path) -> list[str]:
    document = docx.Document(str(given) if isinstance(given, Path) else io.BytesIO(given))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def _paragraphs(count: int) -> bytes:
    document = docx.Document()
    for number in range(count):
        paragraph = document.add_paragraph(f"{number}. 合同总价为")
        paragraph.add_run("1040000").bold = True
        paragraph.add_run("元（大写：壹佰零肆万元整），由甲方支付。")
    return _saved(document)


def _table(count: int, *, merged: bool = False) -> bytes:
    document = docx.Document()
    table = document.add_table(count, 6)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.paragraphs[0].add_run(f"{number}-{column} 单价")
    for number in range(0, count if merged else 0, 10):
        table.cell(number, 0).merge(table.cell(number + 1, 0))
        table.cell(number + 2, 1).merge(table.cell(number + 2, 3))
    return _saved(document)


def _adorned(count: int) -> bytes:
    """Paragraphs as an editor leaves them that writes all looks into each: many short runs, marks between them."""
    dice = random.Random(count)
    document = docx.Document()
    for number in range(count):
        paragraph = document.add_paragraph(style="List Number" if number % 5 == 0 else None)
        paragraph._p.get_or_add_pPr().extend(map(OxmlElement, _PARAGRAPH_LOOKS))
        for _ in range(dice.randint(2, 8)):
            run = paragraph.add_run("合同价款由甲方支付"[: dice.randint(1, 9)])
            run._r.get_or_add_rPr().extend(map(OxmlElement, _RUN_LOOKS))
            run._r.addprevious(OxmlElement("w:proofErr"))
    return _saved(document)


_PARAGRAPH_LOOKS: Final = (
    "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:widowControl", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc",
)  # fmt: skip
_RUN_LOOKS: Final = ("w:rFonts", "w:b", "w:bCs", "w:color", "w:spacing", "w:kern", "w:sz", "w:szCs", "w:lang")


def _saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _job(sample: str, scratch: Path) -> dict[str, Any]:
    """The work of a build for the bare script: templates with their shared blocks in them, and plain data."""
    contract, _ = load(ROOT / sample)
    assert contract is not None
    blocks = {name: path.read_bytes() for name, path in contract.kit.blocks.items()}
    planned = documents(contract)
    base = set_context(contract, planned)
    jobs = []
    for document in planned:
        template = scratch / f"template-{document.number}.docx"
        template.write_bytes(inlined(document.template.read_bytes(), document.template.name, blocks))
        context = document_context(base, document)
        jobs.append({
            "template": str(template),
            "output": str(scratch / f"{document.number}.docx"),
            "context": {key: _plain(value) for key, value in context.items() if not callable(value) and key[0] != "_"},
        })  # fmt: skip
    tables = _plain(base["indicator_tables"])
    return {"documents": jobs, "filters": sorted(FILTERS), "tables": tables}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return {key: _plain(item) for key, item in vars(value).items() if key != "_path"}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, LeftOut):
        return ""
    return value + 0 if isinstance(value, int) else str(value)


def machine() -> str:
    """What it is measured on: the processor, how many of it, and Python."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    name = model or platform.processor() or platform.machine()
    return f"{name} × {os.cpu_count()}，{platform.system()}，Python {platform.python_version()}"


PARTS: Mapping[str, Sequence[Callable[[], Iterable[tuple[str, float]]]]] = {
    "start": (start_up,),
    "amounts": (amounts,),
    "reading": (reading, judging),
    "batches": (batches,),
    "build": (cold_build,),
    "lint": (linting,),
    "plans": (plans,),
    "templates": (warm, cold, growth, provenance),
}


def main(*parts: str) -> None:
    """Measure everything, or the parts that are named, and print one line each."""
    print(f"{machine()}；{versions()}")
    for part in parts or PARTS:
        for measure in PARTS[part]:
            for name, ratio in measure():
                print(f"{ratio:12,.2f}  {name}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
