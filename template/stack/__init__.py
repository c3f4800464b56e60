"""The technologies, a folder each: settings, code, tests and a README."""
