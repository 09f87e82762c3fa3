"""Compiled templates kept on the disk, so that a template is compiled once and not anew by every run.

An entry is called by everything that its content follows from: the template, the shared blocks, and the programs that
compile. It holds what compiling makes of a template and nothing of any contract. Entries are code, so they are used
as Python uses its own compiled modules: only from a folder that nobody else can write to. Where anything is amiss
(no folder, no right to write, a damaged entry), the template is compiled as if there were no cache.

The folder is docgen/templates in the user's own folder for caches; DOCGEN_CACHE names another place, or says off.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from docgen.template.compiled import CompiledPart, CompiledTemplate, Lookup
from docgen.word.package import Package, Packed, Part

try:  # Python's own, as its module random does it: hashlib takes 4 MB, for OpenSSL
    from _sha256 import sha256  # type: ignore[import-not-found, unused-ignore]
except ImportError:
    try:
        from _sha2 import sha256  # type: ignore[import-not-found, unused-ignore, no-redef]
    except ImportError:
        from hashlib import sha256

VARIABLE: Final = "DOCGEN_CACHE"
MOST_BYTES: Final = 64 * 1024 * 1024

_OFF: Final = frozenset({"off", "no", "0"})
_CHECKSUM: Final = 32
_LOOKUPS: Final = CompiledPart._fields.index("lookups")
_SUFFIX: Final = ".compiled"
_READING: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_PROGRAMS: Final = (".py", ".so", ".pyd")


def compiled_template(source: bytes, name: str, blocks: Mapping[str, bytes]) -> CompiledTemplate:
    """The compiled template, from the cache where it is there; raises what `compile_template` raises."""
    found = kept(source, name, blocks)
    if found is not None:
        return found
    from docgen.template.compile import compile_template

    template = compile_template(source, name, blocks)
    keep(source, name, blocks, template)
    return template


def kept(source: bytes, name: str, blocks: Mapping[str, bytes]) -> CompiledTemplate | None:
    """The compiled template that the cache has; None where it has none."""
    path = _entry(source, name, blocks)
    return None if path is None else _read(path)


def keep(source: bytes, name: str, blocks: Mapping[str, bytes], template: CompiledTemplate) -> None:
    """Put the compiled template into the cache, if there is one."""
    path = _entry(source, name, blocks)
    if path is not None:
        _write(path, template)


def packed(template: CompiledTemplate) -> bytes:
    """The compiled template as bytes, for this same program to read."""
    return marshal.dumps(_plain(template))


def unpacked(data: bytes) -> CompiledTemplate:
    """The compiled template that was packed; what is no template raises ValueError, TypeError or EOFError."""
    return _template(marshal.loads(data))  # noqa: S302  (as trusted as Python's own compiled modules)


def hashed(data: bytes) -> str:
    """The hash that tells these bytes from all others."""
    return str(sha256(data).hexdigest())


def cache_folder() -> Path | None:
    """The folder of the cache, which need not be there; None where the cache is off or nobody's home is known."""
    chosen = os.environ.get(VARIABLE, "").strip()
    if chosen.lower() in _OFF:
        return None
    if chosen:
        return Path(chosen) / "templates"
    home = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if not Path(home).is_absolute():
        home = os.path.expanduser(os.path.join("~", ".cache"))  # noqa: PTH111, PTH118  (Path.home() may raise)
    return Path(home) / "docgen" / "templates" if Path(home).is_absolute() else None


def _entry(source: bytes, name: str, blocks: Mapping[str, bytes]) -> Path | None:
    """Where the entry of a template lies, or would; None where there is no cache to be used."""
    folder = cache_folder()
    if folder is None or (engine := _engine()) is None:
        return None
    digest = sha256(engine)
    shared = (item for key, data in blocks.items() for item in (_encoded(key), data))
    for item in (_encoded(name), source, *shared):
        digest.update(len(item).to_bytes(8, "big"))
        digest.update(item)
    return folder / f"{digest.hexdigest()}{_SUFFIX}"


def _encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass")


