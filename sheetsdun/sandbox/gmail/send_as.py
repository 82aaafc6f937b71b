"""The addresses under which an account may write: its own, and its send-as aliases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sheetsdun.sandbox.gmail import refusals
from sheetsdun.sandbox.gmail.addresses import is_valid

if TYPE_CHECKING:
    from sheetsdun.sandbox.gmail.mailbox import Mailbox
    from sheetsdun.sandbox.wire import Call, Json

_WRITABLE = ("displayName", "replyToAddress", "signature", "isDefault", "treatAsAlias")


def every(mailbox: Mailbox) -> dict[str, Json]:
    """All of them by address, lower-case, the account's own first."""
    aliases: dict[str, Json] = {
        mailbox.address: {
            "sendAsEmail": mailbox.address,
            "displayName": "",
            "replyToAddress": "",
            "signature": "",
            "isPrimary": True,
            "isDefault": True,
        }
    }
    rows = mailbox.db.execute(
        "SELECT address, settings FROM gmail_send_as WHERE mailbox = ? ORDER BY address", (mailbox.address,)
    )
    aliases.update({row["address"]: json.loads(row["settings"]) for row in rows})
    return aliases


def allowed(mailbox: Mailbox) -> dict[str, Json]:
    """Those that mail may be sent from."""
    return {
        address: alias
        for address, alias in every(mailbox).items()
        if alias.get("isPrimary") or alias.get("verificationStatus") == "accepted"
    }


def list_(mailbox: Mailbox, _call: Call) -> Json:
    """settings.sendAs.list."""
    return {"sendAs": list(every(mailbox).values())}


def get(mailbox: Mailbox, call: Call) -> Json:
    """settings.sendAs.get."""
    return _find(mailbox, call)


def create(mailbox: Mailbox, call: Call) -> Json:
    """settings.sendAs.create: an alias in the account's own domain is accepted at once, another waits for ever."""
    address = call.body.get("sendAsEmail", "")
    if not is_valid(address):
        raise refusals.invalid("Invalid send-as email address")
    if address.lower() in every(mailbox):
        raise refusals.alias_exists()
    own_domain = address.lower().rpartition("@")[2] == mailbox.address.rpartition("@")[2]
    alias: Json = {
        "sendAsEmail": address,
        "displayName": "",
        "replyToAddress": "",
        "signature": "",
        "verificationStatus": "accepted" if own_domain else "pending",
    }
    return _keep(mailbox, alias, call.body)


def patch(mailbox: Mailbox, call: Call) -> Json:
    """settings.sendAs.patch."""
    return _keep(mailbox, _find(mailbox, call), call.body)


def update(mailbox: Mailbox, call: Call) -> Json:
    """settings.sendAs.update: what is not given is emptied."""
    emptied: Json = {"displayName": "", "replyToAddress": "", "signature": ""}
    return _keep(mailbox, _find(mailbox, call) | emptied, call.body)


def delete(mailbox: Mailbox, call: Call) -> Json:
    """settings.sendAs.delete: any but the account's own."""
    alias = _find(mailbox, call)
    if alias.get("isPrimary"):
        raise refusals.invalid("Cannot delete primary send-as alias")
    if alias.get("isDefault"):
        _keep(mailbox, every(mailbox)[mailbox.address], {"isDefault": True})
    mailbox.db.execute(
        "DELETE FROM gmail_send_as WHERE mailbox = ? AND address = ?",
        (mailbox.address, alias["sendAsEmail"].lower()),
    )
    return {}


def _find(mailbox: Mailbox, call: Call) -> Json:
    alias = every(mailbox).get(call.path["sendAsEmail"].lower())
    if alias is None:
        raise refusals.not_found()
    return alias


def _keep(mailbox: Mailbox, alias: Json, changes: Json) -> Json:
    alias = alias | {name: changes[name] for name in _WRITABLE if changes.get(name) is not None}
    if alias.get("isDefault"):
        for other in every(mailbox).values():
            if other.pop("isDefault", False):
                _write(mailbox, other)
    _write(mailbox, alias)
    return alias


def _write(mailbox: Mailbox, alias: Json) -> None:
    mailbox.db.execute(
        "INSERT OR REPLACE INTO gmail_send_as VALUES (?, ?, ?)",
        (mailbox.address, alias["sendAsEmail"].lower(), json.dumps(alias)),
    )


METHODS = {"list": list_, "get": get, "create": create, "patch": patch, "update": update, "delete": delete}
