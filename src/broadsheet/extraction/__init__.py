"""One parser per table: pure functions over an analysed document."""
