-- stage: baseline
-- Hardware and software on which stacks run or are built; the external_ twin holds those of users.

CREATE TABLE hardware_information (
  id serial PRIMARY KEY,
  cpu_vendor integer,
  cpu_model integer,
  cpu_cores integer,
  cpu_model_name text,
  cpu_family integer,
  cpu_physical_cpus integer,
  gpu_model_name text,
  gpu_vendor text,
  gpu_cores integer,
  gpu_memory_size integer,
  ram_size integer
);
COMMENT ON TABLE hardware_information IS 'Hardware of the service''s own runs.';

CREATE TABLE external_hardware_information (
  id serial PRIMARY KEY,
  cpu_vendor integer,
  cpu_model integer,
  cpu_cores integer,
  cpu_model_name text,
  cpu_family integer,
  cpu_physical_cpus integer,
  gpu_model_name text,
  gpu_vendor text,
  gpu_cores integer,
  gpu_memory_size integer,
  ram_size integer
);
COMMENT ON TABLE external_hardware_information IS 'Hardware of users.';

CREATE TYPE environment_type AS ENUM ('RUNTIME', 'BUILDTIME');

CREATE TABLE software_environment (
  id serial PRIMARY KEY,
  environment_name text,
  python_version text,
  image_name text,
  image_sha text,
  os_name text,
  os_version text,
  cuda_version text,
  environment_type environment_type NOT NULL,
  thoth_image_name text,
  thoth_image_version text,
  env_image_name text,
  env_image_tag text
);
COMMENT ON TABLE software_environment IS 'A software environment or container image of the service''s own.';
COMMENT ON COLUMN software_environment.thoth_image_name IS 'THOTH_S2I_NAME of the image.';
COMMENT ON COLUMN software_environment.thoth_image_version IS 'THOTH_S2I_VERSION of the image.';
COMMENT ON COLUMN software_environment.env_image_name IS 'IMAGE_NAME of the image.';
COMMENT ON COLUMN software_environment.env_image_tag IS 'IMAGE_TAG of the image.';
CREATE INDEX thoth_image_name ON software_environment (thoth_image_version);

CREATE TABLE external_software_environment (
  id serial PRIMARY KEY,
  environment_name text,
  python_version text,
  image_name text,
  image_sha text,
  os_name text,
  os_version text,
  cuda_version text,
  environment_type environment_type NOT NULL,
  thoth_image_name text,
  thoth_image_version text,
  env_image_name text,
  env_image_tag text
);
COMMENT ON TABLE external_software_environment IS 'A software environment or container image of a user.';
