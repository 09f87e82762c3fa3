"""What people changed by hand in the files of a set, taken over into what is written next.

A file that somebody edited is merged: what docgen had made of it, what lies there, what docgen makes of it now. Where
a value of the data was overwritten by hand, the run says so, since the next change of that value would meet it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from docgen import __version__
from docgen.bound import FILE, Volume
from docgen.draft import WATERMARK, Draft, unmarked
from docgen.errors import InputError
from docgen.findings import Finding, Place, Severity
from docgen.merge.differences import differences
from docgen.merge.saved import only_saved
from docgen.merge.three_way import KEPT_LOOKS, Conflict, Merged, Version, merge
from docgen.merge.trace import Traced, trace
from docgen.merge.work import on_a_line
from docgen.outputs.disk import digest_of
from docgen.outputs.history import kept, versions
from docgen.outputs.manifest import Record
from docgen.outputs.workspace import orphan_name, recorded
from docgen.provenance import Provenance, Stand, provenance_of
from docgen.reading.document import Reading
from docgen.reading.word import read_word
from docgen.rules.rule import place_of
from docgen.template.values import BLANK
from docgen.template.written import Written
from docgen.word.bind.habits import without_habits
from docgen.word.names import BODY, usual_package
from docgen.word.package import open_package
from docgen.word.parts import parse
from docgen.word.watermark import add_watermark

Spans = Mapping[tuple[str, int], Sequence[tuple[int, int]]]

# One paragraph in so many at least is the same where a file was edited, however much.
_SAME_AT_LEAST = 10
_READ_BACK = "改得对的，用 docgen pull 把它读回数据；改错了的，请改回来。"
_REWRITTEN = "改得对的，请直接改数据；改错了的，请改回来。"
_TAKEN_OUT = "删得对的，用 docgen pull 读回数据，读不回的请直接改数据；删错了的，请补回来。"
_SHOWN, _MOST_SHOWN = 30, 3


class Edited(NamedTuple):
    """A file that somebody edited: its name, its bytes, and what docgen had made."""

    name: str
    data: bytes
    base: bytes


def reconciled(drafts: Sequence[Draft], folder: Path) -> tuple[list[Draft], list[Finding]]:
    """The drafts with what was edited by hand in their files, and what is to be said of it.

    A file of which docgen does not know what it had made is left to whoever writes: it is never overwritten.
    """
    manifest = recorded(folder)
    old: Mapping[str, Record] = manifest.files if manifest else {}
    made: list[Draft] = []
    findings: list[Finding] = []
    for draft in (_as_made(draft, old, folder) for draft in drafts):
        edited = _edited(draft, drafts, old, folder)
        findings += _set_aside(draft, drafts, old, folder)
        merged, found = _merged(draft, edited) if edited is not None else (draft, [])
        made.append(merged)
        findings += found
    return made, findings


def _as_made(draft: Draft, old: Mapping[str, Record], folder: Path) -> Draft:
    """The draft with the bytes it was made of before, where only another version of docgen would make others of it."""
    record = old.get(draft.name)
    if record is None or record.document != draft.document.id or record.docgen == __version__:
        return draft
    if record.base == digest_of(draft.data):
        return replace(draft, engine=record.docgen)
    base = kept(folder, record.base, draft.name)
    if base is None or provenance_of(base) != provenance_of(draft.data):
        return draft
    return replace(draft, data=base, reading=read_word(base, draft.file), engine=record.docgen)


def bound_as_made(made: Volume, folder: Path, old: Mapping[str, Record]) -> Volume:
    """The bound set of documents that are as they were, with the bytes that another version of docgen made of them."""
    record = old.get(FILE)
    if record is None or record.docgen == __version__:
        return made
    if record.base == digest_of(made.data):
        return made._replace(engine=record.docgen)
    base = kept(folder, record.base, FILE)
    if base is None or read_word(base, FILE).text != read_word(made.data, FILE).text:
        return made
    return made._replace(data=base, engine=record.docgen)


def for_binding(draft: Draft) -> Draft:
    """The draft as it goes into the bound set: without what a program wrote anew by itself when it saved the file."""
    if not draft.hand or draft.generated is None or draft.generated == draft.data:
        return draft
    if _only_saved(draft.generated, draft.data):
        return replace(draft, data=draft.generated, reading=read_word(draft.generated, draft.file))
    return replace(draft, data=without_habits(draft.data, draft.generated))


def _only_saved(base: bytes, mine: bytes) -> bool:
    """Whether nobody changed a file, though another program saved it again."""
    return not differences(base, mine) and only_saved(base, mine)


def nobodys(folder: Path, name: str, record: Record, data: bytes) -> bool:
    """Whether there is nothing of a person's in a file that docgen made, whatever program saved it since."""
    base = kept(folder, record.base, name)
    return base is not None and _only_saved(base, unmarked(data))


