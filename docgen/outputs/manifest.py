"""The record of what docgen wrote into a set's folder: hashes and titles; no values, paths or user names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from docgen import __version__
from docgen.errors import OutputError
from docgen.outputs.disk import record_bytes

FORMAT = 1
_ALWAYS = ("sha256", "document", "title", "role")
_UNLESS_EMPTY = ("inputs", "said", "key")
_SOMETIMES = ("contract", "form", "generated", "hand", "layout", "docgen")


@dataclass(frozen=True, slots=True)
class Record:
    """One written file: the hash of its bytes, and which document it is (kit's id, title, role).

    `generated` is the hash of what docgen made before a person's own words were merged into it, or the marks of a
    draft put on it; it is empty where nothing was. `hand` tells of a person's words in the file. A document that is
    to become a record keeps salted hashes besides: of the contract it was made from and, once it is a record, of what
    it says itself. `layout` tells on which pages of a bound set its documents begin, once somebody has laid it out,
    and `docgen` which version made it.
    """

    sha256: str
    document: str = ""
    title: str = ""
    role: str = ""
    contract: str = ""
    form: str = ""
    generated: str = ""
    hand: str = ""
    layout: str = ""
    docgen: str = ""

    @property
    def base(self) -> str:
        """The hash of what docgen made, which what lies there is held against."""
        return self.generated or self.sha256


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was written last: by which docgen, from which kit and stage, from which data (a salted hash).

    `inputs` is a salted hash of the files that data and kit lie in, where a plan says of them what the build said:
    nothing, or what is kept in the history under the hash `said`. `key` is what the records inside the files are made
    with, the same through all versions of the set.
    """

    kit: str = ""
    stage: str = ""
    salt: str = ""
    data: str = ""
    docgen: str = __version__
    inputs: str = ""
    said: str = ""
    key: str = ""
    files: Mapping[str, Record] = field(default_factory=dict)

    def with_data(self, data: str) -> Manifest:
        """The record with the hash of the data."""
        salt, hashed = salted(data)
        return replace(self, salt=salt, data=hashed)


def salted(text: str) -> tuple[str, str]:
    """A salt that nobody can tell who has not the text, and the hash of the text under it.

    The salt follows from the text, so that the same input leaves the same bytes everywhere.
    """
    salt = hashlib.sha256(f"docgen salt\0{text}".encode()).hexdigest()
    return salt, hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest()


def read_manifest(path: Path) -> Manifest | None:
    """The record in a file; None where there is none, or none that can be made out.

    Without a record every file that lies there counts as somebody's own work, so that nothing can be lost by it.
    """
    try:
        raw = json.loads(record_bytes(path))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return None
    if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
        message = "这个文件夹是由更新版本的 docgen 写的，本版本不认识它的记录。"
        raise OutputError(message, hint="请升级 docgen，或用 --out 写到另一个文件夹。")
    return _manifest(raw)


def manifest_bytes(manifest: Manifest) -> bytes:
    """The record as the bytes of its file: the same for the same record."""
    files = {name: _written(record) for name, record in manifest.files.items()}
    raw = {"format": FORMAT, **asdict(manifest), "files": files}
    for name in _UNLESS_EMPTY:
        if not raw[name]:
            del raw[name]
    return (json.dumps(raw, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _manifest(raw: Any) -> Manifest | None:
    try:
        files = {str(name): _record(record) for name, record in raw["files"].items()}
        texts = {name: str(raw[name]) for name in ("kit", "stage", "data", "salt", "docgen")}
    except (AttributeError, KeyError, TypeError):
        return None
    more = {name: str(raw.get(name, "")) for name in _UNLESS_EMPTY}
    return Manifest(**texts, **more, files=files)


def _record(raw: Any) -> Record:
    return Record(**{name: str(raw.get(name, "")) for name in _ALWAYS + _SOMETIMES})


def _written(record: Record) -> dict[str, str]:
    return {name: value for name, value in asdict(record).items() if value or name in _ALWAYS}
