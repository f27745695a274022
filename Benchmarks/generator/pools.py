"""Parts that every generated object is put together from, serialised once: texts, moments, people."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random

SITE = "https://example.atlassian.net"
FIRST_DAY = date(2023, 1, 2)
DAYS = 1400

_WORDS = """ferry ticket harbour seat refund payment login timetable pier captain cargo deck route crossing booking
passenger vehicle luggage queue gate scanner barcode receipt voucher discount season cabin weather delay engine
fuel crew roster shift safety drill anchor report invoice webhook token cache index query retry timeout deploy
release rollback staging database replica schema migration latency error warning metric dashboard alert pager
the a of for when with after before on in is was not and or but should must cannot shows fails returns sends
waits twice again never always sometimes late early slow fast wrong missing old new second last first next""".split()

# What people really paste: other scripts, quotes, backslashes, tabs, markup, emoji, links.
_SPECIALS = [
    "Überfahrt", "naïve", "Привет", "билет", "船票", "乗船券", "🚢", "👩‍🔧", "São Tomé", "œuvre", "–", "…", "“quoted”",
    '"exact"', "C:\\temp\\logs", "first\nsecond", "a\tb", "<b>bold</b>", "a && b", "50 %", "\u0007", "é/è",
    "https://example.com/board?id=42&tab=log#top", "{{code}}", "O'Dell", "1/2", "#404", "k8s",
]

_FIRST = """Anna Adi Björn Chidi Dana Émile Fatima Goran Hana Ingrid João Kofi Lena Maria Noor Olu Pía Quinn Rosa
Sören Tariq Uma Vera Wen Ximena Yuki Zoë Анна Иван 美咲""".split()
_LAST = """Rossi Rosen Solheim Kuznetsova Okafor Müller O'Dell Nakamura Haddad Novák Silva Andersson Kowalska Çelik
Ivanov García Mensah Lindqvist Тихонова 佐藤""".split()
_ZONES = ["Europe/Oslo", "Europe/Riga", "America/Toronto", "Asia/Tokyo", "Europe/Rome", "Africa/Lagos"]


def dumps(value: object) -> str:
    """JSON as APIs send it: compact, UTF-8 unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sentence(random: Random, shortest: int, longest: int) -> str:
    """A text of so many words, now and then with something that a parser has to look at."""
    words = random.choices(_WORDS, k=random.randint(shortest, longest))
    if random.random() < 0.3:
        words[random.randrange(len(words))] = random.choice(_SPECIALS)
    words[0] = words[0].capitalize()
    return " ".join(words)


def days() -> list[str]:
    """Every day that an object may have been made or changed on, in order."""
    return [(FIRST_DAY + timedelta(days=number)).isoformat() for number in range(DAYS)]


def clock_times(random: Random, count: int) -> list[str]:
    """Times of day as Jira writes them for a reader in UTC."""
    return [
        "T%02d:%02d:%02d.%03d+0000" % (
            random.randrange(24), random.randrange(60), random.randrange(60), random.randrange(1000))
        for _ in range(count)
    ]


def people(random: Random, count: int) -> list[str]:
    """Users as Jira embeds them; some hide their address, some are gone, some are apps."""
    return [_person(random, number) for number in range(count)]


def _person(random: Random, number: int) -> str:
    first, last = random.choice(_FIRST), random.choice(_LAST)
    account = "712020:%08x-%04x-4%03x-a%03x-%012x" % tuple(
        random.getrandbits(bits) for bits in (32, 16, 12, 12, 48))
    avatar = "%032x" % random.getrandbits(128)
    person = {
        "self": f"{SITE}/rest/api/3/user?accountId={account.replace(':', '%3A')}",
        "accountId": account,
        "emailAddress": f"user{number}@example.com",
        "avatarUrls": {
            f"{size}x{size}": f"https://avatar.example.com/{avatar}/{number}.png?size={size}"
            for size in (48, 24, 16, 32)
        },
        "displayName": f"{first} {last}",
        "active": random.random() < 0.9,
        "timeZone": random.choice(_ZONES),
        "accountType": "app" if random.random() < 0.05 else "atlassian",
    }
    if random.random() < 0.15:
        del person["emailAddress"]
    return dumps(person)
