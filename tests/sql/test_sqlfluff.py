"""What sqlfluff says of queries in another style than that of the house."""

from __future__ import annotations

import configparser
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("sqlfluff")
CONFIGURATION = ROOT / ".sqlfluff"
QUERIES = ROOT / "thoth_storages" / "sql" / "queries"

pytestmark = pytest.mark.skipif(not PROGRAM.exists(), reason="sqlfluff isn't installed: it is in the extra dev")

GOOD = """\
-- name: get_example_urls_all
-- Urls of package indexes.
-- params: like=None, *, distinct=False, start_offset=0, count=100
-- returns: [url]
SELECT
  DISTINCT  --? distinct
  i.url
FROM python_package_index AS i
JOIN python_package_version AS v ON v.python_package_index_id = i.id
WHERE i.url LIKE :like::text  --? like
  AND i.id = ANY(ARRAY(SELECT known.id FROM python_package_index AS known WHERE known.enabled))
  AND NOT EXISTS (SELECT FROM solved AS s WHERE s.version_id = v.id)
ORDER BY i.url
LIMIT :count
OFFSET :start_offset;
"""

BAD = {
    "a keyword in small letters": ("WHERE i.url", "where i.url", "CP01"),
    "a name in capitals": ("SELECT known.id", "SELECT known.ID", "CP02"),
    "a function in capitals": ("i.url\nFROM", "LOWER(i.url) AS url\nFROM", "CP03"),
    "a constant in small letters": ("AND NOT EXISTS", "AND i.enabled IS true AND NOT EXISTS", "CP04"),
    "a type in capitals": ("like::text", "like::TEXT", "CP05"),
    "columns that aren't named": ("  i.url\nFROM", "  *\nFROM", "AM04"),
    "a column whose table isn't named": ("ORDER BY i.url", "ORDER BY enabled", "RF02"),
    "an alias that nothing uses": ("WHERE s.version_id", "WHERE v.id", "AL05"),
    "an alias without AS": ("python_package_index AS i\n", "python_package_index i\n", "AL01"),
    "two clauses in a line": ("\nFROM python_package_index AS i\n", " FROM python_package_index AS i\n", "LT14"),
    "a condition beside the clause before": ("\nORDER BY", " ORDER BY", "LT14"),
    "the joined table last": ("v.python_package_index_id = i.id", "i.id = v.python_package_index_id", "ST09"),
    "a comparison with NULL": ("i.url LIKE", "i.url = NULL OR i.url LIKE", "CV05"),
    "a long line": ("-- Urls of", f"-- {'Urls ' * 25}of", "LT05"),
    "a blank at a line's end": ("LIMIT :count\n", "LIMIT :count \n", "LT01"),
    "what isn't SQL": ("ORDER BY i.url", "ORDER OF i.url", "PRS"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, set[str]]:
    """The rules that are broken by each text: the program is started once for all."""
    folder = tmp_path_factory.mktemp("queries")
    texts = {"good": GOOD}
    for name, (before, after, _) in BAD.items():
        assert GOOD.count(before) == 1
        texts[name] = GOOD.replace(before, after)
    for number, text in enumerate(texts.values()):
        (folder / f"{number:02}.sql").write_text(text, encoding="utf-8")
    options = ["--config", str(CONFIGURATION), "--format", "json", "--disable-progress-bar"]
    answer = subprocess.run([PROGRAM, "lint", *options, folder], check=False, capture_output=True, text=True)
    rules = {
        Path(file["filepath"]).stem: {each["code"] for each in file["violations"]} for file in json.loads(answer.stdout)
    }
    return {name: rules[f"{number:02}"] for number, name in enumerate(texts)}


def test_the_style_of_the_house_breaks_no_rule(found: Mapping[str, set[str]]) -> None:
    assert found["good"] == set()


@pytest.mark.parametrize("name", BAD)
def test_another_style_is_found(found: Mapping[str, set[str]], name: str) -> None:
    assert BAD[name][2] in found[name]


def test_every_rule_that_is_off_has_a_reason() -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    listed = text.partition("exclude_rules =\n")[2].partition("\n\n")[0].splitlines()
    for before, line in zip(["", *listed], listed, strict=False):
        assert line.startswith("    ")
        assert line.lstrip().startswith("#") or before.lstrip().startswith("# ")


@pytest.mark.long
def test_no_rule_is_off_that_nothing_breaks() -> None:
    parser = configparser.ConfigParser()
    parser.read(CONFIGURATION, encoding="utf-8")
    off = {rule.strip() for rule in parser["sqlfluff"]["exclude_rules"].split(",")}
    # CP01 takes the place of what the configuration excludes.
    options = ["--rules", ",".join(sorted(off)), "--exclude-rules", "CP01", "--format", "json", "--processes", "0"]
    answer = subprocess.run([PROGRAM, "lint", *options, QUERIES], check=False, capture_output=True, text=True, cwd=ROOT)
    broken = {each["code"] for file in json.loads(answer.stdout) for each in file["violations"]}
    assert broken == off
