"""Pipfiles and Pipfile.lock files, as documents hold them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.documents.making import PYPI, entity
from thoth_storages.documents.fields import Section
from thoth_storages.documents.rows import Entity
from thoth_storages.documents.stack import Requirement, read_locked, read_requirements
from thoth_storages.exceptions import DocumentError

OTHER_INDEX = "https://example.com/simple"
SOURCES = [
    {"name": "pypi", "url": "https://pypi.python.org/simple", "verify_ssl": True},
    {"name": "other", "url": OTHER_INDEX, "verify_ssl": True},
]


def requirements(**packages: Any) -> frozenset[Requirement] | None:
    return read_requirements(Section({"packages": packages, "source": SOURCES}, "adviser-1"))


def locked(**packages: Any) -> frozenset[Entity] | None:
    return read_locked(Section({"default": packages, "_meta": {"sources": SOURCES}}, "adviser-1"))


def test_a_line_states_a_range_or_an_object_with_one() -> None:
    assert requirements(Flask=">=1.0", Jinja2={"version": "*", "index": "other"}, six={"version": "==1"}) == frozenset(
        {
            Requirement("flask", ">=1.0", False, None),
            Requirement("jinja2", "*", False, OTHER_INDEX),
            Requirement("six", "==1", False, None),
        }
    )


def test_an_empty_range_is_any_version() -> None:
    assert requirements(flask="") == frozenset({Requirement("flask", "*", False, None)})


@pytest.mark.parametrize("pipfile", [{}, {"packages": {}}, {"packages": None}, {"dev-packages": {"pytest": "*"}}])
def test_a_file_may_be_empty(pipfile: dict[str, Any]) -> None:
    assert read_requirements(Section(pipfile, "adviser-1")) == frozenset()


def test_a_file_may_be_missing() -> None:
    assert read_requirements(None) is None
    assert read_locked(None) is None


@pytest.mark.parametrize("entry", [{"git": "https://example.com/x.git"}, {"path": ".", "editable": True}])
def test_what_comes_from_no_index_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(DocumentError, match=r"adviser-1: packages\.flask\.version: a version range, as only packages"):
        requirements(flask=entry)


def test_locked_versions_are_normalised() -> None:
    assert locked(
        Flask_Login={"version": "==1.0-RC1", "index": "pypi"}, six={"version": "==1.16", "index": "other"}
    ) == frozenset(
        {
            entity("flask-login", "1.0rc1", PYPI),
            entity("six", "1.16", OTHER_INDEX),
        }
    )


def test_without_an_index_the_default_one_is_meant() -> None:
    assert locked(six={"version": "==1.16", "index": None}, flask={"version": "==1"}) == frozenset(
        {
            entity("six", "1.16", PYPI),
            entity("flask", "1", PYPI),
        }
    )
    assert read_locked(Section({"default": {"six": {"version": "==1.16"}}}, "adviser-1")) == frozenset(
        {entity("six", "1.16")}
    )


def test_an_index_is_named_without_the_slash_that_people_write() -> None:
    sources = [{"name": "other", "url": f"{OTHER_INDEX}/"}, {"name": "pypi", "url": "https://pypi.python.org/simple/"}]
    default = {"six": {"version": "==1.16", "index": "other"}, "flask": {"version": "==1", "index": "pypi"}}
    lock = Section({"default": default, "_meta": {"sources": sources}}, "adviser-1")
    expected = {entity("six", "1.16", OTHER_INDEX), entity("flask", "1", PYPI)}
    assert read_locked(lock) == frozenset(expected)


def test_packages_for_development_are_left_out() -> None:
    lock = {"default": {}, "develop": {"pytest": {"version": "==6.0"}}, "_meta": {"sources": SOURCES}}
    assert read_locked(Section(lock, "adviser-1")) == frozenset()


@pytest.mark.parametrize("version", [">=1.0", "1.0", "*"])
def test_a_version_that_is_not_pinned_is_refused(version: str) -> None:
    with pytest.raises(DocumentError, match=r"adviser-1: default\.flask\.version: a pinned version, ==…, is needed"):
        locked(flask={"version": version})


def test_an_unknown_source_is_refused_with_those_that_there_are() -> None:
    expected = r"default\.flask\.index: the name of a source \(pypi, other\) is needed, found \"lost\""
    with pytest.raises(DocumentError, match=expected):
        locked(flask={"version": "==1.0", "index": "lost"})
    with pytest.raises(DocumentError, match=r"packages\.flask\.index: the name of a source \(there is none\)"):
        read_requirements(Section({"packages": {"flask": {"version": "*", "index": "lost"}}}, "adviser-1"))


@pytest.mark.parametrize("name", ["", "a\0", "x" * 513])
def test_a_package_without_a_name_that_can_be_stored_is_refused(name: str) -> None:
    with pytest.raises(DocumentError, match=r"^adviser-1: packages: a (name|text)"):
        requirements(**{name: "*"})
    with pytest.raises(DocumentError, match=r"^adviser-1: default: a (name|text)"):
        locked(**{name: {"version": "==1.0"}})


def test_reading_changes_nothing() -> None:
    pipfile = {"packages": {"flask": {"version": "*", "index": "pypi"}}, "source": SOURCES}
    lock = {"default": {"flask": {"version": "==1.0", "index": "pypi"}}, "_meta": {"sources": SOURCES}}
    before = copy.deepcopy((pipfile, lock))
    read_requirements(Section(pipfile, "adviser-1"))
    read_locked(Section(lock, "adviser-1"))
    assert (pipfile, lock) == before
