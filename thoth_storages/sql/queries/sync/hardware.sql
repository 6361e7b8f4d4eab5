-- name: get_hardware_ids
-- Ids of hardware of the service's own that is there, by its place in the lists (from 1).
-- params: cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None],
--         cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None],
--         gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None],
--         gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :cpu_vendors::integer[],
  :cpu_models::integer[],
  :cpu_core_counts::integer[],
  :cpu_model_names::text[],
  :cpu_families::integer[],
  :cpu_physical_counts::integer[],
  :gpu_model_names::text[],
  :gpu_vendors::text[],
  :gpu_core_counts::integer[],
  :gpu_memory_sizes::integer[],
  :ram_sizes::integer[]
) WITH ORDINALITY AS wanted (
  cpu_vendor,
  cpu_model,
  cpu_cores,
  cpu_model_name,
  cpu_family,
  cpu_physical_cpus,
  gpu_model_name,
  gpu_vendor,
  gpu_cores,
  gpu_memory_size,
  ram_size,
  number
)
-- No index serves IS NOT DISTINCT FROM; there are as many rows as there are models of machines.
JOIN hardware_information AS known
  ON (
    known.cpu_vendor,
    known.cpu_model,
    known.cpu_cores,
    known.cpu_model_name,
    known.cpu_family,
    known.cpu_physical_cpus,
    known.gpu_model_name,
    known.gpu_vendor,
    known.gpu_cores,
    known.gpu_memory_size,
    known.ram_size
  ) IS NOT DISTINCT FROM (
    wanted.cpu_vendor,
    wanted.cpu_model,
    wanted.cpu_cores,
    wanted.cpu_model_name,
    wanted.cpu_family,
    wanted.cpu_physical_cpus,
    wanted.gpu_model_name,
    wanted.gpu_vendor,
    wanted.gpu_cores,
    wanted.gpu_memory_size,
    wanted.ram_size
  );

-- name: insert_hardware!
-- Add hardware of the service's own that isn't there.
-- params: cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None],
--         cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None],
--         gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None],
--         gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]
INSERT INTO hardware_information (
  cpu_vendor,
  cpu_model,
  cpu_cores,
  cpu_model_name,
  cpu_family,
  cpu_physical_cpus,
  gpu_model_name,
  gpu_vendor,
  gpu_cores,
  gpu_memory_size,
  ram_size
)
SELECT
  wanted.cpu_vendor,
  wanted.cpu_model,
  wanted.cpu_cores,
  wanted.cpu_model_name,
  wanted.cpu_family,
  wanted.cpu_physical_cpus,
  wanted.gpu_model_name,
  wanted.gpu_vendor,
  wanted.gpu_cores,
  wanted.gpu_memory_size,
  wanted.ram_size
FROM unnest(
  :cpu_vendors::integer[],
  :cpu_models::integer[],
  :cpu_core_counts::integer[],
  :cpu_model_names::text[],
  :cpu_families::integer[],
  :cpu_physical_counts::integer[],
  :gpu_model_names::text[],
  :gpu_vendors::text[],
  :gpu_core_counts::integer[],
  :gpu_memory_sizes::integer[],
  :ram_sizes::integer[]
) AS wanted (
  cpu_vendor,
  cpu_model,
  cpu_cores,
  cpu_model_name,
  cpu_family,
  cpu_physical_cpus,
  gpu_model_name,
  gpu_vendor,
  gpu_cores,
  gpu_memory_size,
  ram_size
)
ORDER BY
  wanted.cpu_vendor,
  wanted.cpu_model,
  wanted.cpu_cores,
  wanted.cpu_model_name,
  wanted.cpu_family,
  wanted.cpu_physical_cpus,
  wanted.gpu_model_name,
  wanted.gpu_vendor,
  wanted.gpu_cores,
  wanted.gpu_memory_size,
  wanted.ram_size
ON CONFLICT DO NOTHING;

