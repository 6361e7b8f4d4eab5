"""The demo: what it makes of installed packages, what it asks, and that it runs from start to end."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import Distribution, distributions, version
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.utils import canonicalize_name

from scripts import demo, installed_packages
from scripts.installed_packages import (
    INDEX_URL,
    Surroundings,
    machine_metadata,
    solver_document,
    solver_name,
    write_solver_documents,
)
from tests.fix_s3 import new_server
from tests.objectstore.making import result_document
from thoth_storages.documents.solver_name import parse_solver_name, solver_name_of
from thoth_storages.exceptions import NotFoundError, ObjectStoreError
from thoth_storages.objectstore.schema import METADATA_SCHEMA, RESULT_SCHEMA

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 1, 31, 12, 34, 56)

Install = Callable[..., Distribution]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    """A function that puts the metadata of a package where an installation has it."""

    def put(*lines: str, record: str | None = None) -> Distribution:
        folder = tmp_path / f"package{len(list(tmp_path.iterdir()))}-1.0.dist-info"
        folder.mkdir()
        text = "\n".join(["Metadata-Version: 2.4", "Name: Some.Package", "Version: 1.0", *lines])
        (folder / "METADATA").write_text(text)
        if record is not None:
            (folder / "RECORD").write_text(record)
        return Distribution.at(folder)

    return put


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A document about each package here."""
    folder = tmp_path_factory.mktemp("documents")
    return [json.loads(path.read_text()) for path in write_solver_documents(folder, NOW)]


def _around(**installed: str) -> Surroundings:
    return Surroundings(
        solver_name="solver-debian-12-py311",
        platform="linux-x86_64",
        metadata=machine_metadata(),
        marker_environment={**default_environment(), "python_version": "3.11", "sys_platform": "linux"},  # type: ignore[dict-item]
        installed=installed,
        import_names={"some-package": ["some", "_some"]},
    )


def _tree(distribution: Distribution, **installed: str) -> dict[str, Any]:
    document = solver_document(distribution, _around(**installed), NOW)
    (tree,) = document["result"]["tree"]
    assert isinstance(tree, dict)
    return tree


class TestADocument:
    def test_is_named_after_solver_time_and_package(self, install: Install) -> None:
        document = solver_document(install(), _around(), NOW)
        document_id = document["metadata"]["document_id"]
        assert re.fullmatch(r"solver-debian-12-py311-260131123456-[0-9a-f]{16}", document_id)
        assert solver_name_of(document_id) == "solver-debian-12-py311"
        assert document["metadata"]["datetime"] == "2026-01-31T12:34:56"

    def test_of_the_same_package_is_the_same(self, install: Install) -> None:
        assert solver_document(install(), _around(), NOW) == solver_document(install(), _around(), NOW)

    def test_is_json_and_holds_the_package_under_its_own_spelling(self, install: Install) -> None:
        tree = json.loads(json.dumps(_tree(install())))
        assert (tree["package_name"], tree["package_version"], tree["index_url"]) == ("Some.Package", "1.0", INDEX_URL)
        assert tree["package_version_requested"] == "1.0"

    def test_has_the_form_that_the_object_store_demands(self, install: Install) -> None:
        RESULT_SCHEMA(solver_document(install(), _around(), NOW))

    def test_tells_the_moment_in_utc(self, install: Install) -> None:
        timestamp = solver_document(install(), _around(), NOW)["metadata"]["timestamp"]
        assert dt.datetime.fromtimestamp(timestamp, dt.UTC).replace(tzinfo=None) == NOW

    def test_lists_what_can_be_imported(self, install: Install) -> None:
        assert _tree(install())["packages"] == ["_some", "some"]

    def test_has_the_hash_of_the_record_where_there_is_one(self, install: Install) -> None:
        assert _tree(install())["sha256"] == []
        digests = _tree(install(record="some/__init__.py,sha256=abc,0\n"))["sha256"]
        assert digests == ["4758776ca663a31f4dde313fe58a66114a4fcddb1ce0bbe1a833b72b8f2d71fd"]

    def test_keeps_keys_that_come_several_times_as_lists(self, install: Install) -> None:
        distribution = install(
            "Summary: Something",
            "Classifier: A :: B",
            "Classifier: C",
            "Project-URL: Home, https://example.com",
            "Keywords: one,two",
            "",
            "A long text.",
        )
        metadata = _tree(distribution)["importlib_metadata"]["metadata"]
        assert metadata["Classifier"] == ["A :: B", "C"]
        assert metadata["Project-URL"] == ["Home, https://example.com"]
        assert (metadata["Summary"], metadata["Keywords"]) == ("Something", "one,two")
        assert metadata["Description"].strip() == "A long text."

    def test_says_which_requirement_nobody_can_read(self, install: Install) -> None:
        document = solver_document(install("Requires-Dist: what is this", "Requires-Dist: right"), _around(), NOW)
        (unparsed,) = document["result"]["unparsed"]
        assert unparsed["requirement"] == "what is this"
        assert unparsed["details"]
        assert [each["package_name"] for each in document["result"]["tree"][0]["dependencies"]] == ["right"]


