-- stage: pre
-- From a document of the adviser to its re-runs: syncing an adviser asks whether one has made up for it
-- (get_adviser_documents_made_up_for; of 30,000 runs that took 110 ms without it, and takes 0.1). Few runs are re-runs.
CREATE INDEX adviser_run_re_run_adviser_idx ON adviser_run (re_run_adviser_id) WHERE re_run_adviser_id IS NOT NULL;
