"""Existing papers made into a kit, step by step: read, propose, try out, and only then write."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from docgen.contract.contract import Contract
from docgen.contract.controls import controls
from docgen.contract.folders import DATA_FILE, KIT_FILE
from docgen.contract.kit import load_kit
from docgen.contract.load import load
from docgen.contract.model import ContractData
from docgen.contract.shape import GroupShape, shape_of
from docgen.contract.source import read_source
from docgen.contract.start import refuse_name, start_text
from docgen.draft import drafted
from docgen.errors import DocgenError, InputError, OutputError, reason
from docgen.findings import Finding, Severity
from docgen.lint import lint
from docgen.reading.document import Reading
from docgen.reading.files import file_bytes, is_legacy, read_data
from docgen.reading.legacy import converted
from docgen.reading.word import read_word
from docgen.template.author import author
from docgen.template.author.printing import print_markup
from docgen.template.author.reader import read_manuscript
from docgen.template.context import Values
from docgen.template.documents import documents
from docgen.template.lint.needs import needs_of
from docgen.template.papers.annexes import Sheet, sheets_of
from docgen.template.papers.blanks import Blanks
from docgen.template.papers.cleaning import cleaned
from docgen.template.papers.facts import as_yaml, facts_in
from docgen.template.papers.forms import values_below
from docgen.template.papers.inferred import inferred
from docgen.template.papers.items import is_house, items_of_reading, items_of_word
from docgen.template.papers.kits import (
    KitText,
    NewField,
    fields_block,
    kit_yaml,
    titled,
    with_facts,
    with_kit_name,
    with_stage,
    without,
)
from docgen.template.papers.lines import Line, line_of
from docgen.template.papers.lists import outline_of
from docgen.template.papers.particulars import particulars
from docgen.template.papers.proposal import Known, with_numbers, with_values
from docgen.template.papers.remarks import Remark
from docgen.template.papers.styling import styled

_UNBUILT = re.compile(r"〔(图|脚注|尾注|分页|文本框：.*?)〕|·编号\d级")
_BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_STAGE = "F223"  # a contract that does not say its stage is a draft
_ZIP = b"PK\x03\x04"
# Many times what any contract has; what has more is no contract, and would be looked at without end.
_MOST_LINES = 8_000
_MOST_IN_A_LINE = 20_000
_MOST_BLANKS = 500
_ONLY = "请只留合同本身；名单、明细等另存为数据。"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kit that is proposed: its files by name, the data that fill it, and what to know about it.

    `expected` are the paragraphs that each document should have again when it is made from the data, `faults` what of
    the data fits no field.
    """

    name: str
    sheets: tuple[Sheet, ...]
    expected: tuple[tuple[str, ...], ...]
    kit: str
    data: Mapping[str, str]
    remarks: tuple[Remark, ...]
    filled: bool
    faults: tuple[Finding, ...] = ()


class Difference(NamedTuple):
    """Where a document made by the new kit is not what the paper was."""

    document: str
    paper: str
    made: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a proposal out: what lint says of it, and how its documents differ from the papers."""

    findings: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    refused: str = ""
    equal: int = 0


def propose(name: str, files: Sequence[Path], data: Path | None, kits: Path | None) -> Proposal:
    """The kit that the papers come down to; nothing is written."""
    refuse_name(name)
    remarks: list[Remark] = []
    sheets = sheets_of([(file.as_posix(), _bounded(_lines(file, remarks), file)) for file in files])
    expected = tuple(tuple(_paragraphs(read_word(author(outline_of(sheet.lines)), sheet.file))) for sheet in sheets)
    numbered = with_numbers(sheets, remarks)
    if data is None:
        return _from_words(name, numbered, expected, remarks)
    contract, fields, faults = _contract(data, kits)
    values = Values(contract).top()
    made = with_values(numbered, Known(values, contract.kit.shape), remarks)
    sheets = list(_titled(made, values))
    idle = _idle(contract, sheets)
    fields = without(fields, idle, "  ")
    label = made[0].shown.replace("\\n", "") or name
    # A control figure may be left out as well: nobody has to give it because this contract does.
    typed = contract.places.keys() - controls(contract.data)
    kit = KitText(label, tuple(sheets), fields if "label" in fields else "", typed=typed)
    filled = _data(data, name)
    words = {*idle, *(contract.kit.shape.fields[key].label for key in idle)}
    text = without(filled.pop(DATA_FILE), words)
    filled = {DATA_FILE: with_stage(text)} | {part: told for part, told in filled.items() if part in text}
    return Proposal(name, kit.sheets, expected, kit_yaml(kit), filled, tuple(remarks), filled=True, faults=faults)


def _idle(contract: Contract, sheets: Sequence[Sheet]) -> set[str]:
    """The kit's own fields that the papers have no use for."""
    text = "".join(f"{outline_of(sheet.lines)}{sheet.title} {sheet.each} " for sheet in sheets)
    return {item.key for item in contract.kit.fields if not re.search(rf"\b{item.key}\b", text)}


