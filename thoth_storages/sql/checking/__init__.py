"""Checked SQL: every named query is proved, in every variant, before it reaches a service."""
