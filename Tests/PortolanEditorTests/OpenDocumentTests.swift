import PortolanEditor
import Testing

@Suite struct OpenDocumentTests {
  @Test(arguments: [(PositionEncoding.utf8, 4), (.utf16, 2), (.utf32, 1)])
  func countsColumnsAsTheClientDoes(_ encoding: PositionEncoding, width: Int) {
    var document = OpenDocument("a: 🦊b\nc", encoding: encoding)
    #expect(document.position(line: 1, column: 5) == EditorPosition(line: 0, character: 3 + width))
    let place = EditorPosition(line: 0, character: 3 + width)
    document.change((place, EditorPosition(line: 0, character: 4 + width)), "x\r\ny")
    #expect(document.text == "a: 🦊x\r\ny\nc")
    #expect(document.lines.count == 3)
  }

  @Test func takesWhatIsOutsideForTheEnd() {
    var document = OpenDocument("a", encoding: .utf16)
    let end = EditorPosition(line: 9, character: 9)
    document.change((end, end), "b")
    #expect(document.text == "ab")
  }
}
