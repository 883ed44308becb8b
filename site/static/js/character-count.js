// Counts down the characters of a field inside <character-count data-limit data-left data-over>; "%" is the number.

class CharacterCount extends HTMLElement {
    connectedCallback() {
        this.field = this.querySelector("textarea, input");
        this.limit = Number(this.dataset.limit);
        if (!this.field || !this.limit || this.shown) return;
        // The plain sentence about the limit stays for screen readers; the running count takes its place for the eye.
        this.querySelector(".character-count")?.classList.add("visually-hidden");
        this.shown = document.createElement("p");
        this.shown.className = "character-count";
        this.shown.setAttribute("aria-hidden", "true");
        // Spoken after a pause only: a screen reader that read every key's count would drown the typing.
        this.spoken = document.createElement("p");
        this.spoken.className = "visually-hidden";
        this.spoken.setAttribute("aria-live", "polite");
        this.append(this.shown, this.spoken);
        this.field.addEventListener("input", () => this.update());
        this.update();
    }

    // Some networks count every address as equally long, and other scripts and emoji twice.
    get length() {
        const { urlLength, weighted } = this.dataset;
        if (!urlLength) return this.field.value.length;
        const rest = [...this.field.value.replace(/https?:\/\/\S+/g, "x".repeat(urlLength))];
        return rest.length + (weighted ? rest.filter((one) => /[^\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/u.test(one)).length : 0);
    }

    update() {
        const left = this.limit - this.length;
        const message = (left < 0 ? this.dataset.over : this.dataset.left).replace("%", Math.abs(left));
        this.shown.textContent = message;
        this.shown.classList.toggle("character-count--over", left < 0);
        clearTimeout(this.pause);
        this.pause = setTimeout(() => { this.spoken.textContent = message; }, 1000);
    }
}

customElements.define("character-count", CharacterCount);
