"""Makes the records of `advocates` that tests need."""
