"""What the door itself offers, without a connection."""

from __future__ import annotations

import pytest

from tests.fix_rows import PYPI
from thoth_storages import GraphDatabase


@pytest.mark.parametrize("graph_or_class", [GraphDatabase, GraphDatabase()], ids=["class", "instance"])
class TestNormalizing:
    """Each is a function of the class, as services call them without an instance."""

    @pytest.mark.parametrize("name", ["Flask_SQLAlchemy", "flask.sqlalchemy", "flask-sqlalchemy"])
    def test_a_name_gets_the_spelling_of_pep_503(
        self, graph_or_class: GraphDatabase | type[GraphDatabase], name: str
    ) -> None:
        assert graph_or_class.normalize_python_package_name(name) == "flask-sqlalchemy"

    @pytest.mark.parametrize(("version", "expected"), [("v1.0-RC1", "1.0rc1"), ("01.0", "1.0"), ("2004d", "2004d")])
    def test_a_version_gets_the_spelling_of_pep_440_where_it_has_one(
        self, graph_or_class: GraphDatabase | type[GraphDatabase], version: str, expected: str
    ) -> None:
        assert graph_or_class.normalize_python_package_version(version) == expected

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            ("https://pypi.python.org/simple", PYPI),
            (PYPI, PYPI),
            ("https://index.example.com/simple", "https://index.example.com/simple"),
            (None, None),
        ],
    )
    def test_an_older_url_of_an_index_becomes_the_one_in_use(
        self, graph_or_class: GraphDatabase | type[GraphDatabase], url: str | None, expected: str | None
    ) -> None:
        assert graph_or_class.normalize_python_index_url(url) == expected
