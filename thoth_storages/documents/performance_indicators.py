"""Performance indicators: which ones there are, and where in an inspection's report the columns of their tables stand.

To add one: a migration with its table, which has the columns of ``pi_matmul`` up to ``inspection_run_id``, columns of
its own, and a unique key over them all; ``insert_<table>`` in ``sql/queries/sync/performance_indicator.sql``; and an
entry in ``INDICATORS``. To have it counted as well, a line in ``sql/queries/table_count.sql``.

The reports are printed by the scripts of https://github.com/thoth-station/performance.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

from ..exceptions import PerformanceIndicatorNotRegisteredError
from ..sql.named import queries
from .fields import Section

_LOGGER = logging.getLogger(__name__)

Value = str | int | float | None

# The tables' texts are varchar(256).
_LONGEST_TEXT = 256


class Column(NamedTuple):
    """A column of an indicator's table, and how it is read."""

    name: str
    read: Callable[[Section, str], Value]
    members: tuple[str, ...] = ()
    """The report's members that say it, the first that is there; by default the one of the column's name."""

    def member_in(self, section: Section) -> str:
        """Answer which member says it."""
        members = self.members or (self.name,)
        return next((member for member in members if member in section), members[0])

    def value_in(self, section: Section) -> Value:
        """Read the column's value; raises DocumentError, with the member's path, for what it can't hold."""
        return self.read(section, self.member_in(section))


class Indicator(NamedTuple):
    """A performance indicator: what a table holds of the reports of one script."""

    insert: Callable[..., int]
    """The query that takes reports, as a JSON list of objects by the table's columns."""
    parameters: tuple[Column, ...]
    """What was measured."""
    results: tuple[Column, ...]
    """What came out."""


class Measurement(NamedTuple):
    """A row of an indicator's table, but for the run that it belongs to."""

    indicator: str
    """The name in ``INDICATORS``."""
    columns: tuple[tuple[str, Value], ...]


def _text(section: Section, name: str) -> str:
    text = section.text(name)
    if len(text) > _LONGEST_TEXT:
        raise section.refusal(name, f"a text of at most {_LONGEST_TEXT} characters")
    return text


def _integer(section: Section, name: str) -> int:
    integer = section.optional_integer(name)
    if integer is None:
        raise section.refusal(name, "a number")
    return integer


def _number(section: Section, name: str) -> float:
    number = section.optional_number(name)
    if number is None:
        raise section.refusal(name, "a number")
    return number


def _amount_of_padding(section: Section, name: str) -> int | None:
    return None if section.holds_text(name) else _integer(section, name)


def _name_of_padding(section: Section, name: str) -> str | None:
    return _text(section, name) if section.holds_text(name) else None


def texts(names: str) -> tuple[Column, ...]:
    """Make columns of texts, each needed, by their names with spaces between them."""
    return _columns(_text, names)


def integers(names: str) -> tuple[Column, ...]:
    """Make columns of whole numbers, each needed, by their names with spaces between them."""
    return _columns(_integer, names)


def numbers(names: str) -> tuple[Column, ...]:
    """Make columns of numbers, each needed, by their names with spaces between them."""
    return _columns(_number, names)


def _columns(read: Callable[[Section, str], Value], names: str) -> tuple[Column, ...]:
    return tuple(Column(name, read) for name in names.split())


_USAGE = (
    *numbers("ru_utime ru_stime"),
    *integers(
        "ru_maxrss ru_ixrss ru_idrss ru_isrss ru_minflt ru_majflt ru_nswap ru_inblock ru_oublock ru_msgsnd ru_msgrcv "
        "ru_nsignals ru_nvcsw ru_nivcsw"
    ),
)
_SPEED = numbers("elapsed rate")
_CONVOLUTION = (
    *texts("device dtype data_format"),
    *integers("reps input_width input_channels filter_width output_channels strides"),
    # How often a repetition convolves; for want of the size of the batch it says how many inputs there were.
    Column("batch", _integer, ("batch", "mini_batch")),
    # PyTorch takes a number, TensorFlow a name: SAME or VALID.
    Column("padding", _amount_of_padding),
    Column("padding_mode", _name_of_padding, ("padding",)),
)

