"""Hardware on which stacks run: what is known, creating and deleting it."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable, Mapping
from typing import Any, NotRequired, TypedDict, cast

from psycopg import errors

from ..exceptions import DatabaseError
from .batches import ADVISER_RUNS, BatchedDeletion

_LOGGER = logging.getLogger(__name__)


class HardwareDescription(TypedDict):
    """What is known of hardware; None for what isn't."""

    cpu_vendor: int | None
    cpu_model: int | None
    cpu_cores: int | None
    cpu_model_name: str | None
    cpu_family: int | None
    cpu_physical_cpus: int | None
    gpu_model_name: str | None
    gpu_vendor: str | None
    gpu_cores: int | None
    gpu_memory_size: int | None
    ram_size: int | None


class HardwareRecord(HardwareDescription):
    """Hardware as it is stored."""

    id: NotRequired[int]


_DESCRIPTION = tuple(HardwareDescription.__annotations__)


class HardwareRecords(BatchedDeletion):
    """The part of ``GraphDatabase`` that is about hardware.

    ``is_external`` means hardware of users, else it is that of the service's own runs.
    """

    def get_hardware_environments_all(
        self, is_external: bool = False, *, start_offset: int = 0, count: int | None = 100, without_id: bool = True
    ) -> list[HardwareRecord]:
        """The hardware that is known, in the order in which it was stored: dicts of all that is said of it.

        Their keys are those that create_hardware_information takes, and ``id`` first when not ``without_id``.

        >>> graph.get_hardware_environments_all(is_external=True, count=None)
        """
        records = self._get_hardware_environments(is_external, start_offset, count)
        return list(_described(records, without_id))

    def iterate_hardware_environments_all(
        self, is_external: bool = False, *, start_offset: int = 0, count: int | None = None, without_id: bool = True
    ) -> Generator[HardwareRecord, None, None]:
        """The hardware that is known, by default all of it, one by one; see get_hardware_environments_all.

        >>> for hardware in graph.iterate_hardware_environments_all(is_external=True):
        ...     print(hardware)
        """
        return _described(self._iterate_hardware_environments(is_external, start_offset, count), without_id)

    def create_hardware_information(self, hardware: Mapping[str, Any], is_external: bool = True) -> int:
        """Have hardware in the graph, and answer its id; the same hardware is the same record.

        ``hardware`` says cpu_vendor, cpu_model, cpu_cores, cpu_model_name, cpu_family, cpu_physical_cpus,
        gpu_model_name, gpu_vendor, gpu_cores, gpu_memory_size and ram_size, with None for what isn't known; it isn't
        changed, and what else it says is left out with a warning. Raises ValueError when one of them is missing.

        >>> graph.create_hardware_information({"cpu_vendor": 1, "cpu_cores": 4, "ram_size": 16}, is_external=False)
        """
        if missing := [name for name in _DESCRIPTION if name not in hardware]:
            raise ValueError(f"hardware lacks {', '.join(missing)}: give None for what isn't known")
        if unknown := sorted(set(hardware) - set(_DESCRIPTION)):
            _LOGGER.warning("Nothing is stored of what hardware says about %s", ", ".join(unknown))
        create = self._create_external_hardware_information if is_external else self._create_hardware_information
        (hardware_information_id,) = create(**{name: hardware[name] for name in _DESCRIPTION})
        return hardware_information_id

    def delete_hardware_information(self, hardware_information_id: int, is_external: bool = True) -> int:
        """Delete hardware with all runs on it; answers 1, or 0 when there is no hardware with that id.

        The adviser's runs on hardware of users go first, in batches. Raises DatabaseError, and deletes
        nothing, when performance indicators were measured on hardware of the service's own.

        >>> graph.delete_hardware_information(7, is_external=False)
        """
        if not is_external:
            return self._delete_own(hardware_information_id)
        self._delete_runs(ADVISER_RUNS, external_hardware_information_id=hardware_information_id)
        return self._delete_external_hardware_information(hardware_information_id)

    def _delete_own(self, hardware_information_id: int) -> int:
        try:
            return self._delete_hardware_information(hardware_information_id)
        except errors.ForeignKeyViolation as error:
            raise DatabaseError(
                f"Hardware {hardware_information_id} isn't deleted, as it would take inspections with it whose results "
                f"are kept in {error.diag.table_name}: delete those first"
            ) from error


def _described(records: Iterable[Mapping[str, Any]], without_id: bool) -> Generator[HardwareRecord, None, None]:
    hidden = {"id"} if without_id else set()
    described = ({name: value for name, value in record.items() if name not in hidden} for record in records)
    return cast("Generator[HardwareRecord, None, None]", described)