class TakenUp(NamedTuple):
    """The bound set with what was edited by hand in it, as it was before that, the hash of the file it replaces.

    The last two are None where nothing was edited; one that was only saved again holds nothing but what it replaces.
    """

    volume: Volume
    findings: tuple[Finding, ...] = ()
    generated: bytes | None = None
    edited: str | None = None


def bound_by_hand(
    made: Volume, folder: Path, old: Mapping[str, Record], *, draft: bool, rewritten: bool = False
) -> TakenUp:
    """The bound set with what a person changed in the one that lies there, and what is to be said of it.

    `rewritten` tells that other programs have written some of its documents: their way of formatting is no template's.
    """
    edited = _differing(FILE, folder, old) if FILE in old else None
    if edited is None:
        return TakenUp(made)
    mine = unmarked(edited.data)
    if made.data != edited.base and _only_saved(edited.base, mine):
        return TakenUp(made, edited=digest_of(edited.data))
    merged = merge(Version(edited.base), Version(mine), Version(made.data))
    if rewritten:
        merged = merged._replace(notes=tuple(n for n in merged.notes if not n.text.startswith(KEPT_LOOKS)))
    data = edited.data if merged.data is mine and mine is edited.data else merged.data
    reading = read_word(data, (folder / FILE).as_posix())
    data = add_watermark(data, WATERMARK) if draft else data
    return TakenUp(made._replace(data=data), tuple(_told(merged, reading)), made.data, digest_of(edited.data))


def _edited(draft: Draft, drafts: Sequence[Draft], old: Mapping[str, Record], folder: Path) -> Edited | None:
    """The file of the document as it lies there, where it holds anything that docgen did not write."""
    name = last_name(draft, drafts, old)
    if name is None or (draft.document.record and old[name].form):
        return None
    return _differing(name, folder, old)


def _set_aside(draft: Draft, drafts: Sequence[Draft], old: Mapping[str, Record], folder: Path) -> Iterator[Finding]:
    """A finding where a document comes back that was moved aside with a person's own words in it."""
    if last_name(draft, drafts, old) is not None:
        return
    told = draft.document.id, draft.document.title
    records = ((n, r) for version in reversed(versions(folder)) for n, r in version.manifest.files.items())
    name, record = next(((n, r) for n, r in records if (r.document, r.title) == told), ("", Record("")))
    aside = folder / orphan_name(name, record.sha256)
    if record.hand and aside.is_file():
        message = "以前移到一边的这份文件里有手工改动，没有并入新生成的这一份。"
        hint = f"要取回，先生成，再用 docgen restore {aside.as_posix()}，然后再生成一次。"
        yield Finding("F505", Severity.WARNING, message, Place(draft.file), hint=hint)


def _differing(name: str, folder: Path, old: Mapping[str, Record]) -> Edited | None:
    """The file as it lies there, where it is not what docgen made; None too where nobody knows what that was."""
    path, record = folder / name, old[name]
    if not path.is_file():
        return None
    data = path.read_bytes()
    if digest_of(data) == record.sha256 and not record.hand:
        return None
    base = kept(folder, record.base, name)
    if base is None:
        return None
    _refuse_unreadable(data, path.as_posix())
    _refuse_another(data, base, record.title, folder, path.as_posix())
    return Edited(name, data, base)


def _refuse_unreadable(data: bytes, file: str) -> None:
    """Raise InputError where what lies in the place of a document is no Word file, and cannot be merged."""
    hint = "它原来是 docgen 生成的文件，现在没有覆盖，整套也没有写出。请把它移到别处，重新生成。"
    try:
        package = usual_package(data)
        for name in package.names:
            if name.endswith(".xml"):
                parse(package[name])
        reason = "" if BODY in package else "里面没有正文。"
    except InputError as error:
        reason = str(error)
    except etree.XMLSyntaxError:
        reason = "文件已损坏，不能读取。"
    if reason:
        raise InputError(f"{file}：{reason}", hint=hint)


