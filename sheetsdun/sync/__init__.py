"""The routine: read, parse, settle, decide, plan, compose, and only then act."""
