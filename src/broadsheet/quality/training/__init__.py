"""Commands that learn the linear models of actors and quotes from annotated articles."""
