"""SQL as the source of truth: named queries, their loading and checking, and the migrations of the schema."""
