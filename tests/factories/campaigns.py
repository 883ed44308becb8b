"""Makes the records of `campaigns` that tests need."""
