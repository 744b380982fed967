"""Is a package valid, does validation catch mistakes, and how accurate is extraction."""
