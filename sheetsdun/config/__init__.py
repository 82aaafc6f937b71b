"""sheetsdun.toml as an object: what each setting may be, and every mistake told at once, with its line.

values      kinds of settings, and what each may be
sections    each section's settings and their defaults
lines       which setting stands in which line
pay         the kinds of ways to pay
ways        the ways to pay
parts       each section by itself
expect      what the team expects of its ladders
mistakes    what pydantic found -> sentences
checks      mistakes between settings
load        text -> Config
example     the file that `init` writes
"""

from sheetsdun.config.example import render
from sheetsdun.config.load import Config, load

__all__ = ["Config", "load", "render"]
