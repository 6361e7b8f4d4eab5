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
