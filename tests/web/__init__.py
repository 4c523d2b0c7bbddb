"""Tests of the web: what a browser may send, what it is answered, what it is given."""
