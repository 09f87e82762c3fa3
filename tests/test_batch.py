"""Many contracts: every good one delivered once, every bad one named, in their order, whatever happens midway."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import docx as word
import pytest
from click.testing import CliRunner

from docgen import batch as module
from docgen.batch import AGAIN, Plan, batch, find
from docgen.cli import main
from docgen.errors import InputError
from docgen.outputs.pdf import Conversion
from docgen.pipeline import Options
from docgen.reading.word import read_word
from docgen.report.outcome import Outcome
from tests.batches import DATA, POISON, contracts, kits, poisoned, write
from tests.endure import ENDURE, examples
from tests.template.making import docx
from tests.template.test_attacks import OUT_OF_REACH, WITHOUT_END

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the kits in it, an own cache, and nothing else."""
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    kits(tmp_path / "templates")
    return tmp_path


def run(*data: str, base: str | None = None, jobs: int = 2, anew: bool = False) -> dict[str, Outcome]:
    """The outcomes of a batch by title."""
    outcomes = batch(find(data, base, None), Plan(Options(Path("outputs")), jobs, anew))
    return {outcome.title: outcome for outcome in outcomes}


def said(name: str) -> str:
    """What the first document of a set says."""
    file = next(Path("outputs", name).glob("01_*.docx"))
    return "".join(block.text for block in read_word(file.read_bytes(), "").blocks)


def codes(outcomes: dict[str, Outcome]) -> dict[str, int]:
    """The exit codes by title, in order."""
    return {title: outcome.exit_code for title, outcome in outcomes.items()}


def test_each_contract_is_by_itself_and_in_its_order(house: Path) -> None:
    """Whatever is wrong with one, the others are made; 合同2 comes before 合同10."""
    poison = dict(zip((2, 4, 6, 8, 10), POISON, strict=True))
    outcomes = run(contracts(Path("many"), 11, poison).as_posix())

    good = {f"合同{n}" for n in range(1, 12) if n not in poison}
    assert list(outcomes) == [f"合同{n}" for n in range(1, 12)]
    assert {title for title, code in codes(outcomes).items() if code == 0} == good
    assert {path.name for path in Path("outputs").iterdir()} == {".docgen", *good}
    assert said("合同3") == "合同3，合同总价3,000.00元（大写：叁仟元整）。"
    assert outcomes["合同2"].files[0].file == "many/合同2/contract.yaml"


def test_what_is_done_and_unchanged_is_passed_over(house: Path) -> None:
    """A second run makes what was not made, what changed in data, kit or output, and nothing else."""
    folder = contracts(Path("many"), 5, {5: "fault"})
    run(folder.as_posix())
    write(folder / "合同2" / "contract.yaml", DATA.format(name="合同2", total=7))
    next(Path("outputs/合同3").glob("01_*.docx")).unlink()

    outcomes = run(folder.as_posix())
    assert [title for title, outcome in outcomes.items() if outcome.remarks == (AGAIN,)] == ["合同1", "合同4"]
    assert codes(outcomes) == {"合同1": 0, "合同2": 0, "合同3": 0, "合同4": 0, "合同5": 1}
    assert "7.00元" in said("合同2")
    assert said("合同3")

    assert AGAIN not in {remark for outcome in run(folder.as_posix(), anew=True).values() for remark in outcome.remarks}
    (house / "templates/sample/kit.yaml").write_text(
        (house / "templates/sample/kit.yaml").read_text(encoding="utf-8") + "\n", encoding="utf-8"
    )
    assert AGAIN not in {remark for outcome in run(folder.as_posix()).values() for remark in outcome.remarks}


def test_the_state_says_nothing_of_the_contracts(house: Path) -> None:
    """What a batch keeps are hashes."""
    run(contracts(Path("many"), 3).as_posix())

    lines = Path("outputs/.docgen/batch.txt").read_text(encoding="ascii").split()
    assert len(lines) == 3
    assert all(len(line) == 64 and int(line, 16) for line in lines)


