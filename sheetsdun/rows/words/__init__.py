"""The words of the status columns and reports, in English, Russian and German.

language    the form that each language's words have
en, ru, de  the words themselves
words       codes and what they need -> a sentence
"""

from sheetsdun.rows.words.words import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
