"""The same batch on a cluster: every good contract delivered once, every bad one named, though a machine dies."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen import cluster as worker
from docgen.batch import AGAIN, Plan, batch, find
from docgen.cluster import Chunk, Parcel, make_chunk
from docgen.errors import InputError, OutputError, ToolMissing
from docgen.outputs.carry import carry, folder_files
from docgen.pipeline import Options
from docgen.report.outcome import Outcome
from tests.batches import DATA, POISON, contracts, kits, write
from tests.endure import examples

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the kits in it, an own cache, and a way to docgen for new processes."""
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    kits(tmp_path / "templates")
    return tmp_path


@pytest.fixture
def cluster(house: Path) -> Iterator[Any]:
    """A cluster of three workers, each a process that works on one chunk at a time."""
    distributed = installed()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as running:
            yield running


def installed() -> Any:
    """The package of the extra; it leaves threads behind, beside which nothing forks, so it has a session of its own."""
    if not os.environ.get("DOCGEN_NEEDS_CLUSTER"):
        pytest.skip("a session of its own runs it: nox -s cluster")
    return __import__("distributed")


def run(data: str, scheduler: str, base: str | None = None, out: str = "outputs") -> dict[str, Outcome]:
    """The outcomes of a batch on the cluster by title."""
    plan = Plan(Options(Path(out)), scheduler=scheduler)
    return {outcome.title: outcome for outcome in batch(find([data], base, None), plan)}


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_dies_costs_nothing(house: Path, cluster: Any) -> None:
    """One of three workers is killed midway; the files are those of a batch at home, the bad ones are named."""
    number = examples(30, 2000)
    poison = {n: POISON[n % len(POISON)] for n in range(7, number + 1, 9 if number < 100 else 99)}
    contracts(Path("many"), number, poison)
    killer = threading.Thread(target=kill_one, args=(cluster,))
    killer.start()

    outcomes = run("many", cluster.scheduler_address)
    killer.join()

    assert list(outcomes) == [f"合同{n}" for n in range(1, number + 1)]
    assert [title for title, outcome in outcomes.items() if outcome.exit_code] == [f"合同{n}" for n in poison]
    assert all(outcomes[f"合同{n}"].files[0].unread or outcomes[f"合同{n}"].findings for n in poison)
    assert outcomes["合同1"].files[0].file == "many/合同1/contract.yaml"
    assert outcomes["合同1"].files[1].file == "outputs/合同1/01_合同.docx"
    batch(find(["many"], None, None), Plan(Options(Path("home"))))
    home, away = (everything(Path(out)) for out in ("home", "outputs"))
    assert away == home
    assert {name.split("/")[0] for name in away} == {f"合同{n}" for n in range(1, number + 1) if n not in poison}
    assert run("many", cluster.scheduler_address)["合同1"].remarks == (AGAIN,)


def kill_one(cluster: Any, seconds: float = 0.3) -> None:
    """End the process of one worker as soon as there is work, as a power failure would."""
    while not any(state.processing for state in cluster.scheduler.workers.values()):
        time.sleep(0.01)
    time.sleep(seconds)
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)


def everything(out: Path) -> dict[str, bytes]:
    """All files of all sets by name."""
    return {
        f"{folder.name}/{name}": data
        for folder in out.iterdir()
        if folder.name != ".docgen"
        for name, data in folder_files(folder).items()
    }


