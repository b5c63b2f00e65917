"""For those who review rules: every condition in words, the scenarios, the map of the walks."""
