"""What a document of the reverse solver says, as rows."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from tests.documents.making import RHEL_8, Document, entity, version
from tests.documents.making_reverse_solver import REVERSE_ID, dependent, reverse_document
from thoth_storages.documents.reverse_solver import ReverseSolverRows, reverse_solver_rows
from thoth_storages.documents.rows import Dependency, Version
from thoth_storages.documents.solver_name import Environment
from thoth_storages.exceptions import DocumentError, NoDocumentIdError

RELEASE = entity("werkzeug", "2.0", None)

Change = Callable[[Document], object]


def tied(
    version_: Version | None = None,
    version_range: str = ">=0.1",
    extra: str | None = None,
    marker: str | None = None,
    holds: bool = True,
) -> Dependency:
    return Dependency(version_ or version(), RELEASE, version_range, extra, marker, holds)


def test_a_document_is_a_release_and_what_depends_on_it() -> None:
    rows = reverse_solver_rows(reverse_document(dependent(), dependent(version="1.1")))
    assert rows == ReverseSolverRows(REVERSE_ID, RELEASE, (tied(), tied(version(version="1.1"))))
    assert rows.size == 3


def test_a_release_that_nothing_depends_on_is_only_a_release() -> None:
    rows = reverse_solver_rows(reverse_document())
    assert rows == ReverseSolverRows(REVERSE_ID, RELEASE)
    assert rows.size == 1


def test_names_versions_indexes_and_systems_are_normalised() -> None:
    entry = dependent(
        "Flask_SQLAlchemy", "1.0-RC1", index_url="https://pypi.python.org/simple", os_name="ubi", os_version="8.5"
    )
    rows = reverse_solver_rows(reverse_document(entry, name="Zope.Interface", version="v2.0.post0"))
    assert rows.release == entity("zope-interface", "2.0.post0", None)
    assert [each.version for each in rows.dependencies] == [Version(entity("flask-sqlalchemy", "1.0rc1"), RHEL_8)]


def test_versions_of_another_system_are_not_cut() -> None:
    rows = reverse_solver_rows(reverse_document(dependent(os_name="debian", os_version="11.2")))
    assert rows.dependencies[0].version.environment == Environment("debian", "11.2", "3.8")


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"version_range": None}, [tied(version_range="*")]),
        ({"version_range": ""}, [tied(version_range="*")]),
        ({"marker": ""}, [tied()]),
        ({"marker": "m" * 5000}, [tied(marker="m" * 5000)]),
        (
            {"marker": "os_name == 'nt'", "marker_evaluation_result": False},
            [tied(marker="os_name == 'nt'", holds=False)],
        ),
        ({"marker": "?", "marker_evaluation_result": None}, [tied(marker="?")]),
        ({"extra": "dev"}, [tied(extra="dev")]),
        ({"extra": ["dev"]}, [tied(extra="dev")]),
        ({"extra": ["dev", "test"]}, [tied(extra="dev"), tied(extra="test")]),
        ({"extra": []}, [tied()]),
        ({"extra": ""}, [tied()]),
        ({"extra": [None]}, [tied()]),
        ({"index_url": None}, [tied(version(index_url=None))]),
    ],
)
def test_a_dependency_is_read_as_those_of_solvers_are(members: Document, expected: list[Dependency]) -> None:
    assert list(reverse_solver_rows(reverse_document(dependent(**members))).dependencies) == expected


@pytest.mark.parametrize("name", ["version_range", "marker", "marker_evaluation_result", "extra"])
def test_what_says_nothing_may_be_absent(name: str) -> None:
    entry = dependent(version_range=None)
    del entry[name]
    assert reverse_solver_rows(reverse_document(entry)).dependencies == (tied(version_range="*"),)


def test_the_same_dependency_twice_is_one() -> None:
    assert reverse_solver_rows(reverse_document(dependent(), dependent(), dependent("Flask"))).dependencies == (tied(),)


def test_a_document_is_not_changed() -> None:
    document = reverse_document(dependent(extra=["dev"]))
    before = copy.deepcopy(document)
    reverse_solver_rows(document)
    assert document == before


REFUSED: list[tuple[Change, str]] = [
    (lambda d: d.pop("result"), "result: a list of objects is needed, found nothing"),
    (lambda d: d.update(result=None), "result: a list of objects is needed, found null"),
    (lambda d: d.update(result=[1]), "result[0]: an object is needed, found 1"),
    (lambda d: d["metadata"].pop("arguments"), "metadata.arguments: an object is needed, found nothing"),
    (lambda d: d["metadata"]["arguments"].pop("app.py"), "metadata.arguments.app.py: an object is needed"),
    (lambda d: d["metadata"].update(document_id="solver-1"), "metadata.document_id: an id that begins with"),
    (
        lambda d: d["metadata"]["arguments"]["app.py"].pop("package_name"),
        "metadata.arguments.app.py.package_name: a text",
    ),
    (
        lambda d: d["metadata"]["arguments"]["app.py"].update(package_version=None),
        "metadata.arguments.app.py.package_version: a text is needed, found null",
    ),
    (
        lambda d: d["result"][0].update(marker_evaluation_result="yes"),
        "result[0].marker_evaluation_result: true or false",
    ),
    (lambda d: d["result"][0].update(version_range=["<2"]), "result[0].version_range: a text is needed"),
    (lambda d: d["result"][0].pop("index_url"), "result[0].index_url: a text or null is needed, found nothing"),
    *(
        (lambda d, name=name: d["result"][0].update({name: None}), f"result[0].{name}: a text is needed, found null")
        for name in ("package_name", "package_version", "os_name", "os_version", "python_version")
    ),
]


@pytest.mark.parametrize(("change", "message"), REFUSED)
def test_what_cannot_be_stored_is_refused_by_its_path(change: Change, message: str) -> None:
    document = reverse_document(dependent())
    change(document)
    with pytest.raises(DocumentError) as raised:
        reverse_solver_rows(document)
    assert message in str(raised.value)


def test_a_document_without_an_id_is_refused() -> None:
    with pytest.raises(NoDocumentIdError, match=r"metadata\.document_id"):
        reverse_solver_rows(reverse_document(document_id=None))