@cache
def _engine() -> bytes | None:
    """What tells this engine from every other one: its own source files, as Python tells them, and what they use.

    None where they are no files, and so nothing is known.
    """
    own = Path(__file__).resolve().parent
    # Found without being loaded: a template that is kept needs neither of them.
    used = [find_spec(name) for name in ("jinja2", "lxml")]
    folders = (own, own.parent / "word", *(Path(found.origin).parent for found in used if found and found.origin))
    try:
        files = [stamp for folder in folders for stamp in _stamps(folder)]
    except OSError:
        return None
    return repr((sys.version, files)).encode() if len(folders) == 2 + len(used) else None


def _stamps(folder: Path) -> list[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        files = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(_PROGRAMS)]
    return sorted((name, status.st_size, status.st_mtime_ns) for name, status in files)


def _is_private(status: os.stat_result) -> bool:
    """Whether a file or folder is this user's own and nobody else's; on Windows its place sees to that."""
    return os.name == "nt" or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)


def _read(path: Path) -> CompiledTemplate | None:
    """The template of an entry; None where there is none, or none that can be trusted."""
    try:
        if not _is_private(path.parent.lstat()):
            return None
        # A link is not followed, and a pipe that somebody has put there is not waited for.
        with os.fdopen(os.open(path, _READING), "rb") as file:
            status = os.fstat(file.fileno())
            if not _is_private(status) or not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
                return None
            data = file.read()
        content = data[_CHECKSUM:]
        if _checksum(path, content) != data[:_CHECKSUM]:
            return None
        return unpacked(content)
    except (OSError, ValueError, TypeError, EOFError, LookupError, AttributeError, MemoryError):
        return None


def _checksum(path: Path, content: bytes) -> bytes:
    # With the name, so that an entry under another one's name is none.
    return bytes(sha256(path.stem.encode() + content).digest())


def _write(path: Path, template: CompiledTemplate) -> None:
    """Keep the template; where that is not possible, nothing is kept and nothing is said."""
    content = packed(template)
    if len(content) > MOST_BYTES // 4:
        return
    draft = path.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}.new")
    with suppress(OSError, ValueError):
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not _is_private(path.parent.lstat()):
            return
        try:
            # O_BINARY is Windows' own; without it line ends would be changed there.
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
                file.write(_checksum(path, content) + content)
            _make_room(path)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        _keep_small(path.parent)


def _make_room(path: Path) -> None:
    """Put an empty folder aside that has an entry's name; a full one is left alone, and there is no such entry."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()


def _keep_small(folder: Path) -> None:
    """Remove the oldest files until the others are small enough together."""
    with os.scandir(folder) as entries:
        found = ((entry.stat(follow_symlinks=False), entry.path) for entry in entries)
        files = sorted(found, key=lambda file: -file[0].st_mtime_ns)
    total = 0
    for status, path in files:
        total += status.st_size
        if total > MOST_BYTES:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108


def _plain(template: CompiledTemplate) -> tuple[Any, ...]:
    """The template as nothing but tuples, texts, bytes, numbers and code."""
    package = tuple((part.name, part.data, _plain_packed(part.packed)) for part in template.package)
    parts = tuple((*part[:_LOOKUPS], tuple(map(tuple, part.lookups)), *part[_LOOKUPS + 1 :]) for part in template.parts)
    return template.name, package, parts, template.foreign


def _plain_packed(packed: Packed | None) -> tuple[int, int, int, bytes] | None:
    return None if packed is None else (packed.method, packed.checksum, packed.size, packed.data)


def _template(plain: tuple[Any, ...]) -> CompiledTemplate:
    """The template that `_plain` was given."""
    name, package, parts, foreign = plain
    return CompiledTemplate(name, Package(tuple(_package(package))), tuple(_parts(parts)), foreign)


def _package(package: tuple[Any, ...]) -> Iterator[Part]:
    for name, data, packed in package:
        yield Part(name, data, None if packed is None else Packed(*packed))


def _parts(parts: tuple[Any, ...]) -> Iterator[CompiledPart]:
    for part in parts:
        yield CompiledPart._make(part)._replace(lookups=tuple(map(Lookup._make, part[_LOOKUPS])))
