"""The portal as the benchmarks serve it: its own settings and addresses, with a bare view to compare with."""