def test_files_and_their_parts(house: Path) -> None:
    """Each YAML file of a folder is a contract under its own name, but for those that another one names as a part."""
    write(Path("many/甲.yaml"), DATA.format(name="甲", total=1) + "party_a: 文件 parts.yaml\n")
    write(Path("many/乙.yaml"), DATA.format(name="乙", total=2))
    write(Path("many/parts.yaml"), "name: 示例局\n")
    write(Path("many/丙/contract.yaml"), DATA.format(name="丙", total=3))

    assert codes(run("many")) == {"丙": 0, "乙": 0, "甲": 0}
    assert codes(run("many/乙.yaml", "many/丙")) == {"乙": 0, "丙": 0}


def test_a_set_made_of_one_file_is_known_by_that_file(house: Path) -> None:
    """Plan, where and restore speak of the set that the batch made, and say how it is made again."""
    file = Path("many", "甲.yaml")
    file.parent.mkdir()
    file.write_text(DATA.format(name="甲", total=1000), encoding="utf-8")
    run("many")

    assert CliRunner().invoke(main, ["plan", "many/甲.yaml"]).output.splitlines()[0] == "甲"
    file.write_text(DATA.format(name="甲", total=2000), encoding="utf-8")
    told = CliRunner().invoke(main, ["plan", "many/甲.yaml"]).output
    assert "价款.合同总价：“1,000.00” → “2,000.00”" in told
    assert told.splitlines()[-1] == "  这一套是批量生成的；要更新它，运行 docgen batch many/甲.yaml。"
    assert "outputs/甲/01_" in CliRunner().invoke(main, ["where", "many/甲.yaml", "price.total"]).output
    assert CliRunner().invoke(main, ["restore", "many/甲.yaml"]).output.splitlines()[0] == "outputs/甲"


def test_an_edit_of_a_set_made_of_one_file_is_read_back_into_that_file(house: Path) -> None:
    """The other files of the folder stay as they are."""
    for name in ("甲", "乙"):
        write(Path("many", f"{name}.yaml"), DATA.format(name=name, total=1000))
    run("many")
    path = next(Path("outputs", "甲").glob("01_*.docx"))
    document = word.Document(str(path))
    document.paragraphs[0].runs[0].text = document.paragraphs[0].runs[0].text.replace("甲，", "甲采购，")
    document.save(str(path))

    told = CliRunner().invoke(main, ["pull", path.as_posix(), "--data", "many", "--write"]).output

    assert "已写入 甲.yaml" in told
    assert Path("many", "甲.yaml").read_text(encoding="utf-8") == DATA.format(name="甲采购", total=1000)
    assert Path("many", "乙.yaml").read_text(encoding="utf-8") == DATA.format(name="乙", total=1000)


