"""What is in a local catalog's file."""

import itertools
import json
import sqlite3


def entities(path):
    """The entities by their identifiers."""
    return {identifier: json.loads(doc) for identifier, doc in rows(path, "SELECT identifier, doc FROM entity")}


def wrong_versions(path):
    """What is wrong with the order in which entities became what they are: each version once, and none after a later one."""
    found = rows(path, "SELECT identifier, doc FROM version ORDER BY identifier, revision, id")
    for identifier, group in itertools.groupby(found, key=lambda row: row[0]):
        versions = [doc and json.loads(doc)["properties"].get("version") for _, doc in group]
        for first, second in itertools.pairwise(versions):
            if first is None:
                yield f"{identifier} was there again after it was deleted: {versions}"
            elif second is not None and second <= first:
                yield f"{identifier} was written twice, or in the wrong order: {versions}"


def rows(path, query):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()
