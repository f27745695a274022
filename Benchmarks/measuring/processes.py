"""Runs one command and says what it cost: time, processor time, peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# getrusage counts kilobytes on Linux and bytes on macOS.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


class CommandFailed(Exception):
    """A command ended with another status than 0; the text says which, and what it said last."""


@dataclass(frozen=True)
class Cost:
    """Seconds, seconds on all processors, and bytes of resident memory at the most."""

    wall: float
    cpu: float
    peak: int
    # A child begins as a copy of this program, and the kernel counts that copy's memory as its peak. When
    # it never needed more, all that is known is that it needed no more than this program.
    peak_is_bound: bool = False


def run(command: list[str], stdin: Path, stdout: Path, environment: dict[str, str] | None = None) -> Cost:
    """Runs the command from one file to another and waits for its end."""
    complaints = stdout.with_suffix(".stderr")
    with stdin.open("rb") as source, stdout.open("wb") as target, complaints.open("wb") as errors:
        own_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=source, stdout=target, stderr=errors, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    _check(command, process.returncode, complaints.read_text(errors="replace"))
    complaints.unlink()
    return Cost(
        wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _PEAK_UNIT, usage.ru_maxrss <= own_peak)


def seconds_to_first_line(command: list[str], stdin: Path) -> float:
    """The time from starting the command to the end of its first line of output."""
    with stdin.open("rb") as source:
        started = time.perf_counter()
        with subprocess.Popen(
            command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            process.stdout.readline()
            seconds = time.perf_counter() - started
            _, complaints = process.communicate()
    _check(command, process.returncode, complaints.decode(errors="replace"))
    return seconds


def _check(command: list[str], status: int, complaints: str) -> None:
    if status != 0:
        last = complaints.strip().splitlines()[-1:] or ["it said nothing"]
        raise CommandFailed(f"{Path(command[0]).name} ended with status {status}: {last[0][:200]}")
