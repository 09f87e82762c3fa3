"""Edits of generated files as changes of the data: found, turned back into what a clerk would type, and proven.

Nothing is taken over that has not been proven: the changed data are loaded and rendered, and must print what the
person wrote, where the person wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from docgen.changes import Change
from docgen.contract.contract import Contract
from docgen.contract.controls import Outdated, controls
from docgen.contract.meaning import same
from docgen.contract.scalars import Scalar
from docgen.contract.shape import shape_at
from docgen.contract.typed import typed_values
from docgen.draft import Draft
from docgen.findings import Finding, Place
from docgen.plan import fields_of
from docgen.provenance import Provenance, provenance_of
from docgen.pull.asked import NOT_THERE, Asked, Edited, asked_for
from docgen.pull.derived import origin_of
from docgen.pull.edits import edits_of
from docgen.pull.found import Edits, ListEdit, ValueEdit, WordEdit
from docgen.pull.lists import Arrangement, arrangement
from docgen.pull.origin import Returned
from docgen.pull.places import Places
from docgen.pull.proof import Prints, Trial, prints_of, proven
from docgen.pull.silent import silent_fields, silent_stands, with_silent_fields
from docgen.pull.spans import Stand
from docgen.pull.volume import bound_stands
from docgen.rules.catalogue import check_contract
from docgen.template.values import BLANK

# What is left around the words that are written into a blank.
_BLANK_LEFT = "_＿ \t\u3000\xa0"
_EMPTIED = "内容被删空了；要去掉这一项的，请直接改数据"
_PARTLY = "这里只印出这一项的一部分，而数据改后印出的不是这样"


class Told(NamedTuple):
    """Something that was not taken over: the words, where they stand, the reason; its field where it is of one.

    Words in the text of the contract itself have no reason: they stay where they are.
    """

    edit: WordEdit
    place: Place
    reason: str = ""
    path: str = ""


@dataclass(slots=True)
class Pulled:
    """What was read out of the files of one set: changes of the data, the texts with them, and what is left.

    `texts` are the data files with the changes in them. `words` were changed in the text of the contract itself,
    which a build keeps; `left` cannot be told, or cannot be written into the data. `known` counts what the data say
    already, `follows` what they say as soon as the changes are in them; `outdated` are control figures that no longer
    agree then, and `doubts` what contradicts itself besides.
    """

    changes: list[Change] = field(default_factory=list)
    texts: dict[Path, str] = field(default_factory=dict)
    words: dict[str, list[Told]] = field(default_factory=dict)
    left: dict[str, list[Told]] = field(default_factory=dict)
    known: int = 0
    follows: int = 0
    outdated: list[Outdated] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)


def pull(contract: Contract, drafts: Sequence[Draft], files: Sequence[Returned], kits: Path | None) -> Pulled:
    """What the edits of these files mean for the data of their contract; nothing is written."""
    return _Pulling(contract, drafts, files, kits).run()


def stands_of(made: Provenance, fields: Mapping[str, str]) -> list[Stand]:
    """The values of a file as docgen made it, each with the number of its place among those of its field."""
    seen: dict[str | None, int] = {}
    found = []
    for stand in made.stands:
        path = fields.get(stand.field)
        found.append(Stand(path, seen.get(path, 0), stand.part, stand.position, stand.start, stand.end))
        seen[path] = seen.get(path, 0) + 1
    return found


class _Pulling:
    """The work on the files of one set."""

    def __init__(
        self, contract: Contract, drafts: Sequence[Draft], files: Sequence[Returned], kits: Path | None
    ) -> None:
        self._contract, self._files, self._kits = contract, files, kits
        self._typed = typed_values(contract)
        self._prints = prints_of(drafts)
        self._paths = {path for known in self._prints.values() for path in known}
        self._controls = controls(contract.data)
        self._left_out = silent_fields(contract, self._typed)
        self._given: list[Draft] | None = None
        self._places = Places()
        self._underived: list[tuple[Returned, ValueEdit, str]] = []
        self._pulled = Pulled()

    def run(self) -> Pulled:
        found = [(file, self._edits(file)) for file in self._files]
        asked = list(self._asked(found))
        arranged = list(self._arranged(found))
        for file, edits in found:
            self._pulled.words[file.file] = [Told(each, self._places.named(file, each)) for each in edits.words]
            for unclear in edits.unclear:
                self._leave(file, *unclear)
        self._prove(asked, arranged)
        return self._pulled

    def _edits(self, file: Returned) -> Edits:
        members = [(data, self._stands(data)) for data in file.members]
        stands = list(bound_stands(file.base, members)) if members else self._stands(file.base)
        found = edits_of(file.base, file.data, stands)
        silent = self._silent(file, stands) if found.words or found.lists or found.unclear else []
        return edits_of(file.base, file.data, [*stands, *silent]) if silent else found

    def _stands(self, base: bytes) -> list[Stand]:
        """The values of a file as docgen made it."""
        made = provenance_of(base)
        return stands_of(made, fields_of(made, self._contract.kit.shape, self._paths)) if made is not None else []

    def _silent(self, file: Returned, stands: Sequence[Stand]) -> list[Stand]:
        """Where the file would print what the data leave out, had they given it."""
        if self._given is None:
            self._given = with_silent_fields(self._contract, self._left_out)
        draft = next((each for each in self._given if each.origin.document == file.document), None)
        return list(silent_stands(draft, self._left_out, file.base, stands)) if draft is not None else []

    def _asked(self, found: Sequence[tuple[Returned, Edits]]) -> Iterator[Asked]:
        by_field: dict[str, list[Edited]] = {}
        for file, edits in found:
            for edit in map(_filled, edits.values):
                if self._same(edit.path, edit.old, edit.new) or (edit.old == BLANK and not edit.new):
                    edits.words.append(_words(edit))
                elif not edit.new.strip():
                    self._leave(file, _words(edit), _EMPTIED, edit.path)
                elif self._stands_open(file, edit):
                    by_field.setdefault(edit.path, []).append((file, edit))
        for path, places in by_field.items():
            asked = asked_for(path, places, self._typed, self._contract)
            if isinstance(asked, Asked):
                self._underived += [(file, edit, _PARTLY) for file, edit in asked.partly]
                yield asked
            else:
                self._underived += [(file, edit, asked) for file, edit in places]

    def _stands_open(self, file: Returned, edit: ValueEdit) -> bool:
        """Whether the data still have what the file was made from; what they have already is done."""
        now = self._prints.get(file.document, {}).get(edit.path, [])
        if edit.old in now or edit.silent:
            return True
        if any(self._same(edit.path, edit.new, text) for text in now):
            self._pulled.known += 1
        else:
            said = f"“{now[0]}”" if now else "没有这一项了"
            self._leave(file, _words(edit), f"数据在此之后也改过，现在是{said}，请人工决定用哪一个", edit.path)
        return False

    def _same(self, path: str, one: str, other: str) -> bool:
        """Whether two texts of a field say the same."""
        scalar = shape_at(self._contract.kit.shape, path)
        return same(one, other, scalar) if isinstance(scalar, Scalar) else one == other

    def _arranged(self, found: Sequence[tuple[Returned, Edits]]) -> Iterator[tuple[Returned, Arrangement]]:
        seen: dict[str, Arrangement] = {}
        for file, edits in found:
            for edit in edits.lists:
                if self._lists_so(file, edit):
                    self._pulled.known += 1
                    continue
                made = arrangement(edit, self._typed, self._contract.kit.shape)
                if isinstance(made, str):
                    self._leave(file, _listed(edit), made, edit.path)
                elif edit.path in seen and seen[edit.path].order != made.order:
                    self._leave(file, _listed(edit), "同一个列表在几份文件里改得不一样", edit.path)
                elif edit.path not in seen:
                    seen[edit.path] = made
                    yield file, made

    def _lists_so(self, file: Returned, edit: ListEdit) -> bool:
        """Whether the data have the entries of a list already as they stand in the file."""
        now = self._prints.get(file.document, {})
        for number, item in enumerate(edit.order, 1):
            said = edit.said[item] if isinstance(item, int) else item.values
            for key, text in said.items():
                path = f"{edit.path}[{number}]{'.' if key and not key.startswith('[') else ''}{key}"
                if key != "no" and text.strip() and not any(self._same(path, text, each) for each in now.get(path, ())):
                    return False
        more = f"{edit.path}[{len(edit.order) + 1}]"
        return not any(path == more or path.startswith(f"{more}.") for path in now)

    def _prove(self, asked: list[Asked], arranged: list[tuple[Returned, Arrangement]]) -> None:
        """Try the likeliest ways first, and another one for whatever does not print what was written."""
        prints: Prints = self._prints
        trial = Trial({})
        before = {(finding.rule, finding.place.path) for finding in check_contract(self._contract)}
        while asked or arranged:
            trial = self._trial(asked, arranged)
            proof = proven(self._contract, trial, self._wanted(asked, arranged), self._kits)
            doubts = [f for f in proof.faults if (f.rule, f.place.path) not in before]
            failed = proof.failed or self._contradicted(asked, trial, proof.controls)
            if not failed:
                self._take(asked, arranged, trial)
                self._pulled.doubts, self._pulled.outdated, prints = doubts, list(proof.outdated), proof.prints
                break
            asked = [one for one in asked if self._stays(one, failed)]
            arranged = [pair for pair in (self._again(file, made, failed) for file, made in arranged) if pair]
        self._follow(trial, prints)

    def _trial(self, asked: Sequence[Asked], arranged: Sequence[tuple[Returned, Arrangement]]) -> Trial:
        values = {one.path: (one.slot, one.choices[0]) for one in asked}
        agreed = [path for path in self._typed if path in self._controls - values.keys()]
        return Trial(values, tuple(made for _, made in arranged), tuple(agreed))

    def _contradicted(self, asked: Sequence[Asked], trial: Trial, agreeing: frozenset[str]) -> dict[str, str]:
        """The control figures among what was edited that contradict what they are worked out from."""
        edited = {one.path for one in asked} & self._controls
        wrong = [path for path in edited if trial.moved(path) not in agreeing]
        return {path: origin_of(path, self._contract) or NOT_THERE for path in wrong}

    def _follow(self, trial: Trial, prints: Prints) -> None:
        """Settle what was edited and is not typed: it is right where the changed data say the same by themselves."""
        for file, edit, reason in self._underived:
            now = prints.get(file.document, {}).get(trial.moved(edit.path), ())
            if edit.old not in now and any(self._same(edit.path, edit.new, text) for text in now):
                self._pulled.follows += 1
            else:
                self._leave(file, _words(edit), reason, edit.path)

    def _stays(self, one: Asked, failed: Mapping[str, str]) -> bool:
        if one.path not in failed:
            return True
        one.choices = [] if one.path in self._controls else one.choices[1:]
        if not one.choices:
            for file, edit in one.edits:
                self._leave(file, _words(edit), failed[one.path], one.path)
        return bool(one.choices)

    def _again(
        self, file: Returned, made: Arrangement, failed: Mapping[str, str]
    ) -> tuple[Returned, Arrangement] | None:
        if made.path not in failed:
            return file, made
        other = made.otherwise()
        if other is None:
            self._leave(file, _listed(made), failed[made.path], made.path)
            return None
        return file, other

    def _wanted(
        self, asked: Sequence[Asked], arranged: Sequence[tuple[Returned, Arrangement]]
    ) -> dict[str, list[tuple[str, str, str]]]:
        """What must be printed, by what it proves: document, field and text."""
        wanted: dict[str, list[tuple[str, str, str]]] = {}
        for one in asked:
            wanted[one.path] = [(file.document, one.path, edit.new) for file, edit in one.edits]
        for file, made in arranged:
            document = file.document
            wanted[made.path] = [(document, path, text) for path, text in made.printed()]
        return wanted

    def _take(self, asked: Sequence[Asked], arranged: Sequence[tuple[Returned, Arrangement]], trial: Trial) -> None:
        for one in asked:
            file, edit = one.edits[0]
            place = self._places.of(file, edit.spot)
            self._pulled.changes.append(Change(one.path, one.typed, one.choices[0], place))
        for file, made in arranged:
            place = self._list_place(file, made)
            self._pulled.changes += [Change(path, old, new, place) for path, old, new in made.told(self._typed)]
        self._pulled.texts = trial.texts()

    def _list_place(self, file: Returned, made: Arrangement) -> Place:
        """Where the first entry stands that is new or moved, or where one stood that is gone."""
        if made.spot is None:
            return self._places.named(file, _listed(made))
        return self._places.of(file, made.spot)

    def _leave(self, file: Returned, edit: WordEdit, reason: str, path: str = "") -> None:
        self._pulled.left.setdefault(file.file, []).append(Told(edit, self._places.named(file, edit), reason, path))


def _listed(edit: ListEdit | Arrangement) -> WordEdit:
    return WordEdit(None, None, edit.spot, before=edit.gone)


def _words(edit: ValueEdit) -> WordEdit:
    return WordEdit(edit.old, edit.new, edit.spot)


def _filled(edit: ValueEdit) -> ValueEdit:
    """The edit of a blank without what is left of its line around the words."""
    return edit._replace(new=edit.new.strip(_BLANK_LEFT)) if edit.old == BLANK else edit
