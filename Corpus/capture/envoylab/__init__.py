"""Captures config dumps from a real Envoy under a small control plane."""
