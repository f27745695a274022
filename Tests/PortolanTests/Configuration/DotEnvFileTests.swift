import Testing

@testable import Portolan

@Suite("A .env file, as python-dotenv reads it")
struct DotEnvFileTests {
  private func read(_ text: String, environment: [String: String] = [:]) -> DotEnvFile {
    DotEnvFile(text, file: ".env", environment: environment)
  }

  @Test(
    "values",
    arguments: [
      ("A=b", "b"), ("A = b ", "b"), ("export A=b", "b"), ("  export\tA=b", "b"), ("'A'=b", "b"), ("A=", ""),
      ("A=b # note", "b"), ("A=b#c", "b#c"), ("A=#c", "#c"), ("A=b c", "b c"), ("A='b # c' # note", "b # c"),
      (#"A="b\n\"c\"\t\\""#, "b\n\"c\"\t\\"), (#"A='b\n\'c\''"#, #"b\n'c'"#), ("A=\"b\nc\"", "b\nc"),
      ("A=b=c", "b=c"), ("A=b\r\nB=c", "b"), ("\u{FEFF}A=é", "é"), ("A=x\nA=y", "y"), (#"A="\q""#, #"\q"#),
      ("A=$(id)", "$(id)"), ("A=it's", "it's"),
    ])
  func values(text: String, value: String) {
    let file = read(text)
    #expect(file.variables.first { $0.name == "A" }?.value == value)
    #expect(file.diagnostics.isEmpty)
  }

  @Test("${NAME} is what a line above says, then the environment, then its default, then nothing")
  func expansion() {
    let file = read(
      "A=1\nB=${A}-${HOME}-${NO:-else}-${NO}-$A-${\nC='${B}'", environment: ["A": "2", "HOME": "/h"])
    #expect(file.variables.map(\.value) == ["1", "1-/h-else--$A-${", "1-/h-else--$A-${"])
  }

  @Test("a line that sets nothing is told with its place and costs only itself")
  func wrongLines() {
    let file = read("# note\n\nA=1\nwhat is this\nALONE\n  =x\nB='open\nC=\"a\" b\nD=\"x\ny\"\nE=2")
    #expect(file.variables.map(\.name) == ["A", "D", "E"])
    #expect(file.diagnostics.compactMap(\.location?.line) == [4, 6, 7, 8])
    #expect(file.diagnostics.map(\.place).first == "4:1")
    #expect(file.variables.map(\.location.line) == [3, 9, 11])
  }

  @Test("text that is cut off anywhere ends")
  func cut() {
    let text = "export A='b\\'c' # d\nB=\"${A:-x}\\n\"\n'C'=d\r\n"
    for count in 0...text.count {
      let file = read(String(text.prefix(count)))
      #expect(file.variables.count + file.diagnostics.count <= 4)
    }
  }
}
