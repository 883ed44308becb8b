// In a frame of another site: tells the page around it how high it is, and leads the focus from step to step.

const origins = document.querySelector("[data-frame-origins]").dataset.frameOrigins.split(" ");
const isStep = document.referrer.startsWith(`${location.origin}/`);
let around = "";

const tell = (message) => around && parent.postMessage({ grassroots: message }, around);
const size = () => tell({ height: document.body.getBoundingClientRect().height });

// Only a page that is allowed to show this one hears of it, and only after it has asked.
addEventListener("message", (event) => {
    if (event.source !== parent || !origins.includes(event.origin) || event.data !== "grassroots") return;
    around = event.origin;
    document.body.style.minBlockSize = "0";
    size();
    if (isStep) tell({ step: true });
});
new ResizeObserver(size).observe(document.body);
document.addEventListener("focusin", ({ target }) => {
    const { top, bottom } = target.getBoundingClientRect();
    tell({ top, bottom: Math.min(bottom, top + 200) });
});

const heading = document.querySelector("h1");
if (isStep && heading && !document.querySelector("[data-error-summary]")) {
    heading.tabIndex = -1;
    heading.focus();
}
