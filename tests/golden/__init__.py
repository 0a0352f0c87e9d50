"""What releases stored, and what made it."""
