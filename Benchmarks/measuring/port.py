"""`portolan sync` and Ocean through Port's API: the same objects, mapping and server, taking turns."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Iterator

from .catalog import BLUEPRINTS
from .comparison import Bench
from .processes import CommandFailed, Cost, run
from .tables import number, peak, table
from .workloads import COUNTS, REPOSITORY, WORKLOADS, Data, generate

CREDENTIALS = {"OCEAN__PORT__CLIENT_ID": "local", "OCEAN__PORT__CLIENT_SECRET": "secret-of-the-benchmark"}
OCEAN = Path(
    os.environ.get("PORTOLAN_CACHE")
    or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "portolan") / "ocean-0.55.4/bin/ocean"


@dataclass(frozen=True)
class Measured:
    """What a sync cost, and how often it asked."""

    cost: Cost
    requests: int


def port(bench: Bench) -> str:
    """How fast entities get through Port's API, all new and unchanged."""
    data = generate(bench.folder, "services", COUNTS[bench.size]["port"], bench.seed)
    folder = _integration(bench.folder, data)
    measured: dict[tuple[str, str], list[Measured]] = {}
    tools = {"portolan": _portolan(bench, folder)} | ({"Ocean 0.55.4": _ocean(folder)} if OCEAN.exists() else {})
    for _ in range(bench.runs):
        for name, command in tools.items():
            with _server(bench) as (url, log):
                for what in ("all new", "nothing changed"):
                    bench.say(f"port: {name}, {what}")
                    try:
                        measured.setdefault((name, what), []).append(_measure(bench, command, folder, url, log))
                    except CommandFailed as failure:
                        bench.faults.append(f"port: {failure}")
    missing = "" if OCEAN.exists() else " Ocean is not installed: `scripts/ocean` does it."
    return "\n\n".join([
        "## Through Port's API (`port`)",
        f"{data.count:,} small objects to `portolan catalog serve` on loopback, with start and setup.{missing}",
        table(
            ["", "", "s", "CPU s", "requests", "requests/s", "entities/s", "peak MB"],
            [_row(name, what, some, data) for (name, what), some in measured.items()])])


def _row(name: str, what: str, some: list[Measured], data: Data) -> list[str]:
    wall, requests = median(one.cost.wall for one in some), median(one.requests for one in some)
    return [
        name, what, number(wall), number(median(one.cost.cpu for one in some)), f"{requests:,.0f}",
        number(requests / wall), f"{data.count / wall:,.0f}", peak([one.cost for one in some])]


def _measure(bench: Bench, command: list[str], folder: Path, url: str, log: Path) -> Measured:
    environment = {
        **os.environ, **CREDENTIALS, "OCEAN__PORT__BASE_URL": url, "NO_PROXY": "127.0.0.1",
        "OCEAN__INTEGRATION__IDENTIFIER": "files-bench", "OCEAN__INTEGRATION__TYPE": "files",
        "OCEAN__INTEGRATION__CONFIG__DATA_FOLDER": str(folder / "data"), "XDG_STATE_HOME": str(folder / "state"),
    }
    before = _requests(log)
    here = os.getcwd()
    # Ocean looks for its integration where it is started.
    os.chdir(folder / "integration")
    try:
        cost = run(command, Path("/dev/null"), bench.folder.resolve() / "port.entities", environment)
    finally:
        os.chdir(here)
    return Measured(cost, _requests(log) - before)


def _requests(log: Path) -> int:
    return sum(" /v1/" in line for line in log.read_text(errors="replace").splitlines())


def _portolan(bench: Bench, folder: Path) -> list[str]:
    return [
        str(Path(bench.portolan.executable).resolve()), "sync", ".", "--fixtures", str(folder / "data"), "--to", "port",
        "--yes", "--format", "json",
    ]


def _ocean(folder: Path) -> list[str]:
    return [str(OCEAN), "sail", "--once", "--port", "0", "--log-level", "ERROR"]


def _integration(folder: Path, data: Data) -> Path:
    """A folder with Ocean's integration of files, and the objects as the one array that it reads."""
    root = (folder / "port").resolve()
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(REPOSITORY / "Tests/Ocean/integration", root / "integration")
    resources = root / "integration/.port/resources"
    for path in resources.iterdir():
        path.unlink()
    shutil.copy(WORKLOADS[1].config, resources / "port-app-config.yaml")
    (resources / "blueprints.json").write_text(json.dumps(BLUEPRINTS))
    (root / "data").mkdir()
    (root / "data/service.json").write_text("[" + ",\n".join(data.path.read_text().splitlines()) + "]")
    return root


@contextmanager
def _server(bench: Bench) -> Iterator[tuple[str, Path]]:
    """Serves an empty catalog meanwhile, and gives its URL and where its requests are."""
    file, log = bench.folder / "port.db", bench.folder / "port.log"
    for path in file.parent.glob(file.name + "*"):
        path.unlink()
    command = [bench.portolan.executable, "catalog", "serve", str(file), "--port", "0", "--verbose"]
    with log.open("w") as output, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=output, text=True, env={**os.environ, **CREDENTIALS}) as server:
        try:
            yield server.stdout.readline().split(" at ")[1].strip(), log
        finally:
            server.terminate()
