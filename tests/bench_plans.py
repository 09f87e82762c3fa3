"""What it costs to plan, to keep the record of every value and to merge, beside a build: part of `nox -s bench`."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import docx

from docgen.batch import Item, Maker
from docgen.contract.load import load
from docgen.draft import drafted
from docgen.merge.three_way import Version, merge, redline
from docgen.pipeline import Options, build
from docgen.plan import plan
from docgen.provenance import Seal
from docgen.template.documents import documents
from docgen.template.press import Shelf, printed_set
from docgen.unchanged import unchanged

ROOT = Path(__file__).resolve().parent.parent
KITS = ROOT / "templates"
SAMPLES = ("2021-专项评估", "2026-好差评")
# A figure of each sample that stands in some of its documents, and what it becomes.
CHANGES = {"2021-专项评估": ("times: 2", "times: 3"), "2026-好差评": ("days: 10", "days: 12")}

Row = tuple[str, float]


def plans() -> Iterator[Row]:
    """Plans beside builds, in one process and each in its own; and what the record in each file costs."""
    for sample in SAMPLES:
        with tempfile.TemporaryDirectory() as scratch:
            data = Path(shutil.copytree(ROOT / "data" / sample, Path(scratch, "data", sample)))
            time.sleep(0.1)
            yield from _plans(sample, data, Path(scratch, "outputs"))
        yield from _records(sample)


def _plans(sample: str, data: Path, out: Path) -> Iterator[Row]:
    options = Options(out=out, kits=KITS)

    def fresh() -> None:
        shutil.rmtree(out, ignore_errors=True)
        build(data, sample, options)

    def run(command: str) -> Callable[[], object]:
        words: list[str | Path] = [sys.executable, "-m", "docgen", command, data, "--out", out, "--templates", KITS]
        return lambda: subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    whole, again = _median(fresh), _median(lambda: build(data, sample, options))
    yield (
        f"plan / build，没有改动，同一进程（{sample}，≤ 0.3）",
        _median(lambda: unchanged(data, sample, out, KITS)) / again,
    )
    yield from _states(sample, data, out)
    cold = _median(run("build"))
    yield f"docgen plan / docgen build，没有改动（{sample}，≤ 0.3）", _median(run("plan")) / cold
    yield f"plan / build，逐项比较（{sample}）", _median(lambda: plan(data, sample, options)) / whole
    file = data / "contract.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(*CHANGES[sample], 1), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in (out / sample).glob("*.docx")}
    build(data, sample, options)
    written = sum(path.stat().st_mtime_ns != time_ for path, time_ in before.items())
    yield f"改一项数据后重写的文件 / 全部文件（{sample}）", written / len(before)


def _states(sample: str, data: Path, out: Path) -> Iterator[Row]:
    """Plans beside builds, in one process, of a set as different builds and people leave it."""
    options, file, clean = Options(out=out, kits=KITS), data / "contract.yaml", out.with_name("clean")
    final, agreement = file.read_text(encoding="utf-8"), next((out / sample).glob("01_*.docx"))

    def again() -> None:
        shutil.rmtree(out)
        shutil.copytree(clean, out)

    def edited() -> None:
        document = docx.Document(str(agreement))
        document.paragraphs[8].add_run("另")
        document.save(str(agreement))

    def draft() -> None:
        file.write_text(final.replace("定稿", "草稿", 1), encoding="utf-8")
        build(data, sample, options)

    states: Mapping[str, Sequence[Callable[[], object]]] = {
        "只生成过一份": (lambda: build(data, sample, replace(options, only=("1",))),),
        "成批生成的": (lambda: Maker(options)(Item(sample, sample, data)),),
        "草稿，刚生成": (draft,),
        "有手工改动": (edited,),
        "手工改动已合并": (edited, lambda: build(data, sample, options)),
    }
    for name, steps in states.items():
        file.write_text(final, encoding="utf-8")
        build(data, sample, options)
        for step in steps:
            step()
        shutil.copytree(out, clean)
        planning = _worked(lambda: unchanged(data, sample, out, KITS) or plan(data, sample, options), again)
        yield (
            f"plan / build，{name}，同一进程（{sample}）",
            planning / _worked(lambda: build(data, sample, options), again),
        )
        again()
        shutil.rmtree(clean)
        shutil.rmtree(out)
    file.write_text(final, encoding="utf-8")
    build(data, sample, options)


def _worked(work: Callable[[], object], before: Callable[[], object], repeat: int = 5) -> float:
    """The processor time of some work, each time after what makes it as it was."""
    taken = []
    for _ in range(repeat):
        before()
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def _records(sample: str) -> Iterator[Row]:
    contract, _ = load(ROOT / "data" / sample, kits=KITS)
    assert contract is not None
    planned, shelf = documents(contract), Shelf(shared=True)
    drafts, new = drafted(contract, planned, Path(), shelf), _with_the_change(sample, shelf)
    printing = _worked(lambda: printed_set(contract, planned, shelf), int, 9)
    building = _worked(lambda: drafted(contract, planned, Path(), shelf), int, 9)
    made = printed_set(contract, planned, shelf)

    def sealed() -> None:
        seal = Seal(drafts[0].seal.key, contract.name)
        for draft, one in zip(drafts, made, strict=True):
            seal.origin(draft.origin.document, draft.written, draft.origin.template)
            seal.sealed(one.package, draft.origin, draft.reading, draft.written)

    record = _worked(sealed, int, 9)
    yield f"文件里的出处记录 / 渲染并回读（{sample}，≤ 0.05）", record / building
    yield f"文件里的出处记录 / 只渲染（{sample}）", record / printing
    data = [draft.data for draft in drafts]
    pairs = [(Version(draft.data), Version(new[draft.name])) for draft in drafts]
    merging = _worked(lambda: [merge(before, before, now) for before, now in pairs], int)
    yield f"合并全部文件，改一项数据后 / 渲染（{sample}）", merging / printing
    yield f"对比两个版本 / 渲染（{sample}）", _worked(lambda: [redline(each, each) for each in data], int) / printing


def _with_the_change(sample: str, shelf: Shelf) -> Mapping[str, bytes]:
    """The files of a sample, by name, with a figure of it changed."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(shutil.copytree(ROOT / "data" / sample, Path(scratch, sample)))
        file = data / "contract.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(*CHANGES[sample], 1), encoding="utf-8")
        contract, _ = load(data, kits=KITS)
        assert contract is not None
        return {draft.name: draft.data for draft in drafted(contract, documents(contract), Path(), shelf)}


def _median(work: Callable[[], object], repeat: int = 5) -> float:
    taken = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])
