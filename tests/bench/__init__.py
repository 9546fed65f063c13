"""The benchmarks that `make bench` runs: figures as ratios beside a peer in the same run, never tests that pass or fail."""
