"""Merkle trees, signed notes and checkpoints."""
