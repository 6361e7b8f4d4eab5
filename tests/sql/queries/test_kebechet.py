"""Installations of Kebechet as the named queries store, answer and delete them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.fix_rows import PYPI, YESTERDAY, Rows
from thoth_storages import queries
from thoth_storages.enums import EnvironmentTypeEnum, KebechetManagerEnum
from thoth_storages.exceptions import NotFoundError

OTHER_INDEX = "https://index.example.com/simple"
MANAGERS = [manager.name.lower() for manager in KebechetManagerEnum]
ALL_ON: dict[str, Any] = dict.fromkeys(MANAGERS, True)

Connection = psycopg.Connection[Any]


def stored(connection: Connection, *columns: str) -> list[tuple[Any, ...]]:
    """What the table holds in these columns, in the order of storing."""
    chosen = ", ".join(columns)
    return connection.execute(f"SELECT {chosen} FROM kebechet_github_installations ORDER BY id").fetchall()


@pytest.fixture
def varied(rows: Rows) -> dict[str, Any]:
    """Six installations that differ in all that can be asked for; answers what the references refer to."""
    stack = rows.user_stack(rows.entity("flask"))
    environment = rows.software_environment(is_external=True)
    advised = rows.add("python_software_stack", software_stack_type="ADVISED")
    rows.installation("acme/a", info_manager=True, last_run=YESTERDAY)
    rows.installation("acme/a", "prod", update_manager=True, external_python_software_stack_id=stack)
    rows.installation("acme/b", "prod", private=True, version_manager=True, last_run=YESTERDAY + dt.timedelta(1))
    rows.installation("acme/c", installation_id="2", is_active=False, pipfile_requirements_manager=True)
    rows.installation("acme/d", thoth_advise_manager=True, external_software_environment_id=environment)
    rows.installation("acme/e", thoth_provenance_manager=True, advised_python_software_stack_id=advised)
    return {"stack": stack, "environment": environment, "advised": advised}


FILTERS: list[tuple[dict[str, Any], str]] = [
    ({}, "123456"),
    ({"id": 3}, "3"),
    ({"id": 4711}, ""),
    ({"slug": "acme/a"}, "12"),
    ({"slug": "acme"}, ""),
    ({"private": True}, "3"),
    ({"private": False}, "12456"),
    ({"installation_id": "2"}, "4"),
    ({"is_active": True}, "12356"),
    ({"is_active": False}, "4"),
    ({"runtime_environment_name": "prod"}, "23"),
    ({"runtime_environment": "prod"}, "23"),
    ({"runtime_environment": "prod", "slug": "acme/b"}, "3"),
    ({"runtime_environment": "prod", "runtime_environment_name": "test"}, ""),
    ({"info_manager": True}, "1"),
    ({"info_manager": False}, "23456"),
    ({"pipfile_requirements_manager": True}, "4"),
    ({"update_manager": True}, "2"),
    ({"version_manager": True}, "3"),
    ({"thoth_advise_manager": True}, "5"),
    ({"thoth_provenance_manager": True}, "6"),
    ({"thoth_provenance_manager": False, "is_active": True}, "1235"),
    ({"last_run_before": YESTERDAY}, "1"),
    ({"last_run_before": YESTERDAY - dt.timedelta(microseconds=1)}, ""),
    ({"last_run_after": YESTERDAY}, "13"),
    ({"last_run_after": YESTERDAY + dt.timedelta(microseconds=1)}, "3"),
    ({"last_run_after": YESTERDAY, "last_run_before": YESTERDAY + dt.timedelta(1)}, "13"),
    ({"external_python_software_stack_id": "stack"}, "2"),
    ({"external_software_environment_id": "environment"}, "5"),
    ({"advised_python_software_stack_id": "advised"}, "6"),
]


def filled_in(filters: dict[str, Any], varied: dict[str, Any]) -> dict[str, Any]:
    """The filters, with the ids of what their names refer to."""
    return {
        name: varied[value] if name.endswith("_id") and value in varied else value for name, value in filters.items()
    }


class TestInstallations:
    def test_an_installation_is_described(self, connection: Connection, rows: Rows) -> None:
        rows.installation("acme/app", "prod", info_manager=True, last_run=dt.datetime(2022, 1, 6, 18, 22, 34, 468093))
        assert queries.get_kebechet_github_app_installations_all(connection) == [
            {
                "slug": "acme/app",
                "repo_name": "app",
                "private": False,
                "installation_id": "1",
                "is_active": True,
                "runtime_environment_name": "prod",
                "info_manager": True,
                "pipfile_requirements_manager": False,
                "update_manager": False,
                "version_manager": False,
                "thoth_advise_manager": False,
                "thoth_provenance_manager": False,
                "last_run": "2022-01-06 18:22:34.468093",
                "external_python_software_stack_id": None,
                "external_software_environment_id": None,
                "advised_python_software_stack_id": None,
            }
        ]

    @pytest.mark.parametrize(
        "last_run", [None, YESTERDAY, dt.datetime(2022, 1, 1), dt.datetime(2022, 1, 1, 1, 1, 1, 120000)], ids=str
    )
    def test_the_last_run_is_the_text_that_python_makes_of_it(
        self, connection: Connection, rows: Rows, last_run: dt.datetime | None
    ) -> None:
        rows.installation(last_run=last_run)
        (installation,) = queries.get_kebechet_github_app_installations_all(connection)
        assert installation["last_run"] == (None if last_run is None else str(last_run))

    @pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
    def test_filters_choose_installations_in_the_order_of_storing(
        self, connection: Connection, varied: dict[str, Any], filters: dict[str, Any], expected: str
    ) -> None:
        connection.execute("UPDATE kebechet_github_installations SET id = id WHERE id < 4")
        answer = queries.get_kebechet_github_app_installations_all(connection, **filled_in(filters, varied))
        keys = stored(connection, "slug", "runtime_environment_name")
        assert [(each["slug"], each["runtime_environment_name"]) for each in answer] == [
            keys[int(number) - 1] for number in expected
        ]

    def test_a_moment_with_a_time_zone_is_compared_in_utc(self, connection: Connection, rows: Rows) -> None:
        rows.installation(last_run=YESTERDAY)
        elsewhere = YESTERDAY.replace(tzinfo=dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=5)))
        assert len(queries.get_kebechet_github_app_installations_all(connection, last_run_before=elsewhere)) == 1
        assert len(queries.get_kebechet_github_app_installations_all(connection, last_run_after=elsewhere)) == 1

    @pytest.mark.parametrize("name", ["last_run_before", "last_run_after"])
    def test_what_is_no_moment_is_refused(self, connection: Connection, name: str) -> None:
        ask: Callable[..., object] = queries.get_kebechet_github_app_installations_all
        with pytest.raises(ValueError, match=f"{name}: a datetime is needed, not 'yesterday'"):
            ask(connection, **{name: "yesterday"})


class TestInstallationsByEnvironment:
    COLUMNS = (
        "python_version",
        "image_name",
        "image_sha",
        "os_name",
        "os_version",
        "thoth_image_name",
        "thoth_image_version",
        "env_image_name",
        "env_image_tag",
        "cuda_version",
    )

    @pytest.fixture(autouse=True)
    def installations(self, rows: Rows) -> None:
        """Three: each value of the first one's environment is ``<column> one``, of the second's ``<column> two``."""
        for word in ("one", "two"):
            environment = rows.software_environment(
                is_external=True,
                environment_type="RUNTIME" if word == "one" else "BUILDTIME",
                **{column: f"{column} {word}" for column in self.COLUMNS},
            )
            rows.installation(f"acme/{word}", external_software_environment_id=environment)
            rows.installation(f"acme/{word}", "off", is_active=False, external_software_environment_id=environment)
        rows.installation("acme/without")

    def slugs(self, connection: Connection, **filters: Any) -> list[str]:
        answer = queries.get_kebechet_github_installation_info_with_software_environment_all(connection, **filters)
        return [installation["slug"] for installation in answer]

    def test_active_installations_with_an_environment_are_described_as_elsewhere(self, connection: Connection) -> None:
        answer = queries.get_kebechet_github_installation_info_with_software_environment_all(connection)
        assert [each["slug"] for each in answer] == ["acme/one", "acme/two"]
        assert answer == queries.get_kebechet_github_app_installations_all(connection, is_active=True)[:2]

    @pytest.mark.parametrize("column", COLUMNS)
    def test_each_filter_is_about_the_column_of_its_name(self, connection: Connection, column: str) -> None:
        assert self.slugs(connection, **{column: f"{column} two"}) == ["acme/two"]
        assert self.slugs(connection, **{column: f"{column} three"}) == []

    def test_filters_add_up(self, connection: Connection) -> None:
        assert self.slugs(connection, os_name="os_name one", cuda_version="cuda_version one") == ["acme/one"]
        assert self.slugs(connection, env_image_tag="env_image_tag one", cuda_version="cuda_version two") == []

    @pytest.mark.parametrize("environment_type", ["BUILDTIME", EnvironmentTypeEnum.BUILDTIME], ids=str)
    def test_the_type_of_the_environment_is_a_filter(self, connection: Connection, environment_type: str) -> None:
        assert self.slugs(connection, environment_type=environment_type) == ["acme/two"]

    def test_an_unknown_type_of_environment_is_refused(self, connection: Connection) -> None:
        with pytest.raises(ValueError, match=r"environment_type.*BOGUS"):
            self.slugs(connection, environment_type="BOGUS")

    def test_the_operating_system_is_normalised(self, connection: Connection, rows: Rows) -> None:
        environment = rows.software_environment(is_external=True, os_name="rhel", os_version="8")
        rows.installation("acme/rhel", external_software_environment_id=environment)
        assert self.slugs(connection, os_name="ubi", os_version="8.4") == ["acme/rhel"]


class TestPythonPackages:
    def info(self, connection: Connection, *args: Any, **filters: Any) -> Any:
        return queries.get_kebechet_github_installations_info_for_python_package_version(connection, *args, **filters)

    def locked(self, rows: Rows, slug: str, *entity_ids: int, environment: str | None = None, **others: Any) -> None:
        """Add an installation whose lock file pins these package versions, which no other one's pins."""
        rows.installation(slug, environment, external_python_software_stack_id=rows.user_stack(*entity_ids), **others)

    def test_repositories_that_lock_a_package_are_described_by_slug(self, connection: Connection, rows: Rows) -> None:
        flask, click = rows.entity("flask", "1.0"), rows.entity("click", "8.0")
        self.locked(rows, "acme/b", flask, click, environment="prod", installation_id="7", private=True)
        self.locked(rows, "acme/a", rows.entity("flask", "1.1", index_url=OTHER_INDEX))
        self.locked(rows, "acme/c", click)
        rows.installation("acme/without")
        answer = self.info(connection, "flask")
        assert answer == {
            "acme/a": {
                "environment_name": None,
                "installation_id": "1",
                "private": False,
                "package_name": "flask",
                "package_version": "1.1",
                "index_url": OTHER_INDEX,
            },
            "acme/b": {
                "environment_name": "prod",
                "installation_id": "7",
                "private": True,
                "package_name": "flask",
                "package_version": "1.0",
                "index_url": PYPI,
            },
        }
        assert list(answer) == ["acme/a", "acme/b"]

    def test_nobody_locks_an_unknown_package(self, connection: Connection, rows: Rows) -> None:
        self.locked(rows, "acme/a", rows.entity("flask"))
        assert self.info(connection, "click") == {}

    def test_installations_that_aren_t_active_are_left_out(self, connection: Connection, rows: Rows) -> None:
        self.locked(rows, "acme/a", rows.entity("flask"), is_active=False)
        assert self.info(connection, "flask") == {}

    @pytest.mark.parametrize(
        ("filters", "slugs"),
        [
            ({"package_version": "1.0"}, {"acme/pypi", "acme/other", "acme/none"}),
            ({"package_version": "01.0"}, {"acme/pypi", "acme/other", "acme/none"}),
            ({"package_version": "2.0"}, {"acme/newer"}),
            ({"index_url": PYPI}, {"acme/pypi", "acme/newer", "acme/none"}),
            ({"index_url": "https://pypi.python.org/simple"}, {"acme/pypi", "acme/newer", "acme/none"}),
            ({"index_url": OTHER_INDEX, "package_version": "1.0"}, {"acme/other", "acme/none"}),
            ({"index_url": OTHER_INDEX, "package_version": "2.0"}, set()),
        ],
    )
    def test_version_and_index_are_filters(
        self, connection: Connection, rows: Rows, filters: dict[str, str], slugs: set[str]
    ) -> None:
        self.locked(rows, "acme/pypi", rows.entity("flask", "1.0"))
        self.locked(rows, "acme/newer", rows.entity("flask", "2.0"))
        self.locked(rows, "acme/other", rows.entity("flask", "1.0", index_url=OTHER_INDEX))
        self.locked(rows, "acme/none", rows.entity("flask", "1.0", index_url=None))
        assert set(self.info(connection, "Flask", **filters)) == slugs

    @pytest.mark.parametrize(
        ("filters", "slugs"),
        [
            ({"os_name": "rhel"}, {"acme/rhel"}),
            ({"os_name": "ubi", "os_version": "8.4", "python_version": "3.8"}, {"acme/rhel"}),
            ({"os_version": "35"}, {"acme/fedora"}),
            ({"python_version": "3.10"}, {"acme/fedora"}),
            ({"os_name": "rhel", "python_version": "3.10"}, set()),
            ({}, {"acme/rhel", "acme/fedora", "acme/unknown"}),
        ],
    )
    def test_the_environment_is_a_filter(
        self, connection: Connection, rows: Rows, filters: dict[str, str], slugs: set[str]
    ) -> None:
        stack = rows.user_stack(rows.entity("flask"))
        for os_name, os_version, python_version in (("rhel", "8", "3.8"), ("fedora", "35", "3.10")):
            environment = rows.software_environment(
                is_external=True, os_name=os_name, os_version=os_version, python_version=python_version
            )
            rows.installation(
                f"acme/{os_name}",
                external_python_software_stack_id=stack,
                external_software_environment_id=environment,
            )
        rows.installation("acme/unknown", external_python_software_stack_id=stack)
        assert set(self.info(connection, "flask", **filters)) == slugs

    @pytest.mark.parametrize("position", range(3))
    def test_a_repository_s_entry_is_its_most_recently_run_environment(
        self, connection: Connection, rows: Rows, position: int
    ) -> None:
        stack = rows.user_stack(rows.entity("flask"))
        for number, name in enumerate(("prod", "test", "stage")):
            days = 1 if number == position else -number
            last_run = None if number == (position + 1) % 3 else YESTERDAY + dt.timedelta(days)
            rows.installation("acme/a", name, external_python_software_stack_id=stack, last_run=last_run)
        assert self.info(connection, "flask")["acme/a"]["environment_name"] == ("prod", "test", "stage")[position]

    def test_of_environments_that_never_ran_the_newest_is_told(self, connection: Connection, rows: Rows) -> None:
        stack = rows.user_stack(rows.entity("flask"))
        for name in ("prod", "test"):
            rows.installation("acme/a", name, external_python_software_stack_id=stack)
        assert self.info(connection, "flask")["acme/a"]["environment_name"] == "test"


