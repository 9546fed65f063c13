"""What Contoso consists of, and the document that remembers it."""
