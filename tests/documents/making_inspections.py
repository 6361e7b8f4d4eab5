"""Inspection documents made by hand: as small as a test needs them, complete as the reader wants them."""

from __future__ import annotations

import copy
from typing import Any

import psycopg

from tests.documents.making import PYPI, Document
from tests.fix_rows import Rows
from thoth_storages.documents.inspection import inspection_rows
from thoth_storages.documents.inspection_writer import write_inspection_results
from thoth_storages.documents.performance_indicators import INDICATORS

INSPECTION_ID = "inspection-flask-1f2e3d4c"
SCRIPT = "https://example.com/matmul.py"
ENVIRONMENT = {"os_name": "rhel", "os_version": "8", "python_version": "3.8"}
"""Where the stacks of the documents run, for `rows.version`."""

USAGE = {
    "ru_utime": 7.031745,
    "ru_stime": 0.674044,
    "ru_maxrss": 350288,
    "ru_ixrss": 1,
    "ru_idrss": 2,
    "ru_isrss": 3,
    "ru_minflt": 45902,
    "ru_majflt": 4,
    "ru_nswap": 5,
    "ru_inblock": 6,
    "ru_oublock": 40,
    "ru_msgsnd": 7,
    "ru_msgrcv": 8,
    "ru_nsignals": 9,
    "ru_nvcsw": 757,
    "ru_nivcsw": 183,
}
SPEED = {"elapsed": 1.1993227526545525, "rate": 223.6039559880204}
MATMUL = {"device": "cpu", "dtype": "float32", "matrix_size": 512, "reps": 2000}
CONV1D = {
    "device": "cpu",
    "dtype": "float32",
    "reps": 500,
    "data_format": "NWC",
    "batch": 4,
    "input_width": 161,
    "input_channels": 5,
    "filter_width": 3,
    "output_channels": 32,
    "strides": 2,
    "padding": 1,
}
CONV2D = {**CONV1D, "data_format": "NHWC", "input_height": 700, "filter_height": 20}


def report(name: str, parameters: Document, result: Document | None = None, **members: Any) -> Document:
    """Make what a script prints of a performance indicator."""
    return {
        "name": name,
        "component": "tensorflow",
        "@parameters": dict(parameters),
        "@result": dict(SPEED if result is None else result),
        **members,
    }


PYBENCH = {column.name: 10.25 + number for number, column in enumerate(INDICATORS["PiPyBench"].results)}
REPORTS = {
    "PiConv1D": report("PiConv1D", CONV1D),
    "PiConv2D": report("PiConv2D", CONV2D),
    "PiMatmul": report("PiMatmul", MATMUL),
    "PiPyBench": report("PiPyBench", {"rounds": 10}, PYBENCH, component="pybench"),
}


def python_stack(**versions: str) -> Document:
    """Make the stack of an inspection: Pipfile and Pipfile.lock of packages at versions, all of the default index."""
    sources = [{"name": "pypi", "url": PYPI, "verify_ssl": True}]
    return {
        "requirements": {"packages": dict.fromkeys(versions, "*"), "dev-packages": {}, "source": sources},
        "requirements_locked": {
            "_meta": {"sources": sources},
            "default": {name: {"version": f"=={version}"} for name, version in versions.items()},
        },
    }


def inspection_document(
    stdout: object = None,
    *,
    number: int = 0,
    document_id: str = INSPECTION_ID,
    specification: Document | None = None,
    **result: Any,
) -> Document:
    """Make an inspection as Amun writes it; with what its script printed, and without a script when that is None.

    ``specification`` and ``result`` replace members of those parts.
    """
    return copy.deepcopy(
        {
            "document_id": document_id,
            "result_number": number,
            "specification": {
                "@created": "2022-01-31T12:34:56.789012",
                "base": "quay.io/thoth-station/s2i-thoth-ubi8-py38",
                "identifier": "flask",
                "build": {"requests": {"cpu": "500m", "memory": "512Mi"}},
                "run": {"requests": {"cpu": "2", "memory": "4Gi"}},
                **({} if stdout is None else {"script": SCRIPT}),
                **(specification or {}),
            },
            "result": {
                "exit_code": 0,
                "runtime_environment": {
                    "operating_system": {"name": "rhel", "version": "8.2"},
                    "python_version": "3.8",
                    "cuda_version": None,
                    "hardware": {"cpu_family": 6, "cpu_model": 85},
                },
                "script_sha256": "12" * 32,
                "stdout": stdout,
                "usage": dict(USAGE),
                **result,
            },
        }
    )


def full_document(*, stdout: object = REPORTS["PiMatmul"], **members: Any) -> Document:
    """Make a document with everything that is stored; ``solve`` makes what it needs to be there."""
    requests = {"cpu": "1", "memory": "1Gi", "hardware": {"cpu_family": 6, "cpu_model": 13}}
    specification = {"build": {"requests": requests}, "python": python_stack(flask="1.0", six="1.16.0")}
    return inspection_document(stdout, specification=specification, **members)


def solve(rows: Rows) -> None:
    """Have the versions that ``full_document`` locks solved in its environment."""
    rows.version("flask", "1.0", **ENVIRONMENT)
    rows.version("six", "1.16.0", **ENVIRONMENT)


def write(connection: psycopg.Connection[Any], *documents: Document) -> None:
    """Write inspection documents in one transaction."""
    with connection.transaction():
        write_inspection_results(connection, [inspection_rows(document) for document in documents])
