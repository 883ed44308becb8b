// Tells while somebody types what may identify a patient, beside the words and in this browser only. What it looks for is
// the server's own, and is loaded when somebody begins to write: without it, the server tells the same when they go on.

let reading;
const begin = (reader, rules) => (reading ??= Promise.all([import(reader), fetch(rules).then((answer) => answer.json())])
    .then(([module, told]) => module.reader(told))
    .catch((error) => {
        // A line that is down may be up again at the next word.
        reading = undefined;
        throw error;
    }));

function element(name, className, ...children) {
    const made = Object.assign(document.createElement(name), { className });
    made.append(...children);
    return made;
}

customElements.define("patient-note", class extends HTMLElement {
    connectedCallback() {
        const field = document.getElementById(this.dataset.field);
        const { reader, rules } = this.dataset;
        this.told = [...this.querySelectorAll("input")].map((input) => input.value).join("\n");
        field?.addEventListener("input", () => {
            const found = begin(reader, rules).catch(() => undefined);
            clearTimeout(this.pause);
            this.pause = setTimeout(async () => {
                const findings = await found;
                if (findings) this.show(findings(field.value, this.known));
            }, 900);
        });
    }

    // Several controls of one form know the same texts: they stand at the first of them.
    get known() {
        const { knownOf } = this.dataset;
        const note = knownOf ? document.getElementById(knownOf)?.closest("patient-note") : this;
        return JSON.parse(note?.dataset.known ?? "[]");
    }

    show(findings) {
        const { advice, heading, seen, most } = this.dataset;
        const keys = [...new Set(findings.map(({ kind, quoted }) => `${kind}:${quoted}`))].slice(0, Number(most));
        // What has been said is not said again while somebody types on.
        if (this.told === (this.told = keys.join("\n"))) return;
        const lines = keys.map((key) => {
            const [kind, quoted] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
            const input = Object.assign(element("input", ""), { type: "hidden", name: seen, value: key });
            return element("li", "", element("q", "", quoted), `: ${JSON.parse(advice)[kind]}`, input);
        });
        const box = element("div", "notification notification--warning", element("p", "notification__heading", heading), element("ul", "", ...lines));
        this.firstElementChild.replaceChildren(...(lines.length ? [box] : []));
    }
});