class TestCounts:
    @pytest.fixture(autouse=True)
    def installations(self, rows: Rows) -> None:
        rows.installation("acme/b", "prod", update_manager=True)
        rows.installation("acme/b", "test", update_manager=True, info_manager=True)
        rows.installation("acme/a", update_manager=True)
        rows.installation("acme/off", is_active=False, update_manager=True, version_manager=True)
        rows.installation("acme/off", "prod", is_active=False)

    @pytest.mark.parametrize(("is_active", "number"), [(None, 3), (True, 2), (False, 1)])
    def test_a_repository_has_one_stack_whatever_its_environments(
        self, connection: Connection, is_active: bool | None, number: int
    ) -> None:
        count = queries.get_kebechet_github_installations_software_stack_count_all(connection, is_active=is_active)
        assert count == number

    def test_active_repositories_are_listed_once_an_environment_and_counted_once(self, connection: Connection) -> None:
        repositories = queries.get_active_kebechet_github_installations_repos(connection)
        assert repositories == ["acme/a", "acme/b", "acme/b"]
        assert queries.get_active_kebechet_github_installations_repos_count_all(connection) == 2

    @pytest.mark.parametrize(
        ("manager", "number"),
        [("UPDATE_MANAGER", 2), ("INFO_MANAGER", 1), ("VERSION_MANAGER", 0), ("THOTH_ADVISE_MANAGER", 0)],
    )
    def test_active_repositories_with_a_manager_are_counted_once(
        self, connection: Connection, manager: str, number: int
    ) -> None:
        assert queries._get_kebechet_repositories_with_manager_count(connection, manager) == number

    @pytest.mark.parametrize("manager", list(KebechetManagerEnum), ids=lambda manager: manager.name)
    def test_each_manager_has_a_column(self, connection: Connection, rows: Rows, manager: KebechetManagerEnum) -> None:
        before = queries._get_kebechet_repositories_with_manager_count(connection, manager.name)
        rows.installation("acme/c", None, **{manager.name.lower(): True})
        assert queries._get_kebechet_repositories_with_manager_count(connection, manager.name) == before + 1


