"""What every other package may import: errors, spans, safe file access, processes."""
