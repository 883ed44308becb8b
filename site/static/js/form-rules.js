// Shows and hides the fields of a form by the rules in data-shown-when and data-required-when, as the server does after
// each step. What is hidden is disabled, so that it is not sent. Says nothing aloud: what appears comes after what was
// answered, where a reader goes next.

const LATE = { is_not: true, is_not_answered: true };
const plain = (text) => text.trim().toLowerCase();
const number = (text) => (/^-?[\d ,]*\.?\d+$/.test(text.trim()) ? Number(text.replace(/[ ,]/g, "")) : NaN);
const usual = (text) => text.trim().replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, (_all, month, day, year) =>
    `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);

function meets({ names, test, value }, answer) {
    const answers = names.flatMap(answer).filter((text) => text.trim());
    if (test === "is_answered") return answers.length > 0;
    if (!answers.length) return Boolean(LATE[test]);
    if (test === "is_not_answered") return false;
    if (test === "includes") return answers.includes(value);
    const given = usual(answers[0]);
    if (test === "is" || test === "is_not") {
        const wanted = usual(value);
        const same = answers.length === 1 && (plain(given) === plain(wanted) || number(given) === number(wanted));
        return same === (test === "is");
    }
    const [left, right] = /^\d{4}-\d\d-\d\d$/.test(given) ? [given, usual(value)] : [number(given), number(value)];
    return test === "at_least" ? left >= right : left <= right;
}

function holds(rule, answer) {
    return rule.conditions[rule.all ? "every" : "some"]((condition) => meets(condition, answer));
}

function follow(form) {
    const boxes = [...form.querySelectorAll("[data-shown-when], [data-required-when]")].map((box) => ({
        box,
        shown: box.dataset.shownWhen && JSON.parse(box.dataset.shownWhen),
        required: box.dataset.requiredWhen && JSON.parse(box.dataset.requiredWhen),
        controls: [...box.querySelectorAll("input, select, textarea")],
    }));
    const given = (name) => [...form.elements]
        .filter((control) => control.name === name && !control.disabled)
        .filter((control) => !/^(radio|checkbox)$/.test(control.type) || control.checked)
        .map((control) => control.value);

    function show({ box, controls }, isShown) {
        box.hidden = !isShown;
        for (const control of controls) control.disabled = !isShown;
    }

    function mark({ box }, isRequired) {
        const title = box.querySelector("legend, label");
        const word = title?.querySelector(".label__optional");
        if (isRequired) word?.remove();
        else if (title && !word) {
            const optional = document.createElement("span");
            optional.className = "label__optional";
            optional.textContent = box.dataset.optional;
            title.append(" ", optional);
        }
    }

    function update() {
        // As many rounds as there are rules: each looks at what the one before it showed.
        for (let round = 0; round <= boxes.length; round += 1) {
            const next = boxes.map(({ shown }) => !shown || holds(shown, given));
            if (boxes.every(({ box }, place) => box.hidden !== next[place])) break;
            boxes.forEach((entry, place) => show(entry, next[place]));
        }
        for (const entry of boxes) if (entry.required) mark(entry, holds(entry.required, given));
    }

    form.addEventListener("input", update);
    form.addEventListener("change", update);
    // A browser that goes back in its history fills the form in after the page has loaded.
    window.addEventListener("pageshow", update);
    update();
}

for (const form of document.querySelectorAll("form.form")) {
    if (form.querySelector("[data-shown-when], [data-required-when]")) follow(form);
}
