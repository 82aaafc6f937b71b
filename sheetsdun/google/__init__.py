"""Google's side of the two contracts: the only package that imports a Google library.

``auth`` and ``login`` make credentials, ``transport`` carries every request, ``sheet`` and ``gmail`` implement the
ports. Nothing is imported here: the libraries take a quarter of a second, and ``--help`` must not wait for them.
"""
