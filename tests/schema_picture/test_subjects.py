"""What a table is about."""

from __future__ import annotations

import pytest

from thoth_storages.schema_picture.subjects import OTHER, known_subjects, subject_of
from thoth_storages.sql.migrating.files import created


@pytest.mark.parametrize(
    ("table", "subject"),
    [
        ("depends_on", "python packages"),
        ("solved", "solvers"),
        ("found_rpm", "images"),
        ("pi_conv1d", "inspections"),
        ("cve", "security and rules"),
        ("unheard_of", "other"),
    ],
)
def test_the_migration_that_makes_a_table_names_its_subject(table: str, subject: str) -> None:
    assert subject_of(table).name == subject


def test_every_table_of_the_migrations_has_one() -> None:
    assert [table for table in created("TABLE") if subject_of(table) == OTHER] == []


def test_each_is_known_once_in_the_order_of_the_migrations() -> None:
    subjects = known_subjects()
    assert subjects[:3] == ["python packages", "python package metadata", "solvers"]
    assert len(set(subjects)) == len(subjects)
    assert OTHER.name not in subjects


def test_subjects_stand_in_the_order_of_the_migrations_and_others_last() -> None:
    order = [subject_of(table).rank for table in ("depends_on", "solved", "found_rpm", "cve", "unheard_of")]
    assert order == sorted(order)
