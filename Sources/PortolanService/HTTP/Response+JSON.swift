import HTTPTypes
import Hummingbird
import RawJSON

extension Response {
  /// A response whose body is an object.
  static func json(_ status: HTTPResponse.Status = .ok, _ members: (inout JSONWriter) -> Void) -> Response {
    let bytes = JSONWriter.object(.compact, members)
    return Response(
      status: status, headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// `{"ok": true}` with what `members` adds.
  static func ok(_ status: HTTPResponse.Status = .ok, _ members: (inout JSONWriter) -> Void = { _ in })
    -> Response
  {
    json(status) { body in
      body.add("ok", true)
      members(&body)
    }
  }
}
