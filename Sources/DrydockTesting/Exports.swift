// What a test names: dumps and rules, and the framework that records its issues.
@_exported public import DrydockDiff
@_exported public import Testing
