-- What the doctor asks of the catalog and of the statistics.

-- name: _get_connection_numbers^
-- How many connections the server allows this role, how many it has, and how many of them do nothing in a transaction.
-- returns: {allowed, used, idle_in_transaction}
-- notnull: allowed, used, idle_in_transaction
SELECT
  current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer AS allowed,
  count(*) AS used,
  count(*) FILTER (
    WHERE a.state LIKE 'idle in transaction%' AND a.state_change < clock_timestamp() - interval '5 minutes'
  ) AS idle_in_transaction
FROM pg_stat_activity AS a
WHERE a.backend_type = 'client backend';

-- name: _get_unindexed_foreign_keys
-- The foreign keys for which no index begins with their columns, in whatever order.
-- returns: [foreign_key]
-- notnull: foreign_key
SELECT f.conrelid::regclass::text || '.' || f.conname AS foreign_key
FROM pg_constraint AS f
WHERE f.contype = 'f'
  AND NOT EXISTS (
    SELECT
    FROM pg_index AS x
    WHERE x.indrelid = f.conrelid
      AND x.indisvalid
      AND x.indpred IS NULL
      -- the vector counts from 0
      AND (x.indkey::smallint[])[0:cardinality(f.conkey) - 1] @> f.conkey
  )
ORDER BY f.conrelid::regclass::text, f.conname;

-- name: _get_invalid_indexes
-- The indexes that no query uses because they aren't complete, and whether somebody is at work on each.
-- returns: [(index_name, is_being_built)]
-- notnull: index_name, is_being_built
SELECT
  x.indexrelid::regclass::text AS index_name,
  EXISTS (
    SELECT
    FROM pg_stat_progress_create_index AS p
    WHERE p.index_relid = x.indexrelid
  ) AS is_being_built
FROM pg_index AS x
WHERE NOT (x.indisvalid AND x.indisready AND x.indislive)
ORDER BY x.indexrelid::regclass::text;

-- name: _get_days_of_statistics$
-- For how many days the use of tables and indexes was counted; None where it was since the database was made.
-- returns: days
SELECT
  extract(epoch FROM clock_timestamp() - pg_stat_get_db_stat_reset_time(d.oid))::double precision / 86400 AS days
FROM pg_database AS d
WHERE d.datname = current_database();

-- name: _get_unused_indexes
-- The indexes of more than 1 MiB that were never read, the largest first; those that keep rows unique aren't among them.
-- returns: [(index_name, size)]
-- notnull: index_name, size
SELECT
  u.indexrelid::regclass::text AS index_name,
  pg_relation_size(u.indexrelid) AS size
FROM pg_stat_user_indexes AS u
JOIN pg_index AS x ON x.indexrelid = u.indexrelid
WHERE u.idx_scan = 0
  AND NOT x.indisunique
  AND x.indisvalid
  AND pg_relation_size(u.indexrelid) > 1048576
ORDER BY size DESC, index_name;

-- name: _get_duplicate_indexes
-- The indexes that are another one of the same table but for their names: which could go, and which would stay.
-- returns: [(superfluous_name, kept_name)]
-- notnull: superfluous_name, kept_name
SELECT
  superfluous.indexrelid::regclass::text AS superfluous_name,
  kept.indexrelid::regclass::text AS kept_name
FROM pg_index AS superfluous
JOIN pg_index AS kept
  ON kept.indrelid = superfluous.indrelid
  AND kept.indkey = superfluous.indkey
  AND kept.indclass = superfluous.indclass
  AND kept.indcollation = superfluous.indcollation
  AND kept.indoption = superfluous.indoption
  AND pg_get_expr(kept.indexprs, kept.indrelid) IS NOT DISTINCT FROM pg_get_expr(superfluous.indexprs, kept.indrelid)
  AND pg_get_expr(kept.indpred, kept.indrelid) IS NOT DISTINCT FROM pg_get_expr(superfluous.indpred, kept.indrelid)
JOIN pg_class AS i ON i.oid = superfluous.indexrelid
JOIN pg_namespace AS n ON n.oid = i.relnamespace
WHERE n.nspname !~ '^pg_'
  AND kept.indisvalid
  AND superfluous.indisvalid
  AND superfluous.indnkeyatts = kept.indnkeyatts
  -- a primary key stays before a unique index, that before another, and the older of two equals
  AND (kept.indisprimary, kept.indisunique, -kept.indexrelid::bigint)
    > (superfluous.indisprimary, superfluous.indisunique, -superfluous.indexrelid::bigint)
ORDER BY superfluous_name, kept_name;

-- name: _get_never_analyzed_tables
-- The tables that hold rows, by their size, and of which no statistics were ever gathered.
-- returns: [table_name]
-- notnull: table_name
SELECT t.oid::regclass::text AS table_name
FROM pg_class AS t
JOIN pg_namespace AS n ON n.oid = t.relnamespace
WHERE t.relkind = 'r'
  AND n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
  AND pg_relation_size(t.oid) > 0
  -- who isn't a superuser may not ask pg_statistic; neither ANALYZE nor VACUUM leaves it negative
  AND t.reltuples < 0
ORDER BY table_name;

-- name: _get_largest_table^
-- The table that takes the most room with its indexes and its large values: its name, its bytes, and the folder of its
-- tablespace, which is None for the server's own.
-- returns: (table_name, size, location)
-- notnull: table_name, size
SELECT
  t.oid::regclass::text AS table_name,
  pg_total_relation_size(t.oid) AS size,
  nullif(pg_tablespace_location(t.reltablespace), '') AS location
FROM pg_class AS t
JOIN pg_namespace AS n ON n.oid = t.relnamespace
WHERE t.relkind IN ('r', 'm')
  AND n.nspname !~ '^pg_'
  AND n.nspname <> 'information_schema'
ORDER BY size DESC, t.oid
LIMIT 1;

-- name: _get_transaction_ages
-- How many transactions, or groups of them that lock rows together, ago each database was last frozen.
-- returns: [(database_name, age)]
-- notnull: database_name, age
SELECT
  d.datname AS database_name,
  greatest(age(d.datfrozenxid), mxid_age(d.datminmxid)) AS age
FROM pg_database AS d
ORDER BY d.datname;
