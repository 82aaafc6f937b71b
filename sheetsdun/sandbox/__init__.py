"""An embedded Google: Sheets, Gmail, Drive and OAuth over HTTP on loopback, with a web page.

It knows HTTP and Google's formats, and nothing of the program that talks to it. Stock clients (gspread,
google-auth, google-api-python-client) work against it unchanged.

launch      Sandbox: start it, stop it, its address and credentials
server      the HTTP server
gateway     a request's way: control, sign-in, pages, faults, the APIs
exchange    one request and its answer
apis        the APIs: route, check, quota, carry out, answer
discovery   Google's own discovery documents
methods, routes, schema, fieldmask   what they say of a method, its path, its body, its answer's fields
refusals    errors in Google's shapes
batch, multipart, uploads   calls in one request, and calls with files
wire        what crosses between all this and the APIs: Call, Raw, ApiError
store, clock   the SQLite file, and the date that can be set
keys, tokens, oauth, consent   sign-in: the service account's key, tokens, and the page that asks for consent
control, levers   /_sandbox/: clock, reset, quotas, latency, faults
faults, quotas, tally   what the levers move, and what is counted
sheets/ gmail/ drive/   one package for each API, pure of HTTP
pages, page/   the web page
"""