def _refuse_another(data: bytes, base: bytes, title: str, folder: Path, file: str) -> None:
    """Raise InputError where what lies in the place of a document is another one, from wherever it came."""
    known = provenance_of(data)
    if known is None and _says_nothing_of(base, data):
        message = f"{file}：这里放着的不是 docgen 生成的这份文件：没有它的记号，文字也几乎没有一段与它相同。"
        hint = "现在没有覆盖，整套也没有写出。请把它移到别处，重新生成；确是改写了这一份的，请改在新生成的文件里。"
        raise InputError(message, hint=hint)
    if known is None or _same_origin(known, base):
        return
    records = ((n, r) for version in versions(folder) for n, r in version.manifest.files.items() if r.title == title)
    earlier = (kept(folder, record.base, name) for name, record in records if name.endswith(".docx"))
    if not any(made is not None and _same_origin(known, made) for made in earlier):
        message = f"{file}：这里放着的是 docgen 为别的合同、或为这套合同的另一份文件生成的，不是对这份文件的手工改动。"
        hint = "现在没有覆盖，整套也没有写出。请把它移到别处，重新生成；其中的改动用 docgen pull 读回它自己的那一套。"
        raise InputError(message, hint=hint)


def _says_nothing_of(base: bytes, data: bytes) -> bool:
    """Whether hardly a paragraph of one file stands in the other, as where they are two different papers."""
    old, new = ([block.text.strip() for block in read_word(each, "").blocks] for each in (base, data))
    said, there = {each for each in old if len(each) > 1}, set(new)
    return len(said & there) * _SAME_AT_LEAST < len(said)


def _same_origin(known: Provenance, base: bytes) -> bool:
    made = provenance_of(base)
    return made is not None and (made.origin.set, made.origin.document) == (known.origin.set, known.origin.document)


def last_name(draft: Draft, drafts: Sequence[Draft], old: Mapping[str, Record]) -> str | None:
    """The name under which the document was written last; its number or title may have changed since."""
    if draft.name in old and old[draft.name].document == draft.document.id:
        return draft.name
    taken = {other.name for other in drafts}
    free = [name for name, record in old.items() if record.document == draft.document.id and name not in taken]
    titled = [name for name in free if old[name].title == draft.document.title]
    alone = sum(other.document.id == draft.document.id for other in drafts) == 1
    return next(iter(titled or (free if alone and len(free) == 1 else [])), None)


def _merged(draft: Draft, edited: Edited) -> tuple[Draft, list[Finding]]:
    """The draft with the edits in it, and what a person has to know of the merging."""
    mine = unmarked(edited.data)
    known = provenance_of(edited.base)
    base = Version(edited.base, _spans(known.stands if known is not None else ()))
    merged = merge(base, Version(mine), Version(draft.data, _spans(draft.written)))
    reading = read_word(merged.data, draft.file)
    written, changed = _carried(draft, merged.data, reading)
    # What a person edited and nothing has to come into stays as it is, to the byte.
    same = merged.data is edited.data
    data = merged.data if same else _sealed(draft, merged.data, reading, written)
    result = replace(
        draft,
        data=data,
        written=tuple(written),
        reading=reading,
        generated=draft.data,
        edited=digest_of(edited.data) if edited.name == draft.name else None,
        hand=True,
    )
    return result, [*_told(merged, reading), *changed]


def _sealed(draft: Draft, data: bytes, reading: Reading, written: Iterable[Written]) -> bytes:
    return draft.seal.sealed(open_package(data).packed(), draft.origin, reading, written)


def _spans(values: Iterable[Written | Stand]) -> Spans:
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for value in values:
        found.setdefault((value.part, value.position), []).append((value.start, value.end))
    return found


