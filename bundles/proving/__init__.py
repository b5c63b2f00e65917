"""What is true of all walks of a bundle: proofs, counts, the map, and the cases that must come out right."""
