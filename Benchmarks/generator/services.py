"""Small flat objects, about 280 bytes each, as an inventory of services would send them."""

from __future__ import annotations

from random import Random
from typing import Iterator

from .pools import DAYS, days, dumps, sentence

_NAMES = "checkout search ledger roster manifest gate seat fleet ticket refund notice weather".split()
_KINDS = "api worker web cron proxy".split()
_OWNERS = "harbour tides lanterns keel compass signals".split()
_CLUSTERS = "eu-west-1a eu-north-1b us-east-2c ap-south-1a".split()
_LANGUAGES = "swift go kotlin python rust typescript".split()


def services(count: int, seed: int) -> Iterator[str]:
    """Each object as one line of JSON."""
    random = Random(seed)
    calendar = days()
    notes = [dumps(sentence(random, 2, 8)) for _ in range(2000)]
    names = [f"{name}-{kind}" for name in _NAMES for kind in _KINDS]
    pick = random.random
    for number in range(count):
        name = names[int(pick() * len(names))]
        owner = f'"{_OWNERS[int(pick() * len(_OWNERS))]}"' if pick() < 0.8 else "null"
        cpu = int(pick() * 40) / 10
        yield (
            f'{{"id":"svc-{number:07d}","name":"{name}-{number % 997}","namespace":"{name.split("-")[0]}",'
            f'"cluster":"{_CLUSTERS[int(pick() * 4)]}","owner":{owner},'
            f'"language":"{_LANGUAGES[int(pick() * 6)]}","tier":{int(pick() * 4)},'
            f'"version":"{int(pick() * 9)}.{int(pick() * 40)}.{int(pick() * 20)}","replicas":{int(pick() * 12)},'
            f'"cpu":{cpu},"memory":{128 << int(pick() * 6)},"healthy":{"true" if pick() < 0.9 else "false"},'
            f'"updated":"{calendar[int(pick() * DAYS)]}T{int(pick() * 24):02d}:{int(pick() * 60):02d}:00Z",'
            f'"note":{notes[int(pick() * 2000)]}}}')
