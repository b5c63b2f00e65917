"""To write a bundle: a folder to start from, drafts from platforms' guides, schemas, faults by example."""

from pathlib import Path

FAULTY = Path(__file__).parent / "faulty"  # a smallest bundle for every code of a fault, named by it
