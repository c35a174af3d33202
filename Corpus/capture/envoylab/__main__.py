"""The command: `capture SCENARIO OUTPUT_FOLDER`."""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile
from types import FrameType

from . import namespace, scenarios
from .errors import CaptureError
from .lab import Lab


def main() -> int:
    arguments = _arguments()
    if arguments.list:
        for name, summary in scenarios.summaries().items():
            print(f"{name:20} {summary}")
        return 0
    try:
        namespace.enter("envoylab", sys.argv[1:])
        _limit(arguments.timeout)
        _capture(arguments.scenario, arguments.output)
    except CaptureError as error:
        print(f"capture: {error}", file=sys.stderr)
        return 1
    return 0


def _capture(scenario: str, output: pathlib.Path) -> None:
    """Runs a scenario; the output folder gets its files only when all of it has succeeded."""
    run = scenarios.load(scenario)
    with tempfile.TemporaryDirectory(prefix="drydock-capture-") as folder:
        work, captured = pathlib.Path(folder, "work"), pathlib.Path(folder, "captured")
        work.mkdir()
        captured.mkdir()
        with Lab(work, captured) as lab:
            run(lab)
        try:
            shutil.copytree(captured, output, dirs_exist_ok=True)
        except OSError as error:
            raise CaptureError(f"cannot write {output}: {error}") from error


def _limit(seconds: int) -> None:
    """Ends the run in order, and with it what it started, when told to or when time is up."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        reason = f"{seconds} s are over" if number == signal.SIGALRM else "told to stop"
        raise CaptureError(f"stopped: {reason}")

    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, interrupt)
    signal.alarm(seconds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="capture",
        usage="capture [--timeout SECONDS] SCENARIO OUTPUT_FOLDER\n       capture --list",
        description="Captures config dumps from a real Envoy under a small control plane.",
        epilog="It runs in a network namespace of its own, with loopback only.",
    )
    parser.add_argument("--list", action="store_true", help="list the scenarios and end")
    parser.add_argument(
        "--timeout",
        type=int,
        default=120,
        metavar="SECONDS",
        help="give up after this time (default: 120)",
    )
    parser.add_argument("scenario", metavar="SCENARIO", nargs="?", help="see --list")
    parser.add_argument("output", metavar="OUTPUT_FOLDER", type=pathlib.Path, nargs="?")
    arguments = parser.parse_args()
    if not arguments.list and arguments.output is None:
        parser.error("SCENARIO and OUTPUT_FOLDER are needed")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
