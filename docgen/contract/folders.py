"""Where contracts and kits lie: the names of their files, and the folder of the kits."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from docgen.errors import TemplateError

DATA_FILE: Final = "contract.yaml"
KIT_FILE: Final = "kit.yaml"


def find_kits(explicit: Path | None = None) -> Path:
    """The folder of the kits: the one given, else ./templates where it holds a kit, else the one that came along."""
    if explicit is not None:
        if not explicit.is_dir():
            raise TemplateError(f"{explicit}：没有这个模板文件夹。")
        return explicit
    package = Path(__file__).resolve().parent.parent
    places = (Path("templates"), package / "templates", package.parent / "templates")
    return next((place for place in places if kit_names(place)), places[0])


def kit_names(root: Path) -> tuple[str, ...]:
    """The names of the kits in a folder, sorted."""
    return tuple(path.name for path in holding(root, KIT_FILE))


def holding(folder: Path, name: str) -> list[Path]:
    """The folders within a folder that hold a file of that name, sorted.

    One that nobody may look into counts too: whoever reads it says so, instead of passing it over in silence.
    """
    return sorted(path for path in folder.iterdir() if _holds(path, name)) if folder.is_dir() else []


def _holds(folder: Path, name: str) -> bool:
    try:
        (folder / name).stat()
    except PermissionError:
        return not folder.name.startswith(".")
    except OSError:
        return False
    return True
