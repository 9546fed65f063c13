"""The self-help portal: support articles and guided diagnoses for hybrid identity."""
