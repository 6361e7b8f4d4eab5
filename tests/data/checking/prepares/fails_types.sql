-- name: get_example_ids
-- An operator that is not there.
-- params: flag: bool
-- returns: [id]
SELECT v.id /* as wide as it is */ FROM python_package_version AS v WHERE v.is_missing = (:flag::boolean + 1);

-- name: get_example_numbers
-- A division that fails when it is planned.
-- returns: [number]
SELECT 1 / 0 AS number;

-- name: get_example_words
-- A name of a table that isn't there.
-- params: word
-- returns: [word]
SELECT w.word FROM words AS w WHERE w.word = :word;
