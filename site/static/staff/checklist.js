/* The checklist in the page editor: a link goes to its input, and the list is asked for again after each save. */

const list = () => document.querySelector("[data-checklist]");

/** The input of a content path; of a path that is not there, the nearest that is. */
const inputOf = (path) => {
    let found = null;
    for (const name of path.split(".")) {
        const next = (found ?? document).querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
        if (!next) {
            break;
        }
        found = next;
    }
    return found;
};

/** Opens the tab and every collapsed panel around an element, from the outside in. */
const uncover = (element) => {
    const tab = element.closest("[role=tabpanel]");
    if (tab?.hidden) {
        document.querySelector(`[role=tab][aria-controls="${CSS.escape(tab.id)}"]`)?.click();
    }
    const closed = [];
    for (let panel = element.closest("[data-panel]"); panel; panel = panel.parentElement?.closest("[data-panel]")) {
        const toggle = panel.querySelector("[data-panel-toggle]");
        if (toggle?.getAttribute("aria-expanded") === "false") {
            closed.unshift(toggle);
        }
    }
    closed.forEach((toggle) => toggle.click());
};

const CONTROLS = [
    "input:not([type=hidden]):not([disabled])",
    "textarea:not([disabled])",
    "select:not([disabled])",
    "[contenteditable=true]",
    "[data-streamfield-stream-container] button",
    "button:not([data-panel-toggle]):not([data-comment-add])",
].join(",");

const goTo = (path) => {
    const place = inputOf(path);
    if (!place) {
        return false;
    }
    uncover(place);
    const isSeen = (control) => control.getClientRects().length > 0;
    const found = [...place.querySelectorAll(CONTROLS)].filter(isSeen);
    const typed = found.find((control) => !control.matches("button"));
    const control = typed ?? found[0];
    // A panel that has just been opened is still getting its height, which ends a smooth scroll on its first pixels.
    requestAnimationFrame(() => place.scrollIntoView({ block: "start", behavior: "instant" }));
    if (control) {
        control.focus({ preventScroll: true });
    } else {
        place.tabIndex = -1;
        place.focus({ preventScroll: true });
    }
    return true;
};

document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-checklist-link]");
    if (link && goTo(link.dataset.checklistLink)) {
        event.preventDefault();
    }
});

let asked = 0;

const refresh = async (page) => {
    const panel = list();
    const number = page ?? panel?.dataset.page;
    if (!panel || !number) {
        return;
    }
    panel.dataset.page = number;
    const mine = ++asked;
    const answer = await fetch(panel.dataset.url.replace("/0/", `/${number}/`), {
        headers: { "X-Requested-With": "XMLHttpRequest" },
    }).catch(() => null);
    if (!answer?.ok || answer.redirected || mine !== asked) {
        return;
    }
    const html = await answer.text();
    const items = panel.querySelector("[data-checklist-items]");
    if (items.innerHTML.trim() === html.trim()) {
        return;
    }
    // Somebody who stands on a line of the list stays on it where it is still there.
    const at = items.contains(document.activeElement) ? document.activeElement.dataset.checklistLink : null;
    items.innerHTML = html;
    if (at) {
        (items.querySelector(`[data-checklist-link="${CSS.escape(at)}"]`) ?? items.querySelector("a"))?.focus();
    }
    const counts = items.querySelector("[data-blocking]")?.dataset;
    const status = panel.querySelector("[data-checklist-status]");
    if (counts) {
        status.textContent = status.dataset.one
            .replace("%(blocking)s", counts.blocking)
            .replace("%(advisory)s", counts.advisory);
    }
};

document.addEventListener("w-autosave:success", (event) => {
    refresh(event.detail?.response?.pk);
});
