"""Write anew the texts of ``--help`` that the tests compare with: ``make help-texts``; then look at what changed."""

from __future__ import annotations

from tests.cli.commands import FOLDER, help_texts


def main() -> None:
    """Write a file a command, and remove those of commands that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    texts = help_texts()
    for path in FOLDER.glob("*.txt"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
