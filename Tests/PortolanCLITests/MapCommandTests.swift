import Foundation
import TestSupport
import Testing

@Suite("portolan map: inputs, outputs and exit statuses")
struct MapCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try mapFolder()
    try folder.write(
      "things.ndjson", #"{"key":"A"}"# + "\n" + #"{"key":"B","hidden":true}"# + "\n" + #"{"kay":"C"}"# + "\n")
    try folder.write("others.ndjson", #"{"id":"O"}"# + "\n")
    try folder.write("page.json", #"{"startAt":0,"values":[{"key":"A"},{"key":"B"}],"total":2}"#)
  }

  private func map(_ arguments: String) throws -> Command.Result {
    try Command.shell("\"$PORTOLAN\" map \(arguments)", in: folder.path)
  }

  private func identifiers(_ text: String) throws -> [String] {
    try text.documents().map { $0["identifier"] as? String ?? "-" }
  }

  @Test("an integration's name, its folder, the only one here, or a config")
  func configs() throws {
    for arguments in ["acme", ".port/acme", "", "--config config.yml", "acme --config config.yml"] {
      let result = try map("\(arguments) --kind thing <things.ndjson")
      #expect(result.status == 0, "\(arguments): \(result.errors)")
      #expect(try identifiers(result.output) == ["A"])
      #expect(result.errors == "thing: 3 raw, 1 mapped, 1 filtered, 1 skipped, 0 failed\n")
    }
    let unknown = try map("acne --kind thing <things.ndjson")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("did you mean `acme`?"))
  }

  @Test("several kinds from several files, also compressed, and which kind is not said")
  func kinds() throws {
    let both = try map("acme --input thing=things.ndjson other=others.ndjson other=<(gzip -c others.ndjson)")
    #expect(try identifiers(both.output) == ["A", "O", "O"])
    #expect(both.errors.contains("other: 2 raw, 2 mapped"))
    let file = try map("acme --kind other --input others.ndjson - <others.ndjson")
    #expect(try identifiers(file.output) == ["O", "O"])
    let unsaid = try map("acme <things.ndjson")
    #expect(unsaid.status == 2)
    #expect(unsaid.errors.contains("the config maps several kinds: thing, other"))
    let several = try map("acme --kind thing other <things.ndjson")
    #expect(several.status == 2)
    #expect(several.errors.contains("--input thing=FILE other=FILE"))
    let unknown = try map("acme --input thin=things.ndjson")
    #expect(unknown.errors.contains("no resource maps the kind `thin`"))
    let missing = try map("acme --input thing=gone.ndjson")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("cannot read gone.ndjson: No such file or directory"))
  }

  @Test("a page is recognized, and its cure works")
  func page() throws {
    let whole = try map("acme --kind thing <page.json")
    #expect(whole.status == 1)
    #expect(whole.errors.contains("[page-not-cut]"))
    #expect(whole.errors.contains("`--items .values`"))
    for path in [".values", "values", ".values[]", "'.[\"values\"]'"] {
      let cut = try map("acme --kind thing --items \(path) <page.json")
      #expect(cut.status == 0)
      #expect(try identifiers(cut.output) == ["A", "B"])
    }
    let bad = try map("acme --kind thing --items '.values | map(.)' <page.json")
    #expect(bad.status != 0)
    #expect(bad.errors.contains("--items takes a path"))
  }

  @Test("lists one after another are pages of the same objects", arguments: ["", "--threads 1", "--items ."])
  func lists(arguments: String) throws {
    try folder.write(
      "lists.json", "[{\"key\":\"A\"},{\"key\":\"B\"}]\n[]\n[{\"key\":\"C\"}]\n[{\"key\":\"D\"}]\n")
    let result = try map("acme --kind thing \(arguments) <lists.json")
    #expect(try identifiers(result.output) == ["A", "B", "C", "D"])
    #expect(result.errors == "thing: 4 raw, 4 mapped, 0 filtered, 0 skipped, 0 failed\n")
  }

  @Test("a wrong path of --items: what is there, and the nearest")
  func wrongItems() throws {
    let wrong = try map("acme --kind thing --items .valuez <page.json")
    #expect(wrong.status == 1)
    #expect(
      wrong.errors.contains(
        "at `.valuez`: the document has `startAt`, `values`, `total` [invalid-raw-object]"))
    #expect(wrong.errors.contains("`--items .values`"))
    let number = try map("acme --kind thing --items .total <page.json")
    #expect(number.errors.contains("`.total` is a number"))
    #expect(number.errors.contains("`--items .values`"))
  }

  @Test("a field that fails on every object has its cure, and the findings are counted")
  func failingField() throws {
    try folder.write("config.yml", mapConfig.replacing("n: .n", with: "n: .labels.name"))
    let result = try map(
      "--config config.yml --kind thing <<<'{\"key\":\"A\",\"labels\":[{\"name\":\"x\"}]}'")
    #expect(result.status == 1)
    #expect(result.errors.contains("write `.labels[0].name` for the first"))
    #expect(result.errors.hasSuffix("\n\n1 error\n"))
  }

  @Test("the loss of the terminal leaves no part of an output, and nohup is respected")
  func hangup() throws {
    for (start, expected) in [("", "no part\n"), ("trap '' HUP;", "no part\nA\n")] {
      let result = try Command.shell(
        """
        rm -f o; mkfifo p; (\(start) exec "$PORTOLAN" map acme --kind thing --output o <p 2>/dev/null) & child=$!
        exec 3>p; echo '{"key":"A"}' >&3; sleep 0.7; kill -HUP $child; sleep 0.3; exec 3>&-; wait $child 2>/dev/null
        ls -a | grep -q part || echo no part; [ -f o ] && grep -o A o; rm p
        """, in: folder.path)
      #expect(result.output == expected)
    }
  }

  @Test("a total loss: status 1, and why")
  func totalLoss() throws {
    let result = try map("acme --kind thing <<<'{\"kee\":\"x\"}'")
    #expect(result.status == 1)
    #expect(result.errors.contains("the identifier `.key` is null on 1 of 1; it has `.kee` [no-entities]"))
    #expect(result.errors.contains("write `.kee`"))
    let nothing = try map("acme --kind thing </dev/null")
    #expect(nothing.status == 2)
    #expect(nothing.errors.contains("there was not one raw object"))
    #expect(try map("acme --kind thing --fail never </dev/null").status == 0)
  }

  @Test("--reject, --report and --output")
  func files() throws {
    let arguments =
      "acme --kind thing --reject r --report p --output o <<<'{\"key\":\"A\"}\n{\"x\":[\n1]}\n{\"hidden\":1}\n?'"
    #expect(try map(arguments).status == 1)
    func read(_ name: String) throws -> String {
      try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
    }
    #expect(try identifiers(read("o")) == ["A"])
    let rejects = try read("r").documents()
    #expect(rejects.map { $0["status"] as? String } == ["skipped", "invalid"])
    #expect(rejects.map { $0["position"] as? String } == ["standard input:2:1", "standard input:5:1"])
    #expect(rejects[0]["field"] as? String == "identifier")
    #expect((rejects[0]["object"] as? [String: Any])?["x"] as? [Int] == [1])
    #expect(rejects[1]["text"] as? String == "?")
    let report = try #require(JSONSerialization.jsonObject(with: Data(read("p").utf8)) as? [String: Any])
    #expect(report["complete"] as? Bool == true)
    let resources = try #require(report["resources"] as? [[String: Any]])
    #expect(resources.first?["skipped"] as? Int == 1)
    #expect((report["diagnostics"] as? [[String: Any]])?.first?["rule"] as? String == "invalid-raw-object")
    #expect(try map("acme --kind thing --reject r --reject-filtered <things.ndjson").status == 0)
    #expect(try read("r").documents().map { $0["status"] as? String } == ["filtered", "skipped"])
  }

  @Test(
    "a file that is read is not written, and no file is written twice",
    arguments: [
      "--input things.ndjson --reject things.ndjson", "--input thing=./things.ndjson --output things.ndjson",
      "--input link.ndjson --output things.ndjson", "--output o --reject ./o <things.ndjson",
      "--output o --report o <things.ndjson",
    ])
  func sameFile(arguments: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.ndjson", withDestinationPath: "things.ndjson")
    let before = try String(contentsOfFile: folder.path + "/things.ndjson", encoding: .utf8)
    let result = try map("acme --kind thing \(arguments)")
    #expect(result.status == 2)
    #expect(result.errors.contains("is named twice"))
    #expect(try String(contentsOfFile: folder.path + "/things.ndjson", encoding: .utf8) == before)
    #expect(try map("acme --kind thing --output /dev/null --reject /dev/null <things.ndjson").status == 0)
  }

  @Test("a signal that ends the producer too leaves what --output holds")
  func interruptedOutput() throws {
    try folder.write("o", "before")
    for _ in 0..<5 {
      // A group of its own, as a terminal has one: the signal goes to the producer and to portolan.
      let script = """
        setsid bash -c '(for i in $(seq 200); do echo "{\\"key\\":\\"A$i\\"}"; sleep 0.01; done) \
          | "$PORTOLAN" map acme --kind thing --output o 2>/dev/null' & group=$!
        sleep 0.7; kill -TERM -- -$group; wait $group
        """
      _ = try Command.shell(script, in: folder.path)
      #expect(try String(contentsOfFile: folder.path + "/o", encoding: .utf8) == "before")
    }
  }

  @Test("--output is whole or not there: an input that breaks off leaves what was there")
  func atomic() throws {
    try folder.write("o", "before")
    let broken = try map("acme --kind thing --output o < <(gzip -c things.ndjson | head -c 40)")
    #expect(broken.status == 2)
    #expect(broken.errors.contains("ends too early"))
    #expect(try String(contentsOfFile: folder.path + "/o", encoding: .utf8) == "before")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.hasSuffix(".part") })
    let link = try Command.shell(
      "ln -s o link; chmod 640 o; \"$PORTOLAN\" map acme --kind thing --output link <things.ndjson && [ -L link ] && stat -c %a o",
      in: folder.path)
    #expect(link.output == "640\n")
    let pipe = try map("acme --kind thing --output /dev/stdout <things.ndjson | cat")
    #expect(try identifiers(pipe.output) == ["A"])
  }

  #if os(Linux)
    @Test("a full disk is named as the cause")
    func full() throws {
      let result = try map("acme --kind thing --output /dev/full <things.ndjson")
      #expect(result.status == 2)
      #expect(result.errors.contains("cannot write /dev/full: No space left on device"))
    }
  #endif

  @Test("--fail")
  func fail() throws {
    for (level, skipped, broken) in [("never", 0, 0), ("mapping", 0, 1), ("any", 1, 1)] {
      #expect(
        try map("acme --kind thing --fail \(level) <things.ndjson").status == Int32(skipped), "\(level)")
      let damaged = try map("acme --kind thing --fail \(level) <<<'{\"key\":\"A\"}\n?'")
      #expect(damaged.status == Int32(broken), "\(level)")
    }
  }

  @Test("--range: parts of a file give each line once")
  func range() throws {
    let lines = (0..<50).map { #"{"key":"k\#($0)"}"# }
    try folder.write("lines.ndjson", lines.joined(separator: "\n"))
    var found: [String] = []
    for range in ["0:100", "100:101", "101:555", "555:"] {
      found += try identifiers(map("acme --kind thing --input lines.ndjson --range \(range)").output)
    }
    #expect(found == (0..<50).map { "k\($0)" })
    let empty = try map("acme --kind thing --input lines.ndjson --range 9999:")
    #expect(empty.status == 0)
    for wrong in ["--range 5 --input lines.ndjson", "--range 9:5 --input lines.ndjson", "--range 1:5"] {
      #expect(try map("acme --kind thing \(wrong) <lines.ndjson").status != 0, "\(wrong)")
    }
  }

  @Test("--envelope: one line out for each line in")
  func envelope() throws {
    let text =
      "{\"key\":\"A\",\"n\":1}\n\n{\"hidden\":true}\n{\"kay\":1}\nnot\n  {\"key\":\"B\"} \r\n{\"key\":\"C\"}"
    try folder.write("mixed.ndjson", text)
    for threads in [1, 3] {
      let result = try map("acme --kind thing --envelope --threads \(threads) --fail never <mixed.ndjson")
      let lines = try result.output.documents()
      #expect(
        lines.map { $0["status"] as? String } == [
          "mapped", "blank", "filtered", "skipped", "invalid", "mapped", "mapped",
        ])
      #expect(lines.map { ($0["entities"] as? [Any])?.count } == [1, 0, 0, 0, 0, 1, 1])
      #expect(lines.map { $0["line"] as? Int } == Array(1...7))
      #expect(lines[3]["field"] as? String == "identifier")
      #expect(result.status == 0)
    }
  }

  @Test("two resources of one kind are told apart, and objects without items are counted")
  func summary() throws {
    try folder.write(
      "two.yml",
      #"""
      resources:
        - kind: thing
          selector: {query: "true"}
          port: {itemsToParse: .parts, entity: {mappings: {identifier: .item, blueprint: '"a"'}}}
        - kind: thing
          selector: {query: "true"}
          port: {entity: {mappings: {identifier: .key, blueprint: '"b"'}}}
      """#)
    let result = try map("--config two.yml <<<'{\"key\":\"A\",\"parts\":[]}\n{\"key\":\"B\",\"parts\":[1]}'")
    #expect(
      result.errors == """
        thing (two.yml:2): 2 raw, 1 mapped, 0 filtered, 0 skipped, 0 failed, 1 without items
        thing (two.yml:5): 2 raw, 2 mapped, 0 filtered, 0 skipped, 0 failed

        """)
  }
}
