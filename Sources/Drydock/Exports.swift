// Everything under one name.
@_exported public import CompressedInput
@_exported public import DrydockDiff
@_exported public import EnvoyResources
@_exported public import MeshStatus
@_exported public import ProxyViews
@_exported public import RequestTracing
@_exported public import SupportBundles
@_exported public import X509Text
@_exported public import YAMLText
