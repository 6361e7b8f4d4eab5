-- What an administrator wants to know of the database: its size, what of it is bloat, which indexes can be checked.
--
-- The estimates of bloat follow the page layout in PostgreSQL's manual ("Database Page Layout", "B-Tree Indexes"). They
-- lean on the statistics of the last VACUUM or ANALYZE and take milliseconds; the extension pgstattuple counts exactly,
-- but reads every page. Where a column's alignment isn't met by what stands before it, half of what could be lost
-- counts as padding.

-- name: get_database_size$
-- Size of the database in bytes, its indexes and all bloat included.
-- returns: size
-- notnull: size
SELECT pg_database_size(current_database()) AS size;

-- name: get_bloat_data
-- How much of each table (its TOAST included) is bloat: more than its rows need when packed as its fillfactor allows.
--
-- An estimate; tables that are empty or were never analysed are left out. The most bloated come first.
-- returns: [{databasename, schemaname, tablename, can_estimate, table_bytes, table_mb, expected_bytes, expected_mb,
--           pct_bloat, mb_bloat, est_rows}]
-- notnull: databasename, schemaname, tablename, can_estimate, table_bytes, table_mb, expected_bytes, expected_mb,
--          pct_bloat, mb_bloat, est_rows
WITH stored_column AS (
  SELECT
    a.attrelid AS table_oid,
    a.attnum AS number,
    a.attlen < 0 OR s.null_frac > 0 AS varies,
    s.null_frac,
    (1 - s.null_frac) * s.avg_width AS width,
    CASE
      WHEN a.attlen = -1 AND s.avg_width < 127 THEN 1  -- its header is a byte, and it stands anywhere
      WHEN a.attalign = 'd' THEN 8
      WHEN a.attalign = 'i' THEN 4
      WHEN a.attalign = 's' THEN 2
      ELSE 1
    END AS alignment
  FROM pg_attribute AS a
  JOIN pg_class AS t ON t.oid = a.attrelid
  JOIN pg_namespace AS n ON n.oid = t.relnamespace
  LEFT JOIN pg_stats AS s
    ON s.schemaname = n.nspname AND s.tablename = t.relname AND s.attname = a.attname AND NOT s.inherited
  WHERE a.attnum > 0
    AND NOT a.attisdropped
    AND t.relkind IN ('r', 'm')
    AND n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
),
placed_column AS (
  SELECT
    c.table_oid,
    c.varies,
    c.null_frac,
    c.width,
    greatest(c.alignment - lag(c.alignment, 1, 8) OVER (PARTITION BY c.table_oid ORDER BY c.number), 0) / 2.0 AS padding
  FROM stored_column AS c
),
stored_row AS (
  SELECT
    c.table_oid,
    count(*) AS columns,
    max(c.null_frac) AS share_with_nulls,
    CASE
      WHEN bool_or(c.varies) THEN sum(c.width + c.padding) + 3.5  -- rounded up to 8: by 3.5 on average
      ELSE ceil(sum(c.width + c.padding) / 8) * 8
    END AS data_width
  FROM placed_column AS c
  GROUP BY c.table_oid
  HAVING bool_and(c.width IS NOT NULL)
),
estimate AS (
  SELECT
    n.nspname AS schemaname,
    t.relname AS tablename,
    t.reltuples AS est_rows,
    block.size * (t.relpages + coalesce(toast.relpages, 0)) AS table_bytes,
    -- Four chunks of TOAST fill a page. A value's last chunk is smaller, so some bloat of large values goes unseen.
    block.size * (
      ceil(t.reltuples / greatest(page.rows, 1)) + ceil(greatest(toast.reltuples, 0) / 4)
    ) AS expected_bytes
  FROM stored_row AS r
  JOIN pg_class AS t ON t.oid = r.table_oid
  JOIN pg_namespace AS n ON n.oid = t.relnamespace
  LEFT JOIN pg_class AS toast ON toast.oid = t.reltoastrelid
  CROSS JOIN (SELECT current_setting('block_size')::bigint AS size) AS block
  CROSS JOIN LATERAL (
    -- What of a page is for rows, over what a row takes: a line pointer, a header of 23 bytes rounded up to 8, and its
    -- data. The header of a row with a NULL holds a bitmap, too; where a column was dropped, newer rows have a NULL.
    SELECT
      floor(
        (block.size * coalesce(min(o.option_value::integer), 100) / 100 - 24)
        / (
          4 + 24 + r.data_width
          + CASE WHEN r.columns < t.relnatts THEN 1 ELSE r.share_with_nulls END
            * (ceil((23 + ceil(t.relnatts / 8.0)) / 8) * 8 - 24)
        )
      ) AS rows
    FROM pg_options_to_table(t.reloptions) AS o
    WHERE o.option_name = 'fillfactor'
  ) AS page
  WHERE t.relpages > 0
)
SELECT
  current_database() AS databasename,
  e.schemaname,
  e.tablename,
  TRUE AS can_estimate,
  e.table_bytes::double precision AS table_bytes,
  round((e.table_bytes / 1024.0 ^ 2)::numeric, 3)::double precision AS table_mb,
  e.expected_bytes,
  round((e.expected_bytes / 1024.0 ^ 2)::numeric, 3)::double precision AS expected_mb,
  round(100 * greatest(e.table_bytes - e.expected_bytes, 0) / e.table_bytes) AS pct_bloat,
  round((greatest(e.table_bytes - e.expected_bytes, 0) / 1024.0 ^ 2)::numeric, 2)::double precision AS mb_bloat,
  e.est_rows::double precision AS est_rows
