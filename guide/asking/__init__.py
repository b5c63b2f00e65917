"""From the home page to the last question."""
