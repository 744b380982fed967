"""Views of tables: charts, the page, explanations, notebook output."""
