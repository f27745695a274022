"""What scripts/ocean checks: Ocean's own syncs to a catalog that `portolan catalog serve` serves.

Usage: scenario.py PORTOLAN OCEAN INTEGRATION WORK
"""

import json
import sys
from pathlib import Path

from harness import Catalog, Ocean, Portolan, Server, check, differences, finish

DATA = {
    "team": [{"id": "core", "name": "Core", "size": 4}, {"id": "web", "name": "Web", "size": 2.5}],
    "person": [
        {
            "id": f"p{n:02}",
            "name": f"Person {n}",
            "email": f"p{n:02}@example.com",
            "active": n % 2 == 0,
            "office": None if n % 3 else "Oslo",
            "team": "core" if n % 2 else "web",
        }
        for n in range(45)
    ],
    "service": [
        {
            "id": f"svc/{n}",
            "name": f"Sérvice {n}",
            "tier": n,
            "tags": ["a", "b"],
            "url": f"https://example.com/{n}",
            "language": "swift",
            "team": "core",
            "uses": ["svc/0"] if n else [],
            "lead": f"p{n:02}@example.com",
        }
        for n in range(4)
    ],
}


def check_same(what, before, after):
    check(what, before == after, differences(before, after))


def identifiers(entities):
    return sorted(entity["identifier"] for entity in entities)


def first_start(ocean, catalog):
    """A start on an empty catalog."""
    ocean.write(DATA)
    log = ocean.sail()
    check("Ocean says what it writes", log.wrote("filesPerson"))
    integration = catalog.get("/v1/integration/files-test")["integration"]
    check("the integration is registered", integration["integrationType"] == "files")
    check("its mapping is stored", len(integration["config"]["resources"]) == 3)
    check("the defaults were made", integration["arePortResourcesInitialized"] is True)
    check("the resync ended", integration["resyncState"]["status"] == "completed")
    names = {blueprint["identifier"] for blueprint in catalog.get("/v1/blueprints")["blueprints"]}
    check("blueprints are there", names == {"filesTeam", "filesPerson", "filesService"})
    relations = catalog.get("/v1/blueprints/filesService")["blueprint"]["relations"]
    check("with their relations", set(relations) == {"team", "lead", "uses"})
    check("an action is there", catalog.get("/v1/actions")["actions"][0]["identifier"] == "filesRestart")
    check("a page is there", catalog.get("/v1/pages")["pages"][0]["identifier"] == "filesOverview")
    scorecards = catalog.get("/v1/blueprints/filesService/scorecards")["scorecards"]
    check("a scorecard is there", scorecards[0]["identifier"] == "filesOwnership")
    check("45 entities came in chunks", len(catalog.entities("filesPerson")) == 45)
    person = catalog.entity("filesPerson", "p03")
    check("an entity has its properties", person["properties"]["email"] == "p03@example.com")
    check("and its relation", person["relations"]["team"] == "core")
    service = catalog.entity("filesService", "svc%2F2")
    check("a search relation was resolved", service["relations"]["lead"] == "p02")
    check("a relation to many is kept", service["relations"]["uses"] == ["svc/0"])
    check("Ocean owns all of them", len(catalog.owned()) == 51)


def nothing_changed(ocean, catalog):
    """The same objects once more."""
    before = catalog.snapshot()
    log = ocean.sail()
    check_same("nothing changed in the catalog", before, catalog.snapshot())
    check("and Ocean wrote no person", not log.wrote("filesPerson"))


def one_changed_one_vanished(ocean, catalog):
    data = json.loads(json.dumps(DATA))
    data["person"][7]["office"] = "Bergen"
    data["person"] = data["person"][:-1]
    data["service"][3]["name"] = "Renamed"
    ocean.write(data)
    before = catalog.snapshot()
    ocean.sail()
    check("a changed object changed its entity", catalog.entity("filesPerson", "p07")["properties"]["office"] == "Bergen")
    check("one of a small kind too", catalog.entity("filesService", "svc%2F3")["title"] == "Renamed")
    check("a vanished object's entity is gone", catalog.entity("filesPerson", "p44") is None)
    after = catalog.snapshot()
    changed = sorted(key for key in before if after.get(key) != before[key])
    check(
        "and nothing else changed",
        changed == [("filesPerson", "p07"), ("filesPerson", "p44"), ("filesService", "svc/3")],
    )


def most_vanished(ocean, catalog):
    """More than the threshold of 0.9."""
    before = catalog.snapshot()
    ocean.write({"team": DATA["team"], "person": [], "service": []})
    ocean.sail()
    check_same("nothing is deleted over the threshold", before, catalog.snapshot())


