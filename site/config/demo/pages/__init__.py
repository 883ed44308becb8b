"""What the demonstration's pages say."""
