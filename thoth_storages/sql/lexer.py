"""Cut SQL text into the tokens that matter when it is rewritten: comments, quoted text, parameters, semicolons.

PostgreSQL's own lexical rules (its manual, 4.1 "Lexical Structure"), as far as they decide what is *not* to be touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..exceptions import QueryError

# Plain text is what no named group takes. It goes in runs: trying every group at each letter takes five times as long.
_TOKEN = re.compile(
    r"""
      [^-/'"$:;%]+ (?: (?<=[\w$])\$ [^-/'"$:;%]* )*                        # a name may have a $ in it
    | (?P<comment>   --[^\n]* )
    | (?P<block>     /\*.*?\*/ )
    | (?P<quoted>    (?<=[eE])(?<!\w[eE])'(?:\\.|''|[^'\\])*+'            # the rest of E'it\'s'
                   | (?:(?<![eE])|(?<=\w[eE]))'(?:''|[^'])*+'
                   | "(?:""|[^"])*+"
                   | \$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$ )
    | (?P<cast>      :: )
    # in a[low:high] the colon follows a word or a bracket, a parameter's never does
    | (?P<parameter> (?<![\w\])"']):[A-Za-z_][\w$]* )
    | (?P<semicolon> ; )
    | (?P<percent>   % )
    | (?P<unclosed>  ['"] | /\* | \$(?:[^\W\d]\w*)?\$ )
    | (?P<numbered>  \$\d+ )
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


class Place(NamedTuple):
    """A position in a file; lines and columns count from 1."""

    path: str
    line: int
    column: int = 1

    def error(self, message: str) -> QueryError:
        """Make an error whose message starts with ``file:line:column``."""
        return QueryError(f"{self.path}:{self.line}:{self.column}: {message}")


class Token(NamedTuple):
    """A piece of SQL: its kind, its text, and where it starts (an offset into the text that was cut)."""

    kind: str
    text: str
    start: int


def place_of(offset: int, text: str, origin: Place) -> Place:
    """Say where in its file an offset of a text lies that starts at the beginning of the line ``origin``."""
    before = text[:offset]
    return Place(origin.path, origin.line + before.count("\n"), offset - before.rfind("\n"))


def tokens(text: str, origin: Place) -> Iterator[Token]:
    """Yield the tokens of a text in order; joined they are the text. Those without a kind of their own are ``plain``.

    Raises QueryError for a quotation or comment that isn't closed, and for a comment inside a comment.
    """
    for match in _TOKEN.finditer(text):
        token = Token(match.lastgroup or "plain", match.group(), match.start())
        if token.kind == "unclosed":
            raise place_of(token.start, text, origin).error(
                f"{token.text} opens a quotation or comment that is never closed"
            )
        if token.kind == "block" and "/*" in token.text[2:]:
            raise place_of(token.start, text, origin).error("a comment inside a comment; use -- for the inner one")
        yield token
