"""``python -m benchmarks.accuracy``: how right the analysis is; see ``benchmarks/README.md``."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import msgspec

from benchmarks.accuracy import figures, tables
from benchmarks.accuracy.cases import EMPTY, REAL, SETS, SYNTHETIC, Case, all_cases
from benchmarks.accuracy.corpus import REPORT, SHIPPED, TUNE, read_corpus
from benchmarks.accuracy.run import scores
from benchmarks.accuracy.score import Hits, Score
from pmvoice.errors import UserError
from pmvoice.paths import Paths
from pmvoice.phrasing import plural
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.models import provide_model

MODEL = "base"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        measured = _read(options.from_json) if options.from_json else measure(options)
        _show(measured, with_errors=options.errors)
        if options.write_accuracy:
            _write(options.write_accuracy, accuracy([score for score in measured if score.half == REPORT]))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _show(measured: Sequence[Score], *, with_errors: bool) -> None:
    for half in (TUNE, REPORT):
        members = [score for score in measured if score.half == half]
        if members:
            print(tables.report(members, half), end="\n\n")
    if with_errors:
        print("\n".join(line for score in measured for line in tables.errors(score)))


def measure(options: argparse.Namespace) -> list[Score]:
    """The scores of the chosen cases; ``UserError`` where there are none, or no such corpus."""
    cases = [case for case in all_cases(read_corpus(options.corpus)) if _is_chosen(case, options)]
    if not cases:
        raise UserError("No recording fits what was asked for with --half, --set and --only.")
    if options.write_accuracy and not any(case.half == REPORT for case in cases):
        raise UserError("--write-accuracy tells of the half 'report', which was left out.")
    engine = Engine(provide_model(MODEL, Paths.of_this_person().models, lambda task, done: None))
    measured = []
    for score in scores(engine, cases, options.repeat, not options.without_plain):
        measured.append(score)
        if options.json:  # after each, so that a run that is broken off is not lost
            _write(options.json, [asdict(score) for score in measured])
        hits = score.filled_pauses
        print(
            f"{len(measured)} of {len(cases)}: {score.name}, {score.seconds:.0f} s"
            f" in {score.cost_seconds:.1f} s, filled pauses: {hits.true} true, {hits.found} told,"
            f" {hits.right} right",
            file=sys.stderr,
            flush=True,
        )
    return measured


def _read(path: Path) -> list[Score]:
    """The scores that an earlier run wrote."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Score])
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}).") from error
    except msgspec.DecodeError as error:
        raise UserError(f"{path}: not the results of this benchmark ({error}).") from error


def _is_chosen(case: Case, options: argparse.Namespace) -> bool:
    return (
        options.half in ("both", case.half)
        and options.set in ("all", SETS[case.group])
        and (not options.only or any(name in case.name for name in options.only))
    )


def accuracy(measured: Sequence[Score]) -> dict[str, object]:
    """What the program says of itself: figures of recordings as they are, not of the worse copies.

    ``UserError`` where there is nothing to measure one of them on.
    """
    real = [score for score in measured if score.group == REAL]
    synthetic = [score for score in measured if score.group == SYNTHETIC]
    clean = [*real, *synthetic]
    told: dict[str, object] = {
        "measured_on": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "model": MODEL,
        "filled_pauses": _counts(figures.filled(clean)),
        "filler_phrases": _counts(figures.summed([score.phrases for score in clean])),
        "repetitions": _counts(figures.summed([score.repetitions for score in clean])),
        "word_error_rate": _rounded(figures.word_error_rate(clean, lambda words: words.bare)),
        "speaking_time_error": _rounded(figures.speaking_error(clean)),
        "false_filled_pauses_per_minute": _rounded(
            figures.false_a_minute([score for score in measured if score.group in (REAL, SYNTHETIC, EMPTY)])
        ),
        "recordings": (
            f"{plural(len(real), 'short recording')} of real speech "
            f"({plural(figures.filled(real).true, 'filled pause')}) and "
            f"{plural(len(synthetic), 'synthetic answer')} ({figures.filled(synthetic).true}), "
            "none of which the program was fitted to"
        ),
    }
    missing = [name.replace("_", " ") for name, figure in told.items() if figure is None]
    if missing:
        raise UserError(f"--write-accuracy: the recordings do not suffice to measure {', '.join(missing)}.")
    return told


def _counts(hits: Hits) -> dict[str, int] | None:
    return {"spoken": hits.true, "marked": hits.found, "right": hits.right} if hits.true else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _write(path: Path, content: object) -> None:
    try:
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        print(f"{path}: cannot be written ({error.strerror}).", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    add = parser.add_argument
    add("--corpus", type=Path, default=SHIPPED, metavar="FOLDER", help="recordings with a manifest.json")
    add("--half", choices=(TUNE, REPORT, "both"), default="both")
    add("--set", choices=("clean", "degraded", "long", "all"), default="all")
    add("--only", action="append", metavar="NAME", help="cases whose name has this in it; may be given again")
    add(
        "--repeat", type=_count, default=1, metavar="N", help="transcribe N times, for the median of the time"
    )
    add("--without-plain", action="store_true", help="leave out plain faster-whisper: half the time")
    add("--errors", action="store_true", help="print each wrong filled pause and word")
    add("--json", type=Path, metavar="FILE", help="write the results of every recording")
    add("--from-json", type=Path, metavar="FILE", help="print the tables of an earlier --json again")
    add("--write-accuracy", type=Path, metavar="FILE", help="write what the program's help shows")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
