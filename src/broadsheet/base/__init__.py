"""Shared basics for all other packages: errors, spans, safe file access, processes."""
