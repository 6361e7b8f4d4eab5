-- name: insert_pi_conv1d!
-- Add measurements of one-dimensional convolutions that aren't there.
--
-- Of each performance indicator likewise: the measurements are a JSON list of objects by the table's columns, as an
-- indicator has up to 75. All that a row says is compared as JSON; the key, over digests of it, would burn an id a row.
-- params: measurements: str
INSERT INTO pi_conv1d (
  inspection_run_id, component, origin, version, overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss,
  ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals,
  ru_nvcsw, ru_nivcsw,
  device, dtype, reps, data_format, batch, input_width, input_channels, filter_width, output_channels, strides,
  padding, padding_mode, elapsed, rate
)
SELECT
  measured.inspection_run_id, measured.component, measured.origin, measured.version, measured.overall_score,
  measured.exit_code, measured.ru_utime, measured.ru_stime, measured.ru_maxrss, measured.ru_ixrss, measured.ru_idrss,
  measured.ru_isrss, measured.ru_minflt, measured.ru_majflt, measured.ru_nswap, measured.ru_inblock,
  measured.ru_oublock, measured.ru_msgsnd, measured.ru_msgrcv, measured.ru_nsignals, measured.ru_nvcsw,
  measured.ru_nivcsw,
  measured.device, measured.dtype, measured.reps, measured.data_format, measured.batch, measured.input_width,
  measured.input_channels, measured.filter_width, measured.output_channels, measured.strides, measured.padding,
  measured.padding_mode, measured.elapsed, measured.rate
FROM json_populate_recordset(NULL::pi_conv1d, :measurements::json) AS measured
WHERE NOT EXISTS (
  SELECT
  FROM pi_conv1d AS known
  WHERE known.inspection_run_id = measured.inspection_run_id
    AND to_jsonb(known) - 'id' = to_jsonb(measured) - 'id'
)
ORDER BY measured.inspection_run_id
ON CONFLICT DO NOTHING;

-- name: insert_pi_conv2d!
-- Add measurements of two-dimensional convolutions that aren't there.
-- params: measurements: str
INSERT INTO pi_conv2d (
  inspection_run_id, component, origin, version, overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss,
  ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals,
  ru_nvcsw, ru_nivcsw,
  device, dtype, reps, data_format, batch, input_height, input_width, input_channels, filter_height, filter_width,
  output_channels, strides, padding, padding_mode, elapsed, rate
)
SELECT
  measured.inspection_run_id, measured.component, measured.origin, measured.version, measured.overall_score,
  measured.exit_code, measured.ru_utime, measured.ru_stime, measured.ru_maxrss, measured.ru_ixrss, measured.ru_idrss,
  measured.ru_isrss, measured.ru_minflt, measured.ru_majflt, measured.ru_nswap, measured.ru_inblock,
  measured.ru_oublock, measured.ru_msgsnd, measured.ru_msgrcv, measured.ru_nsignals, measured.ru_nvcsw,
  measured.ru_nivcsw,
  measured.device, measured.dtype, measured.reps, measured.data_format, measured.batch, measured.input_height,
  measured.input_width, measured.input_channels, measured.filter_height, measured.filter_width,
  measured.output_channels, measured.strides, measured.padding, measured.padding_mode, measured.elapsed, measured.rate
FROM json_populate_recordset(NULL::pi_conv2d, :measurements::json) AS measured
WHERE NOT EXISTS (
  SELECT
  FROM pi_conv2d AS known
  WHERE known.inspection_run_id = measured.inspection_run_id
    AND to_jsonb(known) - 'id' = to_jsonb(measured) - 'id'
)
ORDER BY measured.inspection_run_id
ON CONFLICT DO NOTHING;

-- name: insert_pi_matmul!
-- Add measurements of multiplications of matrices that aren't there.
-- params: measurements: str
INSERT INTO pi_matmul (
  inspection_run_id, component, origin, version, overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss,
  ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals,
  ru_nvcsw, ru_nivcsw,
  device, matrix_size, dtype, reps, elapsed, rate
)
SELECT
  measured.inspection_run_id, measured.component, measured.origin, measured.version, measured.overall_score,
  measured.exit_code, measured.ru_utime, measured.ru_stime, measured.ru_maxrss, measured.ru_ixrss, measured.ru_idrss,
  measured.ru_isrss, measured.ru_minflt, measured.ru_majflt, measured.ru_nswap, measured.ru_inblock,
  measured.ru_oublock, measured.ru_msgsnd, measured.ru_msgrcv, measured.ru_nsignals, measured.ru_nvcsw,
  measured.ru_nivcsw,
  measured.device, measured.matrix_size, measured.dtype, measured.reps, measured.elapsed, measured.rate
