"""Cut SQL text into the tokens that matter when it is rewritten: comments, quoted text, parameters, semicolons.

PostgreSQL's own lexical rules (its manual, 4.1 "Lexical Structure"), as far as they decide what is *not* to be touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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

    def error(self, message: str, *, why: str = "", remedy: str = "") -> QueryError:
        """Make an error whose message starts with ``file:line:column``; what follows "; " in it is the remedy.

        ``why`` and ``remedy`` are for whoever checks the file, and don't stand in the message.
        """
        error = QueryError(f"{self.path}:{self.line}:{self.column}: {message}")
        error.what, _, meant = message.partition("; ")
        error.place, error.why, error.remedy = self, why, meant or remedy
        return error


class Token(NamedTuple):
    """A piece of SQL: its kind, its text, and where it starts (an offset into the text that was cut)."""

    kind: str
    text: str
    start: int


Report = Callable[[QueryError], None]
"""What is done with a mistake: raise it, or note it and read on."""


def refuse(error: QueryError) -> None:
    """Raise a mistake."""
    raise error


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
                f"{token.text} opens a quotation or comment that is never closed",
                why="all that follows, other queries too, would belong to it",
                remedy="close it, or double a quotation mark that is part of a text",
            )
        if token.kind == "block" and "/*" in token.text[2:]:
            raise place_of(token.start, text, origin).error(
                "a comment inside a comment; use -- for the inner one",
                why="PostgreSQL nests comments and other readers of SQL don't, so they end at different places",
            )
        yield token
