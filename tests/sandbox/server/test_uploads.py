"""Uploads, with google-api-python-client as witness."""

import base64
import io

import pytest
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseUpload

MAIL = b"To: a@example.com\r\nSubject: =?utf-8?q?x?=\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n--b\r\n\x00end"
GMAIL = "/upload/gmail/v1/users/me"


def test_a_simple_upload(gmail, stub):
    media = MediaInMemoryUpload(MAIL, mimetype="message/rfc822")
    gmail.users().messages().send(userId="me", media_body=media).execute()
    assert (stub.last.media.content, stub.last.media.content_type) == (MAIL, "message/rfc822")
    assert stub.last.body == {}


def test_a_multipart_upload(gmail, stub):
    mail = MAIL.replace(b"\xc3\xbc\xc3\x9f", b"ue")  # the stock client cannot send other than ASCII so
    media = MediaInMemoryUpload(mail, mimetype="message/rfc822")
    gmail.users().drafts().create(
        userId="me", body={"message": {"threadId": "t1"}}, media_body=media
    ).execute()
    assert stub.last.media.content == mail
    assert stub.last.body == {"message": {"threadId": "t1"}}


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("", MAIL),
        ("Content-Transfer-Encoding: base64\r\n", base64.b64encode(MAIL)),
        ("", b"\r\n\r\n"),
        ("", b""),
    ],
)
def test_a_multipart_upload_comes_through_byte_by_byte(client, stub, encoding, sent):
    body = (
        b'--xx\r\nContent-Type: application/json\r\n\r\n{"id": "r5"}\r\n--xx\r\n'
        b"Content-Type: message/rfc822\r\n" + encoding.encode() + b"\r\n" + sent + b"\r\n--xx--\r\n"
    )
    headers = {"Content-Type": 'multipart/related; boundary="xx"'}
    assert client.post(f"{GMAIL}/drafts?uploadType=multipart", data=body, headers=headers).status_code == 200
    assert stub.last.media.content == (MAIL if encoding else sent)
    assert stub.last.body == {"id": "r5"}


@pytest.mark.parametrize("size", [0, 10, 256 * 1024, 600 * 1024])
def test_a_resumable_upload(gmail, stub, size):
    content = bytes(n % 251 for n in range(size))
    media = MediaIoBaseUpload(io.BytesIO(content), "message/rfc822", chunksize=256 * 1024, resumable=True)
    request = (
        gmail.users().drafts().create(userId="me", body={"message": {"threadId": "t"}}, media_body=media)
    )
    answer = None
    while answer is None:
        _, answer = request.next_chunk()
    assert answer == {"id": "r1"}
    assert stub.last.media.content == content
    assert stub.last.body == {"message": {"threadId": "t"}}


def test_a_resumable_upload_goes_on_after_a_lost_chunk(client, stub):
    begun = client.post(f"{GMAIL}/messages?uploadType=resumable", json={"labelIds": ["X"]})
    where = begun.headers["Location"]
    assert (
        client.put(where, data=b"abc", headers={"Content-Range": "bytes 0-2/6"}).headers["Range"]
        == "bytes=0-2"
    )
    asked = client.put(where, headers={"Content-Range": "bytes */6"})
    assert (asked.status_code, asked.headers["Range"]) == (308, "bytes=0-2")
    assert client.put(where, data=b"xx", headers={"Content-Range": "bytes 5-6/6"}).status_code == 400
    assert client.put(where, data=b"def", headers={"Content-Range": "bytes 3-5/6"}).status_code == 200
    assert stub.last.media.content == b"abcdef"
    # Asked once more, the finished upload is not carried out again.
    assert client.put(where, headers={"Content-Range": "bytes */6"}).status_code == 200
    assert len(stub.calls) == 1


def test_gmail_takes_36700160_bytes_and_not_one_more(client, stub):
    largest = 36_700_160
    headers = {"Content-Type": "message/rfc822"}
    assert client.post(f"{GMAIL}/messages/send?uploadType=media", data=bytes(largest), headers=headers).ok
    answer = client.post(f"{GMAIL}/messages/send?uploadType=media", data=bytes(largest + 1), headers=headers)
    assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (413, "uploadTooLarge")
    headers = {"X-Upload-Content-Length": str(largest + 1)}
    assert client.post(f"{GMAIL}/messages/send?uploadType=resumable", headers=headers).status_code == 413
    assert len(stub.calls) == 1


def test_metadata_is_checked_like_any_body(client):
    body = b'--b\r\nContent-Type: application/json\r\n\r\n{"foo": 1}\r\n--b\r\n\r\nx\r\n--b--'
    headers = {"Content-Type": "multipart/related; boundary=b"}
    answer = client.post(f"{GMAIL}/drafts?uploadType=multipart", data=body, headers=headers)
    assert "Unknown name" in answer.json()["error"]["message"]


@pytest.mark.parametrize("query", ["", "?uploadType=nonsense", "?uploadType=multipart"])
def test_what_is_no_upload_is_refused(client, query):
    assert client.post(f"{GMAIL}/drafts{query}", data=b"x").status_code == 400


def test_an_unknown_session_is_not_found(client):
    answer = client.put(f"{GMAIL}/messages?uploadType=resumable&upload_id=nonsense", data=b"x")
    assert answer.status_code == 404


def test_a_resumable_upload_needs_a_token_to_begin(sandbox, client):
    del client.headers["Authorization"]
    assert client.post(f"{GMAIL}/messages?uploadType=resumable").status_code == 401
