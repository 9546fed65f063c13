"""The sync engine: import, synchronization, cycles, and what the service does on its own clock."""
