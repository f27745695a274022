"""The server, Ocean and the catalog, as scenario.py uses them."""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request

SECRET = "secret-of-the-scenario"
AGENT = "portolan-scenario"
failures = []


def check(what, is_so, found=None):
    print(f"{'ok     ' if is_so else 'FAILED '} {what}", flush=True)
    if not is_so:
        failures.append(what)
        if found:
            print(f"        found: {found}")


def differences(before, after):
    """Which entities two snapshots have not alike, each with both of its states."""
    keys = sorted(before.keys() | after.keys())
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def finish():
    print(f"{len(failures)} failed" if failures else "all is well")
    sys.exit(1 if failures else 0)


class Server:
    """`portolan catalog serve` on a free port, with a file of its own."""

    def __init__(self, portolan, work):
        self.portolan, self.file = portolan, work / "catalog.db"

    def __enter__(self):
        environment = {**os.environ, "OCEAN__PORT__CLIENT_ID": "local", "OCEAN__PORT__CLIENT_SECRET": SECRET}
        command = [self.portolan, "catalog", "serve", self.file, "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        line = self.process.stdout.readline()
        if " at http" not in line:
            sys.exit(f"the server did not start: {line!r}")
        self.url = line.split(" at ")[1].strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        check("the server ends when asked to", self.process.wait(timeout=10) == 0)


class Ocean:
    """The integration, run once at a time by an Ocean that knows nothing of all this."""

    def __init__(self, program, integration, work, server):
        self.program, self.server = program, server
        self.folder, self.data, self.logs = work / "integration", work / "data", work / "logs"
        shutil.copytree(integration, self.folder)
        self.data.mkdir()
        self.logs.mkdir()
        self.count = 0

    def write(self, data):
        """Makes `data` what there is to fetch, kind by kind."""
        for kind, objects in data.items():
            (self.data / f"{kind}.json").write_text(json.dumps(objects))

    def sail(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OCEAN__")}
        environment |= {
            "OCEAN__PORT__BASE_URL": self.server.url,
            "OCEAN__PORT__CLIENT_ID": "local",
            "OCEAN__PORT__CLIENT_SECRET": SECRET,
            "OCEAN__INTEGRATION__IDENTIFIER": "files-test",
            "OCEAN__INTEGRATION__CONFIG__DATA_FOLDER": str(self.data),
            "NO_PROXY": "127.0.0.1",
        }
        command = [self.program, "sail", "--once", "--port", "0", "--log-level", "DEBUG"]
        self.count += 1
        path = self.logs / f"ocean-{self.count}.log"
        with open(path, "w") as file:
            try:
                subprocess.run(
                    command, cwd=self.folder, env=environment, check=True, timeout=60,
                    stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                )
            except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
                print(path.read_text()[-4000:])
                sys.exit(f"{error}; the end of what it said is above")
        return Log(path.read_text())


class Portolan:
    """`portolan plan` and `portolan sync`, with the catalog's file itself."""

    def __init__(self, program, folder, server):
        self.program, self.folder, self.file = program, folder, server.file

    def use_config(self, config):
        """Makes `config` the integration's mapping; JSON is YAML."""
        (self.folder / ".port/resources/port-app-config.yaml").write_text(json.dumps(config))

    def plan(self, data):
        return json.loads(self.run("plan", data))

    def sync(self, data):
        self.run("sync", data, "--yes")

    def run(self, command, data, *more):
        arguments = [
            self.program, command, "--config", self.folder / ".port/resources/port-app-config.yaml",
            "--fixtures", data, "--to", self.file, "--type", "files", "--identifier", "files-test",
            "--format", "json", *more,
        ]
        run = subprocess.run(arguments, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        if run.returncode != 0:
            print(run.stdout[-2000:], run.stderr[-2000:])
            check(f"portolan {command} ends well", False)
        return run.stdout


class Log:
    """What Ocean said."""

    def __init__(self, text):
        self.text = text

    def wrote(self, blueprint):
        return any(
            "Upserting" in line and f"of blueprint: {blueprint}" in line for line in self.text.splitlines()
        )


class Catalog:
    """The catalog, through the same API that Ocean uses."""

    def __init__(self, server):
        self.url = server.url
        self.token = None
        answer = self.request("POST", "/v1/auth/access_token", {"clientId": "local", "clientSecret": SECRET})
        self.token = answer["accessToken"]

    def request(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode()
        )
        request.add_header("User-Agent", AGENT)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as response:
            return json.load(response)

    def get(self, path):
        return self.request("GET", path)

    def raw(self, method, path, body):
        """The status of an answer."""
        try:
            self.request(method, path, body)
            return 200
        except urllib.error.HTTPError as error:
            return error.code

    def entities(self, blueprint):
        return self.get(f"/v1/blueprints/{blueprint}/entities")["entities"]

    def entity(self, blueprint, quoted_identifier):
        """One entity, None where there is none."""
        try:
            return self.get(f"/v1/blueprints/{blueprint}/entities/{quoted_identifier}")["entity"]
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise

    def owned(self):
        """What the integration owns, page by page."""
        found, after = [], None
        while True:
            body = {"datasource_prefix": "port-ocean/files/", "datasource_suffix": "/files-test/exporter", "limit": 20}
            answer = self.request(
                "POST", "/v1/blueprints/entities/datasource-entities", body | ({"from": after} if after else {})
            )
            found += answer["entities"]
            after = answer["next"]
            if not after:
                return found

    def snapshot(self):
        """Every entity by its key, with the time of its last change."""
        blueprints = [blueprint["identifier"] for blueprint in self.get("/v1/blueprints")["blueprints"]]
        return {(entity["blueprint"], entity["identifier"]): entity for name in blueprints for entity in self.entities(name)}
