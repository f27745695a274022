"""Results as Markdown."""

from __future__ import annotations

from statistics import median

from .processes import Cost


def table(headings: list[str], rows: list[list[str]]) -> str:
    """The first column is text, the others are mostly numbers and are at the right."""
    widths = [max(len(row[column]) for row in [headings, *rows]) for column in range(len(headings))]
    rule = ["-" * widths[0]] + ["-" * (width - 1) + ":" for width in widths[1:]]
    lines = [
        [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        for row in [headings, rule, *rows]
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float) -> str:
    """With two digits at least that say something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def peak(costs: list[Cost]) -> str:
    """The most that any round took, in megabytes."""
    highest = max(costs, key=lambda cost: cost.peak)
    return ("≤ " if highest.peak_is_bound else "") + f"{highest.peak / 1e6:.0f}"


def ratio(above: list[float], below: list[float]) -> str:
    """How many times one took the other's time: the median of the rounds, with the least and the most."""
    quotients = [first / second for first, second in zip(above, below)]
    return f"{_times(median(quotients))} ({_times(min(quotients))}–{_times(max(quotients))})"


def _times(value: float) -> str:
    return f"{number(value)}×"
