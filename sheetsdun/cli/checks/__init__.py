"""What ``doctor`` looks at, a module for each place where things stand.

finding     one line of the answer
setting     the config and what lies beside it: credentials, calendar, sender, templates
spreadsheet the spreadsheet as a whole, and the facts that the lease rests on
invoices    the invoice tab: its columns, its rows, their policies and languages
log         the log tab, and when the sheet was last checked
mailbox     the mailbox
examine     all of them, in order
"""
