"""A dump as SQL on its way to psql: what is left out, and how one that isn't whole is noticed."""

from __future__ import annotations

import pytest

from thoth_storages.backup.script import restorable, settings_unknown_to
from thoth_storages.exceptions import BackupError

END = "--\n-- PostgreSQL database dump complete\n--\n\n"


def filtered(text: str, *, server_major: int = 15) -> str:
    lines = (text + END).encode().splitlines(keepends=True)
    passed = b"".join(restorable(lines, server_major=server_major, origin="a dump")).decode()
    assert passed.endswith(END)
    return passed.removesuffix(END)


@pytest.mark.parametrize(
    "line",
    [
        "ALTER TABLE public.colour OWNER TO thoth;",
        'ALTER TABLE public."a b" OWNER TO "who ever";',
        "ALTER FUNCTION public.doubled(number integer) OWNER TO thoth;",
        "ALTER TYPE public.shade OWNER TO thoth;",
        "ALTER MATERIALIZED VIEW public.v OWNER TO thoth;",
        "GRANT SELECT,INSERT ON TABLE public.colour TO thoth;",
        "REVOKE ALL ON TABLE public.colour FROM thoth;",
        "GRANT SELECT(id) ON TABLE public.colour TO thoth WITH GRANT OPTION;",
        "ALTER DEFAULT PRIVILEGES FOR ROLE thoth IN SCHEMA public GRANT SELECT ON TABLES TO other;",
        "SET SESSION AUTHORIZATION 'thoth';",
        "\\restrict abc123",
        "\\unrestrict abc123",
        "SET transaction_timeout = 0;",
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_is_about_roles_or_newer_servers_is_left_out(line: str, ending: str) -> None:
    assert filtered(f"SELECT 1;{ending}{line}{ending}SELECT 2;{ending}") == f"SELECT 1;{ending}SELECT 2;{ending}"


def test_a_server_that_knows_a_setting_gets_it() -> None:
    assert filtered("SET transaction_timeout = 0;\n", server_major=17) == "SET transaction_timeout = 0;\n"


@pytest.mark.parametrize(
    "text",
    [
        "ALTER TABLE ONLY public.colour ADD CONSTRAINT x CHECK (a > 0);\n",
        "SET statement_timeout = 0;\n",
        # texts, in all their quotations
        "COMMENT ON TABLE a IS 'it''s\nALTER TABLE b OWNER TO c;\n\\restrict x\n\\!\n';\n",
        "INSERT INTO a VALUES (E'\\'\nGRANT a TO b;\n\\\\', 'x');\n",
        "INSERT INTO a VALUES (e'\\\\', '\nGRANT a TO b;\n');\n",
        "CREATE FUNCTION f() AS $_$\nGRANT a TO b;\n'\n$$\n$_$;\n",
        "CREATE FUNCTION f() AS $$\n\nREVOKE a FROM b;\n$$;\n",
        'CREATE TABLE "x\nGRANT a TO b;\n" ();\n',
        "/* it's\nGRANT a TO b;\n*/\n",
        # data
        "COPY a (b) FROM stdin;\nGRANT a TO b;\n\\restrict x\n'\n\\N\n\\\\.\n\\.\n",
        "COPY a (b) FROM stdin;\r\nx\r\n\\.\r\n",
    ],
)
def test_everything_else_passes_as_it_is(text: str) -> None:
    assert filtered(text) == text


@pytest.mark.parametrize(
    "before",
    [
        "SELECT 'it''s';\n",
        "SELECT 1; -- it's\n",
        "-- $$ /* ' \"\n",
        "SELECT $$'$$, $a$ $$ $a$, E'\\'', 1 /* ' */;\n",
        "COPY a FROM stdin;\n'\n\\.\n",
        "SELECT '$$';\n",
        'SELECT "it\'s";\n',
        "SELECT $1$2;\n",
    ],
)
def test_what_is_closed_again_hides_nothing(before: str) -> None:
    assert filtered(f"{before}GRANT a TO b;\n") == before


@pytest.mark.parametrize("command", ["\\connect graph", "\\! rm -rf /", "\\i other.sql"])
def test_commands_of_psql_are_refused(command: str) -> None:
    with pytest.raises(BackupError, match=r"^a dump: '\\.*' isn't for restoring a database$"):
        filtered(f"{command}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SELECT 1;\n",
        f"COPY a FROM stdin;\nx\n{END}",
        f"COMMENT ON TABLE a IS 'it\n{END}",
        f"SELECT $x$\n{END}",
        END[:20],
    ],
)
def test_a_script_without_its_end_is_refused(text: str) -> None:
    with pytest.raises(BackupError, match=r"^a dump: the dump isn't whole"):
        list(restorable(text.encode().splitlines(keepends=True), server_major=15, origin="a dump"))


@pytest.mark.parametrize(("server_major", "number"), [(15, 1), (16, 1), (17, 0), (18, 0)])
def test_older_servers_lack_settings(server_major: int, number: int) -> None:
    assert len(settings_unknown_to(server_major)) == number
