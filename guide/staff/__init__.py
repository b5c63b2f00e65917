"""Who works here: accounts, roles, the audit log, counts without persons."""
