import RawJSON

/// One evaluation of a native program on a document. Nil always means: let libjq tell.
struct NativeRun {
  let readers: [PathReader]
  let matches: PathMatches
  let document: JSONScanner
  let tree: PathTree
  let arena: Arena

  /// What `expression` gives for `input`.
  func value(_ expression: NativeExpression, _ input: NativeValue) -> NativeValue? {
    guard !arena.isExhausted else { return nil }
    switch expression {
    case .input: return input
    case .read(let number): return read(readers[number])
    case .path(let path): return step(into: input, path)
    case .text(let text): return .text(text.bytes)
    case .number(let number): return .number(number)
    case .boolean(let boolean): return .boolean(boolean)
    case .null: return .null
    case .pipe(let first, let second):
      return value(first, input).flatMap { value(second, $0) }
    case .alternative(let first, let second):
      guard let found = value(first, input) else { return nil }
      return found.isTrue ? found : value(second, input)
    case .add(let first, let second):
      return two(first, second, input) { add($0, $1) }
    case .subtract(let first, let second):
      return two(first, second, input) { subtract($0, $1) }
    case .compare(let comparison, let first, let second):
      return two(first, second, input) { compare(comparison, $0, $1) }
    case .and(let first, let second):
      guard let found = value(first, input) else { return nil }
      return found.isTrue ? value(second, input).map { .boolean($0.isTrue) } : .boolean(false)
    case .or(let first, let second):
      guard let found = value(first, input) else { return nil }
      return found.isTrue ? .boolean(true) : value(second, input).map { .boolean($0.isTrue) }
    case .conditional(let condition, let consequence, let otherwise):
      guard let found = value(condition, input) else { return nil }
      return value(found.isTrue ? consequence : otherwise, input)
    case .interpolation(let parts): return interpolate(parts, input)
    case .collect(let generator): return collect(generator, input)
    case .slice(let target, let from, let to):
      return value(target, input).flatMap { slice($0, from, to) }
    case .element(let target, let index):
      return value(target, input).flatMap { element($0, index) }
    case .call(let function): return call(function, input)
    }
  }

  private func two(
    _ first: NativeExpression, _ second: NativeExpression, _ input: NativeValue,
    _ combine: (NativeValue, NativeValue) -> NativeValue?
  ) -> NativeValue? {
    guard let first = value(first, input), let second = value(second, input) else { return nil }
    return combine(first, second)
  }

  private func read(_ reader: PathReader) -> NativeValue? {
    switch reader.read(matches, document, tree) {
    case .slice(let range): .json(document.slice(range))
    case .missing: .null
    case .nothing, .wrongKind: nil
    }
  }

  /// What `path` leads to from `value`.
  private func step(into value: NativeValue, _ path: JQPath) -> NativeValue? {
    var value = value
    for step in path.path.steps {
      guard let next = self.step(into: value, step) else { return nil }
      value = next
    }
    return value
  }

  private func step(into value: NativeValue, _ step: JSONPathStep) -> NativeValue? {
    switch step {
    case .key(let key): member(of: value, key)
    case .index(let index): element(value, index)
    }
  }

  /// What a path leads to of which an error gives nothing.
  enum Reached {
    case value(NativeValue)
    case nothing
    case unknown
  }

  /// What `path` leads to from `value`.
  func reach(_ path: JQPath, from value: NativeValue) -> Reached {
    var value = value
    for (step, isOptional) in zip(path.path.steps, path.isOptional) {
      if isOptional, !step.canEnter(value.kind) { return .nothing }
      guard let next = self.step(into: value, step) else { return .unknown }
      value = next
    }
    return .value(value)
  }

  /// The member called `key`, the last one of that name; null where there is none.
  private func member(of value: NativeValue, _ key: String) -> NativeValue? {
    switch value.kind {
    case .null: return .null
    case .object:
      guard case .json(let json) = value else { return nil }
      let scanner = JSONScanner(json)
      return scanner.lastMember(0, key).map { .json(scanner.slice($0)) } ?? .null
    default: return nil
    }
  }

  private func call(_ function: NativeFunction, _ input: NativeValue) -> NativeValue? {
    switch function {
    case .not: .boolean(!input.isTrue)
    case .length: length(input)
    case .type: .text(Self.name(input.kind))
    case .tostring: tostring(input)
    case .downcase: changeCase(input, of: UInt8(ascii: "A")...UInt8(ascii: "Z"))
    case .upcase: changeCase(input, of: UInt8(ascii: "a")...UInt8(ascii: "z"))
    case .split(let separator): input.text(arena).map { .list(split($0, separator.bytes)) }
    case .join(let separator): join(input, separator.bytes)
    case .startswith(let start): input.text(arena).map { .boolean($0.starts(with: start.bytes)) }
    case .endswith(let end): input.text(arena).map { .boolean(Self.has($0, end: end.bytes)) }
    case .ltrimstr(let start):
      input.text(arena).map {
        .text($0.starts(with: start.bytes) ? Self.part($0, start.bytes.count..<$0.count) : $0)
      }
    case .rtrimstr(let end):
      input.text(arena).map {
        .text(Self.has($0, end: end.bytes) ? Self.part($0, 0..<$0.count - end.bytes.count) : $0)
      }
    case .add: add(input)
    case .fromdate: input.text(arena).flatMap { NativeDate($0) }.map { .number($0.secondsSince1970) }
    case .strftime(let format):
      if case .number(let seconds)? = input.read(arena) {
        NativeDate(secondsSince1970: seconds)?.formatted(format.bytes).map { .text(arena.copy($0)) }
      } else {
        nil
      }
    case .has(let key):
      input.kind == .object ? member(ofJSON: input, key).map { .boolean($0) } : nil
    }
  }

  private func member(ofJSON value: NativeValue, _ key: String) -> Bool? {
    guard case .json(let json) = value else { return nil }
    return JSONScanner(json).lastMember(0, key) != nil
  }
}
