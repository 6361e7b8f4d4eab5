"""A small database to be dumped, with what makes dumps difficult, and ways to damage a dump."""

from __future__ import annotations

from pathlib import Path

import psycopg

from thoth_storages.backup import DumpFormat

FORMATS = list(DumpFormat)

#: Texts that could be taken for a part of the script, and kinds of values whose text depends on settings.
SCHEMA = r"""
CREATE TYPE shade AS ENUM ('light', 'dark');
CREATE FUNCTION doubled(number integer) RETURNS integer LANGUAGE plpgsql AS $body$
BEGIN
  -- it's "one"
/*
GRANT ALL ON TABLE colour TO nobody;
\restrict nothing
*/
  RETURN number * 2;
END;
$body$;
CREATE TABLE colour (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  shade shade,
  seen timestamptz,
  share double precision,
  code bytea,
  twice integer GENERATED ALWAYS AS (id * 2) STORED
);
CREATE TABLE mixture (colour_id integer REFERENCES colour, part text);
CREATE TABLE nothing_yet (id integer);
CREATE INDEX ON mixture (colour_id);
COMMENT ON TABLE colour IS 'it''s
ALTER TABLE public.colour OWNER TO thoth;
\restrict x
fine';
INSERT INTO colour (name, shade, seen, share, code)
SELECT
  'colour ' || n, (ARRAY['light', 'dark'])[n % 2 + 1]::shade, timestamptz '2024-02-29 12:30:00+02' + n * interval '1 h',
  n / 3.0, decode(lpad(to_hex(n), 8, '0'), 'hex')
FROM generate_series(1, 500) AS n;
INSERT INTO colour (name)
VALUES
  (E'a\ttab, a \\ and\na line'), (E'\\.\n\\.'), ('ALTER TABLE public.colour OWNER TO thoth;'), ('\restrict x'), ('$a$');
INSERT INTO mixture SELECT n % 500 + 1, repeat(md5(n::text), 3) FROM generate_series(1, 2000) AS n;
INSERT INTO mixture VALUES (1, 'same'), (1, 'same'), (NULL, NULL);
"""
TABLES = {"public.colour": 505, "public.mixture": 2003, "public.nothing_yet": 0}


def fill(conninfo: str) -> None:
    """Make the tables and their rows in an empty database."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())


def largest_file(dump: Path) -> Path:
    """The file that a dump is, or the largest one in its directory."""
    return max(dump.iterdir(), key=lambda path: path.stat().st_size) if dump.is_dir() else dump


def truncate(dump: Path, share: float) -> None:
    """Keep only a share of a dump's largest file, and never all of it."""
    file = largest_file(dump)
    content = file.read_bytes()
    file.write_bytes(content[: min(int(len(content) * share), len(content) - 1)])


def flip_a_byte(dump: Path, share: float) -> None:
    """Change one byte, so far into a dump's largest file."""
    file = largest_file(dump)
    content = bytearray(file.read_bytes())
    content[int(len(content) * share)] ^= 0x20
    file.write_bytes(content)
