"""Makes the records of `delivery` that tests need."""
