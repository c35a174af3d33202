// Everything under one name.
@_exported public import Certificates
@_exported public import DrydockDiff
@_exported public import MeshDiagnosis
@_exported public import ProxyTables
@_exported public import ReportPages
@_exported public import RequestTracing
@_exported public import SupportBundles
@_exported public import YAMLText
