"""An address read as a case, and what may not be called as its own words."""
