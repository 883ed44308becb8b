// Shows and hides fields by the rules in data-shown-when and data-required-when, as the server does after each step.
// What is hidden is disabled, so that it is not sent. Nothing is said aloud: what appears comes after what was answered.

const plain = (text) => text.trim().toLowerCase();
const number = (text) => (/^-?[\d ,]*\.?\d+$/.test(text.trim()) ? Number(text.replace(/[ ,]/g, "")) : NaN);
const usual = (text) => text.trim().replace(/^(\d\d?)\/(\d\d?)\/(\d{4})$/, (_all, month, day, year) =>
    `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);

function meets({ names, test, value }, answer) {
    const answers = names.flatMap(answer).filter((text) => text.trim());
    if (test === "is_answered") return answers.length > 0;
    if (!answers.length) return test.startsWith("is_not");
    if (test === "is_not_answered") return false;
    if (test === "includes") return answers.includes(value);
    const [given, wanted] = [usual(answers[0]), usual(value)];
    if (test.startsWith("is")) {
        const same = !answers[1] && (plain(given) === plain(wanted) || number(given) === number(wanted));
        return same === (test === "is");
    }
    const [left, right] = given[4] === "-" ? [given, wanted] : [number(given), number(wanted)];
    return test === "at_least" ? left >= right : left <= right;
}

function follow(form) {
    const boxes = [...form.querySelectorAll("[data-shown-when], [data-required-when]")].map((box) => ({
        box,
        shown: JSON.parse(box.dataset.shownWhen ?? "null"),
        required: JSON.parse(box.dataset.requiredWhen ?? "null"),
    }));
    const given = (name) => [...form.elements]
        .filter((one) => one.name === name && !one.disabled && !("unasked" in one.dataset))
        .filter((one) => one.checked || !/radio|checkbox/.test(one.type))
        .map((one) => one.value);
    const holds = (rules) => rules.every(({ all, conditions }) =>
        conditions[all ? "every" : "some"]((condition) => meets(condition, given)));

    function mark({ box, required }) {
        const isRequired = holds(required);
        box.querySelector("[value$=':required']").disabled = box.hidden || !isRequired;
        const title = box.querySelector("legend, label");
        const word = title.querySelector(".label__optional");
        if (isRequired) word?.remove();
        else if (!word) title.insertAdjacentHTML("beforeend", ` <span class="label__optional">${box.dataset.optional}</span>`);
    }

    function update() {
        // As many rounds as there are rules: each looks at what the one before it showed.
        for (let round = 0; round <= boxes.length; round += 1) {
            const next = boxes.map(({ shown }) => !shown || holds(shown));
            if (boxes.every(({ box }, place) => box.hidden !== next[place])) break;
            boxes.forEach(({ box }, place) => {
                box.hidden = !next[place];
                for (const one of box.querySelectorAll("input, select, textarea")) one.disabled = box.hidden;
            });
        }
        boxes.filter(({ required }) => required).forEach(mark);
    }

    form.addEventListener("input", update);
    // A browser that goes back in its history fills the form in after the page has loaded.
    window.addEventListener("pageshow", update);
    update();
}

document.querySelectorAll("form.form").forEach(follow);
