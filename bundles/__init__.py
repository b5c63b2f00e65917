"""The rules: what a bundle says and what follows from an applicant's answers. Plain Python over plain data."""
