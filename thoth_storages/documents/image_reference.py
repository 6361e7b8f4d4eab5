"""What the name of a container image says of it."""

from __future__ import annotations

import re
from typing import NamedTuple

LATEST = "latest"

_PYTHON = re.compile(r"-py(?P<major>\d)(?P<minor>\d+)\Z")


class ImageReference(NamedTuple):
    """A reference to an image, ``registry:port/path/name:tag@digest``, in its parts."""

    image_name: str
    """Everything before the tag and the digest."""
    image_tag: str
    """The tag; the digest of an image that is referred to by it alone, and what registries take where there is none."""

    @property
    def python_version(self) -> str | None:
        """The version of Python that an s2i image is for, by its name: ``s2i-thoth-ubi8-py310`` → ``3.10``."""
        match = _PYTHON.search(self.image_name.rpartition("/")[2])
        return f"{match['major']}.{match['minor']}" if match else None


def parse_image_reference(image: str) -> ImageReference:
    """Take a reference apart: ``quay.io:5000/app@sha256:1f`` → ``quay.io:5000/app`` and ``sha256:1f``."""
    name, _, digest = image.partition("@")
    path, _, tag = name.rpartition(":")
    # Behind the colon of a registry's port comes a path.
    if not path or "/" in tag:
        return ImageReference(name, digest or LATEST)
    return ImageReference(path, tag or digest or LATEST)