def _lines(file: Path, remarks: list[Remark]) -> list[Line]:
    """The lines of a paper in house markup."""
    shown = file.as_posix()
    source = file_bytes(file, shown)
    if is_legacy(source, shown):
        answer = converted({shown: source})[shown]
        if isinstance(answer, DocgenError):
            raise answer
        source = answer
    reading = _no_longer(read_word(source, shown) if source.startswith(_ZIP) else read_data(source, shown), shown)
    if not source.startswith(_ZIP):
        return _plain(styled(cleaned(items_of_reading(reading), remarks), shown))
    manuscript = read_manuscript(source, shown)
    if is_house(manuscript):
        return _plain(list(_house_lines(print_markup(manuscript), remarks)))
    return _plain(styled(cleaned(items_of_word(manuscript, reading), remarks), shown))


def _no_longer(reading: Reading, shown: str) -> Reading:
    """The Reading of a paper, unless it is longer than any contract, which is soon told."""
    cells = [block.cell for block in reading.blocks if block.cell is not None]
    lines = len(reading.blocks) - len(cells) + len({(cell.table, cell.row) for cell in cells})
    if lines > _MOST_LINES:
        raise InputError(f"{shown}：有 {lines:,} 段或行，最多 {_MOST_LINES:,}。", hint=_ONLY)
    return reading


def _bounded(lines: list[Line], file: Path) -> list[Line]:
    """The lines of a paper, unless it is longer than any contract."""
    if len(lines) > _MOST_LINES:
        raise InputError(f"{file.as_posix()}：有 {len(lines):,} 段或行，最多 {_MOST_LINES:,}。", hint=_ONLY)
    for line in lines:
        if (size := sum(len(str(piece)) for piece in line.pieces)) > _MOST_IN_A_LINE:
            told = f"{line.place}有 {size:,} 个字，一段最多 {_MOST_IN_A_LINE:,} 个。"
            raise InputError(f"{file.as_posix()}：{told}", hint=_ONLY)
    return lines


def _plain(lines: Sequence[Line]) -> list[Line]:
    """The lines with braces that stand in a paper as text: what looks like a tag there is none."""
    return [replace(line, pieces=tuple(_BRACES.sub(_brace, str(piece)) for piece in line.pieces)) for line in lines]


def _brace(match: re.Match[str]) -> str:
    return f"{match[0][0]}_{match[0][1]}"


def _house_lines(markup: str, remarks: list[Remark]) -> Iterator[Line]:
    """The lines of a file in the house's styles, but for what no markup can make again."""
    for number, line in enumerate(markup.splitlines(), 1):
        note = re.match(r"@(?!页面|页眉|页脚|表)", line)
        if note or _UNBUILT.search(line):
            remarks.append(Remark("删去", f"第{number}行", line[:30], "不能由文字重建，请在 Word 中加入"))
        if not note:
            yield line_of(_UNBUILT.sub("", line), f"第{number}行")


def _contract(data: Path, kits: Path | None) -> tuple[Contract, str, tuple[Finding, ...]]:
    """The contract that the papers were filled from, the own fields of its kit as YAML, and what fits no field."""
    contract, findings = load(data, kits=kits)
    if any(finding.rule == "F221" for finding in findings):
        return _without_kit(data / DATA_FILE if data.is_dir() else data)
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    if contract is None or wrong:
        more = f"（共 {len(wrong)} 处）" if len(wrong) > 1 else ""
        place = f"{wrong[0].place.file}:{wrong[0].place.line}" if wrong else data.as_posix()
        raise InputError(
            f"{place}：{wrong[0].message if wrong else '不能读取'}{more}", hint="请先改好数据：docgen check。"
        )
    return contract, fields_block((contract.kit.folder / KIT_FILE).read_text(encoding="utf-8")), ()


