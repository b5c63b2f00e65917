"""What a finished walk tells: rows, from which page, paper and calendar are made."""
