// Counts while somebody writes: <own-share>, how much of the letters is theirs; <letter-length>, how long one gets.

const wordsOf = (text) => text.match(/\S+/g) ?? [];

// The longest common run of words, in order: what was kept of the suggested text.
function kept(given, own) {
    let start = 0, end = 0;
    while (start < given.length && start < own.length && given[start] === own[start]) start++;
    while (end < given.length - start && end < own.length - start && given.at(-1 - end) === own.at(-1 - end)) end++;
    const [a, b] = [given.slice(start, given.length - end), own.slice(start, own.length - end)];
    let row = new Uint16Array(b.length + 1);
    for (const word of a) {
        const next = new Uint16Array(b.length + 1);
        for (let j = 0; j < b.length; j++) next[j + 1] = word === b[j] ? row[j] + 1 : Math.max(row[j + 1], next[j]);
        row = next;
    }
    return start + end + row[b.length];
}

// Spoken after a pause only, as in character-count.js.
class Count extends HTMLElement {
    connectedCallback() {
        this.form = this.closest("form");
        this.text = this.querySelector("p");
        if (!this.form || !this.text || this.spoken) return;
        this.spoken = document.createElement("p");
        this.spoken.className = "visually-hidden";
        this.spoken.setAttribute("aria-live", "polite");
        this.append(this.spoken);
        this.form.addEventListener("input", () => {
            clearTimeout(this.pause);
            this.pause = setTimeout(() => this.update(), 400);
        });
    }

    own() {
        return [...this.form.querySelectorAll("[data-own]")].map((field) => field.value.trim()).filter(Boolean).join("\n\n");
    }

    say(message) {
        if (this.text.textContent === message) return;
        this.text.textContent = this.spoken.textContent = message;
    }
}

class OwnShare extends Count {
    update() {
        const beside = wordsOf(this.own()).length;
        const ticked = [...this.form.querySelectorAll("[data-points] input:checked")];
        const points = ticked.reduce((sum, box) => sum + wordsOf(box.labels[0].textContent).length, 0);
        let own = 0, total = 0;
        for (const letter of this.form.querySelectorAll("[data-kept], [data-suggested]")) {
            const body = letter.querySelector("textarea[name$='-body']");
            const words = body ? wordsOf(body.value) : [];
            const ours = body ? kept(wordsOf(letter.dataset.suggested), words) : Number(letter.dataset.kept) + points;
            own += beside + Math.max(0, words.length - ours);
            total += beside + Math.max(words.length, ours);
        }
        const share = total ? Math.round((100 * own) / total) : 0;
        this.querySelector("meter").value = share;
        this.say(this.dataset.words.replace("%", share));
    }
}

class LetterLength extends Count {
    update() {
        const body = this.closest("article").querySelector("textarea[name$='-body']");
        const [own, text, limit] = [this.own().length, body.value.trim().length, Number(this.dataset.limit)];
        const both = own + text + (own && text ? 2 : 0);
        const length = limit && body.value === body.dataset.offered ? Math.max(own, text) : both;
        const isOver = limit > 0 && length > limit;
        this.text.classList.toggle("character-count--over", isOver);
        this.say((isOver ? this.dataset.over : this.dataset.words).replace("%", length + Number(this.dataset.fixed)));
    }
}

customElements.define("own-share", OwnShare);
customElements.define("letter-length", LetterLength);
