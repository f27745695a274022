/// A fetcher that is declared in a file, `fetcher.yml`: how each kind of raw objects is asked for.
///
/// It is only read and checked here. What asks an API by it is in PortolanHTTP.
package struct FetcherDefinition: Sendable {
  /// The file, as messages name it.
  package var file: String
  /// What relative paths begin with.
  package var baseURL: Template
  /// How requests are signed: the first one whose condition holds.
  package var authentications: [Authentication]
  /// What every request says besides.
  package var headers: [Field]
  /// How much is asked of the API at once.
  package var limits: Limits
  /// The kinds, in the file's order.
  package var kinds: [Kind]
  /// How a kind that is not listed is asked for; nil where it cannot be.
  package var otherKinds: Kind?
  /// How the API says that something has changed; nil where it does not.
  package var events: Events?
  /// The names of the kinds that the file lists and that are left out, because of an error in them.
  package var brokenKinds: [String]
  /// What is wrong or doubtful in the file, in its order.
  package var diagnostics: [Diagnostic]

  /// A header, a query parameter or a form's field.
  package struct Field: Sendable {
    package var name: String
    package var value: Template
  }

  /// How requests are signed.
  package struct Authentication: Sendable {
    /// jq: whether it is this one; nil for always.
    package var condition: ConfigExpression?
    package var method: Method

    package enum Method: Sendable {
      case basic(username: Template, password: Template)
      case bearer(Template)
      case header(name: String, value: Template)
      case query(name: String, value: Template)
      case oauth2(OAuth2)
      case login(Login)
    }

    /// OAuth 2 client credentials.
    package struct OAuth2: Sendable {
      package var tokenURL: Template
      package var clientID: Template
      package var clientSecret: Template
      package var scope: Template?
      /// What else the token is asked for with.
      package var form: [Field]
      /// Whether id and secret go into the body instead of a basic header.
      package var sendsSecretInBody: Bool
    }

    /// A request that is answered with what later requests carry; its answer's body is `login` for them.
    package struct Login: Sendable {
      package var list: List
      package var headers: [Field]
      package var query: [Field]
      /// jq on the answer: how many seconds it holds; nil until the API refuses it.
      package var lifetime: ConfigExpression?
    }
  }

  /// How much is asked of the API at once, and how long for.
  package struct Limits: Sendable {
    /// Requests at the same time.
    package var concurrency: Int
    /// Requests a second; nil for no limit.
    package var perSecond: Double?
    /// How long an answer may take to begin, and to go on, in seconds.
    package var timeout: Double
    /// How often a request is sent before it is given up.
    package var attempts: Int
    /// How large an answer may be, in MB.
    package var responseSize: Double
    /// How long it waits, in seconds, where the API says when to come again.
    package var longestWait: Double
  }

  /// A kind of raw objects.
  package struct Kind: Sendable {
    package var name: String
    package var description: String?
    /// What its selector can say.
    package var settings: [SelectorSetting]
    /// What it is asked once for; nil where it is asked once.
    package var parent: Parent?
    /// jq on an object: what tells it from others, where the same one may come from several parents; nil where it
    /// may not.
    package var once: ConfigExpression?
    package var list: List
    /// Which objects an event is about; nil where events are about none of them.
    package var event: Event?
    /// Where it is defined.
    package var location: SourceLocation
  }

  /// What a kind is asked once for: `parent` in its expressions.
  package struct Parent: Sendable {
    package enum Source: Sendable {
      /// Each object of another kind, whose selector settings are given by those of this one.
      case kind(String, location: SourceLocation, settings: [Field])
      /// Each element of a list: jq.
      case values(ConfigExpression)
    }

    package var source: Source
    /// jq on the parent: whether it is asked for; nil for all.
    package var condition: ConfigExpression?
  }

  /// A list of objects: how it is asked for and read.
  package struct List: Sendable {
    /// `GET` or `POST`.
    package var method: String
    /// The path below the base URL, or a whole URL.
    package var path: Template
    package var query: [Field]
    package var headers: [Field]
    /// What is sent as JSON.
    package var body: BodyTemplate?
    /// What is sent as a form.
    package var form: [Field]
    package var paging: Paging
    /// jq on an answer's body: where the objects are. Nil for the body itself, a list or one object.
    package var items: ConfigExpression?
    /// jq on an answer: whether it says that there are none here.
    package var none: ConfigExpression?
    /// jq on an answer: what it says went wrong, whatever its status; null or false for nothing.
    package var error: ConfigExpression?
    /// jq on an answer: whether to ask once more a little later.
    package var retry: ConfigExpression?
    /// What is added to each object: jq on the object.
    package var added: [Added]
    /// What is asked for each object and added to it.
    package var joins: [Join]
    /// Whether a path in `items` may lead to one object, or to null, as well as to a list. No file can say so.
    package var mayBeOneObject = false
  }

  /// A value that is added to each object.
  package struct Added: Sendable {
    package var key: String
    package var value: ConfigExpression
  }

  /// A list that is asked for each object and added to it.
  package struct Join: Sendable {
    package var key: String
    /// jq on the object: whether it is asked for; nil for each.
    package var condition: ConfigExpression?
    package var list: List
  }

  /// How a list goes on from page to page.
  package struct Paging: Sendable {
    package enum Style: Sendable {
      /// It is one page.
      case none
      /// The number of the first object, in the parameter of that name.
      case offset(String)
      /// The page's number, in the parameter of that name.
      case page(String)
      /// jq on an answer: what the next request says in the parameter of that name.
      case cursor(ConfigExpression, parameter: String)
      /// jq on an answer: the next page's URL.
      case next(ConfigExpression)
      /// The relation in the `Link` header that leads to the next page.
      case link(String)
    }

    /// Where a request says which page is meant.
    package enum Place: String, Sendable, CaseIterable {
      /// In the URL.
      case query
      /// In the JSON body, at the path whose keys have dots between them.
      case body
      /// In a header.
      case headers
    }

    package var style: Style
    package var place: Place
    /// The parameter that says how many objects a page has.
    package var limit: String?
    /// How many objects a page has.
    package var size: Int?
    /// The first offset or page number; nil for the usual one: 0, and 1 for page numbers.
    package var start: Int?
    /// jq on an answer: how many objects there are.
    package var total: ConfigExpression?
    /// jq on an answer: whether it is the last page.
    package var until: ConfigExpression?
    /// How many pages are read at most; nil for any number.
    package var pages: Int?
    /// Whether an API that sends the same objects again, and not `size` of them, is known not to page this list: what
    /// came first is all. No file can say so; it is for those who page every list alike.
    package var mayBeUnpaged = false
  }
}

/// What a fetcher's expressions know.
///
/// Each name is a function without arguments, whatever `.` is: `config.jiraHost`, `selector.jql`, `parent.id`.
package enum FetcherContext: String, Sendable, CaseIterable {
  /// What the user has set: a member for each configuration of the spec.yml.
  case config
  /// The settings of the selector, defaults included.
  case selector
  /// The object, or the element, that this list is asked for.
  case parent
  /// The name of the kind.
  case kind
  /// The page that a request asks for: `{"number": 1, "offset": 0, "cursor": null}`.
  case page
  /// What the login was answered with.
  case login
  /// What the API sent: `{"headers": {…}, "body": …}`.
  case event
  /// The object that an event is about, as far as the event has it.
  case object
  /// Where events are to be sent, and with which secret: `{"url": "https://…", "secret": "…"}`.
  case webhook
}
