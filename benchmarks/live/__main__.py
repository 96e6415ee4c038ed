"""``python -m benchmarks.live [PART ...]``: what only shows at the pace of speech; all parts take an hour."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.accuracy.cases import SETS, all_cases
from benchmarks.accuracy.corpus import SHIPPED, read_corpus
from benchmarks.live.follow import follow_table
from benchmarks.live.review import review_table
from benchmarks.live.steady import steady_table


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(_PARTS)}; without one, all")
    parser.add_argument("--corpus", type=Path, default=SHIPPED, metavar="FOLDER", help="recordings to follow")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(_PARTS)
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(_PARTS)}")
    for part in options.parts or _PARTS:
        _PARTS[part](options.corpus)()
    return 0


def _follow(corpus: Path) -> Callable[[], None]:
    cases = [case for case in all_cases(read_corpus(corpus)) if SETS[case.group] == "clean"]
    return partial(follow_table, cases)


_PARTS: dict[str, Callable[[Path], Callable[[], None]]] = {
    "review": lambda _corpus: review_table,
    "follow": _follow,
    "steady": lambda _corpus: steady_table,
}

if __name__ == "__main__":
    sys.exit(main())
