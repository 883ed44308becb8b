"""Makes the records of `home` that tests need."""
