"""Cutting a poetry.lock: what `poetry lock` leaves of it for a smaller project, without Poetry or a network.

Byte for byte what Poetry 2.5 leaves, but for two cases, which turn on what only a package index knows. They
leave the same packages and versions, and a lock that `poetry check --lock` accepts:

- A package that names several extras in one requirement, `x ; extra == "a" or extra == "b"`, rather than
  one in each of several: an extra that nobody asks for any more goes from its marker.
- A package that is asked for in several environments, by one that does not list its requirements by name:
  Poetry's marker may name the same environments in another order.

What a lock cannot answer is refused, with a remedy: a package, version or extra that is not locked, a wider
range of Python, and packages from elsewhere than the index. The smaller project must not ask for a package in
more environments than the full one did: what could not apply there is not locked.
"""
