"""Google's side of the two contracts: the only package that imports a Google library.

Nothing is imported here: the libraries take a quarter of a second, and ``--help`` must not wait for them.

connection  a run's way to Google; makes all that follows

Signing in:

auth        credentials -> what signs requests
identity    the account that Google sees, and the scopes
login       a person's consent
token_file  the consent, kept on disk

Requests, and how they fail:

transport   carries every request
retry       what may be repeated, and for how long
pace        no faster than the quota allows
failures    answers -> Rejected, NoAnswer, Unreachable
remedies    what a person can do about them

The Sheet:

sheet       the contract
sheets_client gspread on our transport
grids       answers -> tables
cells       cells -> requests
chain       the lease's links as metadata
relog       a new log in the place of the old one
layout      what ``setup`` adds (layout_requests: how)
outline     the top of each tab, for ``init``
probe       whether the lease can be trusted, for ``doctor``
founding    a new spreadsheet, for ``demo``

The Mailbox:

gmail       the contract
gmail_calls one request, pages, batches
discovery   googleapiclient on our transport
batch       many calls in one request
drafting    content into drafts
labels      labels by name
mail        a message -> ``ports.Mail``
returned    a message -> ``ports.Returned``
"""
