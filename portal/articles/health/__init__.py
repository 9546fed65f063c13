"""The health of the content: what each import found and when it went, stale translations, garbled terms, dead links, votes."""
