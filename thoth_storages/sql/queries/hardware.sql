-- Hardware on which stacks ran: the service's own, and that of users (external), in tables of their own.

-- name: _get_hardware_environments
-- Hardware in the order in which it was stored.
-- params: is_external=False, start_offset=0, count=100
-- returns: [{id, cpu_vendor, cpu_model, cpu_cores, cpu_model_name, cpu_family, cpu_physical_cpus,
--           gpu_model_name, gpu_vendor, gpu_cores, gpu_memory_size, ram_size}]
-- notnull: id
(
  SELECT
    hardware.id,
    hardware.cpu_vendor,
    hardware.cpu_model,
    hardware.cpu_cores,
    hardware.cpu_model_name,
    hardware.cpu_family,
    hardware.cpu_physical_cpus,
    hardware.gpu_model_name,
    hardware.gpu_vendor,
    hardware.gpu_cores,
    hardware.gpu_memory_size,
    hardware.ram_size
  FROM hardware_information AS hardware
  WHERE NOT :is_external
  ORDER BY hardware.id
  LIMIT :count OFFSET :start_offset
)
UNION ALL
(
  SELECT
    hardware.id,
    hardware.cpu_vendor,
    hardware.cpu_model,
    hardware.cpu_cores,
    hardware.cpu_model_name,
    hardware.cpu_family,
    hardware.cpu_physical_cpus,
    hardware.gpu_model_name,
    hardware.gpu_vendor,
    hardware.gpu_cores,
    hardware.gpu_memory_size,
    hardware.ram_size
  FROM external_hardware_information AS hardware
  WHERE :is_external
  ORDER BY hardware.id
  LIMIT :count OFFSET :start_offset
)
ORDER BY id;

