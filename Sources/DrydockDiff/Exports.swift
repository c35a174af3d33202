// The straight line under one name: what a program needs that only compares.
@_exported public import CanonicalForm
@_exported public import ConfigDumpIndex
@_exported public import EnvoySchema
@_exported public import Explanations
@_exported public import JSONEvents
@_exported public import StructuralDiff
@_exported public import SyncStatus
@_exported public import UnifiedText
