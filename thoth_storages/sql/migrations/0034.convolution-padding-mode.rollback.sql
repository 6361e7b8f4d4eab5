-- Where a name was stored since, SET NOT NULL refuses, and nothing is rolled back: no number means the same, so the row
-- has no place in the older schema. Delete those with a padding_mode first; syncing their inspections after an upgrade
-- brings them back.
DROP INDEX pi_conv2d_key;
DROP INDEX pi_conv1d_key;

COMMENT ON COLUMN pi_conv2d.padding IS NULL;
ALTER TABLE pi_conv2d
  ALTER COLUMN padding SET NOT NULL,
  DROP COLUMN padding_mode;

COMMENT ON COLUMN pi_conv1d.padding IS NULL;
ALTER TABLE pi_conv1d
  ALTER COLUMN padding SET NOT NULL,
  DROP COLUMN padding_mode;

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