FROM estimate AS e
ORDER BY mb_bloat DESC, e.schemaname, e.tablename;

-- name: get_index_bloat_data
-- How much of each B-tree index is bloat: more than its entries need when packed as its fillfactor allows.
--
-- An estimate; indexes that are empty, or on what was never analysed, are left out. The most bloated come first.
-- returns: [{database_name, schema_name, table_name, index_name, bloat_pct, bloat_mb, index_mb, table_mb, index_scans}]
-- notnull: database_name, schema_name, table_name, index_name, bloat_pct, bloat_mb, index_mb, table_mb, index_scans
WITH indexed_column AS (
  SELECT
    a.attrelid AS index_oid,
    a.attnum AS number,
    a.attlen < 0 OR s.null_frac > 0 AS varies,
    s.null_frac,
    (1 - s.null_frac) * s.avg_width AS width,
    -- a negative number is a share of the rows
    CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * greatest(i.reltuples, 1) ELSE s.n_distinct END AS values,
    CASE
      WHEN a.attlen = -1 AND s.avg_width < 127 THEN 1  -- its header is a byte, and it stands anywhere
      WHEN a.attalign = 'd' THEN 8
      WHEN a.attalign = 'i' THEN 4
      WHEN a.attalign = 's' THEN 2
      ELSE 1
    END AS alignment
  FROM pg_index AS x
  JOIN pg_class AS i ON i.oid = x.indexrelid
  JOIN pg_am AS method ON method.oid = i.relam AND method.amname = 'btree'
  JOIN pg_namespace AS n ON n.oid = i.relnamespace
  JOIN pg_class AS t ON t.oid = x.indrelid
  JOIN pg_attribute AS a ON a.attrelid = i.oid
  LEFT JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attnum = x.indkey[a.attnum - 1]
  -- LIMIT makes it look each column up; joined, the view is thought small and searched whole for each (60 ms, not 20).
  LEFT JOIN LATERAL (
    SELECT
      found.null_frac,
      found.avg_width,
      found.n_distinct
    FROM pg_stats AS found
    WHERE found.schemaname = n.nspname
      -- an expression has its statistics under the index's name
      AND found.tablename = CASE WHEN c.attname IS NULL THEN i.relname ELSE t.relname END
      AND found.attname = coalesce(c.attname, a.attname)
      AND NOT found.inherited
    ORDER BY found.null_frac, found.avg_width, found.n_distinct
    LIMIT 1
  ) AS s ON TRUE
  WHERE i.relkind = 'i'
    AND n.nspname !~ '^pg_'
    AND n.nspname <> 'information_schema'
),
placed_column AS (
  SELECT
    c.index_oid,
    c.varies,
    c.null_frac,
    c.width,
    c.values,
    greatest(c.alignment - lag(c.alignment, 1, 8) OVER (PARTITION BY c.index_oid ORDER BY c.number), 0) / 2.0 AS padding
  FROM indexed_column AS c
),
stored_entry AS (
  SELECT
    c.index_oid,
    exp(sum(ln(greatest(c.values, 1)))) AS combinations,
    -- a line pointer, a header (of 8 bytes, or 16 with a bitmap of NULLs), and the data
    4 + 8 + 8 * max(c.null_frac) + CASE
      WHEN bool_or(c.varies) THEN sum(c.width + c.padding) + 3.5  -- rounded up to 8: by 3.5 on average
      ELSE ceil(sum(c.width + c.padding) / 8) * 8
    END AS size
  FROM placed_column AS c
  GROUP BY c.index_oid
  HAVING bool_and(c.width IS NOT NULL)
),
key AS (
  SELECT
    e.index_oid,
    e.size,
    CASE
      WHEN x.indisunique THEN greatest(i.reltuples, 0)
      ELSE least(greatest(i.reltuples, 0), e.combinations)
    END AS number,
    -- Equal keys are stored once with a list of their rows; not where an index carries further columns (INCLUDE), nor
    -- for types whose equal values may look different, as 1.0 and 1.00: their operator classes lack support function 4.
    x.indnatts = x.indnkeyatts AND NOT x.indclass::oid[] && ARRAY(
      SELECT class.oid
      FROM pg_opclass AS class
      LEFT JOIN pg_amproc AS equal_image
        ON equal_image.amprocfamily = class.opcfamily AND equal_image.amproclefttype = class.opcintype
        AND equal_image.amprocnum = 4
      WHERE equal_image.oid IS NULL
    ) AS is_deduplicated
  FROM stored_entry AS e
  JOIN pg_index AS x ON x.indexrelid = e.index_oid
  JOIN pg_class AS i ON i.oid = e.index_oid
  WHERE i.relpages > 0
),
estimate AS (
  SELECT
    n.nspname AS schema_name,
    t.relname AS table_name,
    i.relname AS index_name,
    block.size * i.relpages AS index_bytes,
    pg_relation_size(t.oid) AS table_bytes,
    coalesce(usage.idx_scan, 0) AS index_scans,
    -- The metapage; then leaves, each with a header of 24 bytes, 16 at its end, and a copy of the next one's first key.
    block.size * (
      1 + ceil(k.number * bytes_of_a_key.number / greatest(leaf.size - 24 - 16 - k.size, k.size))
    ) AS expected_bytes
  FROM key AS k
  JOIN pg_index AS x ON x.indexrelid = k.index_oid
  JOIN pg_class AS i ON i.oid = k.index_oid
  JOIN pg_class AS t ON t.oid = x.indrelid
  JOIN pg_namespace AS n ON n.oid = i.relnamespace
  LEFT JOIN pg_stat_all_indexes AS usage ON usage.indexrelid = k.index_oid
  CROSS JOIN (SELECT current_setting('block_size')::bigint AS size) AS block
  CROSS JOIN LATERAL (
    SELECT block.size * coalesce(min(o.option_value::integer), 90) / 100.0 AS size
    FROM pg_options_to_table(i.reloptions) AS o
    WHERE o.option_name = 'fillfactor'
  ) AS leaf
  CROSS JOIN LATERAL (SELECT i.reltuples / greatest(k.number, 1) AS number) AS rows_of_a_key
  CROSS JOIN LATERAL (
    SELECT
      CASE
        -- A list of rows takes 6 bytes a row, and 4 to round it up: two rows take 16, and one none, as it stands in the
        -- entry's header. The list is cut, and the key repeated, where it would take more than a tenth of a page.
        WHEN k.is_deduplicated THEN
          ceil(rows_of_a_key.number / greatest(floor((block.size / 10 - k.size) / 6), 1)) * k.size
          + least(6 * rows_of_a_key.number + 4, 16 * (rows_of_a_key.number - 1))
        ELSE rows_of_a_key.number * k.size
      END AS number
  ) AS bytes_of_a_key
)
SELECT
  current_database() AS database_name,
  e.schema_name,
  e.table_name,
  e.index_name,
  round(100 * greatest(e.index_bytes - e.expected_bytes, 0) / e.index_bytes) AS bloat_pct,
  round(greatest(e.index_bytes - e.expected_bytes, 0) / 1024.0 ^ 2) AS bloat_mb,
  round((e.index_bytes / 1024.0 ^ 2)::numeric, 3)::double precision AS index_mb,
  round((e.table_bytes / 1024.0 ^ 2)::numeric, 3)::double precision AS table_mb,
  e.index_scans
FROM estimate AS e
ORDER BY greatest(e.index_bytes - e.expected_bytes, 0) DESC, e.schema_name, e.index_name;

-- name: _get_btree_indexes
-- The B-tree indexes of the database, those of the catalog included, that can be checked from this session.
-- returns: [(index_oid, index_name)]
-- notnull: index_oid, index_name
SELECT
  i.oid AS index_oid,
  i.oid::regclass::text AS index_name
FROM pg_index AS x
JOIN pg_class AS i ON i.oid = x.indexrelid
JOIN pg_am AS method ON method.oid = i.relam
WHERE method.amname = 'btree'
  AND i.relkind = 'i'
  AND i.relpersistence <> 't'  -- temporary tables may be another session's
  AND x.indisready
  AND x.indisvalid
ORDER BY i.oid;

-- name: _get_amcheck_schema$
-- The schema in which the extension amcheck is installed; None where it isn't.
-- returns: schema_name
SELECT n.nspname AS schema_name
FROM pg_extension AS e
JOIN pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname = 'amcheck';
