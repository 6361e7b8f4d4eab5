"""Write the reference into ``docs/reference/``: ``python -m scripts.docs_reference``."""

from __future__ import annotations

from scripts.docs_reference.pages import all_pages, save

if __name__ == "__main__":
    save(all_pages())
