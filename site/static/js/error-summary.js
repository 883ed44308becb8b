// Moves the focus to the summary of errors when the page opens with one, and from its links into the fields.

document.querySelector("[data-error-summary]")?.focus();
document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    (field.closest("fieldset")?.querySelector("legend") ?? label ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
});
