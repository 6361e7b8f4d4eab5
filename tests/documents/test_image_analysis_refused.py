"""Analyses of container images that cannot be stored: they are refused by the path of what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.documents.making import Document
from tests.documents.making_images import (
    ANALYSIS_ID,
    LONG,
    PACKAGE_EXTRACT,
    analysis_document,
    full_analysis,
    rpm_package,
)
from thoth_storages.documents.image_analysis import image_analysis_rows
from thoth_storages.exceptions import DocumentError, NoDocumentIdError

Change = Callable[[Document], object]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (
            {"error": True, "error_msg": "no such image"},
            "result.operating-system: an object (the analysis failed (no such image) before it knew the image's "
            "operating system) is needed, found nothing",
        ),
        (
            {"error": True, "operating-system": None},
            "result.operating-system: an object (the analysis failed before it knew the image's operating system) is "
            "needed, found null",
        ),
        ({}, "result.operating-system: an object is needed, found nothing"),
        (None, "result: an object is needed, found null"),
        ([], "result: an object is needed, found a list"),
    ],
)
def test_an_analysis_that_knows_no_operating_system_is_refused(document: object, sentence: str) -> None:
    with pytest.raises(DocumentError) as raised:
        image_analysis_rows(analysis_document() | {"result": document})
    assert str(raised.value) == f"{ANALYSIS_ID}: {sentence}"


def test_a_failed_analysis_without_a_result_is_refused() -> None:
    for document in (analysis_document() | {"error": True, "result": None}, analysis_document() | {"error": True}):
        document.pop("result") if document["result"] else None
        with pytest.raises(
            DocumentError, match=r": result: an object \(the analysis failed before .*\) is needed, found"
        ):
            image_analysis_rows(document)


def arguments(document: Document) -> Document:
    called: Document = document["metadata"]["arguments"]
    return called


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d["metadata"].pop("datetime"), "metadata.datetime: a date and time"),
        (lambda d: d["metadata"].pop("analyzer"), "metadata.analyzer: a text"),
        (lambda d: d["metadata"].pop("arguments"), "metadata.arguments: an object"),
        (lambda d: arguments(d).pop("extract-image"), "metadata.arguments.extract-image: an object"),
        (
            lambda d: arguments(d)["extract-image"].update(image=""),
            'metadata.arguments.extract-image.image: a text is needed, found ""',
        ),
        (
            lambda d: arguments(d)[PACKAGE_EXTRACT].update(metadata=None),
            "metadata.arguments.thoth-package-extract.metadata: an object is needed, found null",
        ),
        (
            lambda d: arguments(d)[PACKAGE_EXTRACT]["metadata"].update(environment_type="build"),
            "metadata.arguments.thoth-package-extract.metadata.environment_type: RUNTIME or BUILDTIME is needed, "
            'found "build"',
        ),
        (
            lambda d: arguments(d)[PACKAGE_EXTRACT]["metadata"].pop("environment_type"),
            "metadata.arguments.thoth-package-extract.metadata.environment_type: a text is needed, found nothing",
        ),
        (
            lambda d: d["result"]["operating-system"].pop("version_id"),
            "result.operating-system.version_id: a text is needed, found nothing",
        ),
        (lambda d: d["result"].update(image_size=2**70), "result.image_size: a number up to 9223372036854775807"),
        (lambda d: d["result"].update(layers=[1]), "result.layers[0]: a text is needed, found 1"),
        (lambda d: d["result"].update({"cuda-version": "11"}), 'result.cuda-version: an object is needed, found "11"'),
        (
            lambda d: d["result"]["skopeo-inspect"]["Env"].append(f"THOTH_S2I_NAME={'é' * 1_300}"),
            "result.skopeo-inspect.Env: THOTH_S2I_NAME and THOTH_S2I_VERSION of at most 2,600 bytes together",
        ),
        (
            lambda d: d["result"]["python-packages"][1].pop("location"),
            "result.python-packages[1].location: a text is needed, found nothing",
        ),
        (
            lambda d: d["result"]["python-files"][2].update(sha256=LONG),
            "result.python-files[2].sha256: a text of at most 512 characters",
        ),
        (
            lambda d: d["result"]["rpm-dependencies"][0]["dependencies"].append({}),
            "result.rpm-dependencies[0].dependencies[2]: a text is needed, found an object",
        ),
        (
            lambda d: d["result"]["deb-dependencies"][0]["replaces"][1].pop("name"),
            "result.deb-dependencies[0].replaces[1].name: a text is needed, found nothing",
        ),
        (
            lambda d: d["result"]["system-symbols"].update({"/lib64/lib\0.so": ["A"]}),
            "result.system-symbols: a text without NUL characters and lone surrogates is needed, found "
            '"/lib64/lib\\u0000.so"',
        ),
        (
            lambda d: d["result"]["system-symbols"].update({"/lib64/libc.so": {"A": 1}}),
            "result.system-symbols./lib64/libc.so: a list of texts is needed, found an object",
        ),
        (
            lambda d: d["result"]["rpm-dependencies"].append(
                rpm_package(
                    "a",
                    version="b" * 512,
                    release="c" * 512,
                    epoch="d" * 512,
                    arch="e" * 512,
                    package_identifier="é" * 256,
                )
            ),
            "result.rpm-dependencies[2].name: a package whose name, version and other parts take at most 2500 bytes",
        ),
    ],
)
def test_what_cannot_be_stored_is_refused_by_its_path(change: Change, sentence: str) -> None:
    document = full_analysis()
    change(document)
    with pytest.raises(DocumentError) as raised:
        image_analysis_rows(document)
    assert str(raised.value).startswith(f"{ANALYSIS_ID}: {sentence}")


def test_a_document_without_an_id_or_of_another_kind_is_refused() -> None:
    with pytest.raises(NoDocumentIdError, match=r"metadata\.document_id: the document's id is needed"):
        image_analysis_rows(analysis_document(document_id=None))
    with pytest.raises(DocumentError, match="an id that begins with 'package-extract-' is needed"):
        image_analysis_rows(analysis_document(document_id="solver-rhel-8-py38-220131123456-0123456789abcdef"))
