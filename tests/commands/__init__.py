"""Tests of the commands: what may be written by whom, and what follows in the same transaction."""
