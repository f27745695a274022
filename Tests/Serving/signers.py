"""What the packages standardwebhooks and svix sign, and what is forged, before `portolan serve`; see scripts/signers."""

import argparse
import base64
import datetime
import http.client
import http.server
import json
import multiprocessing
import os
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import standardwebhooks
import svix
from service import Failure, Service, blueprint, build, write_integration

SPEC = """title: Demo
description: Made up
features:
  - type: exporter
    section: Demo
    resources:
      - kind: order
configurations:
  - name: webhookSecret
    required: true
    type: string
    sensitive: true
    description: The secret of events
"""

FETCHER = """baseUrl: {api}
events:
  verify: {verify}
  id: .headers["{prefix}-id"]
kinds:
  order:
    get: /orders
    event: {{objects: .body.data, key: .id}}
"""

CONFIG = """resources:
  - kind: order
    selector:
      query: 'true'
    port:
      entity:
        mappings:
          identifier: .id
          title: .id
          blueprint: '"order"'
          properties:
            size: .size
"""

TOLERANCE = 300


class Orders(http.server.BaseHTTPRequestHandler):
    """The API: it has one order, so that a resync creates the blueprint."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'[{"id": "order-0", "size": 0}]')

    def log_message(self, *_):
        pass


class Trial:
    """One scheme, and the package that signs by it."""

    def __init__(self, options, verify, prefix, webhook):
        self.options, self.verify, self.prefix, self.webhook = options, verify, prefix, webhook
        self.secret = "whsec_" + base64.b64encode(random.randbytes(24)).decode()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="signers-"))
        api = http.server.HTTPServer(("127.0.0.1", 0), Orders)
        threading.Thread(target=api.serve_forever, daemon=True).start()
        fetcher = FETCHER.format(verify=verify, prefix=prefix, api=f"http://127.0.0.1:{api.server_address[1]}")
        write_integration(self.folder, "demo", SPEC, fetcher, CONFIG, [blueprint("order", size="number")])
        self.service = Service(options.binary, self.folder, "demo", webhook_secret=self.secret)
        self.sent = 0

    def body(self):
        self.sent += 1
        return json.dumps({"data": {"id": f"order-{self.sent}", "size": self.sent, "name": "Ünïcode ✓"}}).encode()

    def headers(self, body, delivery, age=0, secret=None):
        """What the package signs, sent `age` seconds ago."""
        when = datetime.datetime.fromtimestamp(int(time.time()) - age, datetime.timezone.utc)
        signature = self.webhook(secret or self.secret).sign(delivery, when, body.decode())
        return {
            f"{self.prefix}-id": delivery, f"{self.prefix}-timestamp": str(int(when.timestamp())),
            f"{self.prefix}-signature": signature, "Content-Type": "application/json",
        }

    def post(self, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=20)
        connection.request("POST", "/integration/webhook", body, headers)
        answer = connection.getresponse()
        status, text = answer.status, answer.read().decode()
        connection.close()
        return status, text

    def expect(self, what, is_so, detail=""):
        if not is_so:
            raise Failure(f"{self.verify}: {what}: it is not so {detail}")
        print(f"{self.verify}: {what}", flush=True)

    def expect_answer(self, what, body, headers, status):
        answer = self.post(body, headers)
        self.expect(f"{what}: {status}", answer[0] == status, f"{answer}")

    def run(self):
        self.service.start("POLLING")
        try:
            self.service.wait_for_resync()
            self.genuine()
            self.changed()
            self.duplicates()
            self.forged()
            self.service.end()
        finally:
            if self.service.process.poll() is None:
                self.service.kill()
        shutil.rmtree(self.folder)

    def genuine(self):
        body = self.body()
        self.expect_answer("signed by the package", body, self.headers(body, "genuine-1"), 202)
        body = self.body()
        self.expect_answer(
            f"{TOLERANCE - 10} s old", body, self.headers(body, "genuine-2", TOLERANCE - 10), 202)
        body = self.body()
        headers = self.headers(body, "genuine-3")
        name = f"{self.prefix}-signature"
        other = self.headers(body, "genuine-3", secret="whsec_" + base64.b64encode(b"another secret").decode())[name]
        self.expect_answer("one of two signatures", body, {**headers, name: f"{other} {headers[name]}"}, 202)

    def changed(self):
        body = self.body()
        good = self.headers(body, "changed-1")
        self.expect_answer("a changed body", body.replace(b"size", b"siz3"), good, 401)
        self.expect_answer("a body with a byte more", body + b" ", good, 401)
        self.expect_answer("another id", body, {**good, f"{self.prefix}-id": "changed-2"}, 401)
        timestamp = f"{self.prefix}-timestamp"
        self.expect_answer("another time", body, {**good, timestamp: str(int(good[timestamp]) + 1)}, 401)
        old, early = (self.headers(body, "changed-3", age) for age in (TOLERANCE + 5, -TOLERANCE - 10))
        self.expect_answer(f"{TOLERANCE + 5} s old", body, old, 401)
        self.expect_answer(f"{TOLERANCE + 10} s in the future", body, early, 401)
        secret = "whsec_" + base64.b64encode(random.randbytes(24)).decode()
        self.expect_answer("another secret", body, self.headers(body, "changed-4", secret=secret), 401)
        for name in [name for name in good if name.startswith(self.prefix)]:
            without = {key: value for key, value in good.items() if key != name}
            self.expect_answer(f"no header {name}", body, without, 401)
        hexadecimal = base64.b64decode(good[f"{self.prefix}-signature"][3:]).hex()
        self.expect_answer("in hex", body, {**good, f"{self.prefix}-signature": f"v1,{hexadecimal}"}, 401)

    def duplicates(self):
        self.service.wait_until_empty()
        before = self.service.metrics()
        body = self.body()
        headers = self.headers(body, "twice")
        answers = [self.post(body, headers) for _ in range(20)]
        self.expect(
            "20 of one id: 202 each, and accepted once",
            [status for status, _ in answers] == [202] * 20
            and sum('"accepted"' in text for _, text in answers) == 1, f"{answers}")
        self.service.wait_until_empty()
        after = self.service.metrics()
        done = self.done(after) - self.done(before)
        self.expect("20 of one id: done once", done == 1, f"{done}")

    @staticmethod
    def done(metrics):
        return sum(
            value for name, value in metrics.items()
            if name.startswith("portolan_event_objects_total") and "retried" not in name)

    def forged(self):
        count = self.options.forged
        sizes = self.rows(), self.size()
        refused = 'portolan_events_received_total{answer="refused"}'
        before = self.service.metrics()[refused]
        begun = time.monotonic()
        body = self.body()
        work = [
            (self.service.port, self.prefix, body, self.options.seed + place, count // 4 + (place < count % 4))
            for place in range(4)]
        with multiprocessing.Pool(4) as pool:
            wrong = sum(pool.starmap(forge, work))
        seconds = time.monotonic() - begun
        self.expect(f"{count} forged in {seconds:.0f} s: 401 each", wrong == 0, f"{wrong} others")
        self.expect(f"{count} forged: the metrics count them", self.service.metrics()[refused] - before == count)
        after = self.rows(), self.size()
        self.expect(f"{count} forged: the file of events is as it was", after == sizes, f"{sizes} {after}")
        lines = self.service.log.read_text().count("refused")
        self.expect(f"{count} forged: {lines} lines in the log", lines <= 5 + seconds / 30)

    def size(self):
        return sum(path.stat().st_size for path in self.folder.glob("events.db*"))

    def rows(self):
        with sqlite3.connect(self.service.events) as database:
            tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def forge(port, prefix, body, seed, count):
    """Sends forged events over one connection; how many were not answered with 401."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    wrong = 0
    for place in range(count):
        signature = base64.b64encode(chance.randbytes(32)).decode()
        connection.request("POST", "/integration/webhook", body, {
            f"{prefix}-id": f"forged-{seed}-{place}", f"{prefix}-timestamp": str(int(time.time())),
            f"{prefix}-signature": f"v1,{signature}",
        })
        answer = connection.getresponse()
        answer.read()
        wrong += answer.status != 401
    connection.close()
    return wrong


def main():
    parser = argparse.ArgumentParser(prog="scripts/signers", description="What others sign, before portolan serve.")
    parser.add_argument("--binary", help="the program; without it, it is built")
    parser.add_argument("--forged", type=int, default=100_000, help="how many forged events each scheme gets")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args()
    options.binary = os.path.abspath(options.binary) if options.binary else build()
    random.seed(options.seed)
    print(f"seed {options.seed}")
    try:
        Trial(options, "standard-webhooks", "webhook", standardwebhooks.Webhook).run()
        Trial(options, "svix", "svix", svix.webhooks.Webhook).run()
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
