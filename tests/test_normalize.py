"""One spelling for each value, and a clear word for what can't be one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from thoth_storages import normalize
from thoth_storages.enums import SoftwareStackTypeEnum, SourceTypeEnum


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("flask", "flask"),
        ("Flask", "flask"),
        ("Flask_SQLAlchemy", "flask-sqlalchemy"),
        ("zope.interface", "zope-interface"),
        ("a--_.b", "a-b"),
    ],
)
def test_a_package_name_is_spelled_as_pep_503_has_it(given: str, spelled: str) -> None:
    assert normalize.normalize_package_name(given) == spelled


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("1.0", "1.0"),
        ("1.0-RC1", "1.0rc1"),
        ("v2", "2"),
        ("1.0.0-alpha", "1.0.0a0"),
        ("1!2.0", "1!2.0"),
        ("1.0+Local.Build", "1.0+local.build"),
        (" 1.0 ", "1.0"),
    ],
)
def test_a_version_is_spelled_as_pep_440_has_it(given: str, spelled: str) -> None:
    assert normalize.normalize_package_version(given) == spelled


@pytest.mark.parametrize("version", ["2004d", "1.0.0.linux-x86_64", "not a version", ""])
def test_what_pep_440_cannot_read_stays(version: str) -> None:
    assert normalize.normalize_package_version(version) == version


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("https://pypi.python.org/simple", "https://pypi.org/simple"),
        ("https://pypi.org/simple", "https://pypi.org/simple"),
        ("https://example.com/simple/", "https://example.com/simple/"),
    ],
)
def test_an_older_address_of_an_index_is_replaced(given: str, spelled: str) -> None:
    assert normalize.normalize_index_url(given) == spelled


@pytest.mark.parametrize(("given", "spelled"), [("ubi", "rhel"), ("rhel", "rhel"), ("fedora", "fedora")])
def test_ubi_is_rhel(given: str, spelled: str) -> None:
    assert normalize.normalize_os_name(given) == spelled


@pytest.mark.parametrize(
    ("os_name", "given", "spelled"),
    [
        ("rhel", "8.5", "8"),
        ("ubi", "8.5", "8"),
        ("RHEL", "8.5.1", "8"),
        ("rhel", "9", "9"),
        ("debian", "12.5", "12.5"),
        (None, "8.5", "8.5"),
    ],
)
def test_a_version_of_rhel_is_its_major(os_name: str | None, given: str, spelled: str) -> None:
    assert normalize.normalize_os_version(os_name, given) == spelled


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (None, None),
        (frozenset(), None),
        (frozenset({None}), [None]),
        (frozenset({None, "gpu"}), [None, "gpu"]),
        ({"b", "a"}, ["a", "b"]),
        (["gpu"], ["gpu"]),
    ],
)
def test_no_extras_are_all_extras(given: Any, sent: list[str | None] | None) -> None:
    assert normalize.normalize_extras(given) == sent


def test_a_single_text_is_no_set_of_extras() -> None:
    with pytest.raises(TypeError, match=r"write frozenset\(\('gpu',\)\)"):
        normalize.normalize_extras("gpu")


@pytest.mark.parametrize("given", [5, [5], object()])
def test_extras_are_names(given: Any) -> None:
    with pytest.raises(TypeError, match="a set of names is needed"):
        normalize.normalize_extras(given)


@pytest.mark.parametrize(
    "function",
    [
        normalize.normalize_package_name,
        normalize.normalize_package_version,
        normalize.normalize_index_url,
        normalize.normalize_os_name,
        lambda value: normalize.normalize_os_version("rhel", value),
        normalize.normalize_extras,
        normalize.naive_utc,
        normalize.read_date,
        lambda value: normalize.check_natural("count", value),
        normalize.check_source_type,
        lambda value: normalize.check_software_stack_type(value, False),
    ],
)
def test_none_passes_through(function: Callable[[Any], Any]) -> None:
    assert function(None) is None


@pytest.mark.parametrize(
    "function",
    [
        normalize.normalize_package_name,
        normalize.normalize_package_version,
        normalize.normalize_index_url,
        normalize.normalize_os_name,
        lambda value: normalize.normalize_os_version("rhel", value),
        normalize.read_date,
    ],
)
def test_what_is_no_text_is_refused(function: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match="a text is needed, not 5"):
        function(5)


class TestMoments:
    def test_one_with_a_time_zone_becomes_utc(self) -> None:
        zone = dt.timezone(dt.timedelta(hours=2))
        assert normalize.naive_utc(dt.datetime(2022, 1, 1, 1, tzinfo=zone)) == dt.datetime(2021, 12, 31, 23)

    def test_one_without_a_zone_is_utc_already(self) -> None:
        moment = dt.datetime(2022, 1, 1, 1)
        assert normalize.naive_utc(moment) is moment

    @pytest.mark.parametrize("text", ["2022-01-31T12:34:56", "2022-01-31T13:34:56+01:00"])
    def test_a_text_is_read_as_iso_8601_has_it(self, text: str) -> None:
        assert normalize.naive_utc(text) == dt.datetime(2022, 1, 31, 12, 34, 56)

    @pytest.mark.parametrize("value", ["yesterday", dt.date(2022, 1, 1), 5])
    def test_any_other_text_a_date_and_a_number_are_none(self, value: Any) -> None:
        with pytest.raises(ValueError, match=f"a datetime is needed, not {re.escape(repr(value))}"):
            normalize.naive_utc(value)

    def test_a_date_in_text_is_its_first_moment(self) -> None:
        assert normalize.read_date("31-01-2022") == dt.datetime(2022, 1, 31)

    @pytest.mark.parametrize("text", ["2022-01-31", "31-13-2022", "30-02-2022", "yesterday", ""])
    def test_another_form_of_a_date_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match="a date in the form DD-MM-YYYY is needed"):
            normalize.read_date(text)


class TestPages:
    @pytest.mark.parametrize("value", [0, 1, 10**12])
    def test_a_natural_number_stays(self, value: int) -> None:
        assert normalize.check_natural("count", value) == value

    @pytest.mark.parametrize(("name", "purpose"), [("count", "to answer"), ("start_offset", "to skip")])
    def test_a_negative_one_is_refused(self, name: str, purpose: str) -> None:
        with pytest.raises(ValueError, match=f"-1 is negative; it is the number of rows {purpose}"):
            normalize.check_natural(name, -1)

    @pytest.mark.parametrize("value", ["5", 2.5, True])
    def test_what_is_no_whole_number_is_refused(self, value: Any) -> None:
        with pytest.raises(TypeError, match="a whole number is needed"):
            normalize.check_natural("count", value)


class TestChoices:
    @pytest.mark.parametrize("value", [True, False])
    def test_a_flag_stays(self, value: bool) -> None:
        assert normalize.check_flag(value) is value

    @pytest.mark.parametrize("value", ["false", 1, 0, None])
    def test_what_only_looks_like_a_flag_is_refused(self, value: Any) -> None:
        with pytest.raises(TypeError, match="True or False is needed"):
            normalize.check_flag(value)

    def test_an_error_is_of_one_kind(self) -> None:
        assert normalize.check_kind_of_error(True, False) is True
        assert normalize.check_kind_of_error(False, True) is False
        with pytest.raises(ValueError, match="one of them at a time"):
            normalize.check_kind_of_error(True, True)

    @pytest.mark.parametrize("value", ["KEBECHET", SourceTypeEnum.KEBECHET])
    def test_an_integration_is_named(self, value: str | SourceTypeEnum) -> None:
        assert normalize.check_source_type(value) == "KEBECHET"

    def test_an_unknown_integration_is_refused_with_those_that_there_are(self) -> None:
        with pytest.raises(ValueError, match="one of CLI, KEBECHET, S2I, JUPYTER_NOTEBOOK, GITHUB_APP is needed"):
            normalize.check_source_type("BOGUS")

    @pytest.mark.parametrize("value", ["ADVISED", SoftwareStackTypeEnum.ADVISED])
    def test_a_type_of_stacks_is_named(self, value: str | SoftwareStackTypeEnum) -> None:
        assert normalize.check_software_stack_type(value, False) == "ADVISED"

    def test_an_unknown_type_of_stacks_is_refused_with_those_that_there_are(self) -> None:
        with pytest.raises(ValueError, match="one of USER, INSPECTION, ADVISED is needed, not 'BOGUS'"):
            normalize.check_software_stack_type("BOGUS", False)

    @pytest.mark.parametrize("value", ["ADVISED", "BOGUS"])
    def test_the_type_of_stacks_of_users_means_nothing(self, value: str) -> None:
        assert normalize.check_software_stack_type(value, True) is None
