"""Every reason that a decision, a withdrawal, a flag or an answer to an Action can have.

The words for each stand in ``rows``, in each language; here are only the codes. The line under a code names its
arguments. Days are ``datetime.date``, sums ``Decimal``, counts ``int``, all others ``str``. ``level`` comes with
``place`` and ``levels``: "firm (4 of 5)".
"""

from __future__ import annotations

import enum


class Code(enum.StrEnum):
    """Why, as a key of the words tables."""

    # -- remind --------------------------------------------------------------------------------------------------------
    LEVEL_DUE = "level_due"
    """A letter is due. level, place, levels, days (past due; negative before the due date)"""
    TASK_DUE = "task_due"
    """A person is to do something instead of a letter. level, place, levels, days, channel (call, sms, …)"""

    # -- wait ----------------------------------------------------------------------------------------------------------
    NEXT_LEVEL = "next_level"
    """The next level's day has not come. level, place, levels, until"""
    DEADLINE = "deadline"
    """The last letter gave time to pay. level, place, levels, deadline, until"""
    SENDING_DAY = "sending_day"
    """A level's day has come, but today nothing is sent. level, place, levels, until"""
    MIN_GAP = "min_gap"
    """Another letter went to this debtor a short while ago. level, place, levels, last, until"""
    PER_DAY = "per_day"
    """Today's letters are used up by older debts. level, place, levels, limit, until"""
    NO_ROOM = "no_room"
    """The same, for a letter before the due date, for which the next day is too late. level, place, levels (of the next
    one), missed (the name of this one), limit, until"""
    LAST_MISSED = "last_missed"
    """The same where no level comes after it. missed, limit"""
    NET_NOTHING = "net_nothing"
    """Credits and payments of this debtor cover what is open. net (zero or negative), currency"""

    # -- closed --------------------------------------------------------------------------------------------------------
    PAID = "paid"
    """Marked as paid, or the balance is below the tolerance. No arguments."""
    VOID = "void"
    """Marked as void. No arguments."""
    PAID_WITH_DISCOUNT = "paid_with_discount"
    """What is left is the discount for early payment. balance, currency"""
    CREDIT_NOTE = "credit_note"
    """A negative row; what is left of it is set against the debtor's other invoices. balance, currency"""
    OVERPAID = "overpaid"
    """More was paid than asked; the rest is set against the debtor's other invoices. balance, currency"""

    # -- stopped, held, promised, answered -----------------------------------------------------------------------------
    STOPPED = "stopped"
    """Escalation says stop. No arguments."""
    DO_NOT_CONTACT = "do_not_contact"
    """The customer is not to be contacted: neither letter nor task. No arguments."""
    HELD = "held"
    """On hold until somebody lifts it. No arguments."""
    HELD_UNTIL = "held_until"
    """On hold, that day included. date"""
    DISPUTED = "disputed"
    """The Status column says that the debt is disputed. No arguments."""
    PROMISED = "promised"
    """The debtor has promised to pay. date, until"""
    BROKEN_PROMISE = "broken_promise"
    """Told beside the decision: a promise has passed unpaid. date"""
    NO_LANGUAGE = "no_language"
    """Told beside the decision: there are no letters in the row's language. language, used"""
    FOREIGN_ADDRESS = "foreign_address"
    """Told beside the decision: a domain is not in Latin letters, so no letter goes by itself. who (the addresses)"""
    REPLIED = "replied"
    """The debtor has written since our last letter. who, date"""
    BOUNCED = "bounced"
    """Our last letter came back. who (the address it was sent to, where that is known), date"""

    # -- problem -------------------------------------------------------------------------------------------------------
    PROBLEM = "problem"
    """A cell could not be understood. field, problem (the Problem's code), value"""
    NO_AMOUNT = "no_amount"
    """There is no amount. No arguments."""
    NO_DUE = "no_due"
    """There is no due date. No arguments."""
    DUE_OUT_OF_RANGE = "due_out_of_range"
    """The due date is before 2000 or more than five years ahead. date"""
    NO_ADDRESS = "no_address"
    """A letter is the next level, and there is no valid address. level, place, levels"""
    UNKNOWN_POLICY = "unknown_policy"
    """No policy has that name. policy"""
    REFUSED = "refused"
    """Google refused this very letter; it is tried again when addresses or sums change, or on redo. level, place,
    levels, note (Google's words)"""
    UNWRITTEN = "unwritten"
    """The letter could not be written as planned: a file is missing, an address is none. level, place, levels, note"""

    # -- review: a letter stands in the way ----------------------------------------------------------------------------
    DRAFT_UNFINISHED = "draft_unfinished"
    """Its draft was begun and not yet filled. level, place, levels"""
    DRAFT_READY = "draft_ready"
    """Its draft waits for a person. level, place, levels"""
    DRAFT_EDITED = "draft_edited"
    """The same, and a person's hand was in it. level, place, levels"""
    DRAFT_SENDING = "draft_sending"
    """It was handed to Gmail; the answer is not in yet. level, place, levels"""
    DRAFT_GONE = "draft_gone"
    """The draft is not there any more; we look whether it was sent. level, place, levels"""
    DRAFT_WITHDRAWING = "draft_withdrawing"
    """We are taking the draft back. level, place, levels"""
    DRAFT_DISCARDED = "draft_discarded"
    """A person deleted the draft: choose redo or skip. level, place, levels"""
    DRAFT_UNCERTAIN = "draft_uncertain"
    """Nobody can tell whether it was sent: look in Sent, then choose redo or skip. level, place, levels"""
    DEBTOR_DRAFT = "debtor_draft"
    """Due, but another letter to this debtor stands open that is not ours to change. level, place, levels, letter"""

    # -- exhausted -----------------------------------------------------------------------------------------------------
    EXHAUSTED = "exhausted"
    """Past the last level. policy, levels"""

    # -- why an open draft is withdrawn, or flagged where a person's hand was in it (besides the codes above) ----------
    FACTS_CHANGED = "facts_changed"
    """What the draft says is no longer so: balance, recipients or level. No arguments."""
    WIDENED = "widened"
    """Another invoice of this debtor has fallen due; one letter speaks of all. No arguments."""
    ROW_GONE = "row_gone"
    """The invoice's row is not in the sheet any more. invoice"""
    DEADLINE_NEAR = "deadline_near"
    """The day to pay that the draft names is too near. deadline"""
    DISCOUNT_OVER = "discount_over"
    """The discount that the draft names cannot be used any more, or hardly. until, invoice"""
    NOT_DUE = "not_due"
    """The invoice's level is not due any more. invoice"""

    # -- answers to an Action ------------------------------------------------------------------------------------------
    ACTION_SEND = "action_send"
    """Its draft is sent as it stands. letter"""
    ACTION_REDO = "action_redo"
    """The letter is made anew. No arguments."""
    ACTION_SKIP = "action_skip"
    """The level counts as done. level"""
    ACTION_CLEAR = "action_clear"
    """The debtor's answer is dealt with. No arguments."""
    ACTION_DONE = "action_done"
    """The task is done. level"""
    ACTION_CONTRADICTS = "action_contradicts"
    """Rows of one letter ask for different things; none is carried out. letter"""
    ACTION_NO_DRAFT = "action_no_draft"
    """send: there is no draft to send. No arguments."""
    ACTION_NOT_NOW = "action_not_now"
    """send: the invoice, or another of the same letter, is closed, stopped, held, promised, answered, has a problem
    or is gone from the sheet. invoice"""
    ACTION_REFUSED = "action_refused"
    """send: Google would not send the edited draft; asked again once somebody has changed it. letter, note"""
    ACTION_BUSY = "action_busy"
    """send, redo, skip: we are just finding out what became of the draft; asked again by itself. letter"""
    ACTION_EDITED = "action_edited"
    """redo: a person's hand is in the draft, so we leave it alone; send or delete it in Gmail first. letter"""
    ACTION_EARLY = "action_early"
    """It stood in the cell before what it could apply to now could be seen in the sheet. action"""
    ACTION_NOTHING = "action_nothing"
    """redo, skip, clear, done: there is nothing that it could apply to. action"""