@pytest.mark.filterwarnings("ignore")
def test_pdf_is_made_on_the_cluster_too(house: Path, cluster: Any) -> None:
    """A worker dies while LibreOffice is at work: every set has the PDF files that it has at home, byte by byte."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not here")
    contracts(Path("many"), 6, {4: POISON[0]})
    plan = Plan(Options(Path("outputs"), pdf=True), scheduler=cluster.scheduler_address)
    killer = threading.Thread(target=kill_one, args=(cluster, 2.0))
    killer.start()

    outcomes = batch(find(["many"], None, None), plan)
    killer.join()
    batch(find(["many"], None, None), Plan(Options(Path("home"), pdf=True)))

    assert [outcome.exit_code for outcome in outcomes] == [0, 0, 0, 1, 0, 0]
    made = everything(Path("outputs"))
    assert made == everything(Path("home"))
    assert sum(name.endswith(".pdf") and "/.docgen/" not in name for name in made) == 5 * 3


def test_a_machine_without_libreoffice_is_told_as_such(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the cluster's machine that lacks it, and what lies in the folder of the set stays as it is."""

    def missing(_: str) -> str:
        raise ToolMissing("没有找到 LibreOffice。")

    monkeypatch.setattr(worker, "soffice", missing)
    contracts(Path("many"), 2)
    items = find(["many"], None, None).items
    lying = {"01_合同.docx": b"1"}
    parcels = tuple(Parcel(number, item, {}, lying) for number, item in enumerate(items))

    returned = worker._worked(Chunk(parcels, {}, (), pdf=True))

    assert [each.folder for each in returned] == [lying, lying]
    assert {each.outcome.files[0].unread for each in returned} == {"集群的机器上没有安装 LibreOffice，不能生成 PDF"}


def test_a_chunk_is_worked_on_without_the_disk_of_home(house: Path) -> None:
    """All that a contract needs goes along, be it a row of a table or a set that lies there already."""
    import pickle

    write(Path("base/contract.yaml"), DATA.format(name="底本", total=1) + "party_a: 文件 a.yaml\n")
    write(Path("base/a.yaml"), "name: 示例局\n")
    Path("t.csv").write_text("套名,price.total\n一,5\n二,六\n", encoding="utf-8")
    items = find(["t.csv"], "base", None).items
    files = {name: Path("base", name).read_bytes() for name in ("contract.yaml", "a.yaml")}
    kit = {path.relative_to("templates").as_posix(): path.read_bytes() for path in Path("templates/sample").iterdir()}
    parcels = tuple(Parcel(number, item, files, {}) for number, item in enumerate(items))
    for path in (Path("base"), Path("templates"), Path("t.csv")):
        path.rename(f"{path}.away")

    good, bad = pickle.loads(make_chunk(pickle.dumps(Chunk(parcels, kit))))

    assert (good.outcome.exit_code, bad.outcome.exit_code) == (0, 1)
    assert {"01_合同.docx", "02_附表.docx", ".docgen/manifest.json"} <= good.folder.keys()
    assert (bad.folder, bad.outcome.findings[0].place.line) == ({}, 3)
    assert bad.outcome.findings[0].frame is not None


def test_what_came_back_is_carried_over_as_a_whole(tmp_path: Path) -> None:
    """Files are written, changed and taken away, unless the folder is no longer what it was."""
    folder = tmp_path / "甲"
    before: dict[str, bytes] = {}
    after = {"01_甲.docx": b"1", ".docgen/manifest.json": b"{}", ".docgen/orphans/x.docx": b"x"}
    carry(folder, before, after)
    assert folder_files(folder) == after

    later = {"02_乙.docx": b"2", ".docgen/manifest.json": b"[]"}
    carry(folder, after, later)
    assert folder_files(folder) == later

    (folder / "02_乙.docx").write_bytes("手改".encode())
    with pytest.raises(OutputError, match="有了变化"):
        carry(folder, later, {"02_乙.docx": b"3"})
    assert (folder / "02_乙.docx").read_bytes() == "手改".encode()


def test_what_is_missing_is_said(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra a message says how to install it."""
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ToolMissing, match=r"没有安装 dask\.distributed") as caught:
        run(contracts(Path("many"), 1).as_posix(), "tcp://127.0.0.1:1")
    assert "docgen[cluster]" in (caught.value.hint or "")


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that nobody answers at is told as such."""
    installed()
    monkeypatch.setattr("docgen.cluster._SECONDS_TO_CONNECT", 1)

    with pytest.raises(InputError, match="连接不上集群"):
        run(contracts(Path("many"), 1).as_posix(), "tcp://127.0.0.1:1")
