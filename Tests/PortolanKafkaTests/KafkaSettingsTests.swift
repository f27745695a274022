import PortolanKafka
import Testing

struct KafkaSettingsTests {
  @Test(
    "brokers are between commas or in a JSON array",
    arguments: [
      "a:9092,b:9092", " a:9092 , b:9092, ", #"["a:9092", "b:9092"]"#, #" [ "a:9092" , " b:9092" ] "#,
    ])
  func brokers(text: String) throws {
    #expect(try KafkaSettings.brokers(in: text) == ["a:9092", "b:9092"])
  }

  @Test("a text without a broker is refused", arguments: ["", " , ", "[]", #"[""]"#])
  func noBroker(text: String) {
    #expect { try KafkaSettings.brokers(in: text) } throws: {
      "\($0)" == "no broker is named; name one as host:port, several between commas"
    }
  }

  @Test("what begins as an array and is none is refused", arguments: ["[1]", "[a:9092]", #"["a:9092""#])
  func noArray(text: String) {
    #expect { try KafkaSettings.brokers(in: text) } throws: {
      "\($0)" == #"the brokers begin with [ but are no JSON array of strings, as ["host:9092"]"#
    }
  }

  private static func failure(_ settings: KafkaSettings) async -> String {
    do {
      let producer = try await KafkaProducer.start(settings) { _ in }
      await producer.close(within: .zero)
      return "started"
    } catch {
      return "\(error)"
    }
  }

  @Test("what contradicts is refused")
  func whatContradictsIsRefused() async {
    var settings = KafkaSettings(brokers: ["localhost:1"], password: "hush-hush")
    #expect(
      await Self.failure(settings)
        == "a user, a password or a SASL mechanism needs the security protocol SASL_SSL or SASL_PLAINTEXT, and it is PLAINTEXT"
    )
    settings.securityProtocol = .saslSSL
    #expect(
      await Self.failure(settings)
        == "the security protocol SASL_SSL needs a SASL mechanism, as SCRAM-SHA-512")
    settings.saslMechanism = "SCRAM-SHA-512"
    #expect(
      await Self.failure(settings) == "the SASL mechanism SCRAM-SHA-512 needs a user and a password")
  }

  @Test(
    "what is promised cannot be set otherwise",
    arguments: ["acks", "enable.idempotence", "bootstrap.servers"])
  func whatIsPromisedCannotBeSetOtherwise(name: String) async {
    let settings = KafkaSettings(brokers: ["localhost:1"], properties: [name: "0"])
    #expect(
      await Self.failure(settings)
        == "the property \(name) is set by another setting; take it out of the properties")
  }

  @Test("another name of a property is the same property")
  func anotherNameIsTheSameProperty() async {
    let settings = KafkaSettings(brokers: ["localhost:1"], properties: ["request.required.acks": "0"])
    #expect(
      await Self.failure(settings)
        == "the property acks is set by another setting; take it out of the properties")
  }

  @Test("an unknown property is named")
  func anUnknownPropertyIsNamed() async {
    let settings = KafkaSettings(brokers: ["localhost:1"], properties: ["no.such": "1"])
    #expect(await Self.failure(settings) == #"No such configuration property: "no.such""#)
  }

  @Test("no text holds a secret")
  func noTextHoldsASecret() async {
    var settings = KafkaSettings(
      brokers: ["localhost:1"], securityProtocol: .saslPlaintext, saslMechanism: "hush-hush", user: "me",
      password: "hush-hush", properties: ["ssl.key.password": "quiet-quiet"])
    var dumped = ""
    dump(settings, to: &dumped)
    for text in ["\(settings)", String(reflecting: settings), dumped] {
      #expect(text.contains("localhost:1, SASL_PLAINTEXT, user me"))
      #expect(!text.contains("hush-hush"))
      #expect(!text.contains("quiet-quiet"))
    }
    // librdkafka repeats wrong values: here it is the secret's own.
    let failure = await Self.failure(settings)
    #expect(failure.contains("***"))
    #expect(!failure.contains("hush-hush"))
    settings.saslMechanism = "PLAIN"
    settings.properties["security.protocol"] = "quiet-quiet"
    #expect(!(await Self.failure(settings)).contains("quiet-quiet"))
  }
}
