"""Rules of audits: each finds what it says, and nothing that only looks like it."""
