// Fetches the board of deliveries again every few seconds. Without this script the page is reloaded by its link.
// It rests while the tab is hidden or a control of the board is in use, and stops for good by its button.

for (const board of document.querySelectorAll("[data-live-url]")) {
  const content = board.querySelector("[data-live-content]");
  const button = board.querySelector("[data-live-button]");
  const status = board.querySelector("[data-live-status]");
  const pause = Number(board.dataset.liveSeconds) * 1000;
  let timer = 0;
  let isRunning = true;
  let said = content.querySelector("[data-live-said]")?.textContent.trim();

  const tell = (text) => {
    status.textContent = text;
  };

  const show = (html) => {
    const focused = content.contains(document.activeElement) ? document.activeElement.id : "";
    content.innerHTML = html;
    if (focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
    // Only what matters is announced, and only when it has changed: numbers that move are not.
    const now = content.querySelector("[data-live-said]")?.textContent.trim();
    if (now !== said) {
      said = now;
      tell(now);
    }
  };

  const refresh = async () => {
    try {
      const answer = await fetch(board.dataset.liveUrl, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      // Whoever is logged out is led to the login, which is no board.
      if (!answer.ok || answer.redirected) {
        throw new Error(String(answer.status));
      }
      const html = await answer.text();
      if (isRunning) {
        show(html);
      }
      board.removeAttribute("data-live-lost");
    } catch {
      if (!board.hasAttribute("data-live-lost")) {
        board.setAttribute("data-live-lost", "");
        tell(board.dataset.liveLost);
      }
    }
  };

  const next = () => {
    clearTimeout(timer);
    if (isRunning && !document.hidden) {
      timer = setTimeout(async () => {
        await refresh();
        next();
      }, pause);
    }
  };

  button.addEventListener("click", () => {
    isRunning = !isRunning;
    button.textContent = isRunning ? board.dataset.liveStop : board.dataset.liveStart;
    tell(isRunning ? board.dataset.liveStarted : board.dataset.liveStopped);
    next();
  });
  document.addEventListener("visibilitychange", next);
  button.textContent = board.dataset.liveStop;
  button.hidden = false;
  next();
}
