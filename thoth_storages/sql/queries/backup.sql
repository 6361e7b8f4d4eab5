-- What a backup has to know of a database: what is in it, and how a new one is made like it.

-- name: _get_dumped_tables
-- The tables whose rows a dump holds: those of extensions and of PostgreSQL itself aren't among them.
-- returns: [(schema_name, table_name)]
-- notnull: schema_name, table_name
SELECT
  n.nspname AS schema_name,
  t.relname AS table_name
FROM pg_class AS t
JOIN pg_namespace AS n ON n.oid = t.relnamespace
WHERE t.relkind = 'r'
  AND t.relpersistence <> 't'
  AND n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT
    FROM pg_depend AS d
    WHERE d.classid = 'pg_class'::regclass
      AND d.objid = t.oid
      AND d.deptype = 'e'
  )
ORDER BY n.nspname, t.relname;

-- name: _get_objects_of_users
-- What somebody has made in the database: relations, types and functions that PostgreSQL and extensions don't bring.
-- returns: [object_name]
-- notnull: object_name
SELECT o.object_name
FROM (
  SELECT
    c.oid,
    'pg_class'::regclass AS class,
    c.relnamespace AS namespace,
    c.oid::regclass::text AS object_name
  FROM pg_class AS c
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  UNION ALL
  SELECT
    t.oid,
    'pg_type'::regclass AS class,
    t.typnamespace AS namespace,
    t.oid::regtype::text AS object_name
  FROM pg_type AS t
  WHERE t.typtype IN ('e', 'd', 'r')
  UNION ALL
  SELECT
    p.oid,
    'pg_proc'::regclass AS class,
    p.pronamespace AS namespace,
    p.oid::regprocedure::text AS object_name
  FROM pg_proc AS p
) AS o
JOIN pg_namespace AS n ON n.oid = o.namespace
WHERE n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
  AND NOT EXISTS (
    SELECT
    FROM pg_depend AS d
    WHERE d.classid = o.class
      AND d.objid = o.oid
      AND d.deptype = 'e'
  )
ORDER BY o.object_name;

-- name: _get_database_options^
-- How a database was created, as CREATE DATABASE says it; None where there is no such database.
-- params: database_name
-- returns: {owner_name, tablespace_name, encoding, locale_provider, lc_collate, lc_ctype, icu_locale, builtin_locale,
--           connection_limit}
-- notnull: owner_name, tablespace_name, encoding, locale_provider, lc_collate, lc_ctype, connection_limit
SELECT
  pg_get_userbyid(d.datdba) AS owner_name,
  s.spcname AS tablespace_name,
  pg_encoding_to_char(d.encoding) AS encoding,
  CASE d.datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END AS locale_provider,
  d.datcollate AS lc_collate,
  d.datctype AS lc_ctype,
  -- the column has had another name since PostgreSQL 17
  CASE d.datlocprovider WHEN 'i' THEN locale.name END AS icu_locale,
  CASE d.datlocprovider WHEN 'b' THEN locale.name END AS builtin_locale,
  d.datconnlimit AS connection_limit
FROM pg_database AS d
JOIN pg_tablespace AS s ON s.oid = d.dattablespace
CROSS JOIN LATERAL (
  SELECT coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS name
) AS locale
WHERE d.datname = :database_name;

-- name: _get_database_settings
-- What ALTER DATABASE and ALTER ROLE … IN DATABASE have set for a database: role (empty for all), setting, value.
-- params: database_name
-- returns: [(role_name, setting_name, setting_value)]
-- notnull: role_name, setting_name, setting_value
SELECT
  CASE WHEN s.setrole = 0 THEN '' ELSE pg_get_userbyid(s.setrole)::text END AS role_name,
  split_part(setting.text, '=', 1) AS setting_name,
  substr(setting.text, strpos(setting.text, '=') + 1) AS setting_value
FROM pg_db_role_setting AS s
JOIN pg_database AS d ON d.oid = s.setdatabase
CROSS JOIN LATERAL unnest(s.setconfig) AS setting (text)
WHERE d.datname = :database_name
ORDER BY role_name, setting_name;

-- name: _get_database_rights
-- Who may do what with a database: role (empty for all), right, may it be passed on; none while nothing was granted.
-- params: database_name
-- returns: [(role_name, right_name, is_grantable)]
-- notnull: role_name, right_name, is_grantable
SELECT
  CASE WHEN a.grantee = 0 THEN '' ELSE pg_get_userbyid(a.grantee)::text END AS role_name,
  a.privilege_type AS right_name,
  a.is_grantable
FROM pg_database AS d
CROSS JOIN LATERAL aclexplode(d.datacl) AS a
WHERE d.datname = :database_name
ORDER BY role_name, right_name;

-- name: _get_abandoned_databases
-- Databases whose names begin like this, which nobody is connected to and this role may drop, and their sizes in bytes.
-- params: prefix
-- returns: [(database_name, size)]
-- notnull: database_name, size
SELECT
  d.datname AS database_name,
  pg_database_size(d.oid) AS size
FROM pg_database AS d
WHERE starts_with(d.datname, :prefix)
  AND pg_has_role(d.datdba, 'USAGE')
  AND NOT EXISTS (
    SELECT
    FROM pg_stat_activity AS a
    WHERE a.datid = d.oid
  )
ORDER BY d.datname;
