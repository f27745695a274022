extension APIError {
  /// The request, what happened, how often it was tried, and what to do.
  public var description: String {
    "\(message); \(help)"
  }

  /// The request, what happened, and how often it was tried.
  package var message: String {
    // What is wrong before there is any request speaks for itself.
    if request.isEmpty, case .invalidRequest(let text) = reason { return text }
    return "\(request) \(what)\(tries)"
  }

  private var tries: String {
    attempts > 1 ? " (tried \(attempts) times)" : ""
  }

  private var what: String {
    switch reason {
    case .status(let status, let excerpt):
      "was answered with \(Self.named(status))\(excerpt.isEmpty ? "" : ": \(excerpt)")"
    case .timeout: "took too long"
    case .connection(let text): "failed: \(text)"
    case .tooLarge(let limit): "was answered with more than \(Self.size(limit))"
    case .wait(let duration):
      "would have to wait for \(Self.time(duration)), because the API limits how much it is asked"
    case .redirect(let text): "was redirected, and \(text)"
    case .credentials(let text): "was not sent, because there are no credentials for it: \(text)"
    case .invalidRequest(let text): "cannot be sent: \(text)"
    case .invalidAnswer(let text): "was answered with what cannot be used: \(text)"
    case .incompleteList(let text): "does not lead to the end of its list: \(text)"
    }
  }

  /// What to do.
  var help: String {
    if let advice { return advice }
    return switch reason {
    case .status(let status, _): Self.help(status)
    case .timeout:
      "is the host up, and does it answer from here? `limits: timeout` in fetcher.yml says how long it may take"
    case .connection: "try again; if it stays so, look at the network and at the API's state"
    case .tooLarge(let limit):
      "ask for smaller pages, or allow more than \(limit) bytes with `limits: responseSize` in fetcher.yml"
    case .wait: "come again later, or allow a longer wait with `limits: longestWait` in fetcher.yml"
    case .redirect: "is the base URL the one that the API is documented at?"
    case .credentials: "check the id, the secret and the URL that the token is asked for at"
    case .invalidRequest:
      "correct the request where it is written, most likely in fetcher.yml"
    case .invalidAnswer: "is the URL one of the API, and not of its pages for people?"
    case .incompleteList:
      "does `paging` say how the API's documentation goes on? if so, run again: the list may have changed meanwhile"
    }
  }

  private static func help(_ status: Int) -> String {
    switch status {
    case 401: "is the token right, and has it not expired?"
    case 403: "has the user of the token the right to read this?"
    case 404: "is the path right, and may the user of the token see what it names?"
    case 407: "the proxy wants a user name and a password: put them into its URL"
    case 429: "ask for less at once with `limits: concurrency` or `limits: perSecond`"
    case 500...: "the fault is the API's: try again later"
    default: "read in the API's documentation what it wants"
    }
  }
}

extension TransportFailure {
  /// What to do, where that is known.
  var advice: String? {
    switch self {
    case .unreachable(_, let remedy), .refused(_, let remedy): remedy.advice
    case .timeout, .cut, .tooLarge, .unreadable, .impossible: nil
    }
  }
}

extension TransportFailure.Remedy {
  /// It in a sentence.
  fileprivate var advice: String {
    switch self {
    case .host:
      "is the host right, and can it be reached from here? where a proxy is needed, HTTPS_PROXY names it"
    case .certificate:
      "SSL_CERT_FILE may name a file with the certificates to trust, such as your organization's"
    case .scheme: "is it https, and is the port right?"
    case .proxy: "check the proxy in HTTPS_PROXY and HTTP_PROXY, and who goes without it in NO_PROXY"
    }
  }
}

extension APIError {
  private static func named(_ status: Int) -> String {
    let names = [
      400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
      407: "Proxy Authentication Required", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
      422: "Unprocessable Content", 429: "Too Many Requests", 500: "Internal Server Error",
      502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]
    return names[status].map { "\(status) \($0)" } ?? "\(status)"
  }

  private static func size(_ bytes: Int) -> String {
    for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where bytes >= unit && bytes.isMultiple(of: unit) {
      return "\(bytes / unit) \(name)"
    }
    return "\(bytes) bytes"
  }

  private static func time(_ duration: Duration) -> String {
    let seconds = Int(max(0, min(duration.inSeconds.rounded(.up), 1e15)))
    if seconds < 120 { return "\(seconds) s" }
    if seconds < 7200 { return "\((seconds + 59) / 60) minutes" }
    return "\((seconds + 3599) / 3600) hours"
  }
}
