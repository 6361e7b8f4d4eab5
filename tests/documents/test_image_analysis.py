"""What an analysis of a container image says, as rows."""

from __future__ import annotations

import copy
import datetime as dt
import json
import logging
from typing import Any

import pytest

from tests.documents.making import Document
from tests.documents.making_images import (
    ANALYSIS_ID,
    EMPTY_FILE,
    IMAGE,
    LONG,
    PACKAGE_EXTRACT,
    SITE,
    analysis_document,
    debian_package,
    full_analysis,
    named,
    python_package,
    rpm_package,
)
from tests.shared import shared_files
from thoth_storages.documents.environment import SoftwareEnvironment
from thoth_storages.documents.image_analysis import image_analysis_rows
from thoth_storages.documents.image_analysis_rows import (
    AnalysisRun,
    DebianPackage,
    DebianRelation,
    DebianRelationKind,
    IdentifiedPackage,
    ImageAnalysisRows,
    PythonFile,
    PythonInterpreter,
    RPMPackage,
    RPMRequirement,
    Symbol,
)
from thoth_storages.documents.rows import Entity
from thoth_storages.exceptions import CudaVersionDoesNotMatchError

IMAGE_NAME = IMAGE.partition(":")[0]


def result(**members: Any) -> ImageAnalysisRows:
    """The rows of an analysis; ``_`` in the names of members stands for ``-``."""
    return image_analysis_rows(analysis_document({name.replace("_", "-"): value for name, value in members.items()}))


def environment(**members: Any) -> SoftwareEnvironment:
    return result(**members).run.software_environment


def test_the_run_says_what_was_analysed_when_and_how() -> None:
    image = SoftwareEnvironment(
        environment_type="RUNTIME",
        environment_name=IMAGE,
        python_version="3.10",
        image_name=IMAGE_NAME,
        image_sha="22" * 32,
        os_name="rhel",
        os_version="8",
        cuda_version="11.2",
        thoth_image_name=IMAGE_NAME,
        thoth_image_version="1.0.0",
        env_image_name="s2i-thoth-ubi8-py310",
        env_image_tag="v1.0.0",
    )
    assert image_analysis_rows(full_analysis()).run == AnalysisRun(
        document_id=ANALYSIS_ID,
        datetime=dt.datetime(2022, 1, 6, 11, 21, 26, 759528),
        duration=62,
        package_extract_name=PACKAGE_EXTRACT,
        package_extract_version="1.3.0",
        environment_type="RUNTIME",
        origin=None,
        debug=False,
        package_extract_error=False,
        image_tag="v1.0.0",
        os_name="rhel",
        os_id="rhel",
        os_version_id="8",
        image_size=6_000_000_000,
        is_external=False,
        software_environment=image,
    )


def test_what_is_in_the_image_is_rows() -> None:
    rows = image_analysis_rows(full_analysis())
    zlib = RPMPackage("zlib", "1.2.11", "13.el8", None, "x86_64", False, "zlib-1.2.11-13.el8.x86_64")
    glibc = RPMPackage("glibc", "1.2.11", "13.el8", None, "x86_64", False, "glibc-1.2.11-13.el8.x86_64")
    libc6, bash = DebianPackage("libc6", "2.31-1", None, "amd64"), DebianPackage("bash", "2.31-1", None, "amd64")
    assert rows.identified_packages == (
        IdentifiedPackage(Entity("flask", "1.0", None), SITE),
        IdentifiedPackage(Entity("click", "8.0", None), SITE),
    )
    assert rows.rpm_packages == (zlib, glibc)
    assert rows.rpm_requirements == (
        RPMRequirement(zlib, "libc.so.6"),
        RPMRequirement(zlib, "rpmlib(X) <= 4"),
        RPMRequirement(glibc, "bash"),
    )
    assert rows.debian_packages == (libc6, bash)
    assert rows.debian_relations == (
        DebianRelation(DebianRelationKind.PRE_DEPENDS, libc6, "dpkg", ">= 1.0"),
        DebianRelation(DebianRelationKind.DEPENDS, libc6, "libgcc-s1", None),
        DebianRelation(DebianRelationKind.DEPENDS, libc6, "libcrypt1", ">= 1:4.4"),
        DebianRelation(DebianRelationKind.REPLACES, libc6, "libc6-amd64", "<< 2.0"),
        DebianRelation(DebianRelationKind.REPLACES, libc6, "libc6-i386", None),
        DebianRelation(DebianRelationKind.DEPENDS, bash, "libgcc-s1", None),
    )
    assert rows.python_files == (
        PythonFile(f"{SITE}/flask/__init__.py", EMPTY_FILE),
        PythonFile(f"{SITE}/click/__init__.py", EMPTY_FILE),
        PythonFile(f"{SITE}/click/api.py", "ab" * 32),
    )
    assert rows.python_interpreters == (
        PythonInterpreter("/usr/bin/python3.10", "/usr/bin/python3", "Python 3.10.1"),
        PythonInterpreter("/usr/bin/python", None, None),
    )
    assert rows.symbols == (
        Symbol("/lib64/libc.so.6", "GLIBC_2.2.5"),
        Symbol("/lib64/libc.so.6", "GLIBC_2.17"),
        Symbol("/lib64/libz.so.1", "ZLIB_1.2"),
    )
    assert rows.size == 1 + 2 + 2 + 3 + 2 + 6 + 3 + 2 + 3