# In this order, always: transactions that took the tables in different ones could wait for each other.
INDICATORS: dict[str, Indicator] = {
    "PiConv1D": Indicator(queries.sync.insert_pi_conv1d, _CONVOLUTION, _SPEED),
    "PiConv2D": Indicator(
        queries.sync.insert_pi_conv2d, (*_CONVOLUTION, *integers("input_height filter_height")), _SPEED
    ),
    "PiMatmul": Indicator(
        queries.sync.insert_pi_matmul,
        (*texts("device dtype"), *integers("matrix_size reps")),
        _SPEED,
    ),
    "PiPyBench": Indicator(
        queries.sync.insert_pi_pybench,
        integers("rounds"),
        numbers(
            "built_in_function_calls_average built_in_method_lookup_average compare_floats_average "
            "compare_floats_integers_average compare_integers_average compare_interned_strings_average "
            "compare_longs_average compare_strings_average compare_unicode_average concat_strings_average "
            "concat_unicode_average create_instances_average create_new_instances_average "
            "create_strings_with_concat_average create_unicode_with_concat_average dict_creation_average "
            "dict_with_float_keys_average dict_with_integer_keys_average dict_with_string_keys_average "
            "for_loops_average if_then_else_average list_slicing_average nested_for_loops_average "
            "normal_class_attribute_average normal_instance_attribute_average python_function_calls_average "
            "python_method_calls_average recursion_average second_import_average second_package_import_average "
            "second_submodule_import_average simple_complex_arithmetic_average simple_dict_manipulation_average "
            "simple_float_arithmetic_average simple_int_float_arithmetic_average simple_integer_arithmetic_average "
            "simple_list_manipulation_average simple_long_arithmetic_average small_lists_average "
            "small_tuples_average special_class_attribute_average special_instance_attribute_average "
            "string_mappings_average string_predicates_average string_slicing_average try_except_average "
            "try_raise_except_average tuple_slicing_average unicode_mappings_average unicode_predicates_average "
            "unicode_properties_average unicode_slicing_average totals_average"
        ),
    ),
}
"""By the name that a report gives."""


def read_measurement(specification: Section, result: Section, document_id: str) -> Measurement | None:
    """Read what an inspection's script measured; None where the specification names no script.

    What the report says and the indicator's table has no column for is logged and left out.

    Raises DocumentError, which names the path, for an empty report or one that lacks a column's value, and
    PerformanceIndicatorNotRegisteredError for a report of an unknown indicator.
    """
    if not specification.holds_anything("script"):
        return None
    report = _find_report(result)
    name = report.text("name")
    indicator = INDICATORS.get(name)
    if indicator is None:
        needed = f"a registered performance indicator ({', '.join(INDICATORS)})"
        raise PerformanceIndicatorNotRegisteredError(str(report.refusal("name", needed)))
    columns = chain(
        _read_circumstances(specification, result, report),
        _read_columns(report, "@parameters", indicator.parameters, document_id),
        _read_columns(report, "@result", indicator.results, document_id),
    )
    return Measurement(name, tuple(columns))


def _find_report(result: Section) -> Section:
    """Answer the object that holds the report's members: what the script printed, where Amun leaves it.

    The original looks for them in the result itself, so documents that it was to sync have them there as well.
    """
    if not result.holds_anything("stdout"):
        raise result.refusal("stdout", "what the specification's script reported")
    return result if "name" in result else result.section("stdout")


def _read_circumstances(specification: Section, result: Section, report: Section) -> list[tuple[str, Value]]:
    usage = result.section("usage")
    return [
        ("component", _text(report, "component")),
        ("origin", _text(specification, "script")),
        ("version", _text(report, "version") if report.holds_anything("version") else _text(result, "script_sha256")),
        ("overall_score", report.optional_number("overall_score")),
        ("exit_code", _integer(result, "exit_code")),
        *((column.name, column.value_in(usage)) for column in _USAGE),
    ]


def _read_columns(report: Section, name: str, columns: tuple[Column, ...], document_id: str) -> list[tuple[str, Value]]:
    section = report.section(name)
    if unknown := sorted(set(section.names()) - {column.member_in(section) for column in columns}):
        listed = ", ".join(f"{name}.{member}" for member in unknown)
        _LOGGER.warning("%s: there is no column for %s, not stored", document_id, listed)
    return [(column.name, column.value_in(section)) for column in columns]
