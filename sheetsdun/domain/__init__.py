"""What a debt is and what is due for it. Pure: the standard library only, no clock, no input or output.

What there is:

invoice     one row of the sheet, understood
policy      a named ladder and its levels
event       one row of the log
history     what has happened to each invoice and each letter
terms       what the config says about chasing
calendar    sending days
reasons     every reason that can be given

What is done with it, in this order:

fold        events -> history (folding: a letter and an invoice meanwhile)
actions     what people ask for in the Action column -> what it comes to (deed)
decide      one invoice, its history, the terms, today -> decision
            (case: all that it rests on; guards: what is asked first; climb: which level is next)
plan        decisions -> reminders and tasks, and what becomes of open drafts
            (drafts: which are still wanted; newcomers: who may have another letter today; accounts: who owes what on
            balance; reminder: one letter; charging: interest and fees, of the kinds in charges; daily: no more than the limit of a day)
digest      what our own people are told once a day
backfill    what was chased before there was a log

What is asked beside a run:

trace       how a decision came about: each question and what it said
forecast    the days to come, lived through with the same decide and plan
expect      the team's own tests of its ladders
habits      how late debtors have paid so far
outlook     an invoice on its ladder, with the day of each level

Names such as ``_REMIND`` at the head of a module are members of enums, looked up once for all invoices: on Python 3.11
that costs more than a call.
"""
