"""Whether two commands made the same entities."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any


def first_difference(expected: Path, actual: Path, count: int) -> str | None:
    """Where the first `count` lines differ as JSON, for a person; nothing when they agree.

    The order of keys does not count, and numbers are compared as doubles: jq's are no more.
    """
    with expected.open("rb") as first, actual.open("rb") as second:
        pairs = itertools.zip_longest(itertools.islice(first, count), second)
        for number, (wanted, found) in enumerate(pairs, start=1):
            if wanted is None or found is None:
                return f"line {number}: one has no more entities"
            place = None if wanted == found else _difference(_read(wanted), _read(found))
            if place is not None:
                return f"line {number}: {place}"
    return None


def _read(line: bytes) -> Any:
    return json.loads(line, parse_int=float)


def _difference(wanted: Any, found: Any, path: str = "") -> str | None:
    if type(wanted) is type(found):
        if isinstance(wanted, dict) and wanted.keys() == found.keys():
            places = (_difference(wanted[key], found[key], f"{path}.{key}") for key in wanted)
            return next((place for place in places if place is not None), None)
        if isinstance(wanted, list) and len(wanted) == len(found):
            places = (_difference(*pair, f"{path}[{index}]") for index, pair in enumerate(zip(wanted, found)))
            return next((place for place in places if place is not None), None)
        if wanted == found:
            return None
    return f"{path or '.'} is {_short(wanted)} by portolan and {_short(found)} by the other"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:79] + "…"
