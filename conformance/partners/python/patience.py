"""Waits and tries again where that helps: when the quota is spent, and when the server or what stands before it stumbles."""

import time

import httpx

ATTEMPTS = 4
PASSING = {429, 500, 502, 503, 504}


class Patience(httpx.HTTPTransport):
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for attempt in range(1, ATTEMPTS):
            response = super().handle_request(request)
            if response.status_code not in PASSING:
                return response
            response.close()
            after = response.headers.get("Retry-After", "")
            time.sleep(int(after) if after.isdecimal() else 2**attempt)
        return super().handle_request(request)
