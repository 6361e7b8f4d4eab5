"""The hardware and software in which stacks run or are built, as documents describe them."""

from __future__ import annotations

from typing import NamedTuple

from ..enums import EnvironmentTypeEnum
from ..normalize import normalize_os_name, normalize_os_version
from .fields import Section
from .solver_name import Environment


class Hardware(NamedTuple):
    """Hardware, in the order of the tables' columns."""

    cpu_vendor: int | None = None
    cpu_model: int | None = None
    cpu_cores: int | None = None
    cpu_model_name: str | None = None
    cpu_family: int | None = None
    cpu_physical_cpus: int | None = None
    gpu_model_name: str | None = None
    gpu_vendor: str | None = None
    gpu_cores: int | None = None
    gpu_memory_size: int | None = None
    ram_size: int | None = None


class SoftwareEnvironment(NamedTuple):
    """A software environment or container image, in the order of the tables' columns."""

    environment_type: str
    environment_name: str | None = None
    python_version: str | None = None
    image_name: str | None = None
    image_sha: str | None = None
    os_name: str | None = None
    os_version: str | None = None
    cuda_version: str | None = None
    thoth_image_name: str | None = None
    thoth_image_version: str | None = None
    env_image_name: str | None = None
    env_image_tag: str | None = None

    @property
    def solver_environment(self) -> Environment | None:
        """The environment in which solvers solve for it, where enough is known."""
        if self.os_name is None or self.os_version is None or self.python_version is None:
            return None
        return Environment(self.os_name, self.os_version, self.python_version)


def read_hardware(hardware: Section | None) -> Hardware:
    """Read what is known of hardware; nothing is known of None."""
    if hardware is None:
        return Hardware()
    return Hardware(
        hardware.optional_integer("cpu_vendor"),
        hardware.optional_integer("cpu_model"),
        hardware.optional_integer("cpu_cores"),
        hardware.long_text("cpu_model_name"),
        hardware.optional_integer("cpu_family"),
        hardware.optional_integer("cpu_physical_cpus"),
        hardware.long_text("gpu_model_name"),
        hardware.long_text("gpu_vendor"),
        hardware.optional_integer("gpu_cores"),
        hardware.optional_integer("gpu_memory_size"),
        hardware.optional_integer("ram_size"),
    )


def read_runtime_environment(
    runtime_environment: Section | None, environment_type: EnvironmentTypeEnum
) -> tuple[Hardware, SoftwareEnvironment]:
    """Read a runtime environment as the configuration of an adviser describes it; nothing is known of None."""
    if runtime_environment is None:
        return Hardware(), SoftwareEnvironment(environment_type.value)
    operating_system = runtime_environment.absent_section("operating_system")
    os_name = None if operating_system is None else operating_system.long_text("name")
    os_version = None if operating_system is None else operating_system.long_text("version")
    software_environment = SoftwareEnvironment(
        environment_type.value,
        environment_name=runtime_environment.indexed_text("name"),
        python_version=runtime_environment.long_text("python_version"),
        os_name=os_name and normalize_os_name(os_name),
        os_version=os_version and normalize_os_version(os_name, os_version),
        cuda_version=runtime_environment.long_text("cuda_version"),
    )
    return read_hardware(runtime_environment.absent_section("hardware")), software_environment