def _told(merged: Merged, reading: Reading) -> Iterator[Finding]:
    """What both changed, and what could not be brought over."""
    for conflict in merged.conflicts:
        yield _conflict(conflict, reading)
    blocks = reading.by_place() if merged.notes else {}
    for note in merged.notes:
        spots = ((blocks.get(spot), spot[0]) for spot in note.spots)
        places = [place_of(reading.file, block, part, (0, len(block.text))) for block, part in spots if block]
        place, others = places[0] if places else Place(reading.file), tuple(places[1:])
        hint = note.hint or "请对照数据和模板，手工补上。"
        yield Finding("F505", Severity.WARNING, note.text, place, related=others, hint=hint)


def _conflict(conflict: Conflict, reading: Reading) -> Finding:
    place, quote = _place(reading, conflict.part, conflict.position, conflict.start, conflict.end)
    base, theirs = map(on_a_line, (conflict.base, conflict.theirs))
    old = f"原来生成的“{base}”" if base else "这里"
    new = f"现在是“{theirs}”" if theirs else "现在没有这些字"
    message = f"{old}被手工{conflict.by_hand}，而按数据{new}。两者都留着：新的内容写成修订，旁边有批注。"
    hint = "请在 Word 中接受或者拒绝这处修订。"
    return Finding("F504", Severity.WARNING, message, place, quote, hint=hint)


def _carried(draft: Draft, data: bytes, reading: Reading) -> tuple[list[Written], list[Finding]]:
    """The values that stand in the merged file, where they stand now; and a finding for each overwritten one."""
    answers = {(t.part, t.position): t for t in trace(draft.data, data)}
    stand: list[Written] = []
    found: list[Finding] = []
    for value in draft.written:
        answer = answers.get((value.part, value.position))
        now = answer.stand(value.start, value.end) if answer is not None else None
        if now is None:
            found += _rewritten(answer, value, reading) if answer is not None else ()
        elif now.text == value.text:
            stand.append(value._replace(part=now.part, position=now.position, start=now.start, end=now.end))
        else:
            place, _ = _place(reading, *now[:4])
            found.append(_overwritten(replace(place, path=value.path), now.text, value.text))
    return stand, [*found, *_deleted(draft, answers, reading)]


def _overwritten(place: Place, now: str, text: str) -> Finding:
    said = "还空着，手工填了" if text == BLANK else f"是“{text}”，被手工改成了"
    message = f"这里按数据{said}“{now}”，已原样保留。"
    return Finding("F506", Severity.WARNING, message, place, now, expected=text, hint=_READ_BACK)


def _rewritten(answer: Traced, value: Written, reading: Reading) -> Iterator[Finding]:
    """A finding where a paragraph was rewritten with the value in it, so that nobody can tell which words are its."""
    said, part = answer.new_text, answer.new_part
    if part is None or not said.strip() or value.text == BLANK or value.text in said:
        return
    first = answer.pieces[1][1] if answer.pieces else len(said)
    place, quote = _place(reading, part, answer.new_position, 0, first)
    message = f"这里按数据有“{value.text}”，整段手工改写以后没有了，已原样保留。"
    yield Finding("F506", Severity.WARNING, message, replace(place, path=value.path), quote, hint=_REWRITTEN)


def _deleted(draft: Draft, answers: Mapping[tuple[str, int], Traced], reading: Reading) -> Iterator[Finding]:
    """A finding where paragraphs or cells were deleted with values of the data; what was moved is not among them."""
    values = (value for value in draft.written if value.path is not None and value.text != BLANK)
    spots = dict.fromkeys((value.part, value.position) for value in values)
    gone = [answers[spot].text.strip() for spot in spots if spot in answers and answers[spot].new_part is None]
    there = {block.text.strip() for block in reading.blocks} if gone else set()
    gone = [said for said in gone if said and said not in there]
    if gone:
        shown = "、".join(f"“{said[:_SHOWN]}{'…' * (len(said) > _SHOWN)}”" for said in gone[:_MOST_SHOWN])
        message = f"连同数据一起被手工删去的有 {len(gone)} 处：{shown}{'等' * (len(gone) > _MOST_SHOWN)}，已原样保留。"
        yield Finding("F506", Severity.WARNING, message, Place(draft.file), hint=_TAKEN_OUT)


def _place(reading: Reading, part: str, position: int, start: int, end: int) -> tuple[Place, str]:
    block = reading.by_place().get((part, position))
    return place_of(reading.file, block, part, (start, end)), "" if block is None else block.text[start:end]
