// Everything under one name.
@_exported public import CompressedInput
@_exported public import DrydockDiff
@_exported public import EnvoyResources
@_exported public import YAMLText
