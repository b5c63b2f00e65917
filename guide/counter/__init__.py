"""What a clerk does for an applicant: open a case, check what they brought, hand it over to the departments."""
