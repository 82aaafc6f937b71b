"""Ways to pay: what a letter says of them, and the codes that a banking app scans. All of it from the config.

order      what a debtor is asked to pay
way        a way to pay, whatever its kind
europe     a transfer to an IBAN, and EPC069-12
russia     a transfer within Russia, and ГОСТ Р 56042-2014
swiss      the Swiss QR Code
america    a transfer within the United States
britain    a transfer within the United Kingdom
pix        Pix, and its BR Code
upi        UPI, and its link
link       a page to pay on
accounts   numbers of accounts that are the same in many countries
latin      text in the letters that a payment system knows
code       what a code says -> a picture
words      names of the lines, in each language
shown      ways to pay, as a letter shows them
"""

from sheetsdun.pay.order import Order
from sheetsdun.pay.way import Way

__all__ = ["Order", "Way"]
