"""An endpoint for webhooks: takes what Bab has signed, once, and nothing else. BAB_WEBHOOK_SECRET is the `secret` of createWebhook."""

import base64
import hashlib
import hmac
import json
import os
import time
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer

SECRET = base64.b64decode(os.environ["BAB_WEBHOOK_SECRET"].removeprefix("whsec_"))


def is_from_bab(headers: Message, body: bytes) -> bool:
    """Whether Bab has signed these bytes within the last five minutes."""
    second = headers.get("webhook-timestamp", "")
    if not second.isdigit() or abs(time.time() - int(second)) > 300:
        return False
    signed = f"{headers.get('webhook-id')}.{second}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.digest(SECRET, signed, hashlib.sha256)).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in given)


# A message may come twice: after an answer that was lost, it is sent again. Yours is a table.
SEEN: set[str] = set()


class Endpoint(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_from_bab(self.headers, body):
            return self.answer(400)
        if self.headers["webhook-id"] not in SEEN:
            event = json.loads(body)
            fact = event["data"]["fact"] or {}
            said = fact.get("value", fact.get("name", ""))
            print(f"{event['type']} {event['data']['concept']} {event['data']['key']}: {said}", flush=True)
            SEEN.add(self.headers["webhook-id"])
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    server = HTTPServer(("", int(os.environ.get("PORT", "8080"))), Endpoint)
    print("listening", flush=True)
    server.serve_forever()
