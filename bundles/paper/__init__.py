"""The questionnaire for a pen: composed from the same conditions, and what a reader makes of it."""
