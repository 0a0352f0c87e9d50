"""Tests of the client of CQC's live API, against a server on this machine."""
