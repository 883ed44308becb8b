"""Real workers, a real queue and a real database, killed at random: what `make faults` runs."""
