"""`portolan serve` as a process, and the folder that it serves: what the trials of the service share."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent


class Failure(Exception):
    """What the service did and should not have done."""


def build():
    """Builds portolan for debugging; the path of the command."""
    subprocess.run(["swift", "build", "--product", "portolan"], cwd=REPOSITORY, check=True, stdout=sys.stderr)
    path = subprocess.run(
        ["swift", "build", "--show-bin-path"], cwd=REPOSITORY, check=True, capture_output=True, text=True)
    return str(pathlib.Path(path.stdout.strip()) / "portolan")


def free_port():
    """A port of loopback that nobody uses at the moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def blueprint(identifier, **properties):
    """A blueprint with these properties, each with its type."""
    return {
        "identifier": identifier, "title": identifier,
        "schema": {"properties": {name: {"type": kind} for name, kind in properties.items()}, "required": []},
        "relations": {},
    }


def write_integration(folder, name, spec, fetcher, config, blueprints):
    """Writes the files of an integration into `.port` of a folder."""
    resources = folder / ".port" / name / "resources"
    resources.mkdir(parents=True)
    (resources.parent / "spec.yml").write_text(spec)
    (resources.parent / "fetcher.yml").write_text(fetcher)
    (resources / "port-app-config.yml").write_text(config)
    (resources / "blueprints.json").write_text(json.dumps(blueprints))


class Service:
    """`portolan serve` with a catalog in a file, on one port however often it is started."""

    def __init__(self, binary, folder, integration, **settings):
        self.binary, self.folder, self.integration = binary, folder, integration
        self.port = free_port()
        self.catalog, self.events = folder / "catalog.db", folder / "events.db"
        self.log = folder / "log"
        self.environment = {
            **os.environ,
            **{f"OCEAN__INTEGRATION__CONFIG__{name.upper()}": value for name, value in settings.items()},
        }
        self.process = None

    def start(self, listener="WEBHOOKS_ONLY", patience=30):
        """Starts it, and waits until it can work."""
        command = [
            self.binary, "serve", self.integration, "--to", str(self.catalog), "--events", str(self.events),
            "--host", "127.0.0.1", "--port", str(self.port), "--log", "text", "--log-level", "warning",
        ]
        with open(self.log, "a") as output:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env={**self.environment, "OCEAN__EVENT_LISTENER__TYPE": listener},
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        end = time.monotonic() + patience
        while not self.is_ready():
            if self.process.poll() is not None:
                raise Failure(f"it ended with status {self.process.returncode}:\n{self.last_words()}")
            if time.monotonic() > end:
                raise Failure(f"it is not ready after {patience} s:\n{self.last_words()}")
            time.sleep(0.02)

    def is_ready(self):
        try:
            return bool(self.get("/health/ready"))
        except OSError:
            return False

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def metrics(self):
        """Each line of its metrics, with its labels, and the number."""
        lines = (line.rsplit(" ", 1) for line in self.get("/metrics").splitlines() if not line.startswith("#"))
        return {name: float(number) for name, number in lines}

    def wait_for_resync(self, patience=60):
        """Waits for the end of the first resync, which creates the blueprints."""
        end = time.monotonic() + patience
        while not self.metrics().get('portolan_resyncs_total{result="completed"}'):
            if time.monotonic() > end:
                raise Failure(f"no resync is completed after {patience} s:\n{self.last_words()}")
            time.sleep(0.1)

    def wait_until_empty(self, patience=60):
        """Waits until all events that it keeps are in the catalog; how many were given up."""
        end = time.monotonic() + patience
        while True:
            metrics = self.metrics()
            if metrics["portolan_events_waiting"] == 0:
                return int(metrics["portolan_events_dead"])
            if time.monotonic() > end:
                raise Failure(
                    f"{metrics['portolan_events_waiting']:.0f} events still wait after {patience} s:\n{self.last_words()}")
            time.sleep(0.1)

    def kill(self):
        """Ends it with SIGKILL."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        """Asks it to end, and waits for that."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()
                raise Failure("it did not end within 40 s of SIGTERM")

    def last_words(self):
        return self.log.read_text()[-3000:]

    def resources(self):
        """Its seconds of processor time so far, and the bytes of memory that it holds."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        memory = int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) * 1024
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), memory
