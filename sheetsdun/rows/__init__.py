"""What a cell means: from rows to invoices, and from decisions to the cells that we write.

text        a cell's text without what nobody can see
locales     how a spreadsheet of some locale writes numbers and dates
currency    ISO 4217 codes and the marks that people write for them
money       cell -> sum
dates       cell -> day
addresses   cell -> e-mail addresses
vocabulary  the words that people write in Escalation, Action, Paid and Language
problems    what can be wrong with a cell
columns     fields of ours -> columns of theirs
headers     proposes the columns for a header row never seen before
identity    which invoice a row is
parse       table -> Book of invoices
row         one row -> Invoice
customers   what the Customers tab adds to a row
payments    what the Payments tab adds to a row
policies    the ladders of the Escalation tab
ladder      what is wrong with a ladder
words       the words of the status columns, in English, Russian and German
project     decision and history -> Status
cells       Status -> the cells that differ, found by identity and header
leavings    statuses of ours in rows that hold nothing else
readback    the status columns -> what they say, when the log is lost
"""
