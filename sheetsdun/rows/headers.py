"""Proposes which column is which, for a header row never seen before: English, Russian and German."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.rows import currency
from sheetsdun.rows.text import clean

_SYNONYMS: Mapping[str, str] = {
    "invoice": """invoice; invoice no; invoice number; invoice nr; invoice id; inv; inv no; inv number; number; no; bill;
        bill no; document; document no; doc no; reference; ref;
        счет; номер счета; no счета; счет no; номер; номер документа; документ; инвойс; накладная;
        rechnung; rechnungsnummer; rechnungsnr; rechnungs nr; rechnung nr; re nr; belegnummer; belegnr; beleg; nummer; nr""",
    "customer": """customer; customer name; client; client name; company; company name; debtor; bill to; account; name;
        клиент; имя клиента; покупатель; контрагент; заказчик; компания; организация; должник; плательщик; название;
        kunde; kundenname; firma; debitor; auftraggeber; schuldner""",
    "customer_id": """customer id; customer no; customer number; client id; client no; account no; account number;
        номер клиента; код клиента; инн; id клиента; kundennummer; kundennr; kunden nr; kunden id; debitorennummer""",
    "discount": "discount; early payment discount; cash discount; скидка; скидка за раннюю оплату; skonto",
    "discount_until": "discount until; discount date; скидка до; skonto bis; skontofrist",
    "cc": "cc; copy to; копия; копии; kopie an; kopie",
    "email": """email; e mail; mail; email address; e mail address; emails; billing email; contact email;
        почта; эл почта; электронная почта; адрес почты; имейл; емейл; е mail; email клиента;
        mailadresse; e mail adresse; emailadresse""",
    "amount": """amount; invoice amount; total; total amount; gross; gross amount; amount due; sum; value; price;
        сумма; сумма счета; сумма к оплате; к оплате; итого; всего; стоимость;
        betrag; rechnungsbetrag; gesamtbetrag; bruttobetrag; brutto; summe; gesamt; endbetrag""",
    "due": """due; due date; due on; due by; payment due; pay by; deadline; date due;
        срок оплаты; срок; дата оплаты до; оплатить до; срок платежа; крайний срок; дата платежа по договору;
        fällig; fälligkeit; fällig am; fälligkeitsdatum; zahlbar bis; zahlungsziel; zahlungsfrist""",
    "paid": """paid; paid amount; amount paid; payment; payments; payment received; received; is paid;
        оплачено; оплата; оплачен; поступило; получено; сумма оплаты; платеж;
        bezahlt; gezahlt; zahlung; zahlungseingang; bezahlter betrag; zahlbetrag; eingegangen""",
    "currency": "currency; ccy; curr; валюта; währung; waehrung",
    "issued": """issued; issue date; invoice date; date; date of issue; issued on; billed; billed on;
        дата; дата счета; выставлен; дата выставления; дата документа;
        datum; rechnungsdatum; ausgestellt; ausgestellt am; belegdatum""",
    "status": "status; payment status; invoice status; статус; состояние; статус оплаты; zahlungsstatus; rechnungsstatus",
    "escalation": "escalation; dunning; policy; reminder policy; эскалация; политика; eskalation; mahnstufe; mahnverfahren",
    "hold_until": """hold until; on hold until; hold; pause until; do not remind until;
        пауза до; отложить до; не напоминать до; zurückstellen bis; pausieren bis; pause bis; mahnsperre; mahnsperre bis""",
    "promise": """promise; promised; promise to pay; promised date; promised on; will pay on;
        обещание; обещал; обещали; обещал оплатить; обещанная дата; zusage; zahlungszusage; versprochen; zugesagt; zugesagt bis""",
    "instalment": "instalment; installment; part; rate; платеж no; часть; транш; teilzahlung; ratenzahlung; raten nr",
    "language": "language; lang; язык; sprache",
    "contact": """contact; contact person; contact name; attention; attn; person;
        контакт; контактное лицо; имя; ansprechpartner; ansprechpartnerin; kontakt; kontaktperson""",
    "phone": "phone; phone number; telephone; tel; mobile; телефон; номер телефона; тел; моб; telefon; telefonnummer; handy; mobil",
    "manager": """manager; account manager; owner; responsible; sales rep;
        менеджер; ответственный; куратор; betreuer; betreuerin; verantwortlich; zuständig; kundenbetreuer""",
    "description": """description; subject; for; item; project; services; details;
        описание; назначение; услуга; услуги; проект; за что; предмет; beschreibung; leistung; betreff; projekt; leistungen""",
    "attachments": """attachments; attachment; file; files; pdf; documents;
        вложения; вложение; файл; файлы; anhang; anhänge; datei; dateien""",
    "action": "action; действие; aktion",
    "action_note": "action note; комментарий к действию; notiz zur aktion",
    "reminder_status": "reminder status; статус напоминания; mahnstatus; erinnerungsstatus",
    "reminder_level": "reminder level; уровень напоминания; erinnerungsstufe",
    "last_reminder": "last reminder; последнее напоминание; letzte erinnerung; letzte mahnung",
    "next_reminder": "next reminder; следующее напоминание; nächste erinnerung; nächste mahnung",
    "reminder_note": "reminder note; примечание к напоминанию; erinnerungsnotiz",
    "draft": "draft; черновик; entwurf",
}

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SIGNS = re.compile(r"[^\w$€£₽]+|_")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which header is likely to be which field.

    Attributes:
        found: Header by field, as it stands in the sheet.
        unknown: Headers that no field was found for, in order.
    """

    found: Mapping[str, str]
    unknown: tuple[str, ...]


def propose(header: Sequence[str]) -> Proposal:
    """The likeliest header for each field; of several, the one whose word is the most telling."""
    ranks = _ranks()
    best: dict[str, tuple[int, str]] = {}
    titles = [clean(title) for title in header]
    for title in titles:
        field, rank = ranks.get(_plain(title), ("", 0))
        if field and (field not in best or rank < best[field][0]):
            best[field] = (rank, title)
    found = {field: best[field][1] for field in _SYNONYMS if field in best}
    taken = set(found.values())
    return Proposal(found, tuple(title for title in titles if title and title not in taken))


def _ranks() -> dict[str, tuple[str, int]]:
    """Field and rank of each word; a word's rank is its place in its language's line."""
    return {
        _plain(word): (field, rank)
        for field, words in _SYNONYMS.items()
        for line in words.splitlines()
        for rank, word in enumerate(line.split(";"))
        if word.strip()
    }


def _plain(title: str) -> str:
    """Lower case, without brackets, signs and a currency at the end: ``Сумма (руб.)`` and ``Amount, EUR``."""
    text = (
        _BRACKETS.sub(" ", clean(title).casefold())
        .replace("ё", "е")
        .replace("№", " no ")
        .replace("#", " no ")
    )
    words = _SIGNS.sub(" ", text).split()
    if len(words) > 1 and currency.meanings(words[-1]):
        words.pop()
    return " ".join(words)
