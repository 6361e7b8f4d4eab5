"""How Sphinx makes the documentation: `make docs`."""

from __future__ import annotations

from pygments.lexers.sql import PostgresLexer
from sphinx.application import Sphinx

from thoth_storages import __version__

project = "thoth-storages"
release = version = __version__
html_title = f"{project} {release}"

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
nitpicky = True
# Options keep their two dashes.
smartquotes = False

html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
highlight_language = "text"


def setup(app: Sphinx) -> None:
    """Have SQL coloured as PostgreSQL's, which knows `E'it\\'s'` and `$$`."""
    app.add_lexer("sql", PostgresLexer)
