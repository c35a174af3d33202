// EnvoySchema
