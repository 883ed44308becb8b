// Keeps what is typed into a form in this browser, for a day at most and until it is sent. Nothing of it leaves the
// device, and no agreement, file, password or hidden value is kept. What the server has written stays as it is.
// Whoever opens the form anew is asked first: on a shared computer it may be somebody else's. From step to step, where
// the form's token stays the same, it goes back by itself.

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
            // Also where another tab has taken it up meanwhile: what was sent waits for nobody.
            if ([this.draft?.token, ...(this.draft?.earlier ?? [])].includes(this.dataset.sent)) localStorage.removeItem(this.key);
            return;
        }
        this.form = this.closest("form");
        this.restored = [];
        const [takeUp, forget] = this.querySelectorAll("button");
        takeUp.addEventListener("click", () => this.takeUp());
        forget.addEventListener("click", () => this.forget());
        if (this.draft && this.draft.token === this.form.elements.token?.value) this.takeUp();
        else if (Object.keys(this.draft?.values ?? {}).length) this.offer();
        else this.draft = null;
        this.form.addEventListener("input", () => {
            clearTimeout(this.wait);
            this.wait = setTimeout(() => this.save(), 300);
        });
        addEventListener("pagehide", () => this.wait && this.save());
    }

    get controls() {
        return [...this.form.elements].filter((control) => control.name && !control.matches(LEFT_OUT));
    }

    set(control, state) {
        control[ticks(control) ? "checked" : "value"] = state;
        for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    }

    isKept(control) {
        const before = this.draft.values[nameOf(control)]?.[1];
        return before !== undefined && given(control) === before && stateOf(control) === before;
    }

    restore(control) {
        if (!this.isKept(control)) return false;
        this.set(control, this.draft.values[nameOf(control)][0]);
        return true;
    }

    offer() {
        // What is typed instead of it is a new draft, and takes its place.
        [this.offered, this.draft] = [this.draft, null];
        this.form.prepend(this);
        this.hidden = this.querySelector("button").hidden = false;
        this.say(this.dataset.offered);
    }

    takeUp() {
        const isAsked = Boolean(this.offered);
        if (isAsked) this.draft = { ...this.offered, values: { ...this.offered.values, ...this.draft?.values } };
        this.offered = null;
        this.querySelector("button").hidden = true;
        this.restored = this.controls.filter((control) => this.restore(control));
        if (this.restored.length) this.form.prepend(this);
        this.save();
        if (isAsked) this.querySelector("[role=status]").focus();
    }

    save() {
        if (this.isOff) return;
        this.draft ??= { until: Date.now() + DAY, values: {} };
        const token = this.form.elements.token?.value;
        if (this.draft.token && this.draft.token !== token) this.draft.earlier = [...(this.draft.earlier ?? []), this.draft.token];
        this.draft.token = token;
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
        if (this.offered) return;
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
        this.draft ??= this.offered;
        localStorage.removeItem(this.key);
        for (const control of this.restored) {
            if (stateOf(control) === this.draft.values[nameOf(control)]?.[0]) this.set(control, given(control));
        }
        this.say(this.dataset.gone);
        this.querySelector("[role=status]").focus();
        for (const button of this.querySelectorAll("button")) button.hidden = true;
    }
}

customElements.define("form-draft", FormDraft);
