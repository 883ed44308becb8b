// For a partner's page: <script src="…/embed.js" data-action="the form's address" data-title="…" async></script>
// puts the form there in a frame that is as high as what it shows.

{
    const script = document.currentScript;
    const { origin, href } = new URL(script.dataset.action, script.src);
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: href, title: script.dataset.title, loading: "lazy", allow: "clipboard-write", referrerPolicy: "strict-origin" });
    Object.assign(frame.style, { display: "block", width: "100%", minHeight: "24rem", height: "48rem", border: "0" });

    addEventListener("message", (event) => {
        if (event.source !== frame.contentWindow || event.origin !== origin) return;
        const { height, step, top, bottom } = event.data?.grassroots ?? {};
        const start = frame.getBoundingClientRect().top;
        if (height > 0) frame.style.height = `${Math.min(Math.ceil(height), 60000)}px`;
        // A new step begins at its top; whatever gets the focus has to be seen.
        if (step && start < 0) frame.scrollIntoView();
        if (bottom > top && (start + top < 0 || start + bottom > innerHeight)) scrollBy(0, start + top - innerHeight / 4);
    });
    frame.addEventListener("load", () => frame.contentWindow.postMessage("grassroots", origin));
    if (origin === new URL(script.src).origin) script.after(frame);
}
