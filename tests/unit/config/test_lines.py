from __future__ import annotations

from sheetsdun.config.lines import locate, nearest

TEXT = '''\
# [comment]
title = "x # [no] = 1"

[a]
b.c = 1
"quoted key" = 2
many = [
  "[not.a.table]",
  """
  [nor.this]
  x = 1
  """,
  { y = 1 },
]
text = """
[nor.that]
z = 1
""" # end
literal = \'\'\'one line\'\'\'
after = true

[[a.list]]
n = 1
[[a.list]]
n = 2
[a.list.inner]
m = 3
[ "d e" . f ]  # with a comment
g = 4
'''


def test_each_setting_has_its_line():
    assert locate(TEXT) == {
        ("title",): 2,
        ("a",): 4,
        ("a", "b"): 5,
        ("a", "b", "c"): 5,
        ("a", "quoted key"): 6,
        ("a", "many"): 7,
        ("a", "text"): 15,
        ("a", "literal"): 19,
        ("a", "after"): 20,
        ("a", "list", 0): 22,
        ("a", "list", 0, "n"): 23,
        ("a", "list", 1): 24,
        ("a", "list", 1, "n"): 25,
        ("a", "list", 1, "inner"): 26,
        ("a", "list", 1, "inner", "m"): 27,
        ("d e", "f"): 28,
        ("d e", "f", "g"): 29,
    }


def test_a_setting_that_is_not_there_is_told_at_what_is_around_it():
    lines = locate(TEXT)
    assert nearest(("a", "many", 2, "y"), lines) == 7
    assert nearest(("a", "list", 1, "missing"), lines) == 24
    assert nearest(("nowhere",), lines) is None
