"""Names of container images, taken apart."""

from __future__ import annotations

import pytest

from thoth_storages.documents.image_reference import parse_image_reference

DIGEST = "sha256:" + "ab" * 32


@pytest.mark.parametrize(
    ("image", "name", "tag"),
    [
        ("app", "app", "latest"),
        ("app:v1", "app", "v1"),
        ("app:", "app", "latest"),
        ("quay.io/acme/app:v1", "quay.io/acme/app", "v1"),
        ("quay.io/acme/app", "quay.io/acme/app", "latest"),
        ("registry:5000/app", "registry:5000/app", "latest"),
        ("registry:5000/acme/app:v1", "registry:5000/acme/app", "v1"),
        (f"quay.io/acme/app@{DIGEST}", "quay.io/acme/app", DIGEST),
        (f"registry:5000/app@{DIGEST}", "registry:5000/app", DIGEST),
        (f"registry:5000/app:v1@{DIGEST}", "registry:5000/app", "v1"),
    ],
)
def test_a_reference_has_a_name_and_a_tag(image: str, name: str, tag: str) -> None:
    assert parse_image_reference(image) == (name, tag)


@pytest.mark.parametrize(
    ("image", "python_version"),
    [
        ("quay.io/thoth-station/s2i-thoth-ubi8-py38:v1", "3.8"),
        ("quay.io/thoth-station/s2i-thoth-ubi8-py310:v1", "3.10"),
        ("quay.io/thoth-station/s2i-thoth-f40-py313", "3.13"),
        (f"registry:5000/s2i-py27@{DIGEST}", "2.7"),
        ("quay.io/thoth-py38/app:v1", None),
        ("quay.io/my-folder/app-py39", "3.9"),
        ("quay.io/acme/app", None),
        ("app-py3", None),
        ("app-py38-ubi8", None),
        ("app-py38\n", None),
        ("app-notpy38", None),
        ("py38", None),
    ],
)
def test_the_last_part_of_the_name_may_tell_a_version_of_python(image: str, python_version: str | None) -> None:
    assert parse_image_reference(image).python_version == python_version
