"""A session of an editor with `portolan lsp`, through python-lsp-jsonrpc: session.py PORTOLAN."""

import json
import pathlib
import queue
import shutil
import subprocess
import sys
import tempfile
import threading

from pylsp_jsonrpc.endpoint import Endpoint
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
    text = path.read_text()
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

    ask("shutdown")
    endpoint.notify("exit")
    check("it ends", server.wait(timeout=10) == 0, server.returncode)
