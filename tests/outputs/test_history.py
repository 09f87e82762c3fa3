"""The history of a set: nothing that was replaced is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docgen.outputs.disk import digest_of
from docgen.outputs.history import HISTORY, kept, stored_as, versions
from docgen.outputs.workspace import About, State, Workspace

NAME = "01_协议.docx"


def publish(folder: Path, data: bytes, *, generated: bytes | None = None, edited: bytes | None = None) -> State:
    """What became of the one file of the set; `edited` are the bytes whose edits are in the data."""
    made: Mapping[str, bytes] = {NAME: generated} if generated is not None else {}
    merged = {NAME: digest_of(edited)} if edited is not None else {}
    with Workspace(folder) as workspace:
        return workspace.publish({NAME: data}, About("kit", "定稿", "data", {}, made, merged))[NAME]


def told(folder: Path) -> list[tuple[int, bytes | None]]:
    """The versions by number, each with the file as it stood then."""
    return [(v.number, kept(folder, v.manifest.files[NAME].sha256, NAME)) for v in versions(folder)]


def test_every_version_is_kept_when_the_next_one_is_written(tmp_path: Path) -> None:
    """The old bytes stay under their hash; nothing new is kept where nothing was written."""
    for data in (b"one", b"two", b"two", b"one"):
        publish(tmp_path, data)

    assert told(tmp_path) == [(1, b"one"), (2, b"two"), (3, b"one")]


def test_an_edited_file_is_a_version_of_its_own_before_it_is_merged(tmp_path: Path) -> None:
    """What the person had, what was merged of it, and what docgen had made: all of them are there."""
    publish(tmp_path, b"one")
    (tmp_path / NAME).write_bytes(b"one, by hand")

    state = publish(tmp_path, b"two, by hand", generated=b"two", edited=b"one, by hand")

    assert state is State.MERGED
    assert (tmp_path / NAME).read_bytes() == b"two, by hand"
    assert told(tmp_path)[:2] == [(1, b"one"), (2, b"one, by hand")]
    last = versions(tmp_path)[-1].manifest.files[NAME]
    assert (last.sha256, kept(tmp_path, last.base, NAME)) == (digest_of(b"two, by hand"), b"two")


def test_a_file_edited_again_while_it_was_merged_is_left_alone(tmp_path: Path) -> None:
    """Only the very bytes that were merged are replaced."""
    publish(tmp_path, b"one")
    (tmp_path / NAME).write_bytes(b"once more")

    assert publish(tmp_path, b"two, by hand", generated=b"two", edited=b"one, by hand") is State.EDITED
    assert (tmp_path / NAME).read_bytes() == b"once more"


def test_an_edited_file_that_nothing_touches_stays_known_as_edited(tmp_path: Path) -> None:
    """The record goes on to say what docgen wrote last, so that the edit can still be told."""
    publish(tmp_path, b"one")
    (tmp_path / NAME).write_bytes(b"one, by hand")

    state = publish(tmp_path, b"one, by hand", generated=b"one", edited=b"one, by hand")

    assert state is State.UNCHANGED
    with Workspace(tmp_path) as workspace:
        assert workspace.manifest is not None
        assert workspace.manifest.files[NAME].sha256 == digest_of(b"one")


def test_damaged_bytes_are_no_version(tmp_path: Path) -> None:
    """What does not have its hash any more is not given out."""
    publish(tmp_path, b"one")
    (tmp_path / stored_as(digest_of(b"one"), NAME)).write_bytes(b"something else")
    (tmp_path / HISTORY / "0002.json").write_bytes(b"{")

    assert told(tmp_path) == [(1, None)]
