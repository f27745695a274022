extension JQExpression {
  /// Why libjq does not compile the expression, nil where it does. Nothing is run. Takes libjq 1.6 about
  /// 15 ms.
  package func compileError(_ environment: JQEnvironment = JQEnvironment()) -> JQCompileError? {
    do throws(JQCompileError) {
      let program = try BatchCompiler(environment: environment).prepare(self)
      let definitions = program.definitions.joined(separator: " ")
      _ = try JQMachine(environment.binding + definitions + " " + program.text)
      return nil
    } catch {
      return error
    }
  }
}