def test_a_table_is_no_data_to_be_planned(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan says what to do instead."""
    write(Path("rows.csv"), "套名,price.total\n一号,1\n")

    assert main(["plan", "rows.csv"], standalone_mode=False) == 2

    told = capsys.readouterr().err
    assert "rows.csv：docgen plan 只看一份数据文件，不看表格。" in told
    assert "docgen batch --base" in told


def test_a_table_over_a_base(house: Path) -> None:
    """Each row is a contract; what it leaves empty is left out, and a fault is shown in its cell."""
    write(Path("base/contract.yaml"), DATA.format(name="底本", total=1) + "party_a:\n  name: 示例局\n  fax: 88880000\n")
    rows = (
        "套名,合同.合同名称,price.total,甲方.传真",
        '一号,"采购, ""一"" 期",5000,13800000001',
        "二号,二期,6000,",
        "三号,三期,六千,1",
        ",四期,1,1",
        "五号,1",
    )
    Path("t.csv").write_bytes("\r\n".join(rows).encode("gb18030"))

    outcomes = run("t.csv", base="base")

    assert codes(outcomes) == {"一号": 0, "二号": 0, "三号": 1, "": 2, "五号": 2}
    assert said("一号") == '采购, "一" 期，合同总价5,000.00元（大写：伍仟元整）。'
    assert AGAIN in run("t.csv", base="base")["二号"].remarks
    place = outcomes["三号"].findings[0].place
    assert (place.file, place.line, place.column, place.path) == ("t.csv", 4, 7, "price.total")
    assert outcomes[""].files[0].unread == "t.csv:5：没有写套名，不知道写到哪个文件夹。"
    with pytest.raises(InputError, match="--base"):
        raise_first(run_unread("t.csv"))


def run_unread(*data: str) -> str:
    """Why what was named could not be read."""
    return find(data, None, None).refused[0].files[0].unread or ""


def raise_first(message: str) -> None:
    """An exception with that message."""
    raise InputError(message)


def test_names_that_clash_or_cannot_be_folders(house: Path) -> None:
    """Two sets of one name are both refused, so is a name that no folder can have."""
    for folder in ("one", "two"):
        contracts(Path(folder), 2)
    write(Path("two/合同3/contract.yaml"), DATA.format(name="合同3", total=1))
    write(Path("two/-x.yaml"), DATA.format(name="x", total=1))

    outcomes = batch(find(["one", "two"], None, None), Plan(Options(Path("outputs"))))
    assert sorted((outcome.title, outcome.exit_code) for outcome in outcomes) == [
        ("-x", 2), ("合同1", 2), ("合同1", 2), ("合同2", 2), ("合同2", 2), ("合同3", 0),
    ]  # fmt: skip
    assert "套名相同（合同1）" in (outcomes[0].files[0].unread or "")


def test_attacks_cost_their_own_contract(house: Path) -> None:
    """Kits made to attack are each refused within seconds and named; the good contracts between them are made."""
    resource = pytest.importorskip("resource")
    attacks = [*OUT_OF_REACH, *WITHOUT_END]
    attacks = attacks[:: 1 if ENDURE else 12]
    for number, attack in enumerate(attacks, 1):
        kit = Path("templates") / f"attack{number}"
        shutil.copytree("templates/sample", kit)
        (kit / "b.docx").write_bytes(docx(attack))
        write(Path(f"many/坏{number}/contract.yaml"), DATA.format(name="坏", total=1).replace("sample", kit.name))
        write(Path(f"many/好{number}/contract.yaml"), DATA.format(name="好", total=1))
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)

    outcomes = run("many")

    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert {title for title, code in codes(outcomes).items() if code} == {f"坏{n}" for n in range(1, len(attacks) + 1)}
    for number in range(1, len(attacks) + 1):
        assert "模板" in (outcomes[f"坏{number}"].files[0].unread or "")
        assert not Path(f"outputs/坏{number}").exists()
    assert spent.ru_utime - begun.ru_utime < 2 * len(attacks)


@pytest.mark.parametrize(
    ("disaster", "reason"),
    [
        ("hang", "超过 2 秒没有生成完，已停止"),
        ("die", "生成它的程序意外退出了"),
        ("fill", "内容过大，内存不足"),
    ],
)
def test_a_disaster_costs_one_contract(
    house: Path, monkeypatch: pytest.MonkeyPatch, disaster: str, reason: str
) -> None:
    """A contract that hangs, ends its process or fills the memory is named, and the others are made."""
    real = module.built

    def built(loaded: tuple, data: Path, *rest: object, **more: object) -> Outcome:  # type: ignore[type-arg]
        if "合同2" in data.as_posix():
            {"hang": lambda: time.sleep(60), "die": lambda: os._exit(9), "fill": lambda: bytes(10**11)}[disaster]()
        return real(loaded, data, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "built", built)
    if disaster == "hang":
        run(contracts(Path("many"), 1).as_posix())  # the templates are compiled already
        monkeypatch.setattr(module, "SECONDS", 2.0)

    outcomes = run(contracts(Path("many"), 4).as_posix())

    assert codes(outcomes) == {"合同1": 0, "合同2": 2, "合同3": 0, "合同4": 0}
    assert outcomes["合同2"].files[0].unread == reason


def made_with(only: tuple[str, ...] = (), *, pdf: bool = False) -> dict[str, list[str | None]]:
    """What a batch made of each file of the first two contracts, and which files lie there afterwards."""
    options = Options(Path("outputs"), only, pdf)
    outcomes = batch(find(["many"], None, None), Plan(options, 2))
    assert [outcome.exit_code for outcome in outcomes] == [0, 0]
    return {
        "said": [file.output for file in outcomes[0].files[1:]],
        "lying": sorted(path.name for path in Path("outputs/合同1").glob("[!.]*")),
    }


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a stand-in is there for forked processes only")
def test_pdf_files_and_single_documents_as_a_build_makes_them(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made without PDF or in part is not taken for the whole; what has PDF is not made anew without."""

    def pdfs(files: dict[str, bytes]) -> Conversion:
        return Conversion({Path(name).with_suffix(".pdf").name: b"%PDF-" for name in files})

    monkeypatch.setattr("docgen.outputs.pdf.pdfs", pdfs)
    contracts(Path("many"), 2)
    words, prints = ["01_合同.docx", "02_附表.docx", "合订本.docx"], ["01_合同.pdf", "02_附表.pdf", "合订本.pdf"]
    every = sorted([*words, *prints])

    assert made_with(("附件1",)) == {"said": ["written"], "lying": ["02_附表.docx"]}
    assert made_with() == {"said": ["written", "unchanged", "written"], "lying": words}
    assert made_with(pdf=True)["lying"] == every
    assert made_with() == {"said": ["unchanged"] * 6, "lying": every}
    assert made_with(("附件1",)) == {"said": ["unchanged"] * 6, "lying": every}


def test_what_it_says(house: Path) -> None:
    """A line for each set that was made, the others in full, and the sum; JSON is that of a build."""
    contracts(Path("many"), 3, {2: "fault"})

    told = command("many")
    assert told.returncode == 1
    assert told.stdout.splitlines()[:2] == [
        "合同1：已生成 3 份，金额 2 处、数据 9 处相符",
        "合同3：已生成 3 份，金额 2 处、数据 9 处相符",
    ]
    assert told.stdout.splitlines()[-1].startswith("共 3 套：已生成 2 套，没有生成 1 套；错误 ")
    answer = json.loads(command("many", "--format", "json").stdout)
    assert [file["output"] for file in answer["files"] if file["file"].startswith("outputs/合同1/")] == [
        "unchanged"
    ] * 3
    assert command("nowhere").returncode == 2
    assert command("many", "--jobs", "0").returncode == 2
    missing = command("many", "--only", "附件7")
    assert (missing.returncode, missing.stdout.count("这套合同里没有“附件7”。")) == (2, 3)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What `docgen batch` says."""
    return subprocess.run(
        [sys.executable, "-m", "docgen", "batch", *arguments],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def environment() -> dict[str, str]:
    """The environment in which another process finds docgen."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


@pytest.mark.skipif(os.name == "nt", reason="kills a process as Unix does")
def test_a_run_that_is_killed_goes_on_where_it_was(house: Path) -> None:
    """With one in a hundred poisoned and a kill midway every good one is delivered once, and every bad one named."""
    number = examples(60, 5000)
    poison = {n: POISON[n // 25 % len(POISON)] for n in range(25, number + 1, 100 if number > 100 else 25)}
    contracts(Path("many"), number, poison)
    first = subprocess.Popen(
        [sys.executable, "-m", "docgen", "batch", "many"], env=environment(), stdout=subprocess.DEVNULL
    )
    state = Path("outputs/.docgen/batch.txt")
    begun = time.monotonic()
    while lines(state) < number // 3 and first.poll() is None and time.monotonic() - begun < 600:
        time.sleep(0.005)
    first.send_signal(signal.SIGKILL)
    first.wait()
    done = lines(state)

    outcomes = run("many")

    assert number // 3 <= done < number - len(poison)
    passed_over = [outcome for outcome in outcomes.values() if outcome.remarks == (AGAIN,)]
    assert done - 1 <= len(passed_over) <= done + 1
    assert [title for title, code in codes(outcomes).items() if code] == [f"合同{n}" for n in poison]
    assert all(outcomes[f"合同{n}"].files[0].unread or outcomes[f"合同{n}"].findings for n in poison)
    made = {path.name for path in Path("outputs").iterdir()} - {".docgen"}
    assert made == {f"合同{n}" for n in range(1, number + 1) if n not in poison}
    for n in range(1, number + 1):
        if n not in poison:
            assert said(f"合同{n}").startswith(f"合同{n}，")
            assert len(list(Path("outputs", f"合同{n}").glob("*.docx"))) >= 2
    assert lines(state) == number - len(poison)


def lines(file: Path) -> int:
    """How many lines a file has."""
    return file.read_bytes().count(b"\n") if file.exists() else 0


def test_poison_is_poison() -> None:
    """Each kind changes the data."""
    text = DATA.format(name="甲", total=1)
    assert len({poisoned(text, kind) for kind in (None, *POISON)}) == len(POISON) + 1
