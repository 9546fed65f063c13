"""Search without a database: words of a text, terms of a query, the weights of it all, and snippets."""
