"""From an article to the document that all parsers share."""
