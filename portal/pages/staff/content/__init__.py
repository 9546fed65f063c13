"""Content health for those who look after the articles: problems, stale translations, garbled names, links, feedback."""
