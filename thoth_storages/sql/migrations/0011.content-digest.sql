-- stage: pre
-- A digest of texts, for unique keys over texts whose length nothing bounds: an index row ends at 2,704 bytes, and
-- descriptions, markers or paths in an image can be longer.
--
-- The keys are unique *expression* indexes over it, not over a stored generated column: on 1.9 million dependencies the
-- index took 3.7 s to build, the column 38 s (it rewrites the table and its indexes, and nobody can read meanwhile).
-- The columns of older dumps stay what they were, and rows of older writers are held by the same key.
--
-- Three arities of their own: their bodies are immutable through and through, so the planner inlines them, and a digest
-- costs 0.8 µs; the one for any number isn't inlined and costs 4.3 µs. SHA-256, as servers in FIPS mode refuse md5.
-- Quoting tells NULL from 'NULL' and ('a', 'b') from ('a,b'); it doubles backslashes, so the text is valid bytea input.
CREATE FUNCTION content_digest(value text)
RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(quote_nullable(value)::bytea);

CREATE FUNCTION content_digest(first text, second text)
RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256((quote_nullable(first) || ',' || quote_nullable(second))::bytea);

CREATE FUNCTION content_digest(first text, second text, third text)
RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256((quote_nullable(first) || ',' || quote_nullable(second) || ',' || quote_nullable(third))::bytea);

-- Writing an array out and converting it to UTF-8 are only called stable because other types and encodings may be; for
-- an array of text they depend on no setting, so the function keeps what IMMUTABLE promises.
CREATE FUNCTION content_digest(VARIADIC texts text[])
RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(convert_to(texts::text, 'UTF8'));

-- The binary form of a number depends on no setting either. Integers are exact in it.
CREATE FUNCTION content_digest(VARIADIC numbers double precision[])
RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(array_send(numbers));

COMMENT ON FUNCTION content_digest(text) IS 'SHA-256 of a text or NULL; for unique keys over long texts.';
COMMENT ON FUNCTION content_digest(text, text) IS 'SHA-256 of two texts or NULLs; for unique keys over long texts.';
COMMENT ON FUNCTION content_digest(text, text, text) IS
  'SHA-256 of three texts or NULLs; for unique keys over long texts.';
COMMENT ON FUNCTION content_digest(text[]) IS
  'SHA-256 of any number of texts or NULLs; for unique keys over long texts.';
COMMENT ON FUNCTION content_digest(double precision[]) IS
  'SHA-256 of any number of numbers or NULLs; for unique keys over more columns than an index takes.';
