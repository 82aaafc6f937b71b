"""Template -> letter: words from Jinja2 and Markdown, money and dates by language, a mail with a checked header.

enclosures  files that go with letters
matter      what a letter is about: the plain values that others hand in
folder      where templates are found
templates   compiled once, filled
bounds      how long and how large that may become
proofread   every template tried before the first letter
context     what templates see
seen        plain values as they see them
person      how the contact may be addressed
formats     money, dates and plurals of a language
inwords     sums in words
inert       values from cells, made harmless
markdown    Markdown with values in it -> HTML, and by ``plain`` text
layout      the HTML around it
compose     a matter -> a letter
digest      the letter that goes to our own people
letter      the finished letter, its hash, its empty shell
headers     its header, checked in the final bytes
mime        its bytes
reference   its id
stock       attachments, kept until they are needed
paper       papers that go with letters, as PDF
statement   a statement of account
posted      the letter itself, for the post
trials      every template tried with every made-up case (edges), for its authors
samples     made-up matters for proofreading and previews
"""

from sheetsdun.letters.compose import compose, script
from sheetsdun.letters.digest import DigestMatter, Entry, digest
from sheetsdun.letters.enclosures import Enclosures, NoSuchFile
from sheetsdun.letters.letter import Letter, LetterRefused, content, shell
from sheetsdun.letters.matter import Attachment, Line, Matter, Payment, Sender, Thread
from sheetsdun.letters.posted import posted
from sheetsdun.letters.proofread import check
from sheetsdun.letters.statement import statement
from sheetsdun.letters.templates import TemplateMistake, Templates, TooLong

__all__ = [
    "Attachment",
    "DigestMatter",
    "Enclosures",
    "Entry",
    "Letter",
    "LetterRefused",
    "Line",
    "Matter",
    "NoSuchFile",
    "Payment",
    "Sender",
    "TemplateMistake",
    "Templates",
    "Thread",
    "TooLong",
    "check",
    "compose",
    "content",
    "digest",
    "posted",
    "script",
    "shell",
    "statement",
]
