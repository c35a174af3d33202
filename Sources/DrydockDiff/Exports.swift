// The straight line under one name: what a program needs that only compares.
@_exported public import EnvoyConfig
@_exported public import EnvoyResources
@_exported public import Reporting
@_exported public import StrictJSON
