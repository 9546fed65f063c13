"""Contoso as it is found: people, groups and some forty sync errors, each the outcome of cycles that really ran."""
