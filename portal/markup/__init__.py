"""Text in, safe text out: reading the article dialects, rendering their Markdown, sanitizing what comes of it."""
