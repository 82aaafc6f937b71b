"""The table of OCA account_credit_control: who owes what, who ran when, and which level each invoice came to.

Facts of ``scenarios/features`` (its tests of 2013): see ``scenarios/test_other_systems.py``.
"""

from __future__ import annotations

OPEN_IN_2013 = """
SI_1    | partner 1   | stop   |  2000    EUR | 2013-02-28
SI_2    | partner 1   | stop   |  1200    USD | 2013-03-31
SI_3    | partner 1   | stop   |  1500    USD | 2013-04-30
SI_4    | customer 2  | 2-time |  1000    EUR | 2013-02-28
SI_5    | customer 2  | 2-time |  1200    USD | 2013-03-31
SI_6    | customer 2  | 2-time |  1500    USD | 2013-04-30
SI_7    | customer 3  | 2-time |  1000    EUR | 2013-02-17
SI_8    | customer 3  | 2-time |  1200    USD | 2013-03-17
SI_9    | customer 3  | 2-time |  1500    USD | 2013-04-14
SI_10/1 | customer 4  |        |   300    EUR | 2013-01-18
SI_10/2 | customer 4  |        |   700    EUR | 2013-02-28
SI_11/1 | customer 4  |        |   360    USD | 2013-02-15
SI_11/2 | customer 4  |        |   840    USD | 2013-03-31
SI_12/1 | customer 4  |        |   449.99 USD | 2013-03-15
SI_12/2 | customer 4  |        |  1050.01 USD | 2013-04-30
SI_13   | customer 5  | 3-time |  1000    USD | 2013-02-17
SI_14   | customer 5  | 3-time |  1200    USD | 2013-03-17
SI_15   | customer 5  | 3-time |  1500    USD | 2013-04-14
SI_16   | customer 4  |        |  1500    EUR | 2013-04-14
SI_17   | Scrooge     |        |  1500    EUR | 2013-04-14
SI_18/1 | Donald      |        |   450    EUR | 2013-03-15
SI_18/2 | Donald      |        |  1050    EUR | 2013-04-30
SI_19/1 | Gus         |        |   450    EUR | 2013-03-15
SI_19/2 | Gus         |        |  1050    EUR | 2013-04-30
"""
RUNS_OF_2013 = """
2013-01-31 | SI_10/1 1
2013-02-28 | SI_11/1 1, SI_13 1, SI_10/1 2
2013-03-31 | SI_4 1, SI_7 1, SI_10/2 1, SI_12/1 1, SI_14 1, SI_11/1 2, SI_13 2, SI_10/1 3, SI_18/1 1, SI_19/1 1
2013-04-30 | SI_11/1 3, SI_5 1, SI_8 1, SI_10/2 2, SI_11/2 1, SI_12/1 2, SI_14 2, SI_15 1, SI_13 3, SI_16 1, SI_17 1, \
SI_18/1 2, SI_19/1 2
2013-05-31 | SI_6 1, SI_4 2, SI_7 2, SI_9 1, SI_11/2 2, SI_15 2, SI_10/2 3, SI_12/1 3, SI_12/2 1, SI_14 3, SI_17 2, \
SI_18/2 1, SI_19/1 3, SI_19/2 1
2013-06-30 | SI_5 2, SI_8 2, SI_12/2 2, SI_11/2 3, SI_15 3, SI_17 3, SI_18/2 2, SI_19/2 2
2013-07-31 | SI_6 2, SI_9 2, SI_12/2 3, SI_18/2 3, SI_19/2 3
2013-08-30 |
"""
"""Each invoice with the number of the level that the run gives it. SI_13 in April stands in the suite's table of 2012
only, but follows from its policy in 2013 as well."""

OTHERWISE_IN_2012 = dict.fromkeys(("SI_4", "SI_10/2"), "2012-02-29") | dict.fromkeys(
    ("SI_8", "SI_14"), "2012-03-16"
)
"""The suite of the year before has the same invoices and runs, in a leap year; these fall due on other days of it."""

PAID_IN_2013 = {
    "2013-03-31": [("SI_19/1", 300)],
    "2013-05-31": [("SI_16", 1500), ("SI_17", 1000), ("SI_18/1", 450)],
}
"""What had come in before a run."""
