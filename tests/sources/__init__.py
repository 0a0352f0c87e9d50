"""Tests of the adapters in."""
