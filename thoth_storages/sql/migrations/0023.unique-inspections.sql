-- stage: pre
-- One row for each thing that a Dependency Monkey run, an inspection or a performance indicator said. Not just one for
-- each document (and number of the result): the original leaves the PENDING row of Dependency Monkey beside the SYNCED
-- one, and may hang the indicators of two results on one of them; none is to be lost. By their first columns the
-- indexes find the document: inspection_document_id_exist, inspection_document_id_result_number_exists,
-- dependency_monkey_document_id_exists, and syncs that ask before they insert.
SELECT merge_duplicates('dependency_monkey_run');
SELECT merge_duplicates('python_dependency_monkey_requirements');
SELECT merge_duplicates('inspection_run');
SELECT merge_duplicates('pi_matmul');
SELECT merge_duplicates('pi_conv1d');
SELECT merge_duplicates('pi_conv2d');
SELECT merge_duplicates('pi_pybench');

CREATE UNIQUE INDEX dependency_monkey_run_key
  ON dependency_monkey_run (
    dependency_monkey_document_id, datetime, seed, count, limit_latest_versions, debug, dependency_monkey_error,
    duration, run_software_environment_id, build_software_environment_id, run_hardware_information_id,
    build_hardware_information_id,
    content_digest(dependency_monkey_name, dependency_monkey_version, decision)
  ) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX python_dependency_monkey_requirements_key
  ON python_dependency_monkey_requirements (dependency_monkey_run_id, python_package_requirement_id);
CREATE UNIQUE INDEX inspection_run_key
  ON inspection_run (
    inspection_document_id, inspection_result_number, datetime, build_requests_cpu, build_requests_memory,
    run_requests_cpu, run_requests_memory, inspection_sync_state, build_hardware_information_id,
    run_hardware_information_id, build_software_environment_id, run_software_environment_id,
    dependency_monkey_run_id, inspection_software_stack_id,
    content_digest(amun_version)
  ) NULLS NOT DISTINCT;

-- What was measured, in two digests: an index takes 32 columns at most, and an indicator has up to 75.
CREATE UNIQUE INDEX pi_matmul_key
  ON pi_matmul (
    inspection_run_id,
    content_digest(component, origin, version, device, dtype),
    content_digest(
      overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt,
      ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw,
      matrix_size, reps, elapsed, rate
    )
  );
CREATE UNIQUE INDEX pi_conv1d_key
  ON pi_conv1d (
    inspection_run_id,
    content_digest(component, origin, version, device, dtype, data_format),
    content_digest(
      overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt,
      ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw, reps,
      batch, input_width, input_channels, filter_width, output_channels, strides, padding, elapsed, rate
    )
  );
CREATE UNIQUE INDEX pi_conv2d_key
  ON pi_conv2d (
    inspection_run_id,
    content_digest(component, origin, version, device, dtype, data_format),
    content_digest(
      overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt,
      ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw, reps,
      batch, input_height, input_width, input_channels, filter_height, filter_width, output_channels, strides,
      padding, elapsed, rate
    )
  );
CREATE UNIQUE INDEX pi_pybench_key
  ON pi_pybench (
    inspection_run_id,
    content_digest(component, origin, version),
    content_digest(
      overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt,
      ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw,
      rounds, built_in_function_calls_average, built_in_method_lookup_average, compare_floats_average,
      compare_floats_integers_average, compare_integers_average, compare_interned_strings_average,
      compare_longs_average, compare_strings_average, compare_unicode_average, concat_strings_average,
      concat_unicode_average, create_instances_average, create_new_instances_average,
      create_strings_with_concat_average, create_unicode_with_concat_average, dict_creation_average,
      dict_with_float_keys_average, dict_with_integer_keys_average, dict_with_string_keys_average,
      for_loops_average, if_then_else_average, list_slicing_average, nested_for_loops_average,
      normal_class_attribute_average, normal_instance_attribute_average, python_function_calls_average,
      python_method_calls_average, recursion_average, second_import_average, second_package_import_average,
      second_submodule_import_average, simple_complex_arithmetic_average, simple_dict_manipulation_average,
      simple_float_arithmetic_average, simple_int_float_arithmetic_average, simple_integer_arithmetic_average,
      simple_list_manipulation_average, simple_long_arithmetic_average, small_lists_average,
      small_tuples_average, special_class_attribute_average, special_instance_attribute_average,
      string_mappings_average, string_predicates_average, string_slicing_average, try_except_average,
      try_raise_except_average, tuple_slicing_average, unicode_mappings_average, unicode_predicates_average,
      unicode_properties_average, unicode_slicing_average, totals_average
    )
  );
