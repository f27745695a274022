import PortolanEditor
import Testing

@Suite struct MessageFramingTests {
  @Test func cutsMessagesWhereverTheStreamIsCut() throws {
    let stream = MessageFraming.framed(Array("{}".utf8)) + MessageFraming.framed(Array("[\"é\"]".utf8))
    for size in 1...stream.count {
      var framing = MessageFraming()
      var messages: [String] = []
      for start in stride(from: 0, to: stream.count, by: size) {
        framing.append(stream[start..<min(start + size, stream.count)])
        while let message = try framing.next() { messages.append(String(decoding: message, as: UTF8.self)) }
      }
      #expect(messages == ["{}", "[\"é\"]"])
    }
  }

  @Test(arguments: ["Content-Length: -1\r\n\r\n", "Content-Length: x\r\n\r\n", "Hello: 1\r\n\r\n"])
  func refusesHeadersWithoutALength(_ headers: String) {
    var framing = MessageFraming()
    framing.append(headers.utf8)
    #expect(throws: MessageFraming.Broken.self) { try framing.next() }
  }
}
