"""Halls: their hours in words, whether they are open, which serve an applicant, and CSV in and out."""
