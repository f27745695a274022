"""A session of an editor with `portolan lsp`, through python-lsp-jsonrpc: session.py PORTOLAN."""

import json
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.exceptions import JsonRpcException
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter

portolan = sys.argv[1]
published = queue.Queue()
registered = queue.Queue()


def check(name, is_right, found=None):
    print(("ok      " if is_right else "FAILED  ") + name, flush=True)
    if not is_right:
        sys.exit(f"found: {found}")


with tempfile.TemporaryDirectory() as folder:
    root = pathlib.Path(folder)
    for name in (".port", "Fixtures"):
        shutil.copytree(name, root / name)
    path = root / ".port/jira/resources/port-app-config.yml"
    text = right_text = path.read_text()
    for right, wrong in (
        ("""blueprint: '"jiraIssue"'""", "blueprint: jiraIssue"),
        ("    selector:", "    selecter:"),
        ("            url:", "            urll:"),
    ):
        assert right in text
        text = text.replace(right, wrong, 1)
    path.write_text(text)
    linted = subprocess.run([portolan, "lint", str(path), "--format", "json"], capture_output=True, check=False)
    expected = json.loads(linted.stdout)
    uri = path.as_uri()
    document = {"uri": uri}

    server = subprocess.Popen([portolan, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    endpoint = Endpoint(
        {"textDocument/publishDiagnostics": published.put, "client/registerCapability": registered.put}, JsonRpcStreamWriter(server.stdin).write
    )
    reader = JsonRpcStreamReader(server.stdout)
    threading.Thread(target=reader.listen, args=(endpoint.consume,), daemon=True).start()

    def ask(method, **params):
        return endpoint.request(method, params).result(timeout=20)

    client = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    capabilities = ask("initialize", processId=None, rootUri=root.as_uri(), capabilities=client)["capabilities"]
    check("initialize", capabilities["positionEncoding"] == "utf-16", capabilities)
    endpoint.notify("initialized", {})
    method = registered.get(timeout=20)["registrations"][0]["method"]
    check("it watches files", method == "workspace/didChangeWatchedFiles", method)
    item = {**document, "languageId": "yaml", "version": 1, "text": text}
    endpoint.notify("textDocument/didOpen", {"textDocument": item})
    found = published.get(timeout=20)["diagnostics"]
    places = [(each["code"], each["range"]["start"]["line"] + 1) for each in found]
    wanted = [(each["rule"], each["line"]) for each in expected["findings"]]
    check("the findings are those of lint", len(places) >= 3 and places == wanted, (places, wanted))

    actions = [
        ask("textDocument/codeAction", textDocument=document, range=each["range"], context={"diagnostics": [each]})
        for each in found
    ]
    edits = [edit for each in actions for edit in each[0]["edit"]["changes"][uri]]
    check("each has a quick fix", all(each and each[0]["isPreferred"] for each in actions), actions)
    ignoring = [action["title"] for each in actions for action in each if not action["isPreferred"]]
    wanted = [f"ignore {each['code']} on this line" for each in found if each["code"] != "missing-key"]
    check("and can be ignored", ignoring == wanted, (ignoring, wanted))
    changes = [
        {"range": edit["range"], "text": edit["newText"]}
        for edit in sorted(edits, key=lambda edit: -edit["range"]["start"]["line"])
    ]
    endpoint.notify(
        "textDocument/didChange", {"textDocument": {**document, "version": 2}, "contentChanges": changes}
    )
    remaining = published.get(timeout=20)
    check("the fixes mend them", not remaining["diagnostics"] and remaining["version"] == 2, remaining)

    lines = text.split("\n")
    line = next(number for number, text in enumerate(lines) if "identifier: .key" in text)
    hover = ask("textDocument/hover", textDocument=document, position={"line": line, "character": 12})
    check("hover shows what the fixtures give", "item 1: `" in hover["contents"]["value"], hover)

    line = next(number for number, text in enumerate(lines) if "properties:" in text) + 1
    start = {"line": line, "character": 0}
    change = {"range": {"start": start, "end": start}, "text": " " * 14 + "private: .\n"}
    endpoint.notify(
        "textDocument/didChange", {"textDocument": {**document, "version": 3}, "contentChanges": [change]}
    )
    for name, character, label in (("properties", 14, "category"), ("paths of the fixtures", 24, "key")):
        items = ask("textDocument/completion", textDocument=document, position={"line": line, "character": character})
        labels = [each["label"] for each in items]
        check(f"completion of {name}", label in labels, labels)

    # What hangs is answered when its time is over, and keeps nobody waiting: neither in its own resource nor elsewhere.
    hanging = right_text.replace("            url:", '            webUrl: "[range(1e12)] | length"\n            url:', 1)
    lines = hanging.split("\n")
    slow = next(number for number, line in enumerate(lines) if "1e12" in line)
    place = {"line": slow, "character": 24}
    same = {"line": next(number for number, line in enumerate(lines) if "identifier: .key" in line), "character": 24}

    def change(version, text):
        endpoint.notify(
            "textDocument/didChange",
            {"textDocument": {**document, "version": version}, "contentChanges": [{"text": text}]},
        )

    def start(position):
        return endpoint.request("textDocument/hover", {"textDocument": document, "position": position})

    def code(request):
        try:
            return request.result(timeout=20)
        except JsonRpcException as error:
            return error.code

    change(4, hanging)
    request = start(place)
    for name, method, extra in (
        ("hover", "textDocument/hover", {"position": same}),
        ("completion", "textDocument/completion", {"position": same}),
        ("code actions", "textDocument/codeAction", {"range": {"start": same, "end": same}, "context": {}}),
    ):
        took = []
        # The best of some: a machine may have other things to do, and what waits for the other one takes a second.
        while not took or min(took) > 100 and len(took) < 6:
            began = time.monotonic()
            ask(method, textDocument=document, **extra)
            took.append((time.monotonic() - began) * 1000)
        check(f"{name} beside one that hangs: within 100 ms", not request.done() and min(took) <= 100, took)
    text = request.result(timeout=60)["contents"]["value"]
    check("what hangs is answered in the end", "error: ended: " in text, text)
    request = start(place)
    # The client's own way to cancel takes no notice of the answer.
    identifier = next(key for key, value in endpoint._server_request_futures.items() if value is request)
    endpoint.notify("$/cancelRequest", {"id": identifier})
    check("a request is cancelled", code(request) == -32800, request)
    request = start(place)
    change(5, hanging + "\n")
    check("an edit supersedes what was asked before", code(request) == -32801, request)

    def wait(path, is_right):
        """The findings of a file as soon as they are right; the last ones otherwise."""
        codes = None
        while codes is None or not is_right(codes):
            try:
                message = published.get(timeout=20)
            except queue.Empty:
                break
            if message["uri"] == path.as_uri():
                codes = [each["code"] for each in message["diagnostics"]]
        return codes

    def edit(path, version, text):
        endpoint.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": path.as_uri(), "version": version}, "contentChanges": [{"text": text}]},
        )

    def open_file(path, text):
        item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        endpoint.notify("textDocument/didOpen", {"textDocument": item})

    change(6, right_text)
    found = wait(path, lambda codes: codes == [])
    check("the config has no findings", found == [], found)

    # Files that are edited and not saved are read in place of those on disk.
    for other, right, wrong, place, rule in (
        (root / ".port/jira/resources/blueprints.json", '"jiraIssue"', '"jiraIssues"', path, "unknown-blueprint"),
        (root / ".port/jira/fetcher.yml", "  issue:", "  issues:", path, "unknown-kind"),
        (root / ".port/jira/spec.yml", "kind: issue", "kinds: issue", root / ".port/jira/spec.yml", "missing-key"),
        (root / "Fixtures/jira/project.json", '"name"', '"nome"', path, "absent-key"),
    ):
        text = other.read_text()
        assert right in text, other
        open_file(other, text)
        edit(other, 2, text.replace(right, wrong))
        found = wait(place, lambda codes: rule in codes)
        check(f"{other.name} as it is edited: {rule} in {place.name}", rule in (found or []), found)
        edit(other, 3, text)
        found = wait(place, lambda codes: codes == [])
        check("and no more when that is taken back", found == [], found)
        endpoint.notify("textDocument/didClose", {"textDocument": {"uri": other.as_uri()}})

    # One project's file for several integrations: what it says is seen in all of them.
    project = root / ".portolan.yml"
    open_file(project, "rules:\n  no-such-rule: off\n")
    found = wait(project, bool)
    check("the project's file has its findings, each once", found == ["unknown-rule"], found)
    edit(project, 2, "rules:\n  unknown-key: off\n")
    found = wait(project, lambda codes: codes == [])
    check("and no more when they are mended", found == [], found)
    endpoint.notify("textDocument/didClose", {"textDocument": document})
    configs = [root / f".port/{name}/resources/port-app-config.yml" for name in ("jira", "octopus")]
    for config, text in zip(configs, (right_text, configs[1].read_text()), strict=True):
        config.write_text(text.replace("    selector:", "    selecter:", 1))
    edit(project, 3, "rules:\n  unknown-key: error\n")
    for config in configs:
        found = wait(config, lambda codes: "unknown-key" in codes)
        check(f"what it turns on is shown in {config.parts[-3]}", "unknown-key" in (found or []), found)

    ask("shutdown")
    endpoint.notify("exit")
    check("it ends", server.wait(timeout=10) == 0, server.returncode)


def ends(sent):
    """What a server that is sent these bytes, and no end of them, answers, and its status."""
    with subprocess.Popen([portolan, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdin.write(sent)
        process.stdin.flush()
        status = process.wait(timeout=10)
        return status, process.stdout.read(), process.stderr.read()


def framed(*messages):
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(message), message) for message in messages)


found = ends(b"Content-Length: many\r\n\r\n{}")
check("a length that is none ends it, and it says why", found[0] != 0 and b"Content-Length" in found[2], found)
found = ends(framed(b'{"id":1,"method":"textDocument/hover"}', b'{"method":"exit"}'))
check("a request before initialize is refused", found[0] == 1 and b"-32002" in found[1], found)
