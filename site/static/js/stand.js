// A form at a stand: its steps leave no trace in the history, and it starts over when it is done or left alone.

const foot = document.querySelector("[data-stand]");
const dialog = foot.querySelector("dialog");
const startOver = () => location.replace(foot.dataset.stand);
let wait, tick;

function countDown(seconds, words, timer, end) {
    clearInterval(tick);
    const show = () => { timer.textContent = words.replace("%", seconds); };
    show();
    tick = setInterval(() => (--seconds < 1 ? end() : show()), 1000);
}

function ask() {
    const timer = dialog.querySelector("[role=timer]");
    dialog.showModal();
    countDown(45, timer.dataset.words, timer, startOver);
}

// Only whoever has touched something has something to lose.
function touched() {
    clearTimeout(wait);
    if (!dialog.open && !document.querySelector("[data-stand-countdown]")) wait = setTimeout(ask, foot.dataset.idle * 1000);
}

function begin() {
    const ending = document.querySelector("[data-stand-countdown]");
    clearInterval(tick);
    if (!ending) return;
    clearTimeout(wait);
    const run = (seconds) => countDown(seconds, ending.dataset.words, ending.querySelector("[role=timer]"), startOver);
    ending.hidden = false;
    run(Number(ending.dataset.standCountdown));
    ending.querySelector("[data-stand-more]").onclick = () => run(180);
    ending.querySelector("[data-stand-stay]").onclick = () => { clearInterval(tick); ending.hidden = true; };
}

async function step(event) {
    const data = new FormData(event.target, event.submitter);
    event.preventDefault();
    if (event.submitter.disabled) return;
    event.submitter.disabled = true;
    foot.querySelector("[role=alert]").textContent = "";
    try {
        const answer = await fetch(event.target.action, { method: "POST", body: data });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.title = page.title;
        document.querySelector("main").replaceWith(page.querySelector("main"));
        for (const { src } of page.querySelectorAll("head script")) {
            if (!document.querySelector(`script[src="${new URL(src).pathname}"]`)) {
                document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
            }
        }
        const target = document.querySelector("[data-error-summary]") ?? document.querySelector("h1");
        target.tabIndex = -1;
        target.focus();
        begin();
    } catch {
        event.submitter.disabled = false;
        foot.querySelector("[role=alert]").textContent = foot.dataset.lost;
    }
}

dialog.addEventListener("close", () => { clearInterval(tick); touched(); });
dialog.querySelector("[data-stand-here]").onclick = () => dialog.close();
document.addEventListener("submit", step);
document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-stand-start]")) return;
    event.preventDefault();
    startOver();
});
for (const kind of ["input", "keydown", "pointerdown"]) document.addEventListener(kind, touched);
addEventListener("pageshow", (event) => { if (event.persisted) startOver(); });
begin();
