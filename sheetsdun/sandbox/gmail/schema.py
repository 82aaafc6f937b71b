"""The tables of Gmail: small columns to list and search by, and the raw bytes of each message once, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

TABLES = (
    # What a test may set for the whole server: search_lag_seconds, history_days.
    "CREATE TABLE IF NOT EXISTS gmail_settings (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS gmail_counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS gmail_mailboxes (address TEXT PRIMARY KEY, history INTEGER NOT NULL) WITHOUT ROWID",
    # Dates are milliseconds since 1970. The *_words columns hold " word word ", lower-case, for searching.
    """CREATE TABLE IF NOT EXISTS gmail_messages (
        id INTEGER PRIMARY KEY, mailbox TEXT NOT NULL, thread INTEGER NOT NULL, history INTEGER NOT NULL,
        internal_date INTEGER NOT NULL, added INTEGER NOT NULL, size INTEGER NOT NULL, attachments INTEGER NOT NULL,
        message_id TEXT NOT NULL, subject TEXT NOT NULL, snippet TEXT NOT NULL,
        subject_words TEXT NOT NULL, from_words TEXT NOT NULL, to_words TEXT NOT NULL, cc_words TEXT NOT NULL,
        bcc_words TEXT NOT NULL, filename_words TEXT NOT NULL, words TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS gmail_messages_newest ON gmail_messages (mailbox, internal_date, id)",
    "CREATE INDEX IF NOT EXISTS gmail_messages_thread ON gmail_messages (mailbox, thread, internal_date)",
    "CREATE INDEX IF NOT EXISTS gmail_messages_message_id ON gmail_messages (mailbox, message_id)",
    "CREATE TABLE IF NOT EXISTS gmail_raw (message INTEGER PRIMARY KEY, content BLOB NOT NULL)",
    """CREATE TABLE IF NOT EXISTS gmail_message_labels (
        mailbox TEXT NOT NULL, label TEXT NOT NULL, message INTEGER NOT NULL,
        PRIMARY KEY (mailbox, label, message)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS gmail_message_labels_message ON gmail_message_labels (message)",
    """CREATE TABLE IF NOT EXISTS gmail_drafts (
        mailbox TEXT NOT NULL, id TEXT NOT NULL, message INTEGER NOT NULL UNIQUE,
        PRIMARY KEY (mailbox, id)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS gmail_labels (
        mailbox TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL, looks TEXT NOT NULL,
        PRIMARY KEY (mailbox, id), UNIQUE (mailbox, folded)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS gmail_history (
        mailbox TEXT NOT NULL, id INTEGER NOT NULL, time INTEGER NOT NULL, kind TEXT NOT NULL,
        message INTEGER NOT NULL, thread INTEGER NOT NULL, labels TEXT NOT NULL, changed TEXT NOT NULL,
        PRIMARY KEY (mailbox, id)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS gmail_history_time ON gmail_history (mailbox, time)",
    """CREATE TABLE IF NOT EXISTS gmail_send_as (
        mailbox TEXT NOT NULL, address TEXT NOT NULL, settings TEXT NOT NULL,
        PRIMARY KEY (mailbox, address)) WITHOUT ROWID""",
)


def create(db: sqlite3.Connection) -> None:
    """Create what is missing."""
    for statement in TABLES:
        db.execute(statement)
