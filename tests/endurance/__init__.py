"""Checks that run for long and print what they found: `python -m tests.endurance.proofs`."""
