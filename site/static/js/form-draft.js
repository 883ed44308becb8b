// Keeps what is typed into a form in this browser, for a day at most and until it is sent. Nothing of it leaves the
// device, and no agreement, file, password or hidden value is kept. What the server has written stays as it is.

const DAY = 86_400_000;
const LEFT_OUT = "[type=hidden], [type=password], [type=file], [type=submit], [data-no-draft] *, .honeypot *, button";
const ticks = (control) => control.type === "radio" || control.type === "checkbox";
const nameOf = (control) => (ticks(control) ? `${control.name}=${control.value}` : control.name);
const stateOf = (control) => (ticks(control) ? control.checked : control.value);
const given = (control) => {
    if (control.options) return [...control.options].find((option) => option.defaultSelected)?.value ?? control.options[0]?.value;
    return ticks(control) ? control.defaultChecked : control.defaultValue;
};

class FormDraft extends HTMLElement {
    connectedCallback() {
        if (this.form) return;
        try {
            for (const key of Object.keys(localStorage)) {
                if (key.startsWith("draft:") && !(JSON.parse(localStorage[key]).until > Date.now())) localStorage.removeItem(key);
            }
            this.key = `draft:${this.dataset.key}`;
            this.draft = JSON.parse(localStorage[this.key] ?? "null");
        } catch {
            return;
        }
        if ("sent" in this.dataset) {
            if (this.draft?.token === this.dataset.sent) localStorage.removeItem(this.key);
            return;
        }
        this.form = this.closest("form");
        this.restored = this.draft ? this.controls.filter((control) => this.restore(control)) : [];
        if (this.draft) this.save();
        if (this.restored.length) this.form.prepend(this);
        this.form.addEventListener("input", () => {
            clearTimeout(this.wait);
            this.wait = setTimeout(() => this.save(), 300);
        });
        addEventListener("pagehide", () => this.wait && this.save());
        this.querySelector("button").addEventListener("click", () => this.forget());
    }

    get controls() {
        return [...this.form.elements].filter((control) => control.name && !control.matches(LEFT_OUT));
    }

    set(control, state) {
        control[ticks(control) ? "checked" : "value"] = state;
        for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    }

    restore(control) {
        const [state, before] = this.draft.values[nameOf(control)] ?? [];
        if (before === undefined || given(control) !== before || stateOf(control) !== before) return false;
        this.set(control, state);
        return true;
    }

    save() {
        if (this.isOff) return;
        this.draft ??= { until: Date.now() + DAY, values: {} };
        this.draft.token = this.form.elements.token?.value;
        for (const control of this.controls) {
            const before = this.draft.values[nameOf(control)]?.[1] ?? given(control);
            if (stateOf(control) === before) delete this.draft.values[nameOf(control)];
            else this.draft.values[nameOf(control)] = [stateOf(control), before];
        }
        try {
            localStorage[this.key] = JSON.stringify(this.draft);
        } catch {
            return;
        }
        this.tell();
    }

    tell() {
        const options = { weekday: "long", hour: "numeric", minute: "numeric" };
        const until = new Date(this.draft.until).toLocaleString(document.documentElement.lang, options);
        const text = this.dataset.kept.replace("%", until);
        this.hidden = false;
        this.say(this.restored.length ? `${this.dataset.restored} ${text}` : text);
    }

    say(text) {
        const said = this.querySelector("[role=status]");
        if (said.textContent !== text) said.textContent = text;
    }

    forget() {
        this.isOff = true;
        localStorage.removeItem(this.key);
        for (const control of this.restored) {
            if (stateOf(control) === this.draft.values[nameOf(control)]?.[0]) this.set(control, given(control));
        }
        this.say(this.dataset.gone);
        this.querySelector("[role=status]").focus();
        this.querySelector("button").hidden = true;
    }
}

customElements.define("form-draft", FormDraft);
