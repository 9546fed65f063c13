"""JSON for other systems: the same data as the pages, described by OpenAPI."""
