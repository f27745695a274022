"""What is measured: which mapping on which objects, and how many of them."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
REPOSITORY = BENCHMARKS.parent
SHIPPED_CONFIG = REPOSITORY / ".port/jira/resources/port-app-config.yml"

COUNTS = {
    "small": {"issues": 2_000, "services": 100_000, "memory": 20_000, "live": (1_000, 20_000), "port": 2_000},
    "full": {"issues": 20_000, "services": 1_000_000, "memory": 200_000, "live": (1_000, 100_000), "port": 20_000},
}


@dataclass(frozen=True)
class Workload:
    """A mapping, and the same mapping as a jq program, on objects of one sort."""

    name: str
    title: str
    objects: str
    kind: str
    # Another mapping than the one that is called as the workload.
    mapping: Path | None = None

    @property
    def config(self) -> Path:
        return self.mapping or BENCHMARKS / "workloads" / self.name / "port-app-config.yml"

    @property
    def program(self) -> Path:
        return BENCHMARKS / "workloads" / self.name / "program.jq"


WORKLOADS = [
    Workload("jira", "Jira issues, the mapping that Ocean starts with", "issues", "issue"),
    Workload("flat", "Small flat objects, plain paths and one `//`", "services", "service"),
    Workload("half", "Jira issues, half of the expressions need jq", "issues", "issue"),
]


# Two fields that need libjq now and then; what the first does with libjq's help takes long.
FALLBACKS = Workload("fallbacks", "Expressions that libjq is asked for now and then", "services", "service")


def shuffled(workload: Workload, folder: Path, seed: int) -> Workload:
    """The workload by a mapping whose properties are in another order."""
    lines = workload.config.read_text().splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.strip() == "properties:") + 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    properties: list[list[str]] = []
    end = start
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) >= indent):
        if _indent(lines[end]) == indent:
            properties.append([])
        properties[-1].append(lines[end])
        end += 1
    random.Random(seed).shuffle(properties)
    path = folder / f"{workload.name}-{seed}.yml"
    path.write_text("".join(lines[:start] + sum(properties, []) + lines[end:]))
    return replace(workload, name=f"{workload.name}-{seed}", mapping=path)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@dataclass(frozen=True)
class Data:
    """A file of generated objects."""

    path: Path
    count: int

    @property
    def megabytes(self) -> float:
        return self.path.stat().st_size / 1e6


def generate(folder: Path, objects: str, count: int, seed: int, is_array: bool = False) -> Data:
    """The file of such objects; it is written unless an earlier run has left it."""
    path = folder / f"{objects}-{count}-{seed}.{'json' if is_array else 'ndjson'}"
    # Another generator makes other objects, so what it made before does not count.
    sources = [BENCHMARKS / "generate", *(BENCHMARKS / "generator").glob("*.py")]
    newest = max(source.stat().st_mtime for source in sources)
    if not path.exists() or path.stat().st_mtime < newest:
        unfinished = path.with_suffix(".part")
        command = [str(BENCHMARKS / "generate"), objects, "--count", str(count), "--seed", str(seed)]
        with unfinished.open("wb") as output:
            subprocess.run(command + ["--array"] * is_array, stdout=output, check=True)
        unfinished.rename(path)
    return Data(path, count)
