"""Formulas: read, moved along with the cells that they name, and worked out.

Rooms:
    tokens     text → tokens; references and what they name
    rewrite    references moved by inserted, deleted, moved and copied cells
    parser     tokens → tree
    values     what a formula can yield: scalars, errors, arrays
    setting, lookups, functions    the functions that are known
    evaluate   tree → value
"""
