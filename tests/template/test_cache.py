"""The cache of compiled templates: it saves time and changes nothing."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.contract.load import load
from docgen.errors import TemplateError
from docgen.template import cache
from docgen.template.cache import VARIABLE, cache_folder, compiled_template
from docgen.template.compile import compile_template
from docgen.template.render import render
from tests.template.making import SAMPLE, cell, docx, p, row, table

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDS_MODES = pytest.mark.skipif(os.name == "nt", reason="folders of Windows are private by their place")
# Every kind of part, tag and program that an entry has to hold.
TEMPLATES = {
    "looked up": docx("{{ total|大写 }}{{ no('一、', 'a') }}{{ ref('a') }}", parts={"header1": p("{{ party.name }}")}),
    "programmed": docx("{% for r in rows %}{{ loop.index }}{{ r.name }}{% endfor %}", "{%p if count %}", "甲", "{%p endif %}"),
    "a table": docx(table(row(cell(p("{%tr for r in rows %}"))), row(cell(p("{{ r.name }}")), cell(p("{% colspan 2 %}甲"))), row(cell(p("{%tr endfor %}"))))),
    "docxtpl's own": docx("{%- if count %}{{ count }}{% endif %}"),
}  # fmt: skip
SOURCE = TEMPLATES["looked up"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, which is not there yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / "templates"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled, as it happens."""
    names: list[str] = []

    def counted(source: bytes, name: str, blocks: dict[str, bytes]) -> object:
        names.append(name)
        return compile_template(source, name, blocks)

    monkeypatch.setattr("docgen.template.compile.compile_template", counted)
    return names


def made(source: bytes = SOURCE, name: str = "样本.docx", blocks: dict[str, bytes] | None = None) -> bytes:
    """The Word file that a template renders to, by way of the cache."""
    return render(compiled_template(source, name, blocks or {}), SAMPLE, {"title": "甲"}).data


@pytest.mark.parametrize("source", TEMPLATES.values(), ids=TEMPLATES)
def test_a_kept_template_renders_the_same_bytes(source: bytes, compilations: list[str]) -> None:
    """What comes out of the cache prints what compiling anew prints, to the byte, and values at the same places."""
    anew = render(compile_template(source, "样本.docx"), SAMPLE, {"title": "甲"})

    for _ in range(3):
        assert render(compiled_template(source, "样本.docx", {}), SAMPLE, {"title": "甲"}) == anew
    assert compilations == ["样本.docx"]


def test_faults_of_rendering_are_told_alike() -> None:
    """A kept template names the place of a tag that cannot be printed as one compiled anew does."""
    told = set()
    for tag in ("{{ nobody }}", "{{ nobody.name ~ 1 }}") * 2:
        with pytest.raises(TemplateError) as caught:
            made(docx("甲", f"乙{tag}"))
        told.add(str(caught.value))

    assert told == {
        "模板“样本.docx” 正文 第2段 “乙{{ nobody }}”，标签 {{ nobody }}：没有名为 nobody 的字段",
        "模板“样本.docx” 正文 第2段 “乙{{ nobody.name ~ 1 }}”，标签 {{ nobody.name ~ 1 }}：没有名为 nobody 的字段",
    }


def test_whatever_a_template_follows_from_tells_entries_apart(folder: Path, compilations: list[str]) -> None:
    """Another file, name, block or name of a block is another entry."""
    block, other = docx("块"), docx("块块")
    for source, name, blocks in [
        (SOURCE, "甲.docx", {}), (docx("乙"), "甲.docx", {}), (SOURCE, "乙.docx", {}), (SOURCE, "甲.docx", {"块": block}),
        (SOURCE, "甲.docx", {"块": other}), (SOURCE, "甲.docx", {"段": block}), (SOURCE, "甲.docx", {"块": block}),
    ]:  # fmt: skip
        made(source, name, blocks)

    assert len(compilations) == len(list(folder.iterdir())) == 6


