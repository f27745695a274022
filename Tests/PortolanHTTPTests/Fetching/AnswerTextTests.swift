import Testing

@testable import PortolanHTTP

@Suite struct AnswerTextTests {
  private func text(_ bytes: [UInt8], _ type: String = "application/json") throws -> String {
    let response = APIResponse(
      status: 200, headers: [APIField("Content-Type", type)], body: bytes, request: "GET http://a/things",
      url: "http://a/things")
    return String(decoding: try AnswerBody.text(of: response), as: UTF8.self)
  }

  @Test func isReadInTheEncodingThatItHas() throws {
    #expect(try text(Array(#""é""#.utf8)) == #""é""#)
    #expect(try text([0xEF, 0xBB, 0xBF] + Array("[]".utf8)) == "[]")
    #expect(try text([0x22, 0xE9, 0x22], "application/json; charset=ISO-8859-1") == #""é""#)
  }

  @Test func isAnErrorWhereTheEncodingIsNotKnown() {
    let error = #expect(throws: APIError.self) { try text([0x22, 0xE9, 0x22]) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("GET http://a/things"))
  }

  @Test func aSecretIsHiddenInBase64Too() {
    let mask = SecretMask(["s3cr3t-t0ken"])
    // s3cr3t-t0ken in base64
    #expect(!mask.mask("you sent czNjcjN0LXQwa2Vu").contains("czNjcjN0LXQwa2Vu"))
    #expect(mask.mask("you sent nothing") == "you sent nothing")
  }
}
