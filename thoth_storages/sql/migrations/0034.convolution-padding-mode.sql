-- stage: pre
-- The padding of a convolution may be a name: PyTorch takes a number, TensorFlow SAME or VALID. The original's column is
-- an integer that can't be NULL, so it never stored what TensorFlow measured. A migration of its own, as it shuts out
-- readers until the commit. Writers that know nothing of names go on, as they say NULL there.
--
-- The keys (see 0023) span the names as well, so that measurements that differ in nothing else stay two.
DROP INDEX pi_conv1d_key;
DROP INDEX pi_conv2d_key;

ALTER TABLE pi_conv1d
  ALTER COLUMN padding DROP NOT NULL,
  ADD COLUMN padding_mode text,
  ADD CONSTRAINT pi_conv1d_padding_check CHECK (padding IS NULL OR padding_mode IS NULL);
COMMENT ON COLUMN pi_conv1d.padding IS 'NULL: the padding has a name.';
COMMENT ON COLUMN pi_conv1d.padding_mode IS 'The name of a padding that isn''t a number: SAME, VALID.';

ALTER TABLE pi_conv2d
  ALTER COLUMN padding DROP NOT NULL,
  ADD COLUMN padding_mode text,
  ADD CONSTRAINT pi_conv2d_padding_check CHECK (padding IS NULL OR padding_mode IS NULL);
COMMENT ON COLUMN pi_conv2d.padding IS 'NULL: the padding has a name.';
COMMENT ON COLUMN pi_conv2d.padding_mode IS 'The name of a padding that isn''t a number: SAME, VALID.';

CREATE UNIQUE INDEX pi_conv1d_key
  ON pi_conv1d (
    inspection_run_id,
    content_digest(component, origin, version, device, dtype, data_format, padding_mode),
    content_digest(
      overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt,
      ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw, reps,
      batch, input_width, input_channels, filter_width, output_channels, strides, padding, elapsed, rate
    )
  );
CREATE UNIQUE INDEX pi_conv2d_key
  ON pi_conv2d (
    inspection_run_id,
    content_digest(component, origin, version, device, dtype, data_format, padding_mode),
    content_digest(
      overall_score, exit_code, ru_utime, ru_stime, ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt,
      ru_majflt, ru_nswap, ru_inblock, ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw, reps,
      batch, input_height, input_width, input_channels, filter_height, filter_width, output_channels, strides,
      padding, elapsed, rate
    )
  );
