extension JQExpression {
  /// Why libjq does not compile the expression, nil where it does. Takes libjq 1.6 about 15 ms.
  package func compileError(_ environment: JQEnvironment = JQEnvironment()) -> JQCompileError? {
    BatchCompiler(environment: environment).compile([self]).rejections[0]
  }
}