def test_an_empty_database_has_no_installations(connection: Connection) -> None:
    assert queries.get_kebechet_github_app_installations_all(connection) == []
    assert queries.get_kebechet_github_installation_info_with_software_environment_all(connection) == []
    assert queries.get_active_kebechet_github_installations_repos(connection) == []
    assert queries.get_active_kebechet_github_installations_repos_count_all(connection) == 0
    assert queries.get_kebechet_github_installations_software_stack_count_all(connection) == 0


class TestActiveManagers:
    def managers(self, connection: Connection, slug: str, environment: str | None = None) -> list[str]:
        return queries.get_kebechet_github_installations_active_managers(connection, slug, environment)

    @pytest.mark.parametrize("manager", MANAGERS)
    def test_each_manager_is_named_after_its_column(self, connection: Connection, rows: Rows, manager: str) -> None:
        rows.installation("acme/app", None, **{manager: True})
        assert self.managers(connection, "acme/app") == [manager]

    def test_all_managers_come_in_their_order(self, connection: Connection, rows: Rows) -> None:
        rows.installation("acme/app", None, **ALL_ON)
        assert self.managers(connection, "acme/app") == MANAGERS

    def test_an_installation_may_have_none(self, connection: Connection, rows: Rows) -> None:
        rows.installation("acme/app")
        assert self.managers(connection, "acme/app") == []

    def test_an_environment_has_managers_of_its_own(self, connection: Connection, rows: Rows) -> None:
        rows.installation("acme/app", info_manager=True)
        rows.installation("acme/app", "prod", update_manager=True)
        assert self.managers(connection, "acme/app") == ["info_manager"]
        assert self.managers(connection, "acme/app", "prod") == ["update_manager"]

    @pytest.mark.parametrize("environment", [None, "test"])
    def test_of_an_unknown_installation_there_is_nothing_to_say(
        self, connection: Connection, rows: Rows, environment: str | None
    ) -> None:
        rows.installation("acme/app", "prod", info_manager=True)
        rows.installation("acme/app", "test", info_manager=True, is_active=False)
        with pytest.raises(NotFoundError, match="acme/app"):
            self.managers(connection, "acme/app", environment)

    def test_of_several_without_an_environment_the_most_recently_run_counts(
        self, connection: Connection, rows: Rows
    ) -> None:
        rows.installation("acme/app", info_manager=True, last_run=YESTERDAY)
        rows.installation("acme/app", update_manager=True, last_run=YESTERDAY + dt.timedelta(1))
        rows.installation("acme/app", version_manager=True)
        assert self.managers(connection, "acme/app") == ["update_manager"]


