"""sheetsdun: polite payment reminders from the Google Sheet where you keep your invoices."""

__version__ = "0.1.0"