def _without_kit(file: Path) -> tuple[Contract, str, tuple[Finding, ...]]:
    """The contract that data of no kit make, with a kit made for them."""
    tree, findings = read_source(file)
    fields = "" if tree is None else inferred(tree, shape_of(ContractData))
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        blank = KitText("文件", (Sheet("body", "文件", "文件", None, (Line("@页面 纵向"),), ""),), fields)
        _fill(root / "templates" / "paper", _files(blank.sheets, kit_yaml(blank)))
        data = _data(file, "paper")
        _fill(root / "data", {name: text.encode() for name, text in data.items()})
        contract, findings = load(root / "data", kits=root / "templates")
    if contract is None:
        raise InputError(f"{file.as_posix()}：{findings[0].message if findings else '不能读取'}")
    added = data[DATA_FILE].count("\n") - file.read_text(encoding="utf-8-sig").count("\n")
    wrong = (finding for finding in findings if finding.severity is Severity.ERROR and finding.rule != _STAGE)
    return contract, fields, tuple(_where_it_lies(finding, file, added) for finding in wrong)


def _where_it_lies(finding: Finding, file: Path, added: int) -> Finding:
    """The finding at its place in the data as they lie, which were read with so many lines more in front."""
    place = finding.place
    own = place.file.endswith(f"/{DATA_FILE}")
    shown = file if own else file.parent / Path(place.file).name
    line = place.line - added if own and place.line else place.line
    return replace(finding, place=replace(place, file=shown.as_posix(), line=line))


def _titled(sheets: Sequence[Sheet], values: Mapping[str, object]) -> tuple[Sheet, ...]:
    texts: dict[str, str] = {}
    for name, value in values.items():
        if not name.startswith("_"):
            for path, own in [*values_below(value), *_titles(value)]:
                texts.setdefault(str(own), path)
    texts = {text: path for text, path in texts.items() if len(text) >= 4}
    return tuple(replace(sheet, title=titled(sheet, texts)) for sheet in sheets)


def _titles(value: object) -> list[tuple[str, object]]:
    return [(path, own) for item in (value if isinstance(value, tuple) else ()) for path, own in values_below(item)
            if path.endswith("title")]  # fmt: skip


def _from_words(
    name: str, sheets: Sequence[Sheet], expected: tuple[tuple[str, ...], ...], remarks: list[Remark]
) -> Proposal:
    """The kit of papers that no data stand beside: their blanks and obvious facts as fields."""
    lines = [line for sheet in sheets for line in sheet.lines]
    facts = facts_in(lines)
    added, more = particulars(lines, facts, remarks)
    facts |= more
    blanks = Blanks(remarks, {each.key: each for each in added})
    opened = [replace(sheet, lines=tuple(blanks.filled(sheet.lines))) for sheet in sheets]
    if len(blanks.added) > _MOST_BLANKS:
        raise InputError(f"空格和栏目有 {len(blanks.added):,} 个，最多 {_MOST_BLANKS} 个。", hint=_ONLY)
    values, shape = _values_of(facts, added, remarks)
    made = with_values(opened, Known(values, shape), remarks)
    title = made[0].shown.replace("\\n", "")
    kit = KitText(title or name, _titled(made, values), "", tuple(blanks.added.values()))
    text = kit_yaml(kit)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / name
        _fill(folder, _files(kit.sheets, text))
        known = load_kit(name, Path(temporary))
        start = start_text(known, f"data/{name}", needs_of(known))
    told = [line for line in start.split("\n") if "yaml-language-server" not in line]
    facts = {path: value for path, value in facts.items() if path != "contract.stage"}
    remarks += [Remark("资料", "", value, path) for path, value in facts.items()]
    return Proposal(name, kit.sheets, expected, text, {DATA_FILE: with_facts("\n".join(told), facts)}, tuple(remarks),
                    filled=False)  # fmt: skip


