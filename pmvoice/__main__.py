"""The command line: ``pmvoice`` opens the window; its commands work in the terminal."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pmvoice import __version__
from pmvoice.errors import UserError
from pmvoice.paths import Paths, make_private

if TYPE_CHECKING:
    from pmvoice.terminal import Terminal

BAD_INPUT, STOPPED = 2, 130

# What libraries are told before they are imported.
FOR_LIBRARIES = {
    # Nothing is reported to their makers.
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "ORT_TELEMETRY_DISABLED": "1",
    # numpy's threads wait for more work by turning in circles: they took the cores from Whisper, a sixth of
    # all its time, and gave nothing.
    "OPENBLAS_NUM_THREADS": "1",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command in ``arguments`` (``None``: this process's own); the exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    make_private()
    os.environ.update(FOR_LIBRARIES)
    if arguments[:1] == ["--child"]:
        return _child(arguments[1])
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # 'pmvoice history | head'
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED


def program() -> NoReturn:
    """Run this process's command and end the process."""
    status = main()
    if status == STOPPED:  # at once: a thread that is deep in Whisper would hold the end up for a second
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def _child(role: str) -> int:
    if role == "speech":
        from pmvoice import speech

        return speech.child_main()
    if role == "transcription":
        from pmvoice.transcription import worker

        return worker.child_main()
    raise ValueError(f"unknown role {role!r}")


def _run(options: argparse.Namespace) -> int:
    paths = Paths.of_this_person()
    if options.command is None:
        from pmvoice.screen import check_screen

        check_screen()
        gc.disable()  # what the start makes stays; to look for garbage in it took 5 % of the start's time
        from pmvoice import start

        return start.run(paths)
    return _in_terminal(paths, options)


def _in_terminal(paths: Paths, options: argparse.Namespace) -> int:
    import msgspec  # here, as the window does not wait for what only the commands need

    from pmvoice.settings import load_settings
    from pmvoice.terminal import Terminal

    logging.basicConfig(level=logging.ERROR)
    settings, damage = load_settings(paths.settings)
    if damage:
        print(damage, file=sys.stderr)
    if getattr(options, "model", None):
        settings = msgspec.structs.replace(settings, model=options.model)
    terminal = Terminal(paths, settings)
    status = _command(terminal, options)
    sys.stdout.flush()
    return status


def _command(terminal: Terminal, options: argparse.Namespace) -> int:
    match options.command:
        case "rehearse":
            return terminal.rehearse(options.question, options.answer)
        case "analyze":
            return terminal.analyze(options.file, options.question, options.json, options.save)
        case "history":
            return terminal.history(options.json)
        case _:
            return terminal.doctor()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pmvoice",
        description="Rehearse a spoken interview, out loud, on your own machine. Without a command, the "
        "window opens.",
    )
    parser.add_argument("--version", action="version", version=f"pmvoice {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    rehearse = commands.add_parser("rehearse", help="hear one question, answer aloud, see the review")
    rehearse.add_argument("--question", type=int, metavar="N", help="the question's number, 1 to 32")
    rehearse.add_argument("--answer", type=Path, metavar="FILE", help="take this recording as the answer")

    analyze = commands.add_parser("analyze", help="transcribe and measure a recording (WAV, FLAC, MP3, M4A)")
    analyze.add_argument("file", type=Path, metavar="FILE")
    analyze.add_argument("--question", type=int, metavar="N", help="the question that it answers")
    analyze.add_argument("--json", action="store_true", help="print JSON")
    analyze.add_argument("--save", action="store_true", help="keep it in the history")

    history = commands.add_parser("history", help="list the answers so far")
    history.add_argument("--json", action="store_true", help="print JSON")

    doctor = commands.add_parser("doctor", help="check screen, sound, voice, model, disk and database")
    for each in (rehearse, analyze, doctor):
        each.add_argument("--model", metavar="MODEL", help="base, small, or a folder with a model")
    return parser


if __name__ == "__main__":
    program()
