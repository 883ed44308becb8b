"""Makes the records of `legislators` that tests need."""
