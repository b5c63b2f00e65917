"""The counter: halls, roles, checks, hand-over, and a clerk at the keyboard."""
