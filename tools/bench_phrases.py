"""Measures how many deadline phrases are read in a minute on one core, with the corpus of the tests in a loop."""

import json
import time
from pathlib import Path

from tdkt_cli.core.phrases import read

CORPUS = Path(__file__).parent.parent / "tests" / "core" / "phrases"
COUNT = 100_000


def main() -> None:
    """Read 100,000 phrases and print the figure."""
    lines = [line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    phrases = [(entry["phrase"], entry["year"]) for entry in map(json.loads, lines)]
    start = time.perf_counter()
    for number in range(COUNT):
        read(*phrases[number % len(phrases)])
    seconds = time.perf_counter() - start
    print(f"{COUNT:,} phrases in {seconds:.1f} s: {COUNT / seconds * 60:,.0f} a minute")


if __name__ == "__main__":
    main()
