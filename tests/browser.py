"""A browser without a window, to see what a page becomes: Chromium, where it is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest

_PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_OPTIONS = ("--headless", "--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage", "--virtual-time-budget=5000")

needs_browser = pytest.mark.skipif(_PROGRAM is None, reason="Chromium isn't installed")

_AROUND = """<!DOCTYPE html>
<iframe style="width: {width}px; height: 800px; border: 0" srcdoc="{page}"></iframe>
<pre id="answer"></pre>
<script>
addEventListener("load", async () => {{
  const page = document.querySelector("iframe").contentWindow;
  const errors = [];
  page.addEventListener("error", (event) => errors.push(event.message));
  let answer;
  try {{ answer = (({script}))(page, page.document); }} catch (error) {{ answer = String(error); }}
  document.getElementById("answer").textContent = JSON.stringify([answer, errors]);
}});
</script>
"""


def asked(page: str, script: str, *, width: int = 1280, dark: bool = False) -> Any:
    """What a JavaScript function answers when it is called with the window and the document of a page so wide."""
    around = _AROUND.format(page=escape(page), script=script, width=width)
    scheme = [f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    with tempfile.TemporaryDirectory(prefix="thoth-browser-") as folder:
        path = Path(folder, "page.html")
        path.write_text(around, encoding="utf-8")
        options = [*_OPTIONS, *scheme, f"--user-data-dir={folder}/profile", "--window-size=1400,1000", "--dump-dom"]
        done = subprocess.run(
            [str(_PROGRAM), *options, path.as_uri()], capture_output=True, text=True, check=True, timeout=120
        )
    (said,) = re.findall(r'<pre id="answer">(.*?)</pre>', done.stdout, re.DOTALL)
    answer, errors = json.loads(unescape(said))
    assert errors == []
    return answer
