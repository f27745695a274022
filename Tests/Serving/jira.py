"""A made-up Jira on loopback: issues that can be changed, and the signed events that say so."""

import asyncio
import hashlib
import hmac
import json
import random
import re
import threading
import typing

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


class Connection(asyncio.Protocol):
    """One connection of a client: answers one request after another."""

    def __init__(self, jira):
        self.jira, self.bytes = jira, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.bytes += data
        while (end := self.bytes.find(b"\r\n\r\n")) >= 0:
            length = re.search(rb"(?i)\ncontent-length: *(\d+)", self.bytes[:end])
            end += 4 + (int(length.group(1)) if length else 0)
            if len(self.bytes) < end:
                return
            body, self.bytes = self.bytes[self.bytes.index(b"\r\n\r\n") + 4:end], self.bytes[end:]
            asked = json.loads(body)
            watched = self.jira.watched(asked)
            if watched and not watched.is_answered:
                watched.event.set()
                continue
            status, answer = self.jira.answer(asked)
            text = json.dumps(answer).encode()
            self.transport.write(
                b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
                % (status, len(text), text))
            if watched:
                watched.event.set()


class Watch(typing.NamedTuple):
    """Who waits until an issue is asked for."""

    number: int
    event: threading.Event
    is_answered: bool


class Jira:
    """Issues by their numbers, each with its version. What was deleted is never there again."""

    def __init__(self, chance, count, failures=0.0):
        self.lock = threading.Lock()
        self.chance, self.failures = chance, failures
        self.issues = {number: 1 for number in range(1, count + 1)}
        self.deleted = set()
        self.watch_for = None
        self.loop = asyncio.new_event_loop()
        server = self.loop.run_until_complete(self.loop.create_server(lambda: Connection(self), "127.0.0.1", 0))
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def watch(self, number, event, is_answered=True):
        """Sets an event when an issue is asked for the next time; where that is not to be answered, it never is."""
        self.watch_for = Watch(number, event, is_answered)

    def watched(self, asked):
        """What is to be told that this was asked for."""
        watch = self.watch_for
        if not watch or not re.search(rf"\bid = {watch.number}\b", asked["jql"]):
            return None
        self.watch_for = None
        return watch

    def answer(self, asked):
        """The status and the answer of a request; now and then it fails."""
        if random.random() < self.failures:
            return 503, {"errorMessages": ["made up"]}
        return self.search(asked)

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
