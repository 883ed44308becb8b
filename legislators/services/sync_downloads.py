"""What one run of the sync downloads: each address once, however many sources share it."""

import hashlib
from pathlib import Path

from legislators.adapters import downloads
from legislators.adapters.downloads import DownloadError
from legislators.services import loading
from legislators.services.loading import Progress
from legislators.services.sync_sources import DownloadedSource


class Downloads:
    """Lies in a folder that the run removes when it ends."""

    def __init__(self, root: Path, progress: Progress = loading.silent) -> None:
        self.root, self._progress = root, progress
        self._had: dict[tuple[str, ...], tuple[Path, str]] = {}
        self._failed: dict[tuple[str, ...], str] = {}

    def of(self, source: DownloadedSource) -> tuple[Path, str]:
        """The folder with the source's files, and a SHA-256 over their names and contents.

        :raises DownloadError: for all sources that share the address, after one try.
        """
        if source.urls in self._failed:
            raise DownloadError(self._failed[source.urls])
        if source.urls not in self._had:
            try:
                self._had[source.urls] = self._fetch(source)
            except DownloadError as error:
                self._failed[source.urls] = str(error)
                raise
        return self._had[source.urls]

    def _fetch(self, source: DownloadedSource) -> tuple[Path, str]:
        folder = self.root / source.key.replace(":", "-")
        folder.mkdir()
        self._progress(f"Downloading {', '.join(source.urls)} …")
        digest = hashlib.sha256()
        for file in downloads.download_all(source.urls, folder):
            digest.update(f"{file.path.name} {file.checksum}\n".encode())
        return folder, digest.hexdigest()
