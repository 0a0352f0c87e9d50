"""What a ledger bears: many writers at once, being killed while it records, full disks and damaged files.

Each module can be run by itself, at full size, and prints its figures: `python -m tests.endurance.many --help`.
"""
