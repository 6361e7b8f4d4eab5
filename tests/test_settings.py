"""What the environment says, and what stands where it says nothing."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from thoth_storages import settings
from thoth_storages.settings import DatabaseSettings, Variable, connection_url

VARIABLES = [each for each in vars(settings).values() if isinstance(each, Variable)]


class TestDefaults:
    def test_they_are_the_originals(self) -> None:
        assert DatabaseSettings.from_environment({}).parameters == {
            "host": "localhost",
            "port": 5432,
            "user": "postgres",
            "dbname": "postgres",
            "password": "postgres",
        }

    def test_waiting_is_bounded(self) -> None:
        defaults = DatabaseSettings.from_environment({})
        assert (defaults.pool_size, defaults.pool_timeout) == (10, 30.0)
        assert (defaults.connect_timeout, defaults.statement_timeout) == (10, 600)

    def test_statements_are_prepared_and_old_schemas_refused(self) -> None:
        defaults = DatabaseSettings.from_environment({})
        assert (defaults.prepared_statements, defaults.any_schema, defaults.debug_queries) == (True, False, False)

    def test_what_is_not_read_from_the_environment_has_the_same_defaults(self) -> None:
        read = DatabaseSettings.from_environment({})
        assert DatabaseSettings(read.parameters) == read


class TestConnectionParameters:
    def test_each_has_a_variable(self) -> None:
        environment = {
            "KNOWLEDGE_GRAPH_HOST": "db.example.com",
            "KNOWLEDGE_GRAPH_PORT": "5433",
            "KNOWLEDGE_GRAPH_USER": "thoth",
            "KNOWLEDGE_GRAPH_PASSWORD": "secret",
            "KNOWLEDGE_GRAPH_DATABASE": "graph",
            "KNOWLEDGE_GRAPH_SSL_DISABLED": "1",
        }
        assert DatabaseSettings.from_environment(environment).parameters == {
            "host": "db.example.com",
            "port": 5433,
            "user": "thoth",
            "dbname": "graph",
            "password": "secret",
            "sslmode": "disable",
        }

    @pytest.mark.parametrize(
        ("libpq", "key"),
        [
            ("PGHOST", "host"),
            ("PGPORT", "port"),
            ("PGUSER", "user"),
            ("PGDATABASE", "dbname"),
            ("PGPASSWORD", "password"),
        ],
    )
    def test_a_variable_of_libpq_is_left_to_libpq(self, libpq: str, key: str) -> None:
        assert key not in DatabaseSettings.from_environment({libpq: "1"}).parameters

    def test_the_librarys_own_variable_comes_first(self) -> None:
        environment = {"PGHOST": "theirs", "KNOWLEDGE_GRAPH_HOST": "ours"}
        assert DatabaseSettings.from_environment(environment).parameters["host"] == "ours"

    def test_a_service_of_libpq_leaves_everything_to_it(self) -> None:
        assert DatabaseSettings.from_environment({"PGSERVICE": "graph"}).parameters == {}

    def test_a_password_file_is_used_where_no_password_is_said(self) -> None:
        assert "password" not in DatabaseSettings.from_environment({"PGPASSFILE": "/etc/pgpass"}).parameters

    def test_libpq_is_asked_at_the_end(self, empty_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
        parameters = conninfo_to_dict(empty_database)
        for variable, key in (("PGHOST", "host"), ("PGPORT", "port"), ("PGUSER", "user"), ("PGDATABASE", "dbname")):
            monkeypatch.setenv(variable, str(parameters[key]))
        with psycopg.connect(DatabaseSettings.from_environment().conninfo()) as connection:
            assert connection.info.dbname == parameters["dbname"]


class TestConnectionString:
    def test_it_says_who_connects_and_how_long_that_may_take(self) -> None:
        written = conninfo_to_dict(DatabaseSettings.from_environment({}).conninfo())
        assert (written["application_name"], written["connect_timeout"]) == ("thoth_storages", "10")

    def test_a_parameter_can_be_replaced(self) -> None:
        written = conninfo_to_dict(DatabaseSettings.from_environment({}).conninfo(dbname="other"))
        assert written["dbname"] == "other"

    def test_an_odd_password_survives(self) -> None:
        read = DatabaseSettings.from_environment({"KNOWLEDGE_GRAPH_PASSWORD": "it's a 'secret' \\"})
        assert conninfo_to_dict(read.conninfo())["password"] == "it's a 'secret' \\"


class TestUrl:
    def test_it_is_one_of_libpq(self) -> None:
        assert connection_url({}) == "postgresql://postgres:postgres@localhost:5432/postgres"

    def test_variables_of_libpq_stand_in(self) -> None:
        assert connection_url({"PGHOST": "db", "PGUSER": "me"}) == "postgresql://me:postgres@db:5432/postgres"

    def test_every_part_is_quoted(self) -> None:
        url = connection_url({"KNOWLEDGE_GRAPH_USER": "a@b", "KNOWLEDGE_GRAPH_HOST": "/run/postgresql"})
        assert conninfo_to_dict(url) == {
            "user": "a@b",
            "password": "postgres",
            "host": "/run/postgresql",
            "port": "5432",
            "dbname": "postgres",
        }


class TestReading:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("KNOWLEDGE_GRAPH_PORT", "http"),
            ("KNOWLEDGE_GRAPH_PORT", "0"),
            ("KNOWLEDGE_GRAPH_POOL_SIZE", "0"),
            ("KNOWLEDGE_GRAPH_POOL_SIZE", "-1"),
            ("KNOWLEDGE_GRAPH_POOL_TIMEOUT", "soon"),
            ("KNOWLEDGE_GRAPH_STATEMENT_TIMEOUT", "-5"),
            ("KNOWLEDGE_GRAPH_SSL_DISABLED", "yes"),
            ("THOTH_STORAGES_DEBUG_QUERIES", "true"),
        ],
    )
    def test_a_text_that_cannot_be_read_names_its_variable(self, name: str, text: str) -> None:
        with pytest.raises(ValueError, match=f"{name}='{text}' can't be read [(]"):
            DatabaseSettings.from_environment({name: text})

    @pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
    def test_each_variable_says_what_it_is_for(self, variable: Variable[object]) -> None:
        assert variable.description
        assert variable.get({}) == variable.default

    def test_the_process_s_own_environment_is_read_when_it_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KNOWLEDGE_GRAPH_POOL_SIZE", "3")
        assert DatabaseSettings.from_environment().pool_size == 3
