"""A partner's site on this machine, and forms that their editor allows to stand there."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def partner(page: str) -> Iterator[str]:
    """Serves one page at an address that a browser takes for another site than localhost; gives its origin."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://partner.localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