def missing_and_invalid(ocean, catalog):
    data = json.loads(json.dumps(DATA))
    data["person"][0]["team"] = "nobody/knows"
    data["person"][1]["active"] = "yes"
    data["service"][1]["lead"] = "nobody@example.com"
    data["service"].append({"id": "has spaces", "name": "Bad identifier"})
    ocean.write(data)
    ocean.sail()
    missing = catalog.entity("filesTeam", "nobody%2Fknows")
    check("a relation's missing target was made", missing is not None and missing["properties"] == {})
    check("and is related to", catalog.entity("filesPerson", "p00")["relations"]["team"] == "nobody/knows")
    check("an entity of a wrong type is refused", catalog.entity("filesPerson", "p01")["properties"]["isActive"] is False)
    check("an identifier with a space is refused", "has spaces" not in identifiers(catalog.entities("filesService")))
    check("the others went on", catalog.entity("filesPerson", "p44") is not None)


def changed_mapping(ocean, catalog):
    """A mapping that somebody changed in the catalog, without createMissingRelatedEntities."""
    config = catalog.get("/v1/integration/files-test")["integration"]["config"]
    config["createMissingRelatedEntities"] = False
    config["resources"][1]["port"]["entity"]["mappings"]["title"] = '.name + "!"'
    catalog.request("PATCH", "/v1/integration/files-test/config", {"config": config})
    check("a new mapping asks for a resync", catalog.get("/v1/integration/files-test/resync-request")["request"] != {})
    data = json.loads(json.dumps(DATA))
    data["person"][2]["team"] = "not-there"
    data["team"].append({"id": "late", "name": "Late", "size": 1})
    ocean.write(data)
    ocean.sail()
    check("which is made with it", catalog.entity("filesPerson", "p05")["title"] == "Person 5!")
    check("and then no longer asked for", catalog.get("/v1/integration/files-test/resync-request")["request"] == {})
    check("a relation to nothing is refused", catalog.entity("filesPerson", "p02")["relations"]["team"] == "web")
    check("and its target not made", catalog.entity("filesTeam", "not-there") is None)
    check("a target that was made bare is nobody's, and stays", catalog.entity("filesTeam", "nobody%2Fknows") is not None)


def then_portolan(portolan, ocean, catalog):
    """What Ocean synced, planned by Portolan with the same mapping and objects."""
    data = json.loads(json.dumps(DATA))
    data["person"].append({"id": "p99", "name": "Person 99", "email": "p99@example.com", "active": None, "team": None})
    ocean.write(data)
    ocean.sail()
    portolan.use_config(catalog.get("/v1/integration/files-test")["integration"]["config"])
    before = catalog.snapshot()
    counts = portolan.plan(ocean.data)["counts"]
    check("a plan after Ocean creates, deletes and holds nothing",
          [counts[name] for name in ("create", "delete", "hold")] == [0] * 3, counts)
    # Only the catalog can tell what a search relation stands for, so that these are written in any case.
    check("and changes nothing but what has a search relation",
          counts["change"] + counts["write"] <= len(DATA["service"]), counts)
    portolan.sync(ocean.data)
    check_same("a sync after Ocean changes nothing", before, catalog.snapshot())


def then_ocean(portolan, ocean, catalog):
    """What Portolan synced, synced by Ocean with the same mapping and objects."""
    data = json.loads(json.dumps(DATA))
    data["person"][11]["office"] = "Voss"
    data["person"] = data["person"][:40]
    ocean.write(data)
    portolan.sync(ocean.data)
    check("Portolan changed an entity of Ocean's", catalog.entity("filesPerson", "p11")["properties"]["office"] == "Voss")
    check("and deleted one", catalog.entity("filesPerson", "p40") is None)
    before = catalog.snapshot()
    log = ocean.sail()
    check_same("a sync of Ocean's after Portolan's changes nothing", before, catalog.snapshot())
    check("and writes no person", not log.wrote("filesPerson"))


def wrong_secret(server, catalog):
    status = catalog.raw("POST", "/v1/auth/access_token", {"clientId": "local", "clientSecret": "wrong"})
    check("a wrong secret is refused", status == 401)


def main():
    portolan, ocean_program, integration, work = (Path(argument) for argument in sys.argv[1:])
    with Server(portolan, work) as server:
        catalog = Catalog(server)
        ocean = Ocean(ocean_program, integration, work, server)
        wrong_secret(server, catalog)
        first_start(ocean, catalog)
        nothing_changed(ocean, catalog)
        one_changed_one_vanished(ocean, catalog)
        most_vanished(ocean, catalog)
        missing_and_invalid(ocean, catalog)
        changed_mapping(ocean, catalog)
        mapper = Portolan(portolan, ocean.folder, server)
        then_portolan(mapper, ocean, catalog)
        then_ocean(mapper, ocean, catalog)
    finish()


main()
