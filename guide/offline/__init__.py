"""Without a network: a page a bundle as one file, the kit, and what a phone keeps."""
