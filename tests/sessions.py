"""Weeks in the life of a set: data, files and templates edited by several people at random, builds in between.

After every build all that anybody wrote must be there: in the file, in a tracked deletion that the build told, or in
the history; and all that is new in the data must have arrived.
"""

from __future__ import annotations

import io
import random
import re
import shutil
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import docx
from lxml import etree

from docgen.contract.load import load
from docgen.outputs.disk import digest_of
from docgen.outputs.history import HISTORY, kept, versions
from docgen.outputs.workspace import ORPHANS, recorded
from docgen.pipeline import Options, Proven, build, prove
from docgen.plan import plan
from docgen.report.outcome import Outcome
from docgen.restore import Aim, restore
from docgen.template.author import author
from docgen.word.names import BODY
from docgen.word.package import read_package, write_package
from docgen.word.parts import parse, serialize
from docgen.word.text import RUN, paragraphs, part_name, visible_text, w
from tests.hands import Hand
from tests.tracked import accepted, refused
from tests.word.structure import faults

ROOT = Path(__file__).resolve().parent.parent
ORDER = ROOT / "tests" / "cases" / "kits" / "purchase-order"
ORDER_DATA = ROOT / "tests" / "cases" / "data" / "purchase-order"
SAMPLES = ("2021-专项评估", "2026-好差评")
BOUND = "合订本.docx"
_READ = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*)\.xml")
_VALUE = re.compile(r"(\s*(?:- )?(?:[^\s:：#]+: )?)([^\s#\"'|>\[{&*!].*)$")
_FREE = re.compile(r"(?:名称|包装要求|说明|地点|标准|name|text|place|scope|items?|content|title|remark|address)")


class LostError(AssertionError):
    """Something that somebody wrote is nowhere, or something new has not arrived."""


