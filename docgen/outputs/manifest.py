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

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Record:
    """One written file: the hash of its bytes, and which document it is (kit's id, title, role)."""

    sha256: str
    document: str = ""
    title: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was written last: by which docgen, from which kit and stage, from which data (a salted hash)."""

    kit: str = ""
    stage: str = ""
    salt: str = ""
    data: str = ""
    docgen: str = __version__
    files: Mapping[str, Record] = field(default_factory=dict)

    def with_data(self, data: str) -> Manifest:
        """The record with the hash of the data, under a salt that nobody can tell who has not the data.

        The salt follows from the data, so that the same input leaves the same bytes everywhere.
        """
        salt = hashlib.sha256(f"docgen salt\0{data}".encode()).hexdigest()
        return replace(self, salt=salt, data=hashlib.sha256(f"{salt}\0{data}".encode()).hexdigest())


def read_manifest(path: Path) -> Manifest | None:
    """The record in a file; None where there is none, or none that can be made out.

    Without a record every file that lies there counts as somebody's own work, so that nothing can be lost by it.
    """
    try:
        raw = json.loads(path.read_bytes())
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
    raw = {"format": FORMAT, **asdict(manifest)}
    return (json.dumps(raw, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _manifest(raw: Any) -> Manifest | None:
    try:
        files = {str(name): _record(record) for name, record in raw["files"].items()}
        texts = {name: str(raw[name]) for name in ("kit", "stage", "data", "salt", "docgen")}
    except (AttributeError, KeyError, TypeError):
        return None
    return Manifest(**texts, files=files)


def _record(raw: Any) -> Record:
    return Record(**{name: str(raw.get(name, "")) for name in ("sha256", "document", "title", "role")})
