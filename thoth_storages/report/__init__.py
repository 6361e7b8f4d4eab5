"""A report on the state of a deployment, as one page of HTML.

>>> Path("out.html").write_text(page(gather(connection, title="Database 'thoth'")))
"""

from __future__ import annotations

from .gather import gather
from .model import Report, Section
from .page import page
from .periods import Unit

__all__ = ["Report", "Section", "Unit", "gather", "page"]