class TestADependency:
    @staticmethod
    def _of(distribution: Distribution, **installed: str) -> list[tuple[object, ...]]:
        keys = ("normalized_package_name", "required_version", "extra", "marker", "marker_evaluation_result")
        dependencies = _tree(distribution, **installed)["dependencies"]
        return [(*(each[key] for key in keys), each["resolved_versions"][0]["versions"]) for each in dependencies]

    def test_without_conditions_resolves_to_what_is_installed(self, install: Install) -> None:
        found = self._of(install("Requires-Dist: Left.Pad>=1,<2"), **{"left-pad": "1.3"})
        assert found == [("left-pad", "<2,>=1", [], None, True, ["1.3"])]

    def test_without_a_range_says_so(self, install: Install) -> None:
        assert self._of(install("Requires-Dist: left-pad")) == [("left-pad", None, [], None, True, [])]

    @pytest.mark.parametrize(("installed", "versions"), [("2.0", []), ("1.5rc1", ["1.5rc1"])])
    def test_resolves_only_to_a_version_that_fits(self, install: Install, installed: str, versions: list[str]) -> None:
        assert self._of(install("Requires-Dist: pad<2,>=1"), pad=installed)[0][-1] == versions

    @pytest.mark.parametrize(
        ("marker", "holds"),
        [
            ('python_version >= "3.8"', True),
            ('python_version < "3.8"', False),
            ('sys_platform == "win32"', False),
        ],
    )
    def test_with_a_marker_tells_whether_it_holds(self, install: Install, marker: str, holds: bool) -> None:
        assert self._of(install(f"Requires-Dist: pad; {marker}")) == [("pad", None, [], marker, holds, [])]

    def test_of_an_extra_holds_for_that_extra(self, install: Install) -> None:
        found = self._of(install("Requires-Dist: pad; extra == 'fast'"), pad="1")
        assert found == [("pad", None, ["fast"], 'extra == "fast"', True, ["1"])]

    def test_of_two_extras_is_said_once_for_each(self, install: Install) -> None:
        marker = "python_version < '3.8' and extra == 'old' or extra == 'fast'"
        found = self._of(install(f"Requires-Dist: pad; {marker}"))
        assert [(extra, holds) for _, _, extra, _, holds, _ in found] == [(["old"], False), (["fast"], True)]

    def test_names_the_extras_that_it_asks_for(self, install: Install) -> None:
        (dependency,) = _tree(install("Requires-Dist: pad[b,a]"))["dependencies"]
        assert dependency["extras"] == ["a", "b"]


class TestALicense:
    @pytest.mark.parametrize(
        ("lines", "full_name", "spdx"),
        [
            (["License-Expression: MIT OR Apache-2.0", "License: MIT"], "MIT OR Apache-2.0", "MIT OR Apache-2.0"),
            (["License: BSD"], "BSD", "UNDETECTED"),
            (["Classifier: License :: OSI Approved :: MIT License"], "MIT License", "UNDETECTED"),
            ([f"License: {'x' * 101}", "Classifier: License :: Public Domain"], "Public Domain", "UNDETECTED"),
            (["License:"], "UNDETECTED", "UNDETECTED"),
            ([], "UNDETECTED", "UNDETECTED"),
        ],
    )
    def test_is_what_the_metadata_says_most_plainly(
        self, install: Install, lines: list[str], full_name: str, spdx: str
    ) -> None:
        found = _tree(install(*lines))["package_license"]
        assert (found["license"]["full_name"], found["license"]["identifier_spdx"]) == (full_name, spdx)
        assert found["warning"] is False


