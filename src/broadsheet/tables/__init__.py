"""The tables: their schemas, rows, keys and frames."""
