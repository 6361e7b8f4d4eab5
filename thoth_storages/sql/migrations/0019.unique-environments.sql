-- stage: pre
-- One row for each software environment and for each kind of hardware, which are nothing but what their columns say.
-- Syncing analyses, advisers, inspections and Dependency Monkey upserts them, and so does create_hardware_information.
SELECT merge_duplicates('hardware_information');
SELECT merge_duplicates('external_hardware_information');
SELECT merge_duplicates('software_environment');
SELECT merge_duplicates('external_software_environment');

CREATE UNIQUE INDEX hardware_information_key
  ON hardware_information (
    cpu_vendor, cpu_model, cpu_cores, cpu_family, cpu_physical_cpus, gpu_cores, gpu_memory_size, ram_size,
    content_digest(cpu_model_name, gpu_model_name, gpu_vendor)
  ) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX external_hardware_information_key
  ON external_hardware_information (
    cpu_vendor, cpu_model, cpu_cores, cpu_family, cpu_physical_cpus, gpu_cores, gpu_memory_size, ram_size,
    content_digest(cpu_model_name, gpu_model_name, gpu_vendor)
  ) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX software_environment_key
  ON software_environment (
    content_digest(
      environment_name, python_version, image_name, image_sha, os_name, os_version, cuda_version, thoth_image_name,
      thoth_image_version, env_image_name, env_image_tag
    ),
    environment_type
  );
CREATE UNIQUE INDEX external_software_environment_key
  ON external_software_environment (
    content_digest(
      environment_name, python_version, image_name, image_sha, os_name, os_version, cuda_version, thoth_image_name,
      thoth_image_version, env_image_name, env_image_tag
    ),
    environment_type
  );