-- name: _create_hardware_information
-- Have hardware of the service's own runs, and answer its id; what is known already stays the row that it is.
-- params: cpu_vendor: int | None, cpu_model: int | None, cpu_cores: int | None, cpu_model_name: str | None,
--         cpu_family: int | None, cpu_physical_cpus: int | None, gpu_model_name: str | None,
--         gpu_vendor: str | None, gpu_cores: int | None, gpu_memory_size: int | None, ram_size: int | None
-- returns: [id]
-- notnull: id
WITH given AS (
  SELECT
    :cpu_vendor::integer AS cpu_vendor,
    :cpu_model::integer AS cpu_model,
    :cpu_cores::integer AS cpu_cores,
    :cpu_model_name::text AS cpu_model_name,
    :cpu_family::integer AS cpu_family,
    :cpu_physical_cpus::integer AS cpu_physical_cpus,
    :gpu_model_name::text AS gpu_model_name,
    :gpu_vendor::text AS gpu_vendor,
    :gpu_cores::integer AS gpu_cores,
    :gpu_memory_size::integer AS gpu_memory_size,
    :ram_size::integer AS ram_size
),
known AS (
  SELECT hardware.id
  FROM hardware_information AS hardware
  CROSS JOIN given
  WHERE (
    hardware.cpu_vendor,
    hardware.cpu_model,
    hardware.cpu_cores,
    hardware.cpu_model_name,
    hardware.cpu_family,
    hardware.cpu_physical_cpus,
    hardware.gpu_model_name,
    hardware.gpu_vendor,
    hardware.gpu_cores,
    hardware.gpu_memory_size,
    hardware.ram_size
  ) IS NOT DISTINCT FROM (
    given.cpu_vendor,
    given.cpu_model,
    given.cpu_cores,
    given.cpu_model_name,
    given.cpu_family,
    given.cpu_physical_cpus,
    given.gpu_model_name,
    given.gpu_vendor,
    given.gpu_cores,
    given.gpu_memory_size,
    given.ram_size
  )
),
created AS (
  INSERT INTO hardware_information AS hardware (
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
    given.cpu_vendor,
    given.cpu_model,
    given.cpu_cores,
    given.cpu_model_name,
    given.cpu_family,
    given.cpu_physical_cpus,
    given.gpu_model_name,
    given.gpu_vendor,
    given.gpu_cores,
    given.gpu_memory_size,
    given.ram_size
  FROM given
  -- A conflict alone would use up a value of the integer sequence.
  WHERE NOT EXISTS (SELECT FROM known)
  ON CONFLICT (
    cpu_vendor,
    cpu_model,
    cpu_cores,
    cpu_family,
    cpu_physical_cpus,
    gpu_cores,
    gpu_memory_size,
    ram_size,
    content_digest(cpu_model_name, gpu_model_name, gpu_vendor)
  )
  -- Somebody else was faster: writing what is there anyway makes the row's id known here.
  DO UPDATE SET ram_size = EXCLUDED.ram_size
  RETURNING hardware.id
)
SELECT known.id
FROM known
UNION ALL
SELECT created.id
FROM created;

-- name: _create_external_hardware_information
-- Have hardware of a user, and answer its id; what is known already stays the row that it is.
-- params: cpu_vendor: int | None, cpu_model: int | None, cpu_cores: int | None, cpu_model_name: str | None,
--         cpu_family: int | None, cpu_physical_cpus: int | None, gpu_model_name: str | None,
--         gpu_vendor: str | None, gpu_cores: int | None, gpu_memory_size: int | None, ram_size: int | None
-- returns: [id]
-- notnull: id
WITH given AS (
  SELECT
    :cpu_vendor::integer AS cpu_vendor,
    :cpu_model::integer AS cpu_model,
    :cpu_cores::integer AS cpu_cores,
    :cpu_model_name::text AS cpu_model_name,
    :cpu_family::integer AS cpu_family,
    :cpu_physical_cpus::integer AS cpu_physical_cpus,
    :gpu_model_name::text AS gpu_model_name,
    :gpu_vendor::text AS gpu_vendor,
    :gpu_cores::integer AS gpu_cores,
    :gpu_memory_size::integer AS gpu_memory_size,
    :ram_size::integer AS ram_size
),
known AS (
  SELECT hardware.id
  FROM external_hardware_information AS hardware
  CROSS JOIN given
  WHERE (
    hardware.cpu_vendor,
    hardware.cpu_model,
    hardware.cpu_cores,
    hardware.cpu_model_name,
    hardware.cpu_family,
    hardware.cpu_physical_cpus,
    hardware.gpu_model_name,
    hardware.gpu_vendor,
    hardware.gpu_cores,
    hardware.gpu_memory_size,
    hardware.ram_size
  ) IS NOT DISTINCT FROM (
    given.cpu_vendor,
    given.cpu_model,
    given.cpu_cores,
    given.cpu_model_name,
    given.cpu_family,
    given.cpu_physical_cpus,
    given.gpu_model_name,
    given.gpu_vendor,
    given.gpu_cores,
    given.gpu_memory_size,
    given.ram_size
  )
),
created AS (
  INSERT INTO external_hardware_information AS hardware (
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
    given.cpu_vendor,
    given.cpu_model,
    given.cpu_cores,
    given.cpu_model_name,
    given.cpu_family,
    given.cpu_physical_cpus,
    given.gpu_model_name,
    given.gpu_vendor,
    given.gpu_cores,
    given.gpu_memory_size,
    given.ram_size
  FROM given
  -- A conflict alone would use up a value of the integer sequence.
  WHERE NOT EXISTS (SELECT FROM known)
  ON CONFLICT (
    cpu_vendor,
    cpu_model,
    cpu_cores,
    cpu_family,
    cpu_physical_cpus,
    gpu_cores,
    gpu_memory_size,
    ram_size,
    content_digest(cpu_model_name, gpu_model_name, gpu_vendor)
  )
  -- Somebody else was faster: writing what is there anyway makes the row's id known here.
  DO UPDATE SET ram_size = EXCLUDED.ram_size
  RETURNING hardware.id
)
SELECT known.id
FROM known
UNION ALL
SELECT created.id
FROM created;

-- name: _delete_external_hardware_information!
-- Delete hardware of a user, and the runs of the adviser on it.
-- params: hardware_information_id
DELETE FROM external_hardware_information AS hardware
WHERE hardware.id = :hardware_information_id;

-- name: _delete_hardware_information!
-- Delete hardware of the service's own runs, and the inspections and runs of Dependency Monkey on it.
-- params: hardware_information_id
DELETE FROM hardware_information AS hardware
WHERE hardware.id = :hardware_information_id;
