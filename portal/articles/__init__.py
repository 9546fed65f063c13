"""Articles as the portal remembers them: importing, exporting, finding the one that answers, choosing the language."""
