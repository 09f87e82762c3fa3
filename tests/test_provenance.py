"""What a file knows of itself, and what it gives away: nothing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest

from docgen.contract.load import load
from docgen.draft import Draft, drafted
from docgen.outputs.workspace import recorded
from docgen.pipeline import Options, build
from docgen.provenance import field_ids, identity, is_of, key_of, provenance_of, set_id
from docgen.reading.word import read_word
from docgen.template.documents import documents
from docgen.word.attachment import attach, attached
from tests.wordfiles import p, word_file

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("2021-专项评估", "2026-好差评")


@pytest.fixture(scope="module", params=SAMPLES)
def drafts(request: pytest.FixtureRequest) -> list[Draft]:
    """The drafts of a sample set."""
    contract, _ = load(ROOT / "data" / request.param)
    assert contract is not None
    return drafted(contract, documents(contract), Path("outputs"))


def test_a_file_knows_every_value_by_its_field(drafts: list[Draft]) -> None:
    """Read from the saved bytes, the record gives the place and the field of everything that was written."""
    for draft in drafts:
        known = provenance_of(draft.data)
        assert known is not None
        assert known.origin == draft.origin
        fields = field_ids(known.origin, {value.path for value in draft.written if value.path})
        stands = [(s.part, s.position, s.start, s.end, fields.get(s.field)) for s in known.stands]
        written = [(v.part, v.position, v.start, v.end, v.path) for v in draft.written]
        assert sorted(stands, key=str) == sorted(written, key=str)


def test_a_file_knows_whether_it_was_changed(drafts: list[Draft]) -> None:
    """One word more in the body is a change; a file that another program saved as it was is none."""
    known, key = provenance_of(drafts[0].data), drafts[0].seal.key
    assert known is not None
    document = docx.Document(io.BytesIO(drafts[0].data))
    saved = io.BytesIO()
    document.save(saved)
    document.paragraphs[-1].add_run("另")
    edited = io.BytesIO()
    document.save(edited)

    readings = [read_word(file.getvalue(), "a") for file in (saved, edited)]
    assert [known.changed(reading, key) for reading in readings] == [False, True]
    assert [known.moved(reading) for reading in readings] == [False, True]


def test_the_record_gives_nothing_away(drafts: list[Draft]) -> None:
    """It holds no text of the contract, not a field's name, and nothing but ids, hashes and places."""
    for draft in drafts:
        record = attached(draft.data)
        assert record is not None
        text = record.decode()
        assert text.isascii()
        assert [v.path for v in draft.written if v.path and v.path in text] == []
        assert [v.text for v in draft.written if len(v.text) > 6 and v.text in text] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_the_record_survives_another_program(drafts: list[Draft], tmp_path: Path) -> None:
    """LibreOffice opens and saves the file; the record is there, and says that nothing was changed."""
    (tmp_path / "in.docx").write_bytes(drafts[0].data)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "docx"]
    subprocess.run([*command, "--outdir", tmp_path / "out", tmp_path / "in.docx"], check=True, capture_output=True)
    saved = (tmp_path / "out" / "in.docx").read_bytes()
    known = provenance_of(saved)

    assert known == provenance_of(drafts[0].data)
    assert known is not None
    assert not known.changed(read_word(saved, "a"), drafts[0].seal.key)


def test_no_guess_of_what_a_file_said_can_be_confirmed(drafts: list[Draft]) -> None:
    """Whoever has the file alone learns nothing by hashing the right name or the right text, whatever they hash it with."""
    for draft in drafts:
        known = provenance_of(draft.data)
        assert known is not None
        record = (attached(draft.data) or b"").decode()
        name = Path(draft.file).parent.name
        assert draft.seal.key not in record
        salts = ["", *re.findall(r'"([0-9a-f]{24})"', record)]
        guesses = [set_id(name, salt) for salt in salts] + [identity("set", name)]
        assert [guess for guess in guesses if guess in record] == []
        assert [salt for salt in salts if not known.changed(draft.reading, salt)] == []
        assert not known.changed(draft.reading, draft.seal.key)


