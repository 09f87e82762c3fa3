"""The kits that come along with docgen: that they are sound has been proven, once and for every machine.

The tests judge and print each of them, and `delivered.txt` tells their files by hash. So a kit that nobody has changed
need not be judged and tried anew where it is first used; one that somebody has changed is as new as any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from docgen.template.cache import hashed

LIST: Final = Path(__file__).with_name("delivered.txt")


def are_delivered(files: Mapping[str, bytes]) -> bool:
    """Whether all of these files, each with its name, are those of one kit that came along."""
    own = {name: hashed(data) for name, data in files.items()}
    return bool(own) and any(kit.items() >= own.items() for kit in _delivered())


def listing(folders: Iterable[Path]) -> str:
    """What `delivered.txt` says where these folders are the kits that come along."""
    files = [path for folder in sorted(folders) for path in (folder / "kit.yaml", *sorted(folder.glob("*.docx")))]
    return "".join(f"{hashed(path.read_bytes())} {path.parent.name}/{path.name}\n" for path in files)


@cache
def _delivered() -> tuple[Mapping[str, str], ...]:
    """The hash of each file by name, for every kit that came along; none where the list cannot be read."""
    kits: dict[str, dict[str, str]] = {}
    try:
        lines = LIST.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    for line in lines:
        digest, _, path = line.partition(" ")
        kit, _, name = path.partition("/")
        kits.setdefault(kit, {})[name] = digest
    return tuple(kits.values())
