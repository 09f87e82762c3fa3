"""Look inside a built wheel and sdist, and use the wheel in an empty environment: `python package_contents.py DIST`."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

CONFIDENTIAL = ("data/", "outputs/", ".docgen/", ".ci/")


def main(dist: Path) -> None:
    """Fail unless the wheel holds the kits, neither archive holds a contract, and the wheel drafts one elsewhere."""
    wheel, sdist = next(dist.glob("*.whl")), next(dist.glob("*.tar.gz"))
    in_wheel = zipfile.ZipFile(wheel).namelist()
    with tarfile.open(sdist) as archive:
        in_sdist = [name.partition("/")[2] for name in archive.getnames()]
    for names in (in_wheel, in_sdist):
        leaked = [name for name in names if name.startswith(CONFIDENTIAL)]
        assert not leaked, f"a contract's data must not be published: {leaked}"
    kits = {name.split("/")[2] for name in in_wheel if name.startswith("docgen/templates/")}
    assert {"special-assessment", "service-evaluation"} <= kits, kits
    assert "docgen/py.typed" in in_wheel
    assert any(name.startswith("tests/") for name in in_sdist)
    _use(wheel)


def _use(wheel: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        venv.create(home / "env", with_pip=True)
        binaries = home / "env" / ("Scripts" if sys.platform == "win32" else "bin")
        subprocess.run([binaries / "python", "-m", "pip", "install", "-q", wheel], check=True)
        for arguments in (["new", "special-assessment", "试用"], ["build", "data/试用"], ["amount", "1040000"]):
            subprocess.run([binaries / "docgen", *arguments], cwd=home, check=True, stdout=subprocess.DEVNULL)
        assert list((home / "outputs" / "试用").glob("01_*.docx"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    print("wheel and sdist hold what they should, and the wheel drafts a set")
