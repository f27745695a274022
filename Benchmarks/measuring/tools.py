"""The commands that are compared: where they are, which version, and how each is called."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from .processes import Cost, run
from .workloads import BENCHMARKS, REPOSITORY, Data, Workload

HOW_TO_GET = {
    "jq": "https://jqlang.org/download (apt-get install jq, brew install jq)",
    "gojq": "https://github.com/itchyny/gojq (apt-get install gojq, brew install gojq)",
    "jaq": "https://github.com/01mf02/jaq (cargo install jaq, brew install jaq)",
    "Ocean": "pip install port-ocean in an environment of Python 3.12, then --ocean-python ITS-PYTHON",
}


@dataclass(frozen=True)
class Tool:
    """One command."""

    name: str
    version: str
    executable: str

    def measure(self, workload: Workload, data: Data, output: Path) -> Cost:
        """Maps the data by the workload's mapping, into the file `output`."""
        raise NotImplementedError

    def outputs(self, data: Data) -> int:
        """How many of the data's objects it maps."""
        return data.count


@dataclass(frozen=True)
class Portolan(Tool):
    threads: int = 1

    def measure(self, workload: Workload, data: Data, output: Path) -> Cost:
        command = [
            self.executable, "map", "--config", str(workload.config), "--kind", workload.kind,
            "--threads", str(self.threads),
        ]
        return run(command, data.path, output)

    def on(self, threads: int) -> Portolan:
        """The same command with so many threads."""
        return replace(self, threads=threads)


@dataclass(frozen=True)
class JQLike(Tool):
    """jq, and what takes its arguments."""

    def measure(self, workload: Workload, data: Data, output: Path) -> Cost:
        command = [self.executable, "-c", "-f", str(workload.program)]
        return run(command, data.path, output, _environment(self.executable))


@dataclass(frozen=True)
class Ocean(Tool):
    """Ocean's entity processor, on the first objects only: it takes milliseconds for each."""

    sample: int = 200

    def measure(self, workload: Workload, data: Data, output: Path) -> Cost:
        costs = output.with_suffix(".costs")
        count = self.outputs(data)
        command = [
            self.executable, str(BENCHMARKS / "ocean"), str(workload.config), workload.kind, str(count), str(costs),
        ]
        whole = run(command, data.path, output)
        own = json.loads(costs.read_text())
        costs.unlink()
        # Its start is left out, as if it had been running for long.
        scale = data.count / count
        return Cost(own["wall"] * scale, own["cpu"] * scale, whole.peak)

    def outputs(self, data: Data) -> int:
        return min(self.sample, data.count)


def portolan(executable: str, name: str = "portolan") -> Portolan:
    """The command under test, or an earlier one."""
    path = Path(executable).resolve()
    is_own = REPOSITORY in path.parents
    commit = _first_line(["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty"]) if is_own else None
    return Portolan(name, commit or "", str(path))


def others(more: list[str], ocean_python: str | None, ocean_sample: int) -> tuple[list[Tool], list[str]]:
    """The tools that are installed, and the names of those that are not."""
    found: list[Tool] = []
    for name in ["jq", "gojq", "jaq"]:
        path = shutil.which(name)
        found += [_jq_like(name, path)] if path else []
    found += [_jq_like(Path(path).name, path) for path in more]
    ocean = _ocean(ocean_python, ocean_sample)
    found += [ocean] if ocean else []
    return found, [name for name in HOW_TO_GET if name not in {tool.name for tool in found}]


def _jq_like(name: str, path: str) -> JQLike:
    words = (_first_line([path, "--version"], _environment(path)) or "").removeprefix(f"{name}-").split()
    return JQLike(name, next((word for word in words if word[0].isdigit()), ""), path)


def _ocean(python: str | None, sample: int) -> Ocean | None:
    ask = "import port_ocean, importlib.metadata as metadata; print(metadata.version('port-ocean'))"
    for candidate in [python] if python else ["python3", "python3.12", "python"]:
        path = shutil.which(candidate)
        version = path and _first_line([path, "-c", ask])
        if version:
            return Ocean("Ocean", version, path, sample)
    return None


def _environment(executable: str) -> dict[str, str] | None:
    """A jq that was built into a folder of its own, as scripts/build-libjq does, finds its library there."""
    library = Path(executable).resolve().parent.parent / "lib"
    if not list(library.glob("libjq.so*")) or library == Path("/usr/lib"):
        return None
    known = os.environ.get("LD_LIBRARY_PATH")
    return {**os.environ, "LD_LIBRARY_PATH": f"{library}:{known}" if known else str(library)}


def _first_line(command: list[str], environment: dict[str, str] | None = None) -> str | None:
    try:
        result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return result.stdout.partition("\n")[0].strip() if result.returncode == 0 else None
