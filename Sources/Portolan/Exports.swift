// What the library's own declarations speak of: with `import Portolan` alone, every type in them has a name.
@_exported import enum JQ.EvaluationStrategy
@_exported import struct JQ.JQEnvironment
@_exported import struct JQ.JQLimits
@_exported import enum JQ.SandboxHost
@_exported import struct RawJSON.JSONError
@_exported import enum RawJSON.JSONKind
@_exported import struct RawJSON.JSONPath
@_exported import enum RawJSON.JSONPathStep
@_exported import struct RawJSON.JSONView
