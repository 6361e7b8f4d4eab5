"""What a SELECT's text and the tables' keys prove: which rows can come, and in which order."""
