"""Makes the records of `learning` that tests need."""
