"""From tables to a data package on disk."""