class TestThisMachine:
    def test_has_a_name_that_a_solver_can_have(self) -> None:
        environment = parse_solver_name(solver_name())
        assert environment.python_version == f"{sys.version_info.major}.{sys.version_info.minor}"

    @pytest.mark.parametrize(
        ("release", "name"),
        [
            ({"ID": "debian", "NAME": "Debian", "VERSION_ID": "12"}, "solver-debian-12-"),
            ({"ID": "opensuse-leap", "NAME": "openSUSE", "VERSION_ID": "15.6"}, "solver-opensuse_leap-15.6-"),
            ({"ID": "arch", "NAME": "Arch Linux"}, "solver-arch-rolling-"),
        ],
    )
    def test_is_named_by_its_release(self, release: dict[str, str], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
        assert solver_name().startswith(name)
        parse_solver_name(solver_name())
        METADATA_SCHEMA({**result_document()["metadata"], **machine_metadata()})

    def test_that_is_no_linux_is_named_by_its_system(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_release() -> dict[str, str]:
            raise OSError("there is no os-release")

        monkeypatch.setattr("platform.freedesktop_os_release", no_release)
        monkeypatch.setattr("platform.system", lambda: "Darwin")
        monkeypatch.setattr("platform.release", lambda: "24.1.0")
        assert solver_name().startswith("solver-darwin-24.1.0-py")
        METADATA_SCHEMA({**result_document()["metadata"], **machine_metadata()})

    def test_has_a_document_for_each_installed_package(self, tmp_path: Path) -> None:
        paths = write_solver_documents(tmp_path, NOW)
        trees = [json.loads(path.read_text())["result"]["tree"][0] for path in paths]
        names = {canonicalize_name(tree["package_name"]) for tree in trees}
        assert len(paths) == len(names) == len(set(paths))
        assert {"pytest", "psycopg", "yoyo-migrations"} <= names
        assert next(tree for tree in trees if tree["package_name"] == "pytest")["package_version"] == version("pytest")

    def test_passes_over_what_an_interrupted_installation_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "broken-1.dist-info").mkdir()
        (tmp_path / "broken-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\n")
        monkeypatch.setattr(installed_packages, "distributions", lambda: distributions(path=[str(tmp_path)]))
        assert installed_packages.installed_distributions() == []


class TestTheDemo:
    def test_asks_about_packages_that_are_there_and_one_that_is_not(self, documents: list[dict[str, Any]]) -> None:
        names = {document["result"]["tree"][0]["package_name"] for document in documents}
        calls = [question.call for question in demo.questions(documents)]
        asked = [call.split("'")[1] for call in calls if call.startswith("graph.get_depends_on(")]
        assert [name in names for name in asked] == [True, False]

    def test_asks_the_store_for_a_document_that_is_there(self, documents: list[dict[str, Any]]) -> None:
        (call,) = [each.call for each in demo.questions_of_the_store(documents) if "retrieve_document" in each.call]
        assert call.split("'")[1] in {document["metadata"]["document_id"] for document in documents}

    @pytest.mark.parametrize(
        ("answer", "text"),
        [
            ([1, 2, 3, 4], "[1, 2, 3, 4]"),
            ([1, 2, 3, 4, 5, 6], "[1, 2, 3, 4, … 2 more]"),
            ({"a": "x" * 71, "b": None, "c": []}, f"{{'a': '{'x' * 70}…'}}"),
            (True, "True"),
            (NotFoundError("there is none"), "NotFoundError: there is none"),
        ],
    )
    def test_shows_of_a_long_answer_only_a_part(self, answer: object, text: str) -> None:
        assert demo.shown(answer) == text

    @staticmethod
    def _run(folder: Path, *arguments: str) -> str:
        """What it prints when variables lead astray; it leaves nothing in ``folder``, where its files lie."""
        astray = {"PGHOSTADDR": "192.0.2.1", "KNOWLEDGE_GRAPH_HOST": "192.0.2.1", "THOTH_S3_ENDPOINT_URL": "192.0.2.1"}
        command = [sys.executable, *arguments]
        environment = os.environ | astray | {"TMPDIR": str(folder)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100)
        assert done.stderr == ""
        assert done.returncode == 0
        assert ">>> graph.get_depends_on(" in done.stdout
        assert "NotFoundError: " in done.stdout
        assert "Done in " in done.stdout
        assert list(folder.iterdir()) == []
        return done.stdout

    def test_stores_documents_syncs_them_from_there_and_leaves_nothing(self, tmp_path: Path) -> None:
        new_server("seaweed")
        printed = self._run(tmp_path, "-m", "scripts.demo")
        assert "Syncing all that the store holds … " in printed
        (stored,) = re.findall(r">>> store\.get_document_count\(\)\n(\d+)\n", printed)
        assert f"The {stored} packages in " in printed

    def test_syncs_files_where_there_is_no_object_store(self, tmp_path: Path) -> None:
        printed = self._run(tmp_path, "-c", _WITHOUT_SEAWEED)
        assert "Starting a private object store … there is none: no SeaweedFS" in printed
        assert "Syncing these files … " in printed
        assert ">>> store." not in printed

    def test_says_in_one_line_why_an_object_store_does_not_start(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fail() -> None:
            raise ObjectStoreError("the port is taken\nlogged: much")

        monkeypatch.setattr(demo, "SeaweedFS", fail)
        with contextlib.ExitStack() as stack:
            assert demo._store(stack) is None
        assert capsys.readouterr().out == "Starting a private object store … there is none: the port is taken\n"


_WITHOUT_SEAWEED = """
from scripts import demo
from thoth_storages.ephemeral import seaweed
seaweed.sysconfig.get_path = seaweed.shutil.which = lambda name: ""
demo.main()
"""