FROM json_populate_recordset(NULL::pi_matmul, :measurements::json) AS measured
WHERE NOT EXISTS (
  SELECT
  FROM pi_matmul AS known
  WHERE known.inspection_run_id = measured.inspection_run_id
    AND to_jsonb(known) - 'id' = to_jsonb(measured) - 'id'
)
ORDER BY measured.inspection_run_id
ON CONFLICT DO NOTHING;

-- name: insert_pi_pybench!
-- Add measurements of runs of PyBench that aren't there.
-- params: measurements: str
INSERT INTO pi_pybench (
  inspection_run_id, component, origin, version, overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss,
  ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals,
  ru_nvcsw, ru_nivcsw,
  rounds, built_in_function_calls_average, built_in_method_lookup_average, compare_floats_average,
  compare_floats_integers_average, compare_integers_average, compare_interned_strings_average, compare_longs_average,
  compare_strings_average, compare_unicode_average, concat_strings_average, concat_unicode_average,
  create_instances_average, create_new_instances_average, create_strings_with_concat_average,
  create_unicode_with_concat_average, dict_creation_average, dict_with_float_keys_average,
  dict_with_integer_keys_average, dict_with_string_keys_average, for_loops_average, if_then_else_average,
  list_slicing_average, nested_for_loops_average, normal_class_attribute_average, normal_instance_attribute_average,
  python_function_calls_average, python_method_calls_average, recursion_average, second_import_average,
  second_package_import_average, second_submodule_import_average, simple_complex_arithmetic_average,
  simple_dict_manipulation_average, simple_float_arithmetic_average, simple_int_float_arithmetic_average,
  simple_integer_arithmetic_average, simple_list_manipulation_average, simple_long_arithmetic_average,
  small_lists_average, small_tuples_average, special_class_attribute_average, special_instance_attribute_average,
  string_mappings_average, string_predicates_average, string_slicing_average, try_except_average,
  try_raise_except_average, tuple_slicing_average, unicode_mappings_average, unicode_predicates_average,
  unicode_properties_average, unicode_slicing_average, totals_average
)
SELECT
  measured.inspection_run_id, measured.component, measured.origin, measured.version, measured.overall_score,
  measured.exit_code, measured.ru_utime, measured.ru_stime, measured.ru_maxrss, measured.ru_ixrss, measured.ru_idrss,
  measured.ru_isrss, measured.ru_minflt, measured.ru_majflt, measured.ru_nswap, measured.ru_inblock,
  measured.ru_oublock, measured.ru_msgsnd, measured.ru_msgrcv, measured.ru_nsignals, measured.ru_nvcsw,
  measured.ru_nivcsw,
  measured.rounds, measured.built_in_function_calls_average, measured.built_in_method_lookup_average,
  measured.compare_floats_average, measured.compare_floats_integers_average, measured.compare_integers_average,
  measured.compare_interned_strings_average, measured.compare_longs_average, measured.compare_strings_average,
  measured.compare_unicode_average, measured.concat_strings_average, measured.concat_unicode_average,
  measured.create_instances_average, measured.create_new_instances_average,
  measured.create_strings_with_concat_average, measured.create_unicode_with_concat_average,
  measured.dict_creation_average, measured.dict_with_float_keys_average, measured.dict_with_integer_keys_average,
  measured.dict_with_string_keys_average, measured.for_loops_average, measured.if_then_else_average,
  measured.list_slicing_average, measured.nested_for_loops_average, measured.normal_class_attribute_average,
  measured.normal_instance_attribute_average, measured.python_function_calls_average,
  measured.python_method_calls_average, measured.recursion_average, measured.second_import_average,
  measured.second_package_import_average, measured.second_submodule_import_average,
  measured.simple_complex_arithmetic_average, measured.simple_dict_manipulation_average,
  measured.simple_float_arithmetic_average, measured.simple_int_float_arithmetic_average,
  measured.simple_integer_arithmetic_average, measured.simple_list_manipulation_average,
  measured.simple_long_arithmetic_average, measured.small_lists_average, measured.small_tuples_average,
  measured.special_class_attribute_average, measured.special_instance_attribute_average,
  measured.string_mappings_average, measured.string_predicates_average, measured.string_slicing_average,
  measured.try_except_average, measured.try_raise_except_average, measured.tuple_slicing_average,
  measured.unicode_mappings_average, measured.unicode_predicates_average, measured.unicode_properties_average,
  measured.unicode_slicing_average, measured.totals_average
FROM json_populate_recordset(NULL::pi_pybench, :measurements::json) AS measured
WHERE NOT EXISTS (
  SELECT
  FROM pi_pybench AS known
  WHERE known.inspection_run_id = measured.inspection_run_id
    AND to_jsonb(known) - 'id' = to_jsonb(measured) - 'id'
)
ORDER BY measured.inspection_run_id
ON CONFLICT DO NOTHING;
