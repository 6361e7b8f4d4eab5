"""How a query is called: a line for its docstring, with a value for each argument that has to be given."""

from __future__ import annotations

from .signature import Parameter, Signature

_VALUES = {
    "adviser_document_id": '"adviser-211231120000-0a1b2c3d4e5f6071"',
    "analysis_document_id": '"package-extract-211231120000-0a1b2c3d4e5f6071"',
    "component": '"tensorflow"',
    "dependency_monkey_document_id": '"dependency-monkey-211231120000-0a1b2c3d4e5f6071"',
    "dependency_name": '"werkzeug"',
    "dependency_version": '"2.0.2"',
    "enabled": "True",
    "import_name": '"flask"',
    "index_url": '"https://pypi.org/simple"',
    "inspection_document_id": '"inspection-test-211231120000-0a1b2c3d4e5f6071"',
    "inspection_result_number": "0",
    "os_name": '"fedora"',
    "os_version": '"35"',
    "package_index_id": "1",
    "package_name": '"flask"',
    "package_version": '"2.0.2"',
    "provenance_checker_document_id": '"provenance-checker-211231120000-0a1b2c3d4e5f6071"',
    "python_version": '"3.10"',
    "rule_id": "1",
    "sha256_hash": '"9f5e…"',
    "si_aggregated_run_document_id": '"security-indicators-211231120000-0a1b2c3d4e5f6071"',
    "slug": '"thoth-station/storages"',
    "solver_document_id": '"solver-fedora-35-py310-211231120000-0a1b2c3d4e5f6071"',
    "source_type": '"CLI"',
    "thoth_image_name": '"quay.io/thoth-station/s2i-thoth-f35-py310"',
    "thoth_image_version": '"0.31.0"',
    "timestamp": "datetime.datetime(2021, 12, 31)",
    "url": '"https://pypi.org/simple"',
    "value": "True",
}
"""By the names of parameters, whose meaning is the same in every query."""


def call(name: str, signature: Signature) -> str:
    """Write a call: ``get_depends_on("flask")``; what isn't known stands there by its name."""
    needed = [parameter for parameter in signature.parameters if parameter.default is None]
    return f"{name}({', '.join(map(_argument, needed))})"


def _argument(parameter: Parameter) -> str:
    value = _VALUES.get(parameter.name, parameter.name)
    return f"{parameter.name}={value}" if parameter.keyword_only else value
