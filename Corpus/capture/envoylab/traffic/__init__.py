"""Real requests through Envoy, and what its access log says of them."""
