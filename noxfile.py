"""Every task of the project: `python3 noxfile.py -s NAME`, or `nox -s NAME`, or `uvx nox -s NAME`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SAMPLES = ("data/2021-专项评估", "data/2026-好差评")

try:
    import nox
except ImportError:
    nox = None  # type: ignore[assignment]


def bootstrap() -> int:
    """Make a private environment with nox in it and run there what was asked for here."""
    home = ROOT / ".docgen-env"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"nox 不在本机：正在 {home} 建立专用环境……", flush=True)
        try:
            venv.create(home, with_pip=True, clear=True)
        except subprocess.CalledProcessError:
            sys.exit("本机的 Python 缺少 venv 模块。Debian/Ubuntu：apt install python3-venv，然后重新运行本命令。")
    if subprocess.run([python, "-c", "import nox"], capture_output=True, check=False).returncode:
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "nox>=2025.2"], check=True)
    return subprocess.run([python, "-m", "nox", "-f", __file__, *sys.argv[1:]], check=False).returncode


if nox is not None:
    nox.options.default_venv_backend = "uv|virtualenv"
    nox.options.reuse_existing_virtualenvs = True
    nox.options.sessions = ["tests", "lint", "types"]
    nox.needs_version = ">=2025.2"
    LOCK = ROOT / "constraints.txt"

    def install(session: nox.Session, *groups: str) -> None:
        """Install docgen as it stands here with the named dependency groups, at the locked versions."""
        wanted = [item for group in groups for item in nox.project.dependency_groups(PROJECT, group)]
        session.install("-q", "-c", str(LOCK), "-e", ".", *wanted, silent=True)

    CARBONE = "carbone@3.8.2"
    # docxtpl's repository and the commit whose examples are compared; nothing of it is kept in the project.
    EXAMPLES = ("https://github.com/elapouya/python-docx-template", "f96b0b641359e7ecbc054d48da2aea682834dee2")

    def fetched(session: nox.Session, address: str, commit: str) -> Path:
        """A copy of a repository as it stood at a commit."""
        copy = Path(session.create_tmp()) / commit
        if not copy.exists():
            session.run("git", "init", "-q", str(copy), external=True)
            session.run("git", "-C", str(copy), "fetch", "-q", "--depth", "1", address, commit, external=True)
            session.run("git", "-C", str(copy), "checkout", "-q", "FETCH_HEAD", external=True)
        return copy

    PROJECT = nox.project.load_toml("pyproject.toml")

    @nox.session
    def demo(session: nox.Session) -> None:
        """Draft both sample contracts and check every file that was written."""
        install(session)
        session.run("docgen", "build", *SAMPLES, *session.posargs)

    @nox.session
    def tests(session: nox.Session) -> None:
        """Run the tests on seeded samples."""
        install(session, "tests")
        session.run("pytest", "-n", "auto", *session.posargs)

    @nox.session
    def endure(session: nox.Session) -> None:
        """Run the tests at their full counts (about an hour)."""
        install(session, "tests")
        session.run("pytest", "-n", "auto", *session.posargs, env={"DOCGEN_ENDURE": "1"})

    @nox.session
    def lint(session: nox.Session) -> None:
        """Look for faults of style and form."""
        session.install("-q", "-c", str(LOCK), *nox.project.dependency_groups(PROJECT, "lint"), silent=True)
        session.run("ruff", "check")
        session.run("ruff", "format", "--check")

    @nox.session
    def types(session: nox.Session) -> None:
        """Check the types of the package, strictly."""
        install(session, "types")
        session.run("mypy")

    @nox.session
    def golden(session: nox.Session) -> None:
        """Write the readable outlines of templates and sample sets anew; review the difference."""
        install(session, "tests")
        session.run("pytest", "-q", "tests/test_golden.py", *session.posargs, env={"DOCGEN_GOLDEN": "write"})

    @nox.session
    def pdf(session: nox.Session) -> None:
        """Convert both sample sets to PDF (needs LibreOffice and Chinese fonts)."""
        install(session, "tests")
        session.run("docgen", "build", *SAMPLES, "--pdf", *session.posargs)
        session.run("pytest", "-q", "tests/outputs/test_pdf.py", env={"DOCGEN_NEEDS_PDF": "1"})

    @nox.session
    def cluster(session: nox.Session) -> None:
        """Make a batch on a cluster of dask.distributed, one worker of which is killed."""
        groups = nox.project.dependency_groups(PROJECT, "tests")
        session.install("-q", "-c", str(LOCK), "-e", ".[cluster]", *groups, silent=True)
        session.run("pytest", "-q", "tests/test_cluster.py", *session.posargs, env={"DOCGEN_NEEDS_CLUSTER": "1"})

    @nox.session
    def bench(session: nox.Session) -> None:
        """Measure speed as ratios in one run, with carbone where npm is there; or only the parts that are named."""
        install(session, "tests")
        session.install("-q", "-c", str(LOCK), "isal", silent=True)
        modules = Path(session.create_tmp()) / "node_modules"
        if shutil.which("npm"):
            session.run("npm", "install", "--silent", "--prefix", str(modules.parent), CARBONE, external=True)
        peers = {"DOCGEN_CARBONE": str(modules)} if modules.exists() else {}
        session.run("python", "-m", "tests.bench", *session.posargs, env=peers)

    @nox.session
    def parity(session: nox.Session) -> None:
        """Render docxtpl's own examples through both engines (fetches its repository, or give the folder of a copy)."""
        install(session, "tests")
        session.install("-q", "docxtpl[subdoc]==0.20.2", "setuptools<81", silent=True)
        copy = session.posargs[0] if session.posargs else str(fetched(session, *EXAMPLES))
        session.run("python", "-m", "tests.parity", copy)

    @nox.session
    def mutate(session: nox.Session) -> None:
        """Slip every kind of fact in clean sets and count what verify finds."""
        install(session, "tests")
        session.run("python", "-m", "tests.mutate", *session.posargs)

    @nox.session
    def package(session: nox.Session) -> None:
        """Build the wheel and the sdist, look inside them, and use the wheel in an empty environment."""
        session.install("-q", "build", "hatchling", silent=True)
        target = session.create_tmp()
        session.run("python", "-m", "build", "--outdir", f"{target}/dist", silent=True)
        session.run("python", "tests/package_contents.py", f"{target}/dist")

    @nox.session
    def lock(session: nox.Session) -> None:
        """Write constraints.txt anew: the versions that continuous integration uses."""
        session.install("-q", "uv", silent=True)
        session.run("uv", "pip", "compile", "-q", "--universal", "--no-header", "--no-annotate",
                    "--group", "tests", "--group", "types", "--group", "lint", "--group", "nox", "--extra", "cluster",
                    "--extra", "fast", "pyproject.toml", "-o", "constraints.txt", "--upgrade")  # fmt: skip


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(bootstrap() if nox is None else nox.main())