LISTS = (
    "rpm-dependencies",
    "deb-dependencies",
    "python-packages",
    "python-files",
    "python-interpreters",
    "system-symbols",
    "layers",
)


@pytest.mark.parametrize("absent", [{}, dict.fromkeys(LISTS), {"cuda-version": None, "skopeo-inspect": None}])
def test_an_image_may_have_nothing_in_it(absent: Document) -> None:
    document = analysis_document(absent)
    for name in LISTS:
        if absent.get(name, 0) == 0:
            document["result"].pop(name, None)
    rows = image_analysis_rows(document)
    assert rows.size == 1
    image = rows.run.software_environment
    assert (image.image_sha, image.cuda_version, image.thoth_image_name, image.env_image_name) == (None,) * 4


def test_what_is_told_twice_is_one_row() -> None:
    document = full_analysis()
    once = image_analysis_rows(document)
    doubled = copy.deepcopy(document)
    for name in LISTS[:-2]:
        doubled["result"][name] *= 2
    assert image_analysis_rows(doubled) == once


def test_the_document_is_not_changed() -> None:
    document = full_analysis()
    before = copy.deepcopy(document)
    image_analysis_rows(document)
    assert document == before


@pytest.mark.parametrize("is_external", [True, None, ...])
def test_an_image_is_a_users_unless_the_document_says_otherwise(is_external: object) -> None:
    document = analysis_document(arguments={"is_external": is_external})
    if is_external is ...:
        del document["metadata"]["arguments"][PACKAGE_EXTRACT]["metadata"]["is_external"]
    run = image_analysis_rows(document).run
    assert run.is_external
    assert run.software_environment.python_version is None


def test_an_image_of_the_service_without_a_version_of_python_in_its_name_is_warned_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        run = image_analysis_rows(analysis_document(image="quay.io/acme/app:latest")).run
        image_analysis_rows(analysis_document(image="app", arguments={"is_external": True}))
    assert run.software_environment.python_version is None
    assert caplog.messages == [f"{ANALYSIS_ID}: the image's name 'quay.io/acme/app' tells no version of Python"]


def test_a_digest_is_no_part_of_the_images_name() -> None:
    image = f"registry:5000/app-py39@sha256:{EMPTY_FILE}"
    run = image_analysis_rows(analysis_document(image=image)).run
    found = run.software_environment
    assert (found.environment_name, found.image_name, found.python_version) == (image, "registry:5000/app-py39", "3.9")
    assert run.image_tag == f"sha256:{EMPTY_FILE}"


@pytest.mark.parametrize(
    ("operating_system", "name", "os_id", "version"),
    [
        ({"id": "ubi", "version_id": "8.5"}, "rhel", "ubi", "8"),
        ({"id": "rhel", "version_id": "9"}, "rhel", "rhel", "9"),
        ({"id": "fedora", "version_id": "35"}, "fedora", "fedora", "35"),
        ({"id": "ubuntu", "version_id": "20.04"}, "ubuntu", "ubuntu", "20.04"),
    ],
)
def test_operating_systems_are_named_as_everywhere(
    operating_system: Document, name: str, os_id: str, version: str
) -> None:
    run = result(operating_system=operating_system).run
    assert (run.os_name, run.os_id, run.os_version_id) == (name, os_id, version)
    assert (run.software_environment.os_name, run.software_environment.os_version) == (name, version)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (["THOTH_S2I_NAME=a=b"], ("a=b", None, None, None)),
        (["THOTH_S2I_NAME", "THOTH_S2I_VERSION=", "THOTH_EMPTY"], (None, None, None, None)),
        (["IMAGE_NAME=one", "IMAGE_NAME=two", None, "IMAGE_TAG=v1"], (None, None, "two", "v1")),
        (["LS_COLORS=" + LONG, "THOTH_S2I_VERSION=1.0\0"], (None, "1.0", None, None)),
        (["NOT_IMAGE_NAME=x"], (None, None, None, None)),
        ([], (None, None, None, None)),
        (None, (None, None, None, None)),
    ],
)
def test_the_images_environment_variables_tell_which_image_it_is(
    entries: list[str | None] | None, expected: tuple[str | None, ...]
) -> None:
    found = environment(skopeo_inspect={"Env": entries})
    names = (found.thoth_image_name, found.thoth_image_version, found.env_image_name, found.env_image_tag)
    assert names == expected
    assert environment(skopeo_inspect={"Os": "linux"}).thoth_image_name is None


