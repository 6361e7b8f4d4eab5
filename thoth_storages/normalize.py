"""One gate for values: names, versions, index URLs and operating systems get one spelling, for reads and writes alike.

``None`` passes through everywhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import overload

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from .enums import SoftwareStackTypeEnum, SourceTypeEnum

_INDEX_URL_ALIASES = {"https://pypi.python.org/simple": "https://pypi.org/simple"}
_OS_NAME_ALIASES = {"ubi": "rhel"}

# One run of a resolver asks for a few thousand distinct names and versions, again and again; parsing a version takes
# 5 µs, looking it up 0.1 µs.
_CACHE_SIZE = 65536


@overload
def normalize_package_name(package_name: str) -> str: ...
@overload
def normalize_package_name(package_name: None) -> None: ...
@lru_cache(maxsize=_CACHE_SIZE)
def normalize_package_name(package_name: str | None) -> str | None:
    """Spell the name of a Python package as PEP 503 has it: ``Flask_SQLAlchemy`` → ``flask-sqlalchemy``."""
    return None if package_name is None else canonicalize_name(_text(package_name))


@overload
def normalize_package_version(package_version: str) -> str: ...
@overload
def normalize_package_version(package_version: None) -> None: ...
@lru_cache(maxsize=_CACHE_SIZE)
def normalize_package_version(package_version: str | None) -> str | None:
    """Spell a version as PEP 440 has it (``1.0-RC1`` → ``1.0rc1``); what PEP 440 can't read stays as it is."""
    if package_version is None:
        return None
    try:
        return str(Version(_text(package_version)))
    except InvalidVersion:
        return package_version


@overload
def normalize_index_url(index_url: str) -> str: ...
@overload
def normalize_index_url(index_url: None) -> None: ...
@lru_cache(maxsize=_CACHE_SIZE)
def normalize_index_url(index_url: str | None) -> str | None:
    """Replace an older address of a Python package index by the one in use."""
    return None if index_url is None else _INDEX_URL_ALIASES.get(_text(index_url), index_url)


@overload
def normalize_os_name(os_name: str) -> str: ...
@overload
def normalize_os_name(os_name: None) -> None: ...
@lru_cache(maxsize=_CACHE_SIZE)
def normalize_os_name(os_name: str | None) -> str | None:
    """Name an operating system after the one that it is a build of: ``ubi`` → ``rhel``."""
    return None if os_name is None else _OS_NAME_ALIASES.get(_text(os_name), os_name)


@overload
def normalize_os_version(os_name: str | None, os_version: str) -> str: ...
@overload
def normalize_os_version(os_name: str | None, os_version: None) -> None: ...
@lru_cache(maxsize=_CACHE_SIZE)
def normalize_os_version(os_name: str | None, os_version: str | None) -> str | None:
    """Cut a version of RHEL to its major, as its minors share one ABI; other systems' versions stay."""
    if os_version is None:
        return None
    name = normalize_os_name(os_name)
    is_rhel = name is not None and name.lower() == "rhel"
    return _text(os_version).split(".", maxsplit=1)[0] if is_rhel else _text(os_version)


def normalize_extras(extras: Collection[str | None] | None) -> list[str | None] | None:
    """Turn a set of extras into what a query takes: ``None`` and the empty set both mean *all extras*.

    A ``None`` inside the set stands for the dependencies without an extra. A single text is refused with a TypeError,
    as its letters would be taken for extras.
    """
    if extras is None:
        return None
    if isinstance(extras, str):
        raise TypeError(f"a set of names is needed, not the text {extras!r}: write frozenset(({extras!r},))")
    if not isinstance(extras, Collection) or not all(extra is None or isinstance(extra, str) for extra in extras):
        raise TypeError(f"a set of names is needed, not {extras!r}")
    return sorted(extras, key=str) or None


@overload
def naive_utc(moment: dt.datetime | str) -> dt.datetime: ...
@overload
def naive_utc(moment: None) -> None: ...
def naive_utc(moment: dt.datetime | str | None) -> dt.datetime | None:
    """Express a moment as the database holds it: in UTC, without a time zone; one without a zone is UTC already.

    A text is read as ISO 8601 has it. Raises ValueError for what is no moment.
    """
    if moment is None:
        return None
    if isinstance(moment, str):
        moment = _read_moment(moment)
    if not isinstance(moment, dt.datetime):
        raise ValueError(f"a datetime is needed, not {moment!r}")
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def _read_moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"a datetime is needed, not {text!r}") from None


def read_date(date: str | None) -> dt.datetime | None:
    """Read a date ``DD-MM-YYYY`` as the midnight that begins it; raise ValueError for another form."""
    if date is None:
        return None
    try:
        return dt.datetime.strptime(_text(date), "%d-%m-%Y")
    except ValueError:
        raise ValueError(f"a date in the form DD-MM-YYYY is needed, not {date!r}") from None


def check_natural(name: str, value: int | None) -> int | None:
    """Answer a page's ``start_offset`` or ``count`` unchanged; raise ValueError when it is negative."""
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a whole number is needed, not {value!r}")
    if value < 0:
        raise ValueError(
            f"{value} is negative; it is the number of rows to {'skip' if name == 'start_offset' else 'answer'}"
        )
    return value


def check_flag(value: bool) -> bool:
    """Answer a flag unchanged; raise TypeError for all but True and False, as a text like "false" would be true."""
    if value is not True and value is not False:
        raise TypeError(f"True or False is needed, not {value!r}")
    return value


def check_kind_of_error(unparseable: bool, unsolvable: bool) -> bool:
    """Answer ``unparseable`` unchanged; raise ValueError when both are asked for, as an error is of one kind."""
    if check_flag(unparseable) and unsolvable:
        raise ValueError("an error is either unsolvable or unparseable: ask for one of them at a time")
    return unparseable


def check_source_type(source_type: str | SourceTypeEnum | None) -> str | None:
    """Answer the text of an integration; raise ValueError, which names those that there are, for an unknown one."""
    return None if source_type is None else _value_of(SourceTypeEnum, source_type)


def check_software_stack_type(software_stack_type: str | SoftwareStackTypeEnum | None, is_external: bool) -> str | None:
    """Answer the text of a type of stacks, None for stacks of users (external), which carry none.

    Raises ValueError, which names those that there are, for an unknown type of the service's own stacks.
    """
    if is_external or software_stack_type is None:
        return None
    return _value_of(SoftwareStackTypeEnum, software_stack_type)


def _value_of(enumeration: type[SourceTypeEnum] | type[SoftwareStackTypeEnum], value: object) -> str:
    try:
        return str(enumeration(value).value)
    except ValueError:
        known = ", ".join(each.value for each in enumeration)
        raise ValueError(f"one of {known} is needed, not {value!r}") from None


def _text(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"a text is needed, not {value!r}")
    return value
