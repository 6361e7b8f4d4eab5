"""Core metadata of packages: which key goes where."""

from __future__ import annotations

from typing import Any

import pytest

from thoth_storages.documents.fields import Section
from thoth_storages.documents.package_metadata import PackageMetadata, read_package_metadata
from thoth_storages.documents.rows import Metadata
from thoth_storages.exceptions import DocumentError


def read(**keys: Any) -> PackageMetadata:
    return read_package_metadata(Section({key.replace("_", "-"): value for key, value in keys.items()}, "document"))


def test_each_key_with_one_value_has_a_column_of_its_name() -> None:
    keys = {name.replace("_", "-").title(): f"the {name}" for name in Metadata._fields}
    assert read(**keys).columns == Metadata(**{name: f"the {name}" for name in Metadata._fields})


def test_no_key_means_no_value() -> None:
    assert read() == PackageMetadata(Metadata(), (), ())


@pytest.mark.parametrize("key", ["Home-page", "home-page", "HOME-PAGE", "Home_Page", "home_page"])
def test_case_and_hyphens_of_a_key_make_no_difference(key: str) -> None:
    section = Section({key: "https://example.com"}, "document")
    assert read_package_metadata(section).columns == Metadata(home_page="https://example.com")


def test_of_two_spellings_of_a_key_the_first_text_is_kept() -> None:
    section = Section({"home-page": None, "Home-page": "first", "Home-Page": "second"}, "document")
    assert read_package_metadata(section).columns.home_page == "first"


@pytest.mark.parametrize(
    ("key", "kind", "value"),
    [
        ("Classifier", "classifier", ("x, y",)),
        ("Platform", "platform", ("x, y",)),
        ("Supported-Platform", "supported_platform", ("x, y",)),
        ("Requires-External", "requires_external", ("x, y",)),
        ("Project-URL", "project_url", ("y", "x")),
        ("Provides-Extra", "provides_extra", ("x, y",)),
        ("Requires-Dist", "distutils", ("x, y", "REQUIRED")),
        ("Provides-Dist", "distutils", ("x, y", "PROVIDED")),
        ("Obsoletes-Dist", "distutils", ("x, y", "OBSOLETE")),
    ],
)
def test_a_key_with_several_values_has_a_kind(key: str, kind: str, value: tuple[str, ...]) -> None:
    assert read(**{key: ["x, y"]}) == PackageMetadata(Metadata(), ((kind, value),), ())


def test_a_single_text_is_a_list_of_one_and_equal_values_are_one() -> None:
    assert read(Classifier="Typed").values == (("classifier", ("Typed",)),)
    assert read(Classifier=["Typed", "Typed"], classifier="Typed").values == (("classifier", ("Typed",)),)


@pytest.mark.parametrize(
    ("text", "url", "label"),
    [
        ("Source, https://example.com", "https://example.com", "Source"),
        ("Source,https://example.com/a,b", "https://example.com/a,b", "Source"),
        ("https://no-label.example.com", "https://no-label.example.com", ""),
        (" , https://example.com ", "https://example.com", ""),
        ("Source,", "", "Source"),
    ],
)
def test_a_project_url_is_split_at_its_first_comma(text: str, url: str, label: str) -> None:
    assert read(Project_URL=[text]).values == (("project_url", (url, label)),)


def test_keys_that_are_not_of_the_core_metadata_are_named() -> None:
    assert read(X_Home=["x"], Name="flask", Y="y").unknown == ("X-Home", "Y")


@pytest.mark.parametrize(
    "key", ["License-File", "Dynamic", "Requires", "Provides", "Obsoletes", "Import-Name", "Import-Namespace"]
)
def test_keys_of_the_core_metadata_without_a_place_are_left_out_in_silence(key: str) -> None:
    assert read(**{key: ["x"]}) == PackageMetadata(Metadata(), (), ())


@pytest.mark.parametrize(
    ("keys", "license_"),
    [
        ({"License_Expression": "MIT OR Apache-2.0"}, "MIT OR Apache-2.0"),
        ({"License_Expression": "MIT", "License": None}, "MIT"),
        ({"License_Expression": "MIT", "License": "MIT License"}, "MIT License"),
        ({"License": "MIT License", "License_Expression": "MIT"}, "MIT License"),
        ({"License_Expression": None}, None),
    ],
)
def test_the_license_expression_is_the_license_where_there_is_no_other(
    keys: dict[str, str | None], license_: str | None
) -> None:
    assert read(**keys) == PackageMetadata(Metadata(license=license_), (), ())


def test_what_cannot_be_stored_in_a_description_is_dropped() -> None:
    assert read(Description="before\0after").columns.description == "beforeafter"


def test_a_list_where_one_value_belongs_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"^document: Summary: a text is needed, found a list$"):
        read(Summary=["x"])
