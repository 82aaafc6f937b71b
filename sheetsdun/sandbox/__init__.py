"""An embedded Google: Sheets, Gmail, Drive and OAuth over HTTP on loopback, with a web page.

It knows HTTP and Google's formats, and nothing of the program that talks to it. Stock clients (gspread,
google-auth, google-api-python-client) work against it unchanged.

Rooms:
    wire         what crosses between the HTTP server and the APIs: Call, Raw, ApiError
    discovery    Google's own discovery documents: routes, and what a valid request is
    server       HTTP in, HTTP out: batch, uploads, faults, quotas
    store, clock the SQLite file, and the date that can be set
    oauth        tokens: service accounts and the consent page
    sheets/ gmail/ drive/   one package for each API, pure of HTTP
    control      /_sandbox/: clock, reset, quotas, latency, faults
    page/        the web page
"""
