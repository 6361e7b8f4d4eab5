"""The progress bar, on a real terminal."""

from __future__ import annotations

import os
import re
import sys

import click
import pytest

from tests.cli.terminal import open_terminal
from thoth_storages.cli.progress import progress_bar, watched

Shown = tuple[float, int, str]


class WorkFailedError(Exception):
    """What happens in the middle of some work."""


def work(*shown: Shown, verbose: bool = False, fails: bool = False) -> None:
    """Work as a command does that tells how far it is."""
    context = click.Context(click.Command("work"))
    context.params["verbose"] = verbose
    with context, progress_bar() as show:
        for each in shown:
            show(*each)
        if fails:
            raise WorkFailedError
    sys.stderr.write("end")


def screen_of(monkeypatch: pytest.MonkeyPatch, *shown: Shown, **options: bool) -> str:
    """What stands on a terminal after some work."""
    with open_terminal() as terminal, os.fdopen(os.dup(terminal.descriptor), "w") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        try:
            work(*shown, **options)
        except WorkFailedError:
            stderr.write("failed")
        finally:
            monkeypatch.undo()
    return terminal.screen


def test_a_bar_shows_what_is_done_and_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(monkeypatch, (0, 2, "first"), (0.5, 2, "first"), (1, 2, "second"), (2, 2, "second"))
    assert re.search(r"first +\[#+-+\] +25%", screen)
    assert re.search(r"second +\[#+\] +100%", screen)
    assert screen.endswith("end")


def test_a_bar_is_labelled_from_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.search(r"first +\[-+\] +0%", screen_of(monkeypatch, (0, 2, "first")))


@pytest.mark.parametrize("what", ["0012.merge-duplicates", "solver-fedora-35-py310-" + "0" * 100])
def test_a_bar_stays_in_its_line(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    lines = re.split(r"[\r\n]|\x1b\[\?25[lh]", screen_of(monkeypatch, (1, 2, what)))
    assert max(map(len, lines)) <= 80


def test_without_work_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert screen_of(monkeypatch) == "end"


def test_beside_a_log_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert screen_of(monkeypatch, (1, 2, "half"), verbose=True) == "end"


def test_without_a_terminal_there_is_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    work((1, 2, "half"))
    assert capfd.readouterr() == ("", "end")


def test_an_error_leaves_a_new_line_and_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = screen_of(monkeypatch, (1, 4, "part"), fails=True)
    assert "25%" in screen
    assert re.search(r"\n(\x1b\[\?25h)?failed$", screen)
    assert "\x1b[?25h" in screen


def watch(items: list[str], *, is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> str:
    """What stands on a terminal after items were gone through, when stdout is one as well or isn't."""
    with open_terminal() as terminal, os.fdopen(os.dup(terminal.descriptor), "w") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal, raising=False)
        with click.Context(click.Command("work")):
            assert list(watched(items, len(items), "things done")) == items
        monkeypatch.undo()
    return terminal.screen


def test_items_are_counted_as_they_are_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = watch(["a", "b", "c"], is_terminal=False, monkeypatch=monkeypatch)
    assert re.search(r"1 things done +\[#+-+\] +33%", screen)
    assert re.search(r"3 things done +\[#+\] +100%", screen)


@pytest.mark.parametrize(("items", "is_terminal"), [(["a"], False), (["a", "b"], True), ([], False)])
def test_one_item_or_items_on_the_terminal_need_no_bar(
    monkeypatch: pytest.MonkeyPatch, items: list[str], is_terminal: bool
) -> None:
    assert watch(items, is_terminal=is_terminal, monkeypatch=monkeypatch) == ""
