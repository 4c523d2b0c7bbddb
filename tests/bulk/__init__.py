"""A nation of invented congresses to measure on: `python -m tests.bulk DATABASE CONGRESSES` fills an empty one."""