class TestWriting:
    def test_a_new_installation_runs_from_now_on_with_all_managers_off(self, connection: Connection) -> None:
        before = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        assert queries._insert_kebechet_installation(connection, "acme/app", "app", True, "7") == 1
        ((last_run,),) = stored(connection, "last_run")
        assert abs(last_run - before) < dt.timedelta(minutes=1)
        assert stored(connection, "slug", "repo_name", "private", "installation_id", "is_active") == [
            ("acme/app", "app", True, "7", True)
        ]
        assert stored(connection, *MANAGERS, "runtime_environment_name") == [(*[False] * len(MANAGERS), None)]

    def test_a_repository_becomes_active_in_all_its_environments(self, connection: Connection, rows: Rows) -> None:
        for slug, environment in (("acme/app", None), ("acme/app", "prod"), ("acme/other", None)):
            rows.installation(slug, environment, is_active=False)
        assert queries._activate_kebechet_installations(connection, "acme/app", True, "7") == 2
        assert queries._activate_kebechet_installations(connection, "acme/unknown", True, "7") == 0
        changed = [("acme/app", True, True, "7")] * 2
        kept = [("acme/other", False, False, "1")]
        assert stored(connection, "slug", "is_active", "private", "installation_id") == changed + kept

    def test_a_repository_is_no_longer_active_in_any_environment(self, connection: Connection, rows: Rows) -> None:
        for slug, environment in (("acme/app", None), ("acme/app", "prod"), ("acme/other", None)):
            rows.installation(slug, environment)
        assert queries._deactivate_kebechet_installations(connection, "acme/app") == 2
        assert queries._deactivate_kebechet_installations(connection, "acme/unknown") == 0
        assert stored(connection, "is_active") == [(False,), (False,), (True,)]

    def test_installations_that_would_become_the_same_are_one(self, connection: Connection, rows: Rows) -> None:
        kept = rows.installation("acme/app", is_active=False)
        rows.installation("acme/app", installation_id="2")
        rows.installation("acme/app", private=True)
        others = [
            rows.installation("acme/app", last_run=YESTERDAY),
            rows.installation("acme/app", "prod"),
            rows.installation("acme/app", info_manager=True),
            rows.installation("acme/other", installation_id="2"),
        ]
        assert queries._merge_kebechet_installations(connection, "acme/app") == 2
        assert stored(connection, "id") == [(each,) for each in (kept, *others)]
        assert queries._activate_kebechet_installations(connection, "acme/app", False, "3") == 4

    def test_the_lock_keeps_others_off_the_same_repository_only(self, connection: Connection, database: str) -> None:
        connection.execute("SET lock_timeout = '100ms'")
        with psycopg.connect(database) as other:
            assert queries._lock_kebechet_repository(other, "acme/app") == [True]
            with pytest.raises(psycopg.errors.LockNotAvailable):
                queries._lock_kebechet_repository(connection, "acme/app")
            queries._lock_kebechet_repository(connection, "acme/other")
        assert queries._lock_kebechet_repository(connection, "acme/app") == [True]


class TestDeleting:
    @pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
    def test_filters_choose_what_goes(
        self, connection: Connection, varied: dict[str, Any], filters: dict[str, Any], expected: str
    ) -> None:
        keys = stored(connection, "id")
        chosen = filled_in(filters, varied)
        assert queries._delete_kebechet_github_app_installations(connection, batch_size=10, **chosen) == len(expected)
        assert stored(connection, "id") == [key for number, key in enumerate(keys, 1) if str(number) not in expected]

    def test_batches_are_bounded_and_begin_with_the_oldest(
        self, connection: Connection, varied: dict[str, Any]
    ) -> None:
        sizes, left = [], []
        for _ in range(4):
            sizes.append(queries._delete_kebechet_github_app_installations(connection, batch_size=2, is_active=True))
            left.append([slug[-1] for (slug,) in stored(connection, "slug")])
        assert sizes == [2, 2, 1, 0]
        assert left == [["b", "c", "d", "e"], ["c", "e"], ["c"], ["c"]]
