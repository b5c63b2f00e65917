"""Tests of the rules. Nothing here needs Django or a database."""
