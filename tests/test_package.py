"""What people install: the wheel holds everything, and works in an environment that knows nothing of the sources."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.fix_postgres import PointTo

ROOT = Path(__file__).resolve().parents[1]
STALE = "thoth_storages/sql/queries/deleted_long_ago.sql"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources in which an earlier build left a file that is no more."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = folder / "sources"
    not_sources = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info")
    shutil.copytree(ROOT, sources, ignore=not_sources)
    (sources / "build/lib" / STALE).parent.mkdir(parents=True)
    (sources / "build/lib" / STALE).write_text("-- gone")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(sources)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment with the wheel; the packages it needs are borrowed from this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    programs = folder / "bin"
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True)
    (site_packages,) = folder.glob("lib/python*/site-packages")
    (site_packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    return programs


def _run(*command: str | Path) -> str:
    """What a program prints that starts where no sources are."""
    done = subprocess.run(list(map(str, command)), cwd="/", env=os.environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _sources() -> set[str]:
    files = (path for path in (ROOT / "thoth_storages").rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(ROOT).as_posix() for path in files}


class TestTheWheel:
    def test_holds_every_file_of_the_package_and_no_other(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            held = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert held == _sources()

    @pytest.mark.parametrize("ending", [".sql", ".rollback.sql", ".pyi", "py.typed"])
    def test_holds_what_is_no_python_source(self, wheel: Path, ending: str) -> None:
        with zipfile.ZipFile(wheel) as archive:
            assert any(name.endswith(ending) for name in archive.namelist())

    def test_says_under_which_license_and_holds_its_text(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            metadata, license_text = (
                archive.read(name).decode()
                for ending in ("METADATA", "licenses/LICENSE")
                for name in archive.namelist()
                if name.endswith(f".dist-info/{ending}")
            )
        assert "\nLicense-Expression: GPL-3.0-or-later\n" in metadata
        assert license_text == (ROOT / "LICENSE").read_text()
        assert license_text.lstrip().startswith("GNU GENERAL PUBLIC LICENSE\n                       Version 3")


class TestAnInstallation:
    def test_is_of_the_wheel_and_not_of_the_sources(self, installed: Path) -> None:
        code = "import thoth_storages; print(thoth_storages.__file__)"
        assert Path(_run(installed / "python", "-c", code).strip()).is_relative_to(installed.parent)

    def test_knows_its_version(self, installed: Path) -> None:
        code = "import importlib.metadata as m, thoth_storages as t; print(m.version('thoth-storages'), t.__version__)"
        assert _run(installed / "python", "-c", code).split() == ["1.0.0", "1.0.0"]
        assert "1.0.0" in _run(installed / "thoth-storages", "--version")

    def test_migrates_and_asks(self, installed: Path, empty_database: str, point_to: PointTo) -> None:
        point_to(empty_database)
        _run(installed / "thoth-storages", "db", "migrate")
        code = """if True:
            from thoth_storages import GraphDatabase
            graph = GraphDatabase()
            graph.connect()
            print(graph.is_schema_up2date(), graph.get_python_packages_all(count=None))
        """
        assert _run(installed / "python", "-W", "error", "-c", code) == "True []\n"


class TestTheDependencies:
    @pytest.fixture(scope="class")
    @staticmethod
    def requirements() -> dict[str, Requirement]:
        """What an installation needs, by name."""
        config = configparser.ConfigParser()
        config.read(ROOT / "setup.cfg")
        lines = config["options"]["install_requires"].strip().splitlines()
        return {requirement.name: requirement for requirement in map(Requirement, lines)}

    def test_are_those_that_the_library_defends(self, requirements: dict[str, Requirement]) -> None:
        assert set(requirements) == {"aiosql", "click", "minio", "packaging", "psycopg", "urllib3", "yoyo-migrations"}

    def test_admit_the_packaging_that_services_pin(self, requirements: dict[str, Requirement]) -> None:
        assert requirements["packaging"].specifier.contains("21.3")

    def test_are_bounded_below_by_what_works_and_above_by_the_next_major_version(
        self, requirements: dict[str, Requirement]
    ) -> None:
        for requirement in requirements.values():
            bounds = {bound.operator: Version(bound.version) for bound in requirement.specifier}
            assert bounds.keys() <= {">=", "<"}, requirement
            if requirement.name != "packaging":  # it counts years, and services pin it
                assert bounds["<"] == Version(str(bounds[">="].major + 1)), requirement
