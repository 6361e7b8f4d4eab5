-- stage: pre
-- Merge rows that say the same, before a unique key forbids them. The original could store a fact twice: its relation
-- tables have no unique keys, its other keys take two NULLs for different, and two of its processes that sync the same
-- documents at once insert both. The function stays in the schema: later migrations that add a key use it again.
--
-- Rows say the same when they agree in every column but id, NULLs included. Rows that share a natural key and differ in
-- anything else are different facts, and stay. Parents must be merged before their children, as two children may differ
-- in nothing but which copy of a parent they name. The foreign keys that refer to a merged table need indexes: for each
-- row that is deleted PostgreSQL looks for rows that refer to it.
CREATE FUNCTION merge_duplicates(merged regclass)
RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  id smallint := (SELECT attnum FROM pg_attribute WHERE attrelid = merged AND attname = 'id' AND NOT attisdropped);
  row_name text := CASE WHEN id IS NULL THEN 'ctid' ELSE 'id' END;
  content text := (
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)
    FROM pg_attribute
    WHERE attrelid = merged AND attnum > 0 AND NOT attisdropped AND attnum IS DISTINCT FROM id
  );
  duplicates bigint;
  reference record;
BEGIN
  -- A writer would insert the next copy between the merge and the key; readers go on.
  EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', merged);

  -- One sort of the table: by a hash of the row first, as comparing long texts in the server's collation would take
  -- most of the time; then by the columns, as different rows may share a hash.
  EXECUTE format(
    $sql$
      CREATE TEMPORARY TABLE merged_row AS
      SELECT copy, kept
      FROM (
        SELECT %1$s AS copy, first_value(%1$s) OVER same AS kept
        FROM %2$s
        WINDOW same AS (PARTITION BY hash_record_extended(ROW(%3$s), 0), %3$s ORDER BY %1$s)
      ) AS every_row
      WHERE copy <> kept
    $sql$,
    row_name, merged, content
  );
  GET DIAGNOSTICS duplicates = ROW_COUNT;
  ANALYZE pg_temp.merged_row;

  FOR reference IN
    SELECT
      conname, conrelid::regclass AS child, quote_ident(attname) AS column_name, confkey = ARRAY[id] AS is_to_id,
      EXISTS (
        SELECT FROM pg_attribute WHERE attrelid = conrelid AND attname = 'id' AND NOT attisdropped
      ) AS child_has_id,
      (
        SELECT string_agg(format(', referring.%I', other.attname), '' ORDER BY other.attnum)
        FROM pg_attribute AS other
        WHERE other.attrelid = conrelid AND other.attnum > 0 AND NOT other.attisdropped AND other.attnum <> conkey[1]
      ) AS other_columns
    FROM pg_constraint
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE confrelid = merged AND contype = 'f' AND duplicates > 0
  LOOP
    IF NOT reference.is_to_id THEN
      RAISE EXCEPTION 'foreign key % of % refers to no %.id', reference.conname, reference.child, merged;
    END IF;
    -- A row that a writer added between the move and the delete would be lost to ON DELETE CASCADE.
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', reference.child);

    -- Relations that the move makes equal would break their keys: only the copies go, and only where all agrees.
    IF NOT reference.child_has_id THEN
      EXECUTE format(
        $sql$
          DELETE FROM %1$s
          WHERE ctid IN (
            SELECT place
            FROM (
              SELECT referring.ctid AS place, row_number() OVER same AS occurrence
              FROM %1$s AS referring
              LEFT JOIN pg_temp.merged_row ON copy = referring.%2$s
              WHERE coalesce(kept, referring.%2$s) IN (SELECT kept FROM pg_temp.merged_row)
              WINDOW same AS (PARTITION BY coalesce(kept, referring.%2$s) %3$s ORDER BY copy NULLS FIRST)
            ) AS moved
            WHERE occurrence > 1
          )
        $sql$,
        reference.child, reference.column_name, reference.other_columns
      );
    END IF;
    EXECUTE format(
      'UPDATE %1$s SET %2$s = kept FROM pg_temp.merged_row WHERE %1$s.%2$s = copy',
      reference.child, reference.column_name
    );
  END LOOP;

  EXECUTE format('DELETE FROM %1$s USING pg_temp.merged_row WHERE %1$s.%2$s = copy', merged, row_name);
  DROP TABLE pg_temp.merged_row;
  RETURN duplicates;
END
$function$;

COMMENT ON FUNCTION merge_duplicates(regclass) IS
  'Merge rows of a table that agree in every column but id, references moved first; answers how many were merged.';