def _values_of(
    facts: dict[str, str], added: Sequence[NewField], remarks: list[Remark]
) -> tuple[dict[str, Any], GroupShape]:
    """The facts as values of the model; one that is not what its field takes is left out and said."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        blank = KitText("文件", (Sheet("body", "文件", "文件", None, (Line("@页面 纵向"),), ""),), "", tuple(added))
        _fill(root / "templates" / "paper", _files(blank.sheets, kit_yaml(blank)))
        file = root / "data" / DATA_FILE
        file.parent.mkdir()
        for _ in range(2):
            file.write_text(as_yaml(facts, "paper"), encoding="utf-8")
            contract, findings = load(file, kits=root / "templates")
            faults = {each.place.path for each in findings if each.severity is Severity.ERROR}
            doubtful = [path for path in facts if path in faults]
            remarks += [Remark("存疑", "", facts.pop(path), f"像是 {path}，但不合格式，没有采用") for path in doubtful]
        if contract is None:
            raise AssertionError("the facts of a paper make a contract")
        return Values(contract).top(), contract.kit.shape


def _data(data: Path, name: str) -> dict[str, str]:
    """The data files of the contract, for the new kit."""
    file = data / DATA_FILE if data.is_dir() else data
    found = {
        part.name: part.read_text(encoding="utf-8-sig") for part in sorted(file.parent.glob("*.yaml")) if part != file
    }
    return {DATA_FILE: with_kit_name(file.read_text(encoding="utf-8-sig"), name), **found}


def _files(sheets: Sequence[Sheet], kit: str) -> dict[str, bytes]:
    """The files of the kit's folder."""
    return {KIT_FILE: kit.encode(), **{sheet.template: author(outline_of(sheet.lines)) for sheet in sheets}}


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def tried(proposal: Proposal) -> Trial:
    """What comes of the proposal: linted, and made from its data, beside what the papers say."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        try:
            _fill(root / "templates" / proposal.name, _files(proposal.sheets, proposal.kit))
        except DocgenError as error:
            return Trial(refused=str(error))
        _fill(root / "data" / proposal.name, {name: text.encode() for name, text in proposal.data.items()})
        folder = root / "templates" / proposal.name
        outcome, _ = lint(folder, proposal.name, root / "templates")
        findings = tuple(finding for report in outcome.files for finding in report.findings)
        try:
            contract, faults = load(root / "data" / proposal.name, kits=root / "templates")
            if contract is None:
                return Trial(findings, refused=faults[0].message if faults else "数据不能读取")
            wrong = [finding for finding in faults if finding.severity is Severity.ERROR]
            if wrong and not proposal.faults:
                return Trial(findings, refused=f"这份数据配不上新的合同类型：{wrong[0].message}")
            made = drafted(contract, documents(contract), Path(proposal.name))
        except DocgenError as error:
            return Trial(findings, refused=str(error).replace(temporary, ""))
        return _compared(proposal, findings, [_paragraphs(draft.reading) for draft in made])


def _compared(proposal: Proposal, findings: tuple[Finding, ...], made: Sequence[list[str]]) -> Trial:
    differences: list[Difference] = []
    equal = 0
    called = [sheet.shown for sheet in proposal.sheets for _ in range(sheet.copies)]
    for shown, expected, got in zip(called, proposal.expected, made, strict=False):
        matcher = SequenceMatcher(
            None, [_bare(text) for text in expected], [_bare(text) for text in got], autojunk=False
        )
        for kind, a, b, c, d in matcher.get_opcodes():
            equal += (b - a) * (kind == "equal")
            if kind != "equal":
                differences.append(Difference(shown, "¶".join(expected[a:b]), "¶".join(got[c:d])))
    return Trial(findings, tuple(differences), equal=equal)


def _paragraphs(reading: Reading) -> list[str]:
    return [block.seen for block in reading.blocks if block.seen.strip() and not block.part.startswith("foot")]


def _bare(text: str) -> str:
    """The text without spaces, every blank to be filled in the same."""
    text = re.sub(r"(?<=[{}%#])_(?=[{}%#])", "", text)
    blanks = re.sub(r"[_＿]{2,}|【[\s_]*】|[×X]{2,}", "____", text)
    return re.sub(r"\s", "", re.sub(r"____\s*年\s*____\s*月(?:\s*____\s*日)?|____[%％]", "____", blanks))


def write(proposal: Proposal, kits: Path | None, into: Path) -> tuple[Path, Path]:
    """The folders of the kit and of its data, which were not there before; both or neither are written."""
    targets = ((kits or Path("templates")) / proposal.name, into / proposal.name)
    for target in targets:
        if os.path.lexists(target):
            raise OutputError(f"{target.as_posix()}：已经存在，没有改动。", hint="请换一个名称，或先移走原来的文件夹。")
    files = (_files(proposal.sheets, proposal.kit), {name: text.encode() for name, text in proposal.data.items()})
    made: list[Path] = []
    try:
        for target, content in zip(targets, files, strict=True):
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = Path(tempfile.mkdtemp(prefix=".docgen-new-", dir=target.parent))
            made.append(temporary)
            for name, data in content.items():
                (temporary / name).write_bytes(data)
            temporary.chmod(0o755)
        for temporary, target in zip(made, targets, strict=True):
            temporary.rename(target)
    except OSError as error:
        for temporary in made:
            shutil.rmtree(temporary, ignore_errors=True)
        raise OutputError(f"{targets[0].as_posix()}：没有写成（{reason(error)}）。") from None
    return targets
