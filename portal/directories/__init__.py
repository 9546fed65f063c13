"""Doors to directories: one Protocol, and behind it the simulator and the real ones."""
