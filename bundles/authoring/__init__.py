"""To write a bundle: a folder to start from, drafts from platforms' guides, schemas, faults by example."""

from pathlib import Path

# A smallest bundle for every code of a fault, named by it; for the codes of cases and remarks a folder with both files.
FAULTY = Path(__file__).parent / "faulty"
EXAMPLE = Path(__file__).parent / "example"  # a bundle in which every construct stands once


def example(code: str) -> str:
    """The smallest example of a code, as text; of several files each under its name."""
    folder = FAULTY / code
    if not folder.is_dir():
        return (FAULTY / f"{code}.yaml").read_text(encoding="utf-8")
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    return "\n".join(f"# {name}\n{text}" for name, text in texts.items())
