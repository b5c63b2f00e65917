"""The terminal in a hall: nothing leads outside, nothing is kept."""
