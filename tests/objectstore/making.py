"""Documents for the tests of stores."""

from __future__ import annotations

import copy
from typing import Any

_METADATA: dict[str, Any] = {
    "analyzer": "thoth-solver",
    "analyzer_version": "1.11.0",
    "arguments": {"python": {"index": "https://pypi.org/simple"}},
    "datetime": "2022-01-31T05:09:13.123456",
    "distribution": {
        "codename": "bookworm",
        "id": "debian",
        "like": "",
        "version": "12",
        "version_parts": {"build_number": "", "major": "12", "minor": ""},
    },
    "document_id": "adviser-220131050913-b7c4ef0fc532ac45",
    "duration": 3,
    "hostname": "solver-1",
    "os_release": {
        "id": "debian",
        "name": "Debian GNU/Linux",
        "version": "12 (bookworm)",
        "version_codename": "bookworm",
        "version_id": "12",
        "home_url": "https://www.debian.org/",
    },
    "python": {
        "api_version": 1013,
        "implementation_name": "cpython",
        "major": 3,
        "micro": 2,
        "minor": 11,
        "releaselevel": "final",
        "serial": 0,
    },
    "thoth_deployment_name": "test",
    "timestamp": 1643605753,
}


def result_document(document_id: str = "adviser-220131050913-b7c4ef0fc532ac45", result: Any = None) -> dict[str, Any]:
    """What an analyser writes on Debian."""
    return {"metadata": copy.deepcopy(_METADATA) | {"document_id": document_id}, "result": result or {}}
