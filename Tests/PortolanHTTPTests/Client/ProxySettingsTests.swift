import TestSupport
import Testing

@testable import PortolanHTTP

@Suite struct ProxySettingsTests {
  @Test(arguments: [
    ("example.org", "example.org", true), ("example.org", "api.example.org", true),
    (".example.org", "example.org", true),
    (".example.org", "api.example.org", true), ("*.example.org", "api.example.org", true),
    ("example.org", "notexample.org", false), ("EXAMPLE.org", "example.org", true),
    ("*", "example.org", true),
    ("example.org:443", "example.org", true), ("example.org:8443", "example.org", false),
    ("10.0.0.0/8", "10.1.2.3", true), ("10.0.0.0/8", "11.1.2.3", false), ("10.1.2.3", "10.1.2.3", true),
    ("0.0.0.0/0", "11.1.2.3", true), ("10.0.0.0/33", "10.1.2.3", false), ("1.2.3", "10.1.2.3", false),
    ("fd00::/8", "[fd12::1]", true), ("fd00::/8", "[fe80::1]", false), ("::1", "[::1]", true),
    ("", "example.org", false),
    ("a.org, example.org b.org", "example.org", true),
  ])
  func knowsWhoGoesWithoutAProxy(list: String, host: String, isExcepted: Bool) {
    #expect(ProxyExceptions(list).contain(host: host, port: 443) == isExcepted)
  }

  @Test(arguments: [
    ("http://proxy:3128", "proxy", 3128), ("proxy:3128", "proxy", 3128), ("http://proxy/", "proxy", 80),
    ("http://[::1]:3128", "::1", 3128), ("http://[::1]", "::1", 80), ("socks5://proxy", "proxy", 1080),
    ("socks5h://proxy:9", "proxy", 9),
  ])
  func readsAProxy(text: String, host: String, port: Int) throws {
    let settings = try ProxySettings(environment: ["HTTPS_PROXY": text])
    let proxy = settings.proxy(for: try RequestURL("https://example.org").origin)
    #expect(proxy?.host == host)
    #expect(proxy?.port == port)
    #expect(settings.proxy(for: try RequestURL("http://example.org").origin) == nil)
  }

  @Test func readsAnyAddressWithoutATrap() {
    let seed = PropertySeed.now
    var random = SeededRandom(seed: seed)
    for _ in 0..<PropertySeed.runs {
      let list = PropertySeed.text(&random)
      let host = PropertySeed.text(&random)
      let isExcepted = ProxyExceptions(list).contain(host: host, port: 443)
      #expect(!isExcepted || !list.isEmpty, "seed \(seed): \(list) \(host)")
      _ = try? ProxySettings(environment: ["HTTP_PROXY": list])
    }
  }

  @Test(arguments: [("1.2.3.4", 4), ("::", 16), ("::1", 16), ("1::", 16), ("1:2:3:4:5:6:7:8", 16)])
  func readsAnAddress(text: String, bytes: Int) {
    #expect(IPAddress(text)?.bytes.count == bytes)
  }

  @Test(arguments: [
    "1.2.3", "1.2.3.256", "1.2.3.4.5", "1:2", "1::2::3", "12345::", "::g", "", ":", "1:2:3:4:5:6:7:8:9",
  ])
  func readsNoOtherAddress(text: String) {
    #expect(IPAddress(text) == nil)
  }
}
