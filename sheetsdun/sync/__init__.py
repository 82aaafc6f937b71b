"""The routine: read, parse, settle, decide, plan, compose, and only then act.

routine     all of it in order, on one screen
settings    what the config says, and what a run works with
run         one run: who it is, what day it is, its events
prepared    what a run knows and intends
outcome     what came of it

What is found out, without changing anything:

reading     the spreadsheet -> the run's day, and the log's events
understand  tables -> invoices and terms
settle      open letters x mailbox -> events
inbox       answers and bounces -> events
ours        which mail is ours
judge       invoices and history -> decisions, Actions, plan
matters     reminders -> what letters are about
writing     reminders -> letters
scripts     tasks -> what a person is to say
digesting   digests -> drafts for our own people
expectations  the team's own tests of its ladders
guards      what stops a run before it touches anything

What is done, in this order:

withdrawing drafts taken back
drafting    letters -> drafts
sending     drafts -> sent mail
litter      what dead runs left behind, swept
finish      the end of a run: decided once more, so that the sheet says what has come of it
writeback   statuses into the sheet (strays, displaced: what slipped because people moved rows or columns)
protected   cells that could not be written
actions     Actions as events, and which cells are to be emptied

Beside the routine:

lookup      what is known of single invoices, for ``log``
explain     all that there is to know of one: why, what next, and (whatif) what would change it
preview     letters as their debtors would see them
foresee     the days to come, for ``forecast``
backfill    levels done before there was a log (claims: who says so)
recover     a lost log rebuilt (traces: letters in the mailbox; recollect: what must have happened; retell: as events)
"""
