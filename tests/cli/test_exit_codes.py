"""What the command's exit code says."""

from __future__ import annotations

from thoth_storages.cli.exit_codes import ExitCode, table


def test_a_code_is_a_number_that_means_something() -> None:
    assert [(int(code), bool(code.meaning)) for code in ExitCode] == [
        (0, True),
        (1, True),
        (2, True),
        (3, True),
        (130, True),
    ]


def test_the_table_has_every_code() -> None:
    assert table() == [(str(code.value), code.meaning) for code in ExitCode]
