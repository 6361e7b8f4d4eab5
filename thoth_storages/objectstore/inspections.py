"""Inspections, as Amun leaves them: how an image was built, and what came out when it was run some times."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from .ceph import CephStore
from .deployed import StoreOnCeph, deployed_prefix
from .documents import Document

_LOGGER = logging.getLogger(__name__)
_KIND = "inspections"


class _InspectionBase(StoreOnCeph):
    sub_prefix: ClassVar[str]
    """The folder of an inspection."""

    def __init__(self, inspection_id: str) -> None:
        """Raise SettingMissingError for what isn't in the environment."""
        self.inspection_id = inspection_id
        self.ceph = CephStore(deployed_prefix(_KIND, inspection_id, self.sub_prefix))

    def _text(self, key: str) -> str:
        # A program may print anything.
        return self.ceph.retrieve_blob(key).decode(errors="replace")


class InspectionBuildsStore(_InspectionBase):
    """How the image of an inspection was built; each method raises NotFoundError for what isn't there.

    >>> build = InspectionBuildsStore("inspection-rhtf-conv2d-0f845f38")
    >>> build.connect()
    >>> build.retrieve_dockerfile().splitlines()[0]
    'FROM registry.access.redhat.com/ubi8/python-38'
    """

    sub_prefix = "build"

    def retrieve_dockerfile(self) -> str:
        """Answer the Dockerfile."""
        return self._text("Dockerfile")

    def retrieve_log(self) -> str:
        """Answer what the build printed."""
        return self._text("log")

    def retrieve_specification(self) -> Document:
        """Answer what was asked for: how to build, and how to run."""
        return self.ceph.retrieve_document("specification")


class InspectionResultsStore(_InspectionBase):
    """The runs of an inspection, numbered from 0; methods with a number raise NotFoundError for what isn't there.

    >>> results = InspectionResultsStore("inspection-rhtf-conv2d-0f845f38")
    >>> results.connect()
    >>> results.get_result_numbers()
    [0, 1, 2]
    """

    sub_prefix = "results"

    @classmethod
    def get_document_id(cls, document: Mapping[str, Any]) -> str:
        """Answer the id of the inspection that a document is about."""
        return str(document["inspection_id"])

    def get_result_numbers(self) -> list[int]:
        """Answer the numbers of the runs that left something, in order."""
        return sorted(int(folder) for folder in self.ceph.get_folder_listing() if folder.isdecimal())

    def get_results_count(self) -> int:
        """Answer how many runs there were, as far as the numbers tell; warns when some left nothing."""
        numbers = self.get_result_numbers()
        count = numbers[-1] + 1 if numbers else 0
        if len(numbers) < count:
            _LOGGER.warning(
                "Inspection %s: %d of %d runs left no result", self.inspection_id, count - len(numbers), count
            )
        return count

    def retrieve_hwinfo(self, item: int) -> Document:
        """Answer on which hardware a run was."""
        return self.ceph.retrieve_document(f"{item}/hwinfo")

    def retrieve_log(self, item: int) -> str:
        """Answer what a run printed."""
        return self._text(f"{item}/log")

    def retrieve_result(self, item: int) -> Document:
        """Answer what came out of a run."""
        return self.ceph.retrieve_document(f"{item}/result")

    def iter_inspection_results(self) -> Iterator[Document]:
        """Iterate over what came out of the runs that left something, in their order, fetching ahead."""
        keys = (f"{number}/result" for number in self.get_result_numbers())
        return (result for _, result in self.ceph.retrieve_documents(keys))


class InspectionStore:
    """One inspection: its ``build``, and its ``results``; the variables of a store say where.

    >>> inspection = InspectionStore("inspection-rhtf-conv2d-0f845f38")
    >>> inspection.connect()
    >>> [result["exit_code"] for result in inspection.results.iter_inspection_results()]
    [0, 0, 0]
    """

    def __init__(self, inspection_id: str) -> None:
        """Raise SettingMissingError for what isn't in the environment."""
        self.inspection_id = inspection_id
        self.build = InspectionBuildsStore(inspection_id)
        self.results = InspectionResultsStore(inspection_id)

    def retrieve_specification(self) -> Document:
        """Answer what was asked for; raises NotFoundError."""
        return self.build.retrieve_specification()

    def connect(self) -> None:
        """Make the adapter ready for use; the first request connects."""
        self.build.connect()
        self.results.connect()

    def is_connected(self) -> bool:
        """Whether ``connect()`` was called."""
        return self.build.is_connected() and self.results.is_connected()

    def check_connection(self) -> None:
        """Raise ObjectStoreError when the server isn't there, or lets nobody in."""
        self.build.check_connection()

    def exists(self) -> bool:
        """Whether there is such an inspection; an outage isn't taken for no."""
        # The specification is among the first things that Amun stores.
        return self.build.ceph.document_exists("specification")

    @classmethod
    def folder(cls) -> CephStore:
        """Make a connected store of the files of all inspections: their keys begin with the inspections' ids."""
        ceph = CephStore(deployed_prefix(_KIND))
        ceph.connect()
        return ceph

    @classmethod
    def iter_inspections(cls) -> Iterator[str]:
        """Iterate over the ids of all inspections, each once."""
        return cls.folder().get_folder_listing()

    @classmethod
    def get_inspection_count(cls) -> int:
        """Count all inspections."""
        return sum(1 for _ in cls.iter_inspections())
