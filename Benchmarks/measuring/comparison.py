"""The parts of a run. Each returns Markdown; what goes wrong is noted as a fault as well."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from .agreement import first_difference
from .processes import CommandFailed, Cost, seconds_to_first_line
from .tables import number, peak, ratio, table
from .tools import Portolan, Tool
from .workloads import COUNTS, FALLBACKS, SHIPPED_CONFIG, WORKLOADS, Data, Workload, generate, shuffled

STARTS = 20


@dataclass
class Bench:
    """How to measure, and what was wrong so far."""

    folder: Path
    size: str
    seed: int
    runs: int
    threads: int
    portolan: Portolan
    others: list[Tool]
    faults: list[str] = field(default_factory=list)

    def compare(self, workload: Workload) -> str:
        """One workload by every tool: speed, memory, and whether the outputs agree."""
        data = self._data(workload)
        costs, notes = self._rounds(workload, data, [self.portolan, *self.others])
        own = costs[self.portolan]
        rows = []
        for tool, note in notes.items():
            cells = self._cells(data, costs[tool], own) if costs[tool] else ["–"] * 6
            rows.append([tool.name, tool.version, *cells, note])
        headings = [
            "command", "version", "wall s", "CPU s", "MB/s", "wall / portolan's", "CPU / portolan's", "peak MB",
            "entities",
        ]
        amount = f"{data.count:,} objects, {data.megabytes:.0f} MB"
        sampled = [
            f"{tool.name} maps the first {tool.outputs(data)} objects only; its times are scaled to all."
            for tool in self.others if tool.outputs(data) < data.count
        ]
        return "\n\n".join([
            f"## {workload.title} (`{workload.name}`)", f"{amount}; portolan on one thread.",
            table(headings, rows), *sampled])

    def arrays(self) -> str:
        """The same objects one a line and as one array, on one thread and on several."""
        workload, count = WORKLOADS[0], COUNTS[self.size]["issues"]
        rows = []
        for tool in [self.portolan, self.portolan.on(self.threads)]:
            lines, array = (
                generate(self.folder, workload.objects, count, self.seed, is_array) for is_array in (False, True))
            costs: dict[Data, list[Cost]] = {lines: [], array: []}
            for turn in range(self.runs + 1):
                self.say(f"arrays: {_label(tool)}, round {turn} of {self.runs}")
                for data in costs:
                    cost, fault = self._measure(tool, workload, data)
                    self.faults += [f"arrays: {fault}"] if fault else []
                    # The first round warms caches up.
                    costs[data] += [cost] if cost and turn else []
            rows.append([str(tool.threads), *self._times(costs[array], costs[lines])])
        headings = ["threads", "wall / lines'", "CPU / lines'"]
        return "\n\n".join(["## One array instead of lines (`arrays`)", table(headings, rows)])

    def order(self) -> str:
        """Mappings whose properties are in another order."""
        rows = []
        for workload in [*WORKLOADS, FALLBACKS]:
            data = self._data(workload)
            others = [shuffled(workload, self.folder, seed) for seed in range(1, 4)]
            costs: dict[str, list[Cost]] = {each.name: [] for each in [workload, *others]}
            for turn in range(self.runs + 1):
                self.say(f"order: {workload.name}, round {turn} of {self.runs}")
                for each in [workload, *others]:
                    cost, fault = self._measure(self.portolan, each, data)
                    self.faults += [f"order: {fault}"] if fault else []
                    costs[each.name] += [cost] if cost and turn else []
            for number_, each in enumerate(others, start=1):
                own = self._times(costs[each.name], costs[workload.name])
                rows.append([f"{workload.name}, order {number_}", *own])
        headings = ["mapping", "wall / as written", "CPU / as written"]
        return "\n\n".join(["## Another order of lines (`order`)", table(headings, rows)])

    def more_threads(self) -> str:
        """Each workload on one thread and on several, and a long stream: what threads share shows in the
        processor time."""
        one, several = self.portolan, self.portolan.on(self.threads)
        rows = []
        long = COUNTS[self.size]["memory"]
        inputs = [(workload, self._data(workload)) for workload in WORKLOADS]
        inputs.append((WORKLOADS[0], generate(self.folder, "issues", long, self.seed)))
        for workload, data in inputs:
            costs, notes = self._rounds(workload, data, [one, several])
            if costs[one] and costs[several]:
                walls = {tool: [cost.wall for cost in costs[tool]] for tool in costs}
                middle = [number(median(walls[tool])) for tool in (one, several)]
                cpus = [[cost.cpu for cost in costs[tool]] for tool in (several, one)]
                rows.append([
                    f"{workload.name}, {data.megabytes:.0f} MB", *middle, ratio(walls[one], walls[several]),
                    ratio(*cpus), notes[several],
                ])
        headings = ["workload", "1 thread, s", f"{self.threads} threads, s", "gain", "CPU / 1 thread's", "entities"]
        return "\n\n".join(["## More threads (`threads`)", table(headings, rows)])

    def memory(self) -> str:
        """The most memory that a long input takes, a line an object and as one array."""
        count, workload = COUNTS[self.size]["memory"], WORKLOADS[0]
        rows = []
        for is_array in (False, True):
            self.say(f"memory: {count:,} objects, {'one array' if is_array else 'one a line'}")
            data = generate(self.folder, workload.objects, count, self.seed, is_array)
            for tool in [self.portolan, self.portolan.on(self.threads)]:
                cost, fault = self._measure(tool, workload, data)
                with self._output(workload, tool).open("rb") as output:
                    entities = sum(1 for _ in output)
                if cost is None or entities != count:
                    self.faults.append(fault or f"memory: {entities:,} entities of {count:,} objects")
                rows.append([
                    "one array" if is_array else "one object a line", f"{data.megabytes:.0f}", str(tool.threads),
                    peak([cost]) if cost else "–", f"{entities:,}",
                ])
            # They are large, and quickly made again.
            data.path.unlink()
        headings = ["input", "MB", "threads", "peak MB", "entities"]
        return "\n\n".join(["## Memory (`memory`)", table(headings, rows)])

    def start(self) -> str:
        """The time until the first entity is on standard output, with all of a real config."""
        data = generate(self.folder, "issues", 1, self.seed)
        command = [self.portolan.executable, "map", "--config", str(SHIPPED_CONFIG), "--kind", "issue"]
        try:
            times = [1000 * seconds_to_first_line(command, data.path) for _ in range(STARTS)]
            rows = [[f"{pick(times):.0f}" for pick in (min, median, max)]]
        except CommandFailed as failure:
            self.faults.append(f"start: {failure}")
            rows = [["–"] * 3]
        return "\n\n".join([
            "## Start (`start`)",
            f"From the start of the process to the first entity, with the Jira config as shipped; {STARTS} times.",
            table(["least ms", "median ms", "most ms"], rows)])

    def _data(self, workload: Workload) -> Data:
        return generate(self.folder, workload.objects, COUNTS[self.size][workload.objects], self.seed)

    def _rounds(
        self, workload: Workload, data: Data, tools: list[Tool]
    ) -> tuple[dict[Tool, list[Cost]], dict[Tool, str]]:
        """What each tool cost in each round, and what is to be said of its output.

        The tools take turns, so that a slow minute of the machine falls on all of them. The round before
        the first warms caches up, and it is the one whose outputs are compared.
        """
        costs: dict[Tool, list[Cost]] = {tool: [] for tool in tools}
        notes: dict[Tool, str] = {}
        for tool in tools:
            self.say(f"{workload.name}: {_label(tool)}, checking what it makes")
            cost, fault = self._measure(tool, workload, data)
            notes[tool] = "agree" if cost else "failed"
            if cost and tool is not tools[0] and notes[tools[0]] == "agree":
                fault = first_difference(
                    self._output(workload, tools[0]), self._output(workload, tool), tool.outputs(data))
                notes[tool] = "differ" if fault else "agree"
            if fault:
                self.faults.append(f"{workload.name}: {_label(tool)}: {fault}")
        for turn in range(1, self.runs + 1):
            self.say(f"{workload.name}: round {turn} of {self.runs}")
            for tool in tools:
                cost = self._measure(tool, workload, data)[0] if notes[tool] != "failed" else None
                costs[tool] += [cost] if cost else []
        return costs, notes

    def _measure(self, tool: Tool, workload: Workload, data: Data) -> tuple[Cost | None, str | None]:
        try:
            return tool.measure(workload, data, self._output(workload, tool)), None
        except CommandFailed as failure:
            return None, str(failure)

    def _output(self, workload: Workload, tool: Tool) -> Path:
        return self.folder / f"{workload.name}.{re.sub('[^a-zA-Z0-9.]+', '-', _label(tool))}.entities"

    def _cells(self, data: Data, costs: list[Cost], own: list[Cost]) -> list[str]:
        walls, cpus = [cost.wall for cost in costs], [cost.cpu for cost in costs]
        own_walls, own_cpus = [cost.wall for cost in own], [cost.cpu for cost in own]
        ratios = ["–", "–"]
        if own:
            ratios = ["1", "1"] if costs is own else [ratio(walls, own_walls), ratio(cpus, own_cpus)]
        return [
            number(median(walls)), number(median(cpus)), number(data.megabytes / median(walls)), *ratios, peak(costs)]

    @staticmethod
    def _times(costs: list[Cost], others: list[Cost]) -> list[str]:
        """How many times the others' wall and processor time these took."""
        if not costs or not others:
            return ["–", "–"]
        return [
            ratio([cost.wall for cost in costs], [cost.wall for cost in others]),
            ratio([cost.cpu for cost in costs], [cost.cpu for cost in others]),
        ]

    def say(self, text: str) -> None:
        """Shows on a terminal what is being done."""
        if sys.stderr.isatty():
            print(f"… {text}", file=sys.stderr, flush=True)


def _label(tool: Tool) -> str:
    threads = getattr(tool, "threads", 1)
    words = [tool.name, tool.version] + ([f"on {threads} threads"] if threads > 1 else [])
    return " ".join(word for word in words if word)