def test_another_engine_has_entries_of_its_own(compilations: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the programs has compiled is not used."""
    made()
    monkeypatch.setattr(cache, "_engine", lambda: b"another")
    made()

    assert len(compilations) == 2


def test_programs_that_are_no_files_have_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can tell one engine from the next, nothing is kept."""
    monkeypatch.setattr(cache, "_engine", lambda: None)

    assert made() == made()
    assert not folder.exists()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut off": lambda data: data[:-10],
    "one bit": lambda data: data[:400] + bytes([data[400] ^ 1]) + data[401:],
    "something else": lambda _: b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_entries_are_written_anew(
    damage: Callable[[bytes], bytes], folder: Path, compilations: list[str]
) -> None:
    """An entry that is not what was written is passed over, and right again afterwards."""
    whole = made()
    (entry,) = folder.iterdir()
    kept = entry.read_bytes()
    entry.write_bytes(damage(kept))

    assert made() == whole
    assert (entry.read_bytes(), list(folder.iterdir())) == (kept, [entry])
    assert made() == whole
    assert len(compilations) == 2


def test_an_entry_under_the_name_of_another_is_not_used(folder: Path) -> None:
    """Entries that were swapped, say by a program that mends disks, do not make one document into another."""
    other = docx("乙")
    before = made(), made(other)
    first, second = sorted(folder.iterdir())
    first.rename(folder / "x")
    second.rename(first)
    (folder / "x").rename(second)

    assert (made(), made(other)) == before


def test_a_faulty_template_is_told_every_time_and_never_kept(folder: Path) -> None:
    """Faults are found anew by every run."""
    for _ in range(2):
        with pytest.raises(TemplateError, match="缺少字段"):
            made(docx("{{ }}"))
    assert not folder.exists()


@NEEDS_MODES
def test_entries_are_the_users_own(folder: Path) -> None:
    """Nobody else can read or write the folder and what is in it."""
    made()

    assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [0o700, 0o600]


@NEEDS_MODES
def test_a_folder_that_others_may_enter_is_not_used(folder: Path, compilations: list[str]) -> None:
    """What somebody else could have put there is neither read nor added to."""
    made()
    folder.chmod(0o755)
    made()
    made(docx("乙"))

    assert (len(compilations), len(list(folder.iterdir()))) == (3, 1)


@NEEDS_MODES
def test_an_entry_that_others_may_write_is_not_used(folder: Path, compilations: list[str]) -> None:
    """So it is with a single file; it is replaced by one of the user's own."""
    made()
    (entry,) = folder.iterdir()
    entry.chmod(0o666)
    made()
    made()

    assert (len(compilations), entry.stat().st_mode & 0o777) == (2, 0o600)


@NEEDS_MODES
def test_a_link_to_a_folder_is_not_used(folder: Path, tmp_path: Path) -> None:
    """A link may lead anywhere, and be led elsewhere at any time."""
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    folder.parent.mkdir()
    folder.symlink_to(tmp_path / "elsewhere")

    assert made() == made()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def short(entry: Path) -> None:
    """An entry of another form, as right as its checksum can say."""
    content = marshal.dumps(("样本.docx", (), ((1, 2),), None))
    entry.write_bytes(cache._checksum(entry, content) + content)


def other(entry: Path) -> None:
    """An entry that is something else altogether."""
    content = marshal.dumps({"a": 1})
    entry.write_bytes(cache._checksum(entry, content) + content)


def linked(entry: Path) -> None:
    """A link to the very entry, which may be led elsewhere."""
    entry.rename(entry.parent.parent / "kept")
    entry.symlink_to(entry.parent.parent / "kept")


def dangling(entry: Path) -> None:
    """A link to nothing."""
    entry.unlink()
    entry.symlink_to("nothing")


def pipe(entry: Path) -> None:
    """A pipe that nobody writes to."""
    entry.unlink()
    os.mkfifo(entry, 0o600)


def huge(entry: Path) -> None:
    """A file that would take all memory."""
    os.truncate(entry, 1 << 40)


def empty_folder(entry: Path) -> None:
    """A folder in the place of the entry."""
    entry.unlink()
    entry.mkdir(mode=0o700)


def full_folder(entry: Path) -> None:
    """A folder with something in it."""
    empty_folder(entry)
    (entry / "x").touch()


def closed(entry: Path) -> None:
    """A file that nobody may read."""
    entry.chmod(0)


@NEEDS_MODES
@pytest.mark.parametrize("change", [short, other, linked, dangling, pipe, huge, empty_folder, full_folder, closed])
def test_whatever_stands_in_the_place_of_an_entry_does_no_harm(
    change: Callable[[Path], None], folder: Path, compilations: list[str]
) -> None:
    """It is neither trusted nor waited for: the template is compiled, and kept anew where there is room for it."""
    whole = made()
    (entry,) = folder.iterdir()
    change(entry)

    assert made() == whole
    assert made() == whole
    if change is closed and os.geteuid() == 0:
        return
    assert len(compilations) == (3 if change is full_folder else 2)
    assert change is full_folder or (entry.is_file() and not entry.is_symlink())


@NEEDS_MODES
@pytest.mark.skipif(os.name != "nt" and os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("whose", ["folder", "entry"])
def test_what_belongs_to_somebody_else_is_not_used(whose: str, folder: Path, compilations: list[str]) -> None:
    """However right it looks, another user has made it."""
    whole = made()
    (entry,) = folder.iterdir()
    os.chown(folder if whose == "folder" else entry, 12345, 12345)

    assert made() == whole
    assert len(compilations) == 2


@NEEDS_MODES
def test_the_cache_is_bounded_whatever_else_lies_in_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to nothing keeps nobody from making room."""
    made(name="0.docx")
    (folder / "link").symlink_to("nothing")
    os.utime(next(path for path in folder.iterdir() if path.is_file()), (1, 1))
    monkeypatch.setattr(cache, "MOST_BYTES", 1_000)
    cache._keep_small(folder)

    assert not any(path.is_file() for path in folder.iterdir())


@pytest.mark.parametrize("place", ["a file", "a file/below", "\0"])
def test_a_place_that_cannot_be_written_does_no_harm(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder templates are compiled every time."""
    (tmp_path / "a file").touch()
    if "\0" not in place:
        monkeypatch.setenv(VARIABLE, str(tmp_path / place))
    else:
        monkeypatch.setattr(cache, "cache_folder", lambda: Path(place))

    assert made() == made()
    assert list(tmp_path.iterdir()) == [tmp_path / "a file"]


def test_the_cache_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest entries make room for new ones, and what an interrupted run left behind goes with them."""
    made(name="0.docx")
    (entry,) = folder.iterdir()
    left = folder / "left.new"
    left.write_bytes(entry.read_bytes())
    for path in (entry, left):
        os.utime(path, (1, 1))
    monkeypatch.setattr(cache, "MOST_BYTES", entry.stat().st_size * 5)
    for number in range(1, 8):
        made(name=f"{number}.docx")
        newest = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number + 1, number + 1))

    assert [path.stat().st_mtime for path in sorted(folder.iterdir(), key=os.path.getmtime)] == [4, 5, 6, 7, 8]


def test_what_would_fill_the_cache_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One template may not drive out all others."""
    monkeypatch.setattr(cache, "MOST_BYTES", 4000)
    made()

    assert not folder.exists()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({VARIABLE: "/x"}, "/x/templates"),
        ({VARIABLE: "off"}, None),
        ({VARIABLE: " OFF "}, None),
        ({VARIABLE: "0", "XDG_CACHE_HOME": "/c"}, None),
        ({VARIABLE: "", "XDG_CACHE_HOME": "/c"}, "/c/docgen/templates"),
        ({"XDG_CACHE_HOME": "/c"}, "/c/docgen/templates"),
        ({"XDG_CACHE_HOME": "c", "HOME": "/h"}, "/h/.cache/docgen/templates"),
        ({"HOME": "/h"}, "/h/.cache/docgen/templates"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has its own variables")
def test_the_folder_is_where_caches_of_the_user_are(
    variables: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user says where, or the system does; a folder that depends on where one stands is none."""
    for name in (VARIABLE, "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert cache_folder() == (Path(expected) if expected is not None else None)


def build(out: Path, place: str) -> tuple[str, set[str]]:
    """What a new process says that builds a sample set, and the modules of docgen's that it has loaded."""
    program = (
        "import sys\nfrom docgen.__main__ import exit_code\n"
        f"sys.argv = ['docgen', 'build', 'data/2026-好差评', '--out', {str(out)!r}]\n"
        "assert exit_code() == 0\nprint(*[name for name in sys.modules if name.startswith('docgen.')], file=sys.stderr)"
    )
    environment = {**os.environ, VARIABLE: place, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.replace(str(out), ""), set(done.stderr.split())


def test_builds_are_the_same_with_and_without_a_cache(tmp_path: Path) -> None:
    """A set has the same bytes without a cache, with an empty and with a full one, which compiles nothing any more."""
    places = {"off": "off", "empty": str(tmp_path / "cache"), "full": str(tmp_path / "cache")}
    builds = {name: build(tmp_path / name, place) for name, place in places.items()}
    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()} for name in builds
    ]
    compiling = {
        f"docgen.template.{name}"
        for name in "blocks cells compile dialect foreign lookups pieces places safety syntax weave".split()  # noqa: SIM905
    }

    assert files[0] == files[1] == files[2]
    assert len({said for said, _ in builds.values()}) == 1
    assert builds["full"][1] & {*compiling, "docgen.pool"} == set()
    assert "docgen.template.compile" in builds["empty"][1]
    # The kit came along with docgen, so that no process of its own is needed (delivered.py).
    assert "docgen.pool" not in builds["empty"][1]


def test_entries_hold_nothing_of_a_contract(tmp_path: Path) -> None:
    """Not one name or number of a contract that was built is in the cache."""
    build(tmp_path / "out", str(tmp_path / "cache"))
    contract, _ = load(ROOT / "data" / "2026-好差评", kits=ROOT / "templates")
    assert contract is not None
    a, b = contract.data.party_a, contract.data.party_b
    values = [contract.data.contract.number, a.name, b.name, a.phone, b.phone, a.address, b.bank.account_no]
    told = [value for value in values if value]
    entries = b"".join(path.read_bytes() for path in (tmp_path / "cache" / "templates").iterdir())

    assert len(told) > 3
    assert [value for value in told if value.encode() in entries] == []
