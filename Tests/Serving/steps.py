"""Kills `portolan serve` at each step of an event's way, as far as it is seen from outside, or shortly after it."""

import random
import socket
import sqlite3
import threading
import time

import jira
from catalog import entities, wrong_versions
from service import Failure, Service

# What has happened when the service is killed.
STEPS = [
    "the connection is open", "half of the event is sent", "the event is sent", "it is answered", "its object is asked for",
    "the object is given", "the entity is written", "nothing waits",
]


class StepTrial:
    """Sends one event after another, each of which meets a kill at its step."""

    def __init__(self, options, folder):
        self.chance = random.Random(options.seed)
        self.rounds = options.rounds
        self.jira = jira.Jira(random.Random(options.seed + 1), 20)
        jira.integration(folder)
        self.service = Service(
            options.binary, folder, "jira", jira_host=self.jira.url, atlassian_user_token="made-up",
            webhook_secret=jira.SECRET)
        self.sent = 0

    def run(self):
        begun = time.monotonic()
        answered = 0
        try:
            self.service.start("POLLING")
            self.service.wait_for_resync()
            for _ in range(self.rounds):
                for step in STEPS:
                    answered += self.kill_at(step)
            self.service.end()
        finally:
            if self.service.process.poll() is None:
                self.service.kill()
        print(
            f"{self.rounds * len(STEPS)} kills, {self.rounds} after each of {len(STEPS)} steps; {answered} events were "
            f"answered with 202 before, the others when they were sent again; each is in the catalog, none twice; "
            f"{time.monotonic() - begun:.0f} s")

    def kill_at(self, step):
        """Sends an event, and kills the service after a step of it; whether it was answered by then."""
        number, version, what = self.jira.change()
        self.sent += 1
        event = jira.event(number, what, f"step-{self.sent}", padding=2000)
        with Delivery(self.service.port, event) as delivery:
            self.reach(step, number, version, delivery)
            # What is done between two steps takes some thousandths of a second.
            time.sleep(self.chance.random() ** 2 * 0.004)
            self.service.kill()
            status = delivery.status(patience=1)
        self.service.start("WEBHOOKS_ONLY")
        if status != 202:
            with Delivery(self.service.port, event) as again:
                again.send()
                if (second := again.status(patience=20)) != 202:
                    raise Failure(f"after '{step}' the event was answered with {status}, and then with {second}")
        if dead := self.service.wait_until_empty():
            raise Failure(f"after '{step}' {dead} events were given up")
        if wrong := self.wrong(number, version):
            raise Failure(f"after '{step}', answered with {status}: {wrong}")
        return status == 202

    def reach(self, step, number, version, delivery):
        place = STEPS.index(step)
        asked = threading.Event()
        self.jira.watch(number, asked, is_answered=step != "its object is asked for")
        if place == 0:
            return
        if place == 1:
            return delivery.send(half=True)
        delivery.send()
        if step == "it is answered":
            if (status := delivery.status(patience=20)) != 202:
                raise Failure(f"an event was answered with {status}")
        elif place in (4, 5):
            if not asked.wait(20):
                raise Failure(f"nobody asked for DEMO-{number}")
        elif place > 5:
            self.wait(lambda: not self.wrong(number, version), f"DEMO-{number} is not written")
            if step == "nothing waits":
                self.wait(lambda: self.count("work") == 0, "an event still waits")

    def wait(self, is_so, otherwise):
        end = time.monotonic() + 20
        while not is_so():
            if time.monotonic() > end:
                raise Failure(f"{otherwise} after 20 s:\n{self.service.last_words()}")

    def count(self, table):
        with sqlite3.connect(f"file:{self.service.events}?mode=ro", uri=True) as database:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def wrong(self, number, version):
        """What is wrong with an issue in the catalog, if anything."""
        entity = entities(self.service.catalog).get(f"DEMO-{number}")
        if version is None:
            return f"DEMO-{number} is still there" if entity else None
        if entity is None or (entity["title"], entity["properties"]) != jira.properties(number, version):
            return f"DEMO-{number} should have version {version}, and is {entity}"
        return next(iter(wrong_versions(self.service.catalog)), None)


class Delivery:
    """An event on a connection of its own."""

    def __init__(self, port, event):
        body, headers = event
        lines = ["POST /integration/webhook HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.bytes = "\r\n".join([*lines, "", ""]).encode() + body
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, half=False):
        self.socket.sendall(self.bytes[:len(self.bytes) // 2] if half else self.bytes)

    def status(self, patience):
        """The status of the answer; None where none comes."""
        if hasattr(self, "known"):
            return self.known
        self.socket.settimeout(patience)
        try:
            answer = self.socket.recv(65536)
        except OSError:
            return None
        if not answer:
            return None
        self.known = int(answer[9:12])
        return self.known
