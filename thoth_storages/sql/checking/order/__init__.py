"""Whether the ORDER BY of a query decides in which order its rows come: proved by what the tables' keys determine."""
