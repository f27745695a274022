"""The parts of a Jira issue that a site has only some of: its projects, statuses, custom fields and the like."""

from __future__ import annotations

from random import Random

from .pools import SITE, dumps, sentence

API = f"{SITE}/rest/api/3"

PROJECTS = ["TICK", "ROUTE", "CREW", "OPS", "LAB", "MARK", "FLEET", "PAY"]
ISSUE_TYPES = [
    (10001, "Story", False, 0), (10002, "Task", False, 0), (10003, "Sub-task", True, -1),
    (10004, "Bug", False, 0), (10000, "Epic", False, 1),
]
STATUSES = [
    (10000, "To Do", "new", 2), (3, "In Progress", "indeterminate", 4), (10011, "In Review", "indeterminate", 4),
    (10012, "Blockiert – wartet", "indeterminate", 4), (10001, "Done", "done", 3), (10013, "Won’t do", "done", 3),
]
PRIORITIES = ["Highest", "High", "Medium", "Low", "Lowest"]
COMPONENTS = ["Checkout", "Card readers", "Timetable", "Seat map", "Прибытие", "API", "Mobile app", "Crew roster"]
LABELS = ["checkout", "a11y", "frontend", "tech-debt", "q3", "customer", "größe", "regression"]
LINK_TYPES = [("Blocks", "is blocked by", "blocks"), ("Relates", "relates to", "relates to"),
               ("Duplicate", "is duplicated by", "duplicates")]
_OPTIONS = ["Minor", "Major", "Mobile web", "iOS", "Android", "Desk"]
RESOLUTION = dumps({
    "self": f"{API}/resolution/10000", "id": "10000", "description": "Work has been completed on this issue.",
    "name": "Done"})


def summary(random: Random) -> str:
    text = sentence(random, 4, 12)
    if random.random() < 0.3:
        text = f"[{random.choice(COMPONENTS)}] {text}"
    if random.random() < 0.1:
        text += random.choice([" after the outage", " during an Incident", " – site down", " (no downtime)"])
    return text


def project(number: int) -> tuple[str, str]:
    key, identity = PROJECTS[number], 10000 + number
    return key, dumps({
        "self": f"{API}/project/{identity}", "id": str(identity), "key": key, "name": f"{key.title()} & more",
        "projectTypeKey": "software", "simplified": False,
        "avatarUrls": {
            f"{size}x{size}": f"{API}/universal_avatar/view/type/project/avatar/{identity}?size={size}"
            for size in (48, 24, 16, 32)
        },
    })


def issue_type(identity: int, name: str, is_subtask: bool, level: int) -> str:
    return dumps({
        "self": f"{API}/issuetype/{identity}", "id": str(identity),
        "description": "A small piece of work that is part of a larger one.",
        "iconUrl": f"{SITE}/rest/api/2/universal_avatar/view/type/issuetype/avatar/{identity}?size=medium",
        "name": name, "subtask": is_subtask, "avatarId": identity, "hierarchyLevel": level})


def status(identity: int, name: str, category: str, category_number: int) -> str:
    return dumps({
        "self": f"{API}/status/{identity}", "description": "",
        "iconUrl": f"{SITE}/images/icons/statuses/generic.png", "name": name, "id": str(identity),
        "statusCategory": {
            "self": f"{API}/statuscategory/{category_number}", "id": category_number, "key": category,
            "colorName": "blue-gray", "name": name}})


def priority(number: int, name: str) -> str:
    return dumps({
        "self": f"{API}/priority/{number}", "iconUrl": f"{SITE}/images/icons/priorities/{name.lower()}_new.svg",
        "name": name, "id": str(number)})


def component(number: int, name: str) -> str:
    return dumps({"self": f"{API}/component/{10100 + number}", "id": str(10100 + number), "name": name})


def version(random: Random, number: int) -> str:
    return dumps({
        "self": f"{API}/version/{10000 + number}", "id": str(10000 + number), "description": sentence(random, 3, 9),
        "name": f"4.{number}.0", "archived": False, "released": number < 20, "releaseDate": "2026-03-01"})


def link_type(name: str, inward: str, outward: str) -> str:
    return dumps({
        "id": "10000", "name": name, "inward": inward, "outward": outward, "self": f"{API}/issueLinkType/10000"})


def custom_fields(random: Random, first: int, last: int) -> str:
    """Fields that a site has added over the years. Most are null on most issues."""
    return ",".join(
        f'"customfield_{number}":{_custom_value(random)}' for number in range(first, last))


def _custom_value(random: Random) -> str:
    kind = random.random()
    if kind < 0.88:
        return "null"
    option = {"self": f"{API}/customFieldOption/10088", "value": random.choice(_OPTIONS), "id": "10088"}
    if kind < 0.91:
        return dumps(option)
    if kind < 0.92:
        return dumps([option, option])
    if kind < 0.95:
        return dumps(sentence(random, 3, 15))
    if kind < 0.98:
        return dumps(random.choice([0, 1.0, 2.5, 3, 8.0, -1, 1e-3]))
    return '"{}"'
