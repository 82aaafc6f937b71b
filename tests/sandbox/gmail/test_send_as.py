def test_the_account_itself_is_the_first_and_the_default(gmail):
    (own,) = gmail("settings.sendAs.list")["sendAs"]
    assert own["sendAsEmail"] == "ar@example.com"
    assert own["isPrimary"] is own["isDefault"] is True


def test_aliases(gmail, mail):
    alias = {"sendAsEmail": "Billing@example.com", "displayName": "Billing"}
    made = gmail("settings.sendAs.create", body=alias)
    assert (made["displayName"], made["verificationStatus"]) == ("Billing", "accepted")
    assert gmail.refusal("settings.sendAs.create", body=alias)[0] == 409
    assert gmail.refusal("settings.sendAs.create", body={"sendAsEmail": "x"})[0] == 400
    gmail("settings.sendAs.patch", sendAsEmail="billing@example.com", body={"isDefault": True})
    defaults = {a["sendAsEmail"]: a.get("isDefault", False) for a in gmail("settings.sendAs.list")["sendAs"]}
    assert defaults == {"ar@example.com": False, "Billing@example.com": True}
    sent = gmail.send(b"To: a@b.example\r\n\r\nhi")
    assert gmail.headers(sent["id"])["From"] == "Billing@example.com"
    updated = gmail("settings.sendAs.update", sendAsEmail="billing@example.com", body={"signature": "B."})
    assert (updated["displayName"], updated["signature"]) == ("", "B.")
    gmail("settings.sendAs.delete", sendAsEmail="billing@example.com")
    assert gmail.refusal("settings.sendAs.get", sendAsEmail="billing@example.com")[0] == 404
    assert gmail("settings.sendAs.get", sendAsEmail="ar@example.com")["isDefault"] is True
    assert gmail.refusal("settings.sendAs.delete", sendAsEmail="ar@example.com")[0] == 400


def test_an_alias_in_another_domain_waits_for_its_owner(gmail):
    made = gmail("settings.sendAs.create", body={"sendAsEmail": "me@elsewhere.example"})
    assert made["verificationStatus"] == "pending"
