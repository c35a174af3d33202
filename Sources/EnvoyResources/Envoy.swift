/// Envoy's messages as types, such as `Envoy.Cluster`. They are nested, since a program may have a
/// `Route` or an `Address` of its own, or from another package.
public enum Envoy {}

// Within this package there is nothing that they could be taken for.
package typealias Address = Envoy.Address
package typealias AddressPrefix = Envoy.AddressPrefix
package typealias Bootstrap = Envoy.Bootstrap
package typealias CircuitBreakers = Envoy.CircuitBreakers
package typealias Cluster = Envoy.Cluster
package typealias DataSource = Envoy.DataSource
package typealias DirectResponse = Envoy.DirectResponse
package typealias Endpoint = Envoy.Endpoint
package typealias Extension = Envoy.Extension
package typealias FilterChain = Envoy.FilterChain
package typealias FilterChainMatch = Envoy.FilterChainMatch
package typealias HTTPConnectionManager = Envoy.HTTPConnectionManager
package typealias HeaderMatch = Envoy.HeaderMatch
package typealias HostStatus = Envoy.HostStatus
package typealias Listener = Envoy.Listener
package typealias LoadAssignment = Envoy.LoadAssignment
package typealias Locality = Envoy.Locality
package typealias LocalityEndpoints = Envoy.LocalityEndpoints
package typealias Node = Envoy.Node
package typealias OutlierDetection = Envoy.OutlierDetection
package typealias QueryParameterMatch = Envoy.QueryParameterMatch
package typealias RedirectAction = Envoy.RedirectAction
package typealias RequestMirror = Envoy.RequestMirror
package typealias RetryPolicy = Envoy.RetryPolicy
package typealias Route = Envoy.Route
package typealias RouteAction = Envoy.RouteAction
package typealias RouteConfiguration = Envoy.RouteConfiguration
package typealias RouteMatch = Envoy.RouteMatch
package typealias Secret = Envoy.Secret
package typealias StringMatch = Envoy.StringMatch
package typealias TCPProxy = Envoy.TCPProxy
package typealias TLSContext = Envoy.TLSContext
package typealias TransportSocketMatch = Envoy.TransportSocketMatch
package typealias TrustDomain = Envoy.TrustDomain
package typealias VirtualHost = Envoy.VirtualHost
package typealias WeightedCluster = Envoy.WeightedCluster