-- name: get_external_hardware_ids
-- Ids of hardware of users that is there, by its place in the lists (from 1).
-- params: cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None],
--         cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None],
--         gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None],
--         gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]
-- returns: {number: id}
-- notnull: number, id
SELECT wanted.number, known.id
FROM unnest(
  :cpu_vendors::integer[],
  :cpu_models::integer[],
  :cpu_core_counts::integer[],
  :cpu_model_names::text[],
  :cpu_families::integer[],
  :cpu_physical_counts::integer[],
  :gpu_model_names::text[],
  :gpu_vendors::text[],
  :gpu_core_counts::integer[],
  :gpu_memory_sizes::integer[],
  :ram_sizes::integer[]
) WITH ORDINALITY AS wanted (
  cpu_vendor,
  cpu_model,
  cpu_cores,
  cpu_model_name,
  cpu_family,
  cpu_physical_cpus,
  gpu_model_name,
  gpu_vendor,
  gpu_cores,
  gpu_memory_size,
  ram_size,
  number
)
-- No index serves IS NOT DISTINCT FROM; there are as many rows as there are models of machines.
JOIN external_hardware_information AS known
  ON (
    known.cpu_vendor,
    known.cpu_model,
    known.cpu_cores,
    known.cpu_model_name,
    known.cpu_family,
    known.cpu_physical_cpus,
    known.gpu_model_name,
    known.gpu_vendor,
    known.gpu_cores,
    known.gpu_memory_size,
    known.ram_size
  ) IS NOT DISTINCT FROM (
    wanted.cpu_vendor,
    wanted.cpu_model,
    wanted.cpu_cores,
    wanted.cpu_model_name,
    wanted.cpu_family,
    wanted.cpu_physical_cpus,
    wanted.gpu_model_name,
    wanted.gpu_vendor,
    wanted.gpu_cores,
    wanted.gpu_memory_size,
    wanted.ram_size
  );

-- name: insert_external_hardware!
-- Add hardware of users that isn't there.
-- params: cpu_vendors: list[int | None], cpu_models: list[int | None], cpu_core_counts: list[int | None],
--         cpu_model_names: list[str | None], cpu_families: list[int | None], cpu_physical_counts: list[int | None],
--         gpu_model_names: list[str | None], gpu_vendors: list[str | None], gpu_core_counts: list[int | None],
--         gpu_memory_sizes: list[int | None], ram_sizes: list[int | None]
INSERT INTO external_hardware_information (
  cpu_vendor,
  cpu_model,
  cpu_cores,
  cpu_model_name,
  cpu_family,
  cpu_physical_cpus,
  gpu_model_name,
  gpu_vendor,
  gpu_cores,
  gpu_memory_size,
  ram_size
)
SELECT
  wanted.cpu_vendor,
  wanted.cpu_model,
  wanted.cpu_cores,
  wanted.cpu_model_name,
  wanted.cpu_family,
  wanted.cpu_physical_cpus,
  wanted.gpu_model_name,
  wanted.gpu_vendor,
  wanted.gpu_cores,
  wanted.gpu_memory_size,
  wanted.ram_size
FROM unnest(
  :cpu_vendors::integer[],
  :cpu_models::integer[],
  :cpu_core_counts::integer[],
  :cpu_model_names::text[],
  :cpu_families::integer[],
  :cpu_physical_counts::integer[],
  :gpu_model_names::text[],
  :gpu_vendors::text[],
  :gpu_core_counts::integer[],
  :gpu_memory_sizes::integer[],
  :ram_sizes::integer[]
) AS wanted (
  cpu_vendor,
  cpu_model,
  cpu_cores,
  cpu_model_name,
  cpu_family,
  cpu_physical_cpus,
  gpu_model_name,
  gpu_vendor,
  gpu_cores,
  gpu_memory_size,
  ram_size
)
ORDER BY
  wanted.cpu_vendor,
  wanted.cpu_model,
  wanted.cpu_cores,
  wanted.cpu_model_name,
  wanted.cpu_family,
  wanted.cpu_physical_cpus,
  wanted.gpu_model_name,
  wanted.gpu_vendor,
  wanted.gpu_cores,
  wanted.gpu_memory_size,
  wanted.ram_size
ON CONFLICT DO NOTHING;
