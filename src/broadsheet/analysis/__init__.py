"""From an article to a document that all parsers share."""
