"""`portolan map --live` on issues that a server on loopback sends in pages, beside the same issues from a file."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Iterator

from .comparison import Bench
from .processes import CommandFailed, Cost, run
from .tables import number, peak, table
from .workloads import BENCHMARKS, COUNTS, REPOSITORY, WORKLOADS, Data, generate

PAGES = str(BENCHMARKS / "pages")
NOTHING = Path(os.devnull)


def live(bench: Bench) -> str:
    """What is fetching and what is the engine, and whether memory grows with the number of issues."""
    counts = COUNTS[bench.size]["live"]
    data = generate(bench.folder, "issues", max(counts), bench.seed)
    rows = []
    for count in counts:
        bench.say(f"live: {count:,} issues")
        try:
            rows.append(_row(bench, data, count))
        except CommandFailed as failure:
            bench.faults.append(f"live: {failure}")
            rows.append([f"{count:,}"] + ["–"] * 8)
    headings = [
        "issues", "MB", "read only, s", "map of a file, s", "map --live, s", "map of a file, CPU s",
        "map --live, CPU s", "engine's share", "peak MB",
    ]
    return "\n\n".join([
        "## From a server (`live`)",
        "Pages of 100 issues by a token, from a server on loopback; portolan on one thread. Read only: a client that "
        "throws the pages away. The engine's share: the processor time of mapping the file, of that of `map --live`.",
        table(headings, rows)])


def _row(bench: Bench, data: Data, count: int) -> list[str]:
    part, workload = _first(bench.folder, data, count), WORKLOADS[0]
    mapped, fetched = bench.folder / "live-file.entities", bench.folder / "live.entities"
    folder = _integration(bench.folder)
    costs: dict[str, list[Cost]] = {"read": [], "file": [], "live": []}
    with _server(part) as url:
        environment = {
            **os.environ, "NO_PROXY": "127.0.0.1", "OCEAN__INTEGRATION__CONFIG__JIRA_HOST": url,
            "OCEAN__INTEGRATION__CONFIG__ATLASSIAN_USER_EMAIL": "ann@example.com",
            "OCEAN__INTEGRATION__CONFIG__ATLASSIAN_USER_TOKEN": "token",
        }
        read = [sys.executable, PAGES, "read", url]
        command = [bench.portolan.executable, "map", str(folder), "--live", "--kind", "issue", "--threads", "1"]
        for _ in range(bench.runs):
            costs["read"].append(run(read, NOTHING, bench.folder / "live-read.entities"))
            costs["file"].append(bench.portolan.measure(workload, Data(part, count), mapped))
            costs["live"].append(run(command, NOTHING, fetched, environment))
    if not filecmp.cmp(mapped, fetched, shallow=False):
        bench.faults.append(f"live: of {count:,} issues, the file and the server give other entities")
    walls = {name: number(median(cost.wall for cost in some)) for name, some in costs.items()}
    cpus = {name: median(cost.cpu for cost in some) for name, some in costs.items()}
    return [
        f"{count:,}", f"{part.stat().st_size / 1e6:.0f}", walls["read"], walls["file"], walls["live"],
        number(cpus["file"]), number(cpus["live"]), f"{100 * cpus['file'] / cpus['live']:.0f} %",
        peak(costs["live"]),
    ]


def _first(folder: Path, data: Data, count: int) -> Path:
    """A file of the first so many objects."""
    if count == data.count:
        return data.path
    path = folder / f"live-{count}.ndjson"
    with data.path.open("rb") as lines, path.open("wb") as output:
        for _, line in zip(range(count), lines):
            output.write(line)
    return path


def _integration(folder: Path) -> Path:
    """A folder with Jira's integration, whose fetcher is the one that is built in."""
    port = folder / "live" / ".port" / "jira"
    (port / "resources").mkdir(parents=True, exist_ok=True)
    shutil.copy(WORKLOADS[0].config, port / "resources" / "port-app-config.yml")
    shutil.copy(REPOSITORY / ".port/jira/spec.yml", port / "spec.yml")
    return folder / "live"


@contextmanager
def _server(file: Path) -> Iterator[str]:
    """Serves the issues of a file meanwhile, and gives the URL."""
    command = [sys.executable, PAGES, "serve", str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()
