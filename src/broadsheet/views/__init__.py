"""Ways to look at tables: charts, the page, explanations, notebook output."""
