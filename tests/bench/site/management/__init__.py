"""The commands of the benchmarks, which run with Django set up."""