@pytest.mark.parametrize(
    ("compiler", "file", "expected"),
    [
        ("11.2", "11.2", "11.2"),
        ("11.2", None, "11.2"),
        (None, "11.2", "11.2"),
        ("11.2", "", "11.2"),
        (None, None, None),
    ],
)
def test_either_place_tells_the_version_of_cuda(compiler: str | None, file: str | None, expected: str | None) -> None:
    versions = {"nvcc_version": compiler, "/usr/local/cuda/version.txt": file}
    assert environment(cuda_version=versions).cuda_version == expected


def test_two_versions_of_cuda_are_refused_by_the_documents_id() -> None:
    with pytest.raises(CudaVersionDoesNotMatchError) as raised:
        environment(cuda_version={"nvcc_version": "10.1", "/usr/local/cuda/version.txt": "11.0"})
    assert str(raised.value) == (
        f"{ANALYSIS_ID}: result.cuda-version: nvcc says that CUDA is 10.1, /usr/local/cuda/version.txt that it is 11.0"
    )


def test_python_packages_are_named_as_everywhere_and_may_have_no_version() -> None:
    packages = [python_package("Flask_SQLAlchemy", "1.0-RC1"), python_package("odd", None), python_package("2004d", "")]
    assert [package.entity for package in result(python_packages=packages).identified_packages] == [
        Entity("flask-sqlalchemy", "1.0rc1", None),
        Entity("odd", None, None),
        Entity("2004d", None, None),
    ]


def test_one_package_in_two_places_and_one_content_in_two_files_are_two_rows() -> None:
    rows = result(
        python_packages=[python_package(), python_package(location="/usr/lib/python3/dist-packages")],
        python_files=[{"filepath": f"/a/{number}/__init__.py", "sha256": EMPTY_FILE} for number in range(3)],
    )
    assert (len(rows.identified_packages), len(rows.python_files)) == (2, 3)


def test_an_rpm_package_may_lack_all_but_its_name_and_version() -> None:
    rows = result(rpm_dependencies=[{"name": "bash", "version": "5"}, rpm_package(epoch="1", src=True, arch=None)])
    assert rows.rpm_packages == (
        RPMPackage("bash", "5", None, None, None, False, "bash"),
        RPMPackage("zlib", "1.2.11", "13.el8", "1", None, True, "zlib-1.2.11-13.el8.x86_64"),
    )


def test_a_debian_package_may_name_others_in_any_version_or_none() -> None:
    bare = {"name": "dash", "version": "1"}
    rows = result(
        deb_dependencies=[bare, debian_package(depends=[named("a", ""), {"name": "b"}], replaces=None, epoch="1")]
    )
    assert rows.debian_packages == (
        DebianPackage("dash", "1", None, None),
        DebianPackage("libc6", "2.31-1", "1", "amd64"),
    )
    assert [(relation.dependency_name, relation.version_range) for relation in rows.debian_relations] == [
        ("a", None),
        ("b", None),
    ]


def test_names_from_the_images_files_may_be_of_any_length() -> None:
    rows = result(
        rpm_dependencies=[rpm_package("zlib", LONG, "")],
        python_files=[{"filepath": LONG, "sha256": EMPTY_FILE}],
        python_interpreters=[{"path": LONG}],
        system_symbols={LONG: [LONG, "", None], "empty": None},
    )
    assert rows.rpm_requirements[0].requirement_name == rows.python_files[0].file == LONG
    assert rows.symbols == (Symbol(LONG, LONG),)
    assert len(rows.rpm_requirements) == 1


def test_a_failed_analysis_keeps_what_it_found() -> None:
    for document in (full_analysis() | {"error": True}, full_analysis()):
        document["result"]["error"] = True
        rows = image_analysis_rows(document)
        assert rows.run.package_extract_error
        assert rows.size == image_analysis_rows(full_analysis()).size
    assert not image_analysis_rows(full_analysis() | {"error": False}).run.package_extract_error


@pytest.mark.parametrize("path", shared_files("documents/package-extract/*.json"), ids=lambda path: str(path.stem))
def test_real_documents_are_read_whole(path: Any) -> None:
    document = json.loads(path.read_bytes())
    rows, found = image_analysis_rows(document), document["result"]
    assert len(rows.rpm_packages) == len(found["rpm-dependencies"]) > 0
    assert len(rows.python_files) == len(found["python-files"])
    assert len(rows.symbols) == sum(map(len, found["system-symbols"].values()))
    assert {package.location for package in rows.identified_packages} == {
        package["location"] for package in found["python-packages"]
    }
