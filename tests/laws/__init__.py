"""What is true of every history."""
