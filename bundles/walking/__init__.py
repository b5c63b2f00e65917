"""Answers -> walk: what is asked next, what is decided, and why. Knows nothing of YAML."""
