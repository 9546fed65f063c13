"""The search over stored texts: its tables follow every import, and answer a query in one or two statements."""
