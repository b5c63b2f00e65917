"""How a file is read: trees with the line of each entry, keys and kinds, slips put right, conditions as written."""
