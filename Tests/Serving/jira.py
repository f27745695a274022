"""A made-up Jira on loopback: issues that can be changed, and the signed events that say so."""

import hashlib
import hmac
import http.server
import json
import random
import re
import threading

from service import REPOSITORY, blueprint, write_integration

SECRET = "made-up-secret"

CONFIG = """entityDeletionThreshold: 1
resources:
  - kind: issue
    selector:
      query: 'true'
      jql: project = DEMO ORDER BY created
    port:
      entity:
        mappings:
          identifier: .key
          title: .fields.summary
          blueprint: '"issue"'
          properties:
            version: .fields.version
            text: .fields.text
"""


def integration(folder):
    """Writes Jira's integration with a small config into a folder."""
    own = REPOSITORY / ".port" / "jira"
    write_integration(
        folder, "jira", (own / "spec.yml").read_text(), (own / "fetcher.yml").read_text(), CONFIG,
        [blueprint("issue", version="number", text="string")])


def properties(number, version):
    """What an issue has in a version: the entity's title and properties."""
    text = hashlib.sha256(f"{number} {version}".encode()).hexdigest()
    return f"Issue {number}, version {version}", {"version": version, "text": text}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that is killed ends its connection at any moment."""


class Jira:
    """Issues by their numbers, each with its version. What was deleted is never there again."""

    def __init__(self, chance, count, failures=0.0):
        self.lock = threading.Lock()
        self.chance, self.failures = chance, failures
        self.issues = {number: 1 for number in range(1, count + 1)}
        self.deleted = set()
        self.server = Server(("127.0.0.1", 0), self.handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def change(self):
        """Creates, changes or deletes an issue; its number, and what happened."""
        with self.lock:
            roll = self.chance.random()
            if roll < 0.1 or not self.issues:
                number = max([0, *self.issues, *self.deleted]) + 1
                self.issues[number] = 1
                return number, 1, "created"
            number = self.chance.choice(list(self.issues))
            if roll < 0.18:
                del self.issues[number]
                self.deleted.add(number)
                return number, None, "deleted"
            self.issues[number] += 1
            return number, self.issues[number], "updated"

    def issue(self, number, version):
        title, fields = properties(number, version)
        return {
            "id": str(number), "key": f"DEMO-{number}", "self": f"{self.url}/rest/api/3/issue/{number}",
            "fields": {"summary": title, **fields},
        }

    def search(self, asked):
        one = re.search(r"\bid = (\d+)", asked["jql"])
        with self.lock:
            if one:
                number = int(one.group(1))
                if number in self.issues:
                    return 200, {"issues": [self.issue(number, self.issues[number])], "isLast": True}
                if number % 2:
                    return 200, {"issues": [], "isLast": True}
                return 400, {"errorMessages": [f"An issue with id '{number}' does not exist for the field 'id'."]}
            begin = int(asked.get("nextPageToken") or 0)
            numbers = sorted(number for number in self.issues if number > begin)[:100]
            answer = {"issues": [self.issue(number, self.issues[number]) for number in numbers]}
        answer["isLast"] = len(numbers) < 100
        if numbers and not answer["isLast"]:
            answer["nextPageToken"] = str(numbers[-1])
        return 200, answer

    def handler(jira):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if random.random() < jira.failures:
                    status, answer = 503, {"errorMessages": ["made up"]}
                else:
                    status, answer = jira.search(asked)
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler


def event(number, what, delivery, padding=0):
    """The body and the headers of an event, as Jira signs them."""
    body = json.dumps({
        "webhookEvent": f"jira:issue_{what}", "issue": {"id": str(number), "key": f"DEMO-{number}"},
        "padding": "x" * padding,
    }).encode()
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/json", "X-Hub-Signature": f"sha256={signature}",
        "X-Atlassian-Webhook-Identifier": delivery,
    }