def test_the_key_of_a_set_follows_from_its_data_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same data make the same files in every empty folder; a later change of the data leaves the key as it is."""
    monkeypatch.chdir(tmp_path)
    data = Path(shutil.copytree(ROOT / "data" / SAMPLES[1], tmp_path / SAMPLES[1]))
    options = [Options(Path(out), kits=ROOT / "templates") for out in ("one", "two")]
    for each in options:
        build(data, "a", each)
    files = [
        {path.name: path.read_bytes() for path in sorted(Path(o.out, SAMPLES[1]).iterdir()) if path.is_file()}
        for o in options
    ]
    before = recorded(Path("one", SAMPLES[1]))
    source = data / "contract.yaml"
    source.write_text(source.read_text("utf-8").replace("days: 10", "days: 12", 1), "utf-8")
    build(data, "a", options[0])
    after, other = recorded(Path("one", SAMPLES[1])), load(data)[0]

    assert files[0] == files[1]
    assert before is not None
    assert after is not None
    assert other is not None
    assert before.key == after.key != key_of(repr(other.data))


def test_a_file_of_before_there_were_keys_is_understood(drafts: list[Draft]) -> None:
    """Its set, its fields and whether it was changed follow from what stands in it."""
    draft = drafts[0]
    value = next(value for value in draft.written if value.path)
    said = [block.text.strip() for block in draft.reading.blocks if block.part in ("body", "footnotes", "endnotes")]
    text = identity("text", "x", "\n".join(filter(None, said)))
    about = f'set="{identity("set", "甲")}" document="d-1" data="x" template="t" text="{text}"'
    field = identity("field", "x", value.path or "")[:10]
    record = f'<record xmlns="urn:docgen:record:1" {about}><v p="body">1:0+2={field}</v></record>'

    known = provenance_of(attach(draft.data, record.encode()))

    assert known is not None
    assert is_of(known.origin, "甲", "")
    assert not is_of(known.origin, "乙", "")
    assert field_ids(known.origin, [value.path or ""]) == {known.stands[0].field: value.path}
    assert (known.changed(draft.reading, ""), known.moved(draft.reading)) == (False, False)


def test_attaching_again_takes_the_place_of_the_first() -> None:
    """A file carries one such part; everything else of it stays as it was, byte for byte."""
    data = word_file(p("正文"))
    once = attach(data, b'<record xmlns="urn:docgen:record:1" n="1"/>')
    twice = attach(once, b'<record xmlns="urn:docgen:record:1" n="2"/>')

    assert attached(data) is None
    assert attached(twice) == b'<record xmlns="urn:docgen:record:1" n="2"/>'
    assert zipfile.ZipFile(io.BytesIO(once)).namelist() == zipfile.ZipFile(io.BytesIO(twice)).namelist()
    assert [block.text for block in read_word(twice, "a").blocks] == ["正文"]
    assert docx.Document(io.BytesIO(twice)).paragraphs[0].text == "正文"


def test_a_foreign_file_knows_nothing() -> None:
    """A file that docgen did not write has no record, and a damaged record is none."""
    data = word_file(p("正文"))

    assert provenance_of(data) is None
    assert provenance_of(attach(data, b'<record xmlns="urn:docgen:record:1"/>')) is None


def test_a_record_that_somebody_tampered_with_gives_no_traceback() -> None:
    """Places that no file has are no places."""
    about = 'set="s" document="d" data="x" template="t" text="h"'
    record = f'<record xmlns="urn:docgen:record:1" {about}><v p="body">{"9" * 9000}:1+2=ab 1:2+3=cd</v></record>'

    known = provenance_of(attach(word_file(p("正文")), record.encode()))

    assert known is not None
    assert [(stand.position, stand.start, stand.end) for stand in known.stands][-1] == (1, 2, 5)
