"""The one form: its boxes, what may be typed into them, and the sealed draft."""
