"""`portolan plan` and `portolan sync` into a local catalog: all new, nothing changed, a thousand changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from statistics import median

from .comparison import Bench
from .processes import CommandFailed, Cost, run
from .tables import number, peak, table
from .workloads import COUNTS, WORKLOADS, Data, generate

CHANGED = 1_000
BLUEPRINTS = [
    {
        "identifier": "service",
        "schema": {
            "properties": {
                "language": {"type": "string"}, "tier": {"type": "number"}, "version": {"type": "string"},
                "replicas": {"type": "number"}, "cpu": {"type": "number"}, "healthy": {"type": "boolean"},
                "updated": {"type": "string"}, "note": {"type": "string"},
            }
        },
        "relations": {
            "cluster": {"target": "cluster", "many": False, "required": False},
            "team": {"target": "person", "many": False, "required": False},
        },
    },
    {"identifier": "cluster", "schema": {"properties": {}}, "relations": {}},
    {"identifier": "person", "schema": {"properties": {}}, "relations": {}},
]


def catalog(bench: Bench) -> str:
    """How long plans and syncs take beside mapping alone and reading the catalog alone, and their memory."""
    workload = WORKLOADS[1]
    data = generate(bench.folder, workload.objects, COUNTS[bench.size]["services"], bench.seed)
    folder = _integration(bench.folder, workload.config, data.path)
    file, nothing = bench.folder / "catalog.db", Path("/dev/null")
    costs: dict[str, list[Cost]] = {}

    def measure(name: str, *command: str) -> None:
        bench.say(f"catalog: {name}")
        output = bench.folder / "catalog.entities"
        costs.setdefault(name, []).append(run([bench.portolan.executable, *command], nothing, output))

    plan = ("plan", str(folder), "--to", str(file), "--format", "json")
    sync = ("sync", str(folder), "--to", str(file), "--yes", "--format", "json")
    try:
        for _ in range(bench.runs):
            _remove(file)
            _fixture(folder, data.path)
            costs.setdefault("map alone", []).append(
                bench.portolan.measure(workload, data, bench.folder / "catalog.entities"))
            measure("plan, all new", *plan)
            measure("sync, all new", *sync)
            measure("read the catalog alone", "catalog", "export", "--catalog", str(file))
            measure("plan, nothing changed", *plan)
            measure("sync, nothing changed", *sync)
            _fixture(folder, _changed(bench.folder, data))
            measure(f"plan, {CHANGED:,} changed", *plan)
            measure(f"sync, {CHANGED:,} changed", *sync)
    except CommandFailed as failure:
        bench.faults.append(f"catalog: {failure}")
    parts = zip(*(
        [cost.wall for cost in costs.get(name, [])]
        for name in ("plan, nothing changed", "map alone", "read the catalog alone")))
    shares = [plan / (mapping + reading) for plan, mapping, reading in parts]
    return "\n\n".join([
        "## Into a local catalog (`catalog`)",
        f"{data.count:,} small objects, {data.megabytes:.0f} MB, an entity each; all processors. "
        + (f"A plan of nothing changed takes {number(median(shares))} times what mapping and reading take together."
           if shares else ""),
        table(["", "s", "CPU s", "entities/s", "peak MB"], [_row(name, some, data) for name, some in costs.items()])])


def _row(name: str, costs: list[Cost], data: Data) -> list[str]:
    wall = median(cost.wall for cost in costs)
    return [
        name, number(wall), number(median(cost.cpu for cost in costs)), f"{data.count / wall:,.0f}", peak(costs)]


def _integration(folder: Path, config: Path, objects: Path) -> Path:
    """A folder with an integration whose fixtures are the objects."""
    root = folder / "catalog"
    resources = root / ".port" / "services" / "resources"
    resources.mkdir(parents=True, exist_ok=True)
    shutil.copy(config, resources / "port-app-config.yml")
    (resources / "blueprints.json").write_text(json.dumps(BLUEPRINTS))
    _fixture(root, objects)
    return root


def _fixture(root: Path, objects: Path) -> None:
    fixture = root / "Fixtures" / "services" / "service.json"
    fixture.parent.mkdir(parents=True, exist_ok=True)
    fixture.unlink(missing_ok=True)
    fixture.symlink_to(objects.resolve())


def _changed(folder: Path, data: Data) -> Path:
    """The objects, of which a thousand have another name."""
    path, step = folder / "catalog-changed.ndjson", max(1, data.count // CHANGED)
    with data.path.open("rb") as lines, path.open("wb") as output:
        for place, line in enumerate(lines):
            if place % step == 0 and place // step < CHANGED:
                line = (json.dumps({**json.loads(line), "name": f"renamed {place}"}) + "\n").encode()
            output.write(line)
    return path


def _remove(file: Path) -> None:
    for path in file.parent.glob(file.name + "*"):
        path.unlink()
