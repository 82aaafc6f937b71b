"""The log's events as rows of a tab, and the lease under which they are written.

rows     an Event as a row of strings, and back
lease    the chain of links: one run at a time, without a server
pen      events gathered until the next fenced append
salvage  what is left of a damaged log
rebuild  a new log in its place
"""