@dataclass
class Session:
    """One random life of a set in a folder; `told` is what was done, for whoever has to find a fault."""

    desk: Path
    seed: int
    sample: str | None = None
    told: list[str] = field(default_factory=list)
    in_bound: set[int] = field(default_factory=set)
    marks: int = 0
    merges: int = 0
    conflicts: int = 0
    builds: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.data = self.desk / "data" / "set"
        self.kits = self.desk / "kits"
        self.folder = self.desk / "outputs" / "set"
        if self.sample is None:
            shutil.copytree(ORDER_DATA, self.data)
            (self.kits / ORDER.name).mkdir(parents=True)
            shutil.copy(ORDER / "kit.yaml", self.kits / ORDER.name)
            for text in ORDER.glob("*.txt"):
                (self.kits / ORDER.name / f"{text.stem}.docx").write_bytes(author(text.read_text(encoding="utf-8")))
        else:
            shutil.copytree(ROOT / "data" / self.sample, self.data)
            shutil.copytree(ROOT / "templates", self.kits)
        if self.chance.random() < 0.4:
            self.replace("阶段: 定稿", "阶段: 草稿")
            self.replace("stage: 定稿", "stage: 草稿")

    def resumed(self, desk: Path) -> Session:
        """The same session in a copy of its folder."""
        shutil.copytree(self.desk, desk)
        other = copy(self)
        other.desk, other.told, other.in_bound = desk, list(self.told), set(self.in_bound)
        other.data, other.kits, other.folder = desk / "data" / "set", desk / "kits", desk / "outputs" / "set"
        return other

    def run(self, steps: int) -> None:
        """Do so many random things, and build after the last one."""
        self.build()
        doings = [self.edit_data] * 5 + [self.edit_file] * 8 + [self.build] * 4 + [self.restore, self.edit_template]
        doings += [self.plan, self.settle, self.edit_both]
        for _ in range(steps):
            self.chance.choice(doings)()
        self.build()

    # What people do

    def edit_data(self) -> None:
        """Change a line of the data: a word, a figure, an item of a list more or less."""
        path = self.data / "contract.yaml"
        lines = path.read_text(encoding="utf-8").split("\n")
        at = self.chance.randrange(2, len(lines))
        found = _VALUE.fullmatch(lines[at])
        if found is None:
            return
        head, value = found[1], found[2]
        kind = self.chance.random()
        if head.lstrip().startswith("- ") and ":" not in lines[at] and kind < 0.4:
            lines[at : at + 1] = [lines[at], f"{head}{self.mark('数')}"] if kind < 0.2 else []
        elif re.fullmatch("[0-9]+", value):
            lines[at] = f"{head}{int(value) + self.chance.randint(1, 9)}"
        elif value in ("是", "否"):
            lines[at] = f"{head}{'否' if value == '是' else '是'}"
        elif not re.fullmatch(r"[0-9,.%‰\-]+|true|false|余款|草稿|定稿", value) and (
            _FREE.search(head) or head.strip() == "-"
        ):
            cut = self.chance.randint(0, len(value))
            lines[at] = f"{head}{value[:cut]}{self.mark('数')}{value[cut:]}"
        else:
            return
        self.say(f"data: {lines[at] if at < len(lines) else ''}")
        path.write_text("\n".join(lines), encoding="utf-8")

    def edit_file(self) -> None:
        """Change something in a file of the set as a person would in Word."""
        files = sorted(self.folder.glob("*.docx"))
        if not files:
            return
        path = self.chance.choice(files)
        package = read_package(path.read_bytes())
        names = [name for name in package.names if _READ.fullmatch(name)]
        name = BODY if self.chance.random() < 0.9 else self.chance.choice(names)
        root = parse(package[name])
        first = self.marks
        done = Hand(self.chance, self.mark).edit(root)
        if done is None:
            return
        if path.name == BOUND:
            self.in_bound |= set(range(first + 1, self.marks + 1))
        self.say(f"{path.name} {part_name(name)}: {done}")
        path.write_bytes(write_package(package.replaced({name: serialize(root)})))

    def edit_both(self) -> None:
        """Change a paragraph by hand in a file and in the data, then build at once."""
        self.edit_file()
        self.edit_data()
        self.build()

    def edit_template(self) -> None:
        """Write something into the fixed words of a template."""
        kit = self.kits / ORDER.name if self.sample is None else None
        paths = sorted(kit.glob("*.docx")) if kit else []
        if not paths:
            return
        path = self.chance.choice(paths)
        document = docx.Document(str(path))
        fixed = [p for p in document.paragraphs if p.runs and p.text and "{" not in p.text]
        if not fixed:
            return
        run = self.chance.choice(fixed).runs[0]
        if self.chance.random() < 0.5:
            run.text = f"{run.text}{self.mark('模')}"
        else:
            run.font.color.rgb = docx.shared.RGBColor(0xE0, 0, int(self.mark("色")[1:4]) % 256)
        self.say(f"template {path.name}: {run.text} {run.font.color.rgb}")
        document.save(str(path))

    def settle(self) -> None:
        """Accept or refuse all the tracked changes of a file."""
        files = [
            path for path in sorted(self.folder.glob("*.docx")) if b"<w:del " in read_package(path.read_bytes())[BODY]
        ]
        if files:
            path = self.chance.choice(files)
            decide = self.chance.choice([accepted, refused])
            self.say(f"{path.name}: {decide.__name__}")
            path.write_bytes(decide(path.read_bytes()))

    # What docgen does

    def plan(self) -> None:
        """Plan; nothing may be written by it."""
        before = lying(self.folder)
        plan(self.data, "set", Options(out=self.folder.parent, kits=self.kits))
        self.hold(before == lying(self.folder), "plan wrote something")

    def proven(self) -> Proven:
        """The set as it would be written."""
        found = prove(load(self.data, kits=self.kits), "set", Options(out=self.folder.parent, kits=self.kits))
        assert isinstance(found, Proven)
        return found

    def work(self) -> Outcome:
        """Build, whatever comes of it."""
        return build(self.data, "set", Options(out=self.folder.parent, kits=self.kits))

    def build(self) -> Outcome:
        """Build, and see that nothing is lost and all that is new is there."""
        before, old = lying(self.folder), recorded(self.folder)
        bases = {name: kept(self.folder, record.base, name) for name, record in old.files.items()} if old else {}
        outcome = self.work()
        self.builds += 1
        after = lying(self.folder)
        rules = [finding.rule for finding in outcome.findings]
        self.say(f"build: {[report.output for report in outcome.files]} {sorted(set(rules))}")
        self.hold("F501" not in rules, "an edited file was refused")
        self.conflicts += rules.count("F504")
        if any(report.output == "refused" for report in outcome.files):
            self.hold(before == after, "a refused set was written")
            return outcome
        self.merges += sum(report.output == "merged" for report in outcome.files)
        self.nothing_lost(before)
        self._hand_marks(before, after, outcome)
        self._colours(before, after, outcome)
        self._news(bases, after)
        for name, data in after.items():
            if data != before.get(name) and name.endswith(".docx"):
                self._sound(name, data, before.get(name))
        return outcome

    def restore(self) -> None:
        """Put back a version of the set or of one file."""
        known = versions(self.folder)
        if not known:
            return
        version = self.chance.choice(known)
        name = self.chance.choice([None, *version.manifest.files])
        before = lying(self.folder)
        self.say(f"restore {version.number} {name or ''}")
        restore(Aim(self.folder, name), version.number)
        self.nothing_lost(before)
        after = lying(self.folder)
        for each, record in version.manifest.files.items():
            if name in (None, each):
                self.hold(digest_of(after[each]) == record.sha256, f"{each} is not what it was in {version.number}")

    # What must hold

    def nothing_lost(self, before: Mapping[str, bytes]) -> None:
        """See that every file, as it lay there before, lies there still or is kept."""
        store = {digest_of(data) for data in lying(self.folder).values()}
        store |= {path.stem for path in (self.folder / HISTORY).glob("*")}
        store |= {digest_of(path.read_bytes()) for path in (self.folder / ORPHANS).glob("*")}
        for name, data in before.items():
            self.hold(digest_of(data) in store, f"{name} as it lay there is nowhere")

    def _hand_marks(self, before: Mapping[str, bytes], after: Mapping[str, bytes], outcome: Outcome) -> None:
        conflicts = any(finding.rule in ("F504", "F505") for finding in outcome.findings)
        aside = "".join(_said(path.read_bytes())[0] for path in (self.folder / ORPHANS).glob("*.docx"))
        for bound in (False, True):
            seen, struck = _all_said(after, bound=bound)
            for mark in _marks("手", _all_said(before, bound=bound)[0]):
                # What comes into the bound set from its documents goes with them.
                if mark not in seen and (int(mark[1:4]) in self.in_bound or not bound):
                    self.hold((mark in struck and conflicts) or mark in aside, f"{mark} is lost, bound: {bound}")

    def _colours(self, before: Mapping[str, bytes], after: Mapping[str, bytes], outcome: Outcome) -> None:
        """See that words keep the colours that people gave them, and that those of the template arrive or are told."""
        now = recorded(self.folder)
        assert now is not None
        told = {finding.place.file.rpartition("/")[2] for finding in outcome.findings if finding.rule == "F505"}
        made = {
            name: kept(self.folder, record.base, name) or b"" for name, record in now.files.items() if name != BOUND
        }
        said = "\n".join(map(_shown, made.values()))
        everywhere = {colour for data in after.values() for colour, _ in _coloured(data)}
        for name, data in before.items():
            for colour, words in _coloured(data) if name != BOUND else ():
                gone = colour.startswith("E0") or words not in said or not after.keys() >= {name}
                self.hold(gone or colour in everywhere, f"{colour} of {name} is lost: {words}")
        for name, data in made.items():
            own = {colour for colour, _ in _coloured(after[name])}
            for colour, words in _coloured(data):
                overruled = name in told or words not in _shown(after[name]) or any(c.startswith("C0") for c in own)
                self.hold(colour in own or overruled, f"{colour} has not arrived in {name}: {words}")

    def _news(self, bases: Mapping[str, bytes | None], after: Mapping[str, bytes]) -> None:
        now = recorded(self.folder)
        assert now is not None
        old = {mark for data in bases.values() if data for sign in "数模" for mark in _marks(sign, _said(data)[0])}
        for name, record in now.files.items():
            made = kept(self.folder, record.base, name)
            self.hold(made is not None, f"what {name} was made as is not kept")
            seen = _said(after[name])[0]
            for mark in [mark for sign in "数模" for mark in _marks(sign, _said(made or b"")[0])]:
                if mark not in old:
                    self.hold(mark in seen, f"{mark} has not arrived in {name}")

    def _sound(self, name: str, data: bytes, before: bytes | None) -> None:
        docx.Document(io.BytesIO(data))
        known = set(faults(before)) if before else set()
        found = [fault for fault in faults(data) if fault not in known]
        self.hold(not found, f"{name}: {found[:3]}")

    def hold(self, truth: bool, otherwise: str) -> None:
        """Raise LostError with all that was done where something is not so."""
        if not truth:
            raise LostError("\n".join([f"seed {self.seed}, {self.sample or 'order'}", *self.told, otherwise]))

    def say(self, what: str) -> None:
        """Note what was done."""
        self.told.append(what)

    def mark(self, sign: str) -> str:
        """A text that stands nowhere else."""
        self.marks += 1
        return f"{sign}{self.marks:03d}号"

    def replace(self, old: str, new: str) -> None:
        """Replace words in the data."""
        path = self.data / "contract.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def lying(folder: Path) -> dict[str, bytes]:
    """The files of a set by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()}


def _all_said(files: Mapping[str, bytes], *, bound: bool) -> tuple[str, str]:
    said = [_said(data) for name, data in files.items() if (name == BOUND) == bound and name.endswith(".docx")]
    return "\n".join(seen for seen, _ in said), "\n".join(struck for _, struck in said)


def _said(data: bytes) -> tuple[str, str]:
    """What a file shows, and what it says when its tracked changes are refused, with all that is struck out in it.

    Words that a person put in tracked and that are struck out since are gone once both are refused.
    """
    return _shown(data), f"{_shown(refused(data))}\n{_struck_out(data)}"


def _struck_out(data: bytes) -> str:
    parts = [parse(part.data) for part in read_package(data) if _READ.fullmatch(part.name)] if data else []
    struck = [mark.iter(w("delText")) for root in parts for mark in root.iter(w("del"))]
    return "\n".join("".join(each.text or "" for each in texts) for texts in struck)


def _shown(data: bytes) -> str:
    parts = [parse(part.data) for part in read_package(data) if _READ.fullmatch(part.name)] if data else []
    return "\n".join(visible_text(paragraph) for root in parts for paragraph in paragraphs(root))


def _coloured(data: bytes) -> list[tuple[str, str]]:
    """The words that have a colour that only a test gives, each with it."""
    root = parse(read_package(data)[BODY]) if data.startswith(b"PK") else etree.Element("none")
    colours = ((each.get(w("val"), ""), each.getparent()) for each in root.iter(w("color")))
    runs = [(colour, around.getparent()) for colour, around in colours if around is not None]
    return [
        (colour, visible_text(run))
        for colour, run in runs
        if colour[:2] in ("C0", "E0") and run is not None and run.tag == RUN
    ]


def _marks(sign: str, text: str) -> list[str]:
    return re.findall(f"{sign}[0-9]{{3}}号", text)
