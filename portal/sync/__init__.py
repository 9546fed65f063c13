"""What the portal remembers of a tenant's synchronization: cycles, errors, and the state of simulated directories."""
