"""Who works here: how they come in, roles, the audit log, counts without persons."""
