// Counts a text that will be read aloud while somebody writes it: <reading-time data-field data-short data-words data-over>.

const SPOKEN_WORD = /[\p{L}\p{N}_]+(?:[’'.-][\p{L}\p{N}_]+)*/gu;
const A_MINUTE = 130;
const USUAL = 3 * A_MINUTE;

// As campaigns/engine/reading_aloud.py counts.
export const spokenWords = (text) => (text.replace(/\p{M}/gu, "").match(SPOKEN_WORD) ?? []).length;

customElements.define("reading-time", class extends HTMLElement {
    connectedCallback() {
        this.field = document.getElementById(this.dataset.field);
        this.text = this.querySelector("p");
        this.field.addEventListener("input", () => {
            clearTimeout(this.pause);
            this.pause = setTimeout(() => this.update(), 800);
        });
        this.update();
    }

    update() {
        const words = spokenWords(this.field.value);
        const minutes = Math.floor((words + A_MINUTE / 2) / A_MINUTE);
        const { short, words: about, over } = this.dataset;
        const kind = words > USUAL ? over : minutes ? about : short;
        // Spoken when the time changes, not at every word.
        const isNews = this.kind !== undefined && (kind !== this.kind || minutes !== this.minutes);
        Object.assign(this, { kind, minutes });
        const message = kind.replace("{words}", words).replace("{minutes}", minutes).replace("{over}", words - USUAL);
        this.text.setAttribute("aria-live", isNews ? "polite" : "off");
        if (this.text.textContent !== message) this.text.textContent = message;
    }
});
