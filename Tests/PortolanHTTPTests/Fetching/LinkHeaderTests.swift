import Testing

@testable import PortolanHTTP

/// RFC 8288, as APIs write it.
@Suite struct LinkHeaderTests {
  @Test(arguments: [
    (#"<https://a.example/items?page=2>; rel="next""#, "https://a.example/items?page=2"),
    (#"<https://a/1>; rel="prev", <https://a/3>; rel="next", <https://a/9>; rel="last""#, "https://a/3"),
    (#"</items?page=2>;rel=next"#, "/items?page=2"),
    (#"<https://a/2>; title="a, b; c"; REL="Next start""#, "https://a/2"),
    (#"<https://a/?x=1,2>; rel="next"; results="true"; cursor="0:100:0""#, "https://a/?x=1,2"),
    (#"<https://a/1>; rel="prev""#, nil), ("", nil), ("nonsense", nil), (#"<https://a/2"#, nil),
  ]) func leadsToTheNextPage(_ header: String, _ target: String?) {
    #expect(LinkHeader.target(of: "next", in: [header]) == target)
  }

  @Test func isReadFromSeveralHeaders() {
    let headers = [#"<https://a/1>; rel="first""#, #"<https://a/2>; rel="next""#]
    #expect(LinkHeader.target(of: "next", in: headers) == "https://a/2")
  }

  @Test func oneThatNamesANextPageWithoutAnAddressIsNoticed() {
    #expect(LinkHeader.names("next", #"https://a/2; rel = "next""#))
    #expect(!LinkHeader.names("next", #"<https://a/2>; rel="prev""#))
  }
}
