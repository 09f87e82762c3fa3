"""Speed as ratios in one run: `nox -s bench`. Each line names what is compared; smaller is faster."""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("data/2021-专项评估", "data/2026-好差评")


def seconds(command: Sequence[str | Path], repeat: int, stdin: bytes | None = None) -> float:
    """The median wall time of a command over `repeat` runs after one that warms the file cache."""
    taken = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, input=stdin, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def start_up() -> list[tuple[str, float]]:
    """Starting the command line, as a multiple of starting Python."""
    bare = seconds([sys.executable, "-c", "pass"], 15)
    docgen = [sys.executable, "-m", "docgen"]
    return [
        ("docgen --help / python -c pass（≤ 6）", seconds([*docgen, "--help"], 15) / bare),
        ("docgen amount 1040000 / python -c pass（≤ 8）", seconds([*docgen, "amount", "1040000"], 15) / bare),
    ]


def amounts() -> list[tuple[str, float]]:
    """Lines a second that `docgen amount -` takes from standard input."""
    lines = 200_000
    figures = "".join(f"{n * 7919 % 10**11}.{n % 100:02}\n" for n in range(lines)).encode()
    command = [sys.executable, "-m", "docgen", "amount", "-"]
    return [
        ("docgen amount -，行/秒（≥ 50,000）", lines / seconds(command, 2, figures)),
        ("docgen amount --format json -，行/秒（≥ 50,000）", lines / seconds([*command, "--format", "json"], 2, figures)),
    ]


def cold_build() -> list[tuple[str, float]]:
    """Building a set in a new process, as a multiple of a bare docxtpl script over the same templates and data."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for sample in SAMPLES:
            job = Path(scratch) / "job.json"
            job.write_text(json.dumps(_job(sample, scratch), ensure_ascii=False), encoding="utf-8")
            plain = seconds([sys.executable, "tests/plain_docxtpl.py", job], 5)
            count = iter(range(100))
            taken = statistics.median(
                seconds([sys.executable, "-m", "docgen", "build", sample, "--out", f"{scratch}/{next(count)}"], 0)
                for _ in range(6)
            )
            rows.append((f"docgen build {sample} / 同模板同数据的 docxtpl 脚本（≤ 1.5）", taken / plain))
    return rows


def main() -> None:
    """Measure everything and print one line each."""
    print(f"{platform.processor() or platform.machine()}，Python {platform.python_version()}")
    for name, ratio in [*start_up(), *amounts(), *cold_build()]:
        print(f"{ratio:12,.2f}  {name}", flush=True)


if __name__ == "__main__":
    main()
