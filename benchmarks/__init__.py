"""What the project promises to be fast at, measured beside a peer in the same run."""
