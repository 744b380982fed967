"""One parser a table: pure functions over an analysed document."""
