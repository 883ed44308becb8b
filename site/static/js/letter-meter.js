// Counts while somebody writes: <own-share>, how much of the letters is theirs; <letter-length>, how long one gets.

// What is white space to Python and not to JavaScript parts words too: campaigns/engine/share.py counts the same.
export const wordsOf = (text) => text.match(/[^\s\x1c-\x1f\x85]+/g) ?? [];

// How many words of a suggested text were kept, in order: one bit for each of them, as share.py explains.
export function kept(given, own) {
    const places = new Map();
    given.forEach((word, place) => places.set(word, (places.get(word) ?? 0n) | (1n << BigInt(place))));
    const every = (1n << BigInt(given.length)) - 1n;
    let row = every;
    for (const word of own) {
        const hit = row & (places.get(word) ?? 0n);
        if (hit) row = ((row + hit) | (row - hit)) & every;
    }
    return (every ^ row).toString(2).replaceAll("0", "").length;
}

class Count extends HTMLElement {
    connectedCallback() {
        this.form = this.closest("form");
        this.form.addEventListener("input", () => {
            clearTimeout(this.pause);
            this.pause = setTimeout(() => this.update(), 600);
        });
    }

    own() {
        return [...this.form.querySelectorAll("[data-own]")].map((field) => field.value.trim()).filter(Boolean).join("\n\n");
    }

    body(scope) {
        return scope.querySelector("textarea[name$='-body']");
    }

    say(message) {
        const text = this.querySelector("p");
        if (text.textContent !== message) text.textContent = message;
    }
}

customElements.define("own-share", class extends Count {
    update() {
        const beside = wordsOf(this.own()).length;
        const ticked = [...this.form.querySelectorAll("[data-points] input:checked")];
        const points = ticked.flatMap((box) => wordsOf(box.labels[0].textContent)).length;
        let own = 0, total = 0;
        for (const letter of this.form.querySelectorAll("[data-ours], [data-suggested]")) {
            const { ours, theirs, suggested, takesPoints } = letter.dataset;
            const words = wordsOf(this.body(letter)?.value ?? "");
            const keep = ours ? Number(ours) + (takesPoints === undefined ? 0 : points) : kept(wordsOf(suggested), words);
            const mine = beside + (ours ? Number(theirs) : words.length - keep);
            own += mine;
            total += mine + keep;
        }
        const share = total ? Math.round((100 * own) / total) : 0;
        this.querySelector("meter").value = share;
        this.say(this.dataset.words.replace("%", share));
    }
});

customElements.define("letter-length", class extends Count {
    update() {
        const letter = this.closest("article");
        const { value, dataset } = this.body(letter);
        const [own, text, limit] = [this.own().length, value.trim().length, Number(this.dataset.limit)];
        const isApart = limit && value === dataset.offered;
        const length = isApart ? Math.max(own, text) : own + text + (own && text ? 2 : 0);
        const isOver = Boolean(limit) && length > limit;
        // Spoken is the letter in which somebody types, and one that has become too long: not all of them at once.
        const isSpoken = letter.contains(document.activeElement) || (isOver && !this.wasOver);
        this.wasOver = isOver;
        this.querySelector("p").setAttribute("aria-live", isSpoken ? "polite" : "off");
        this.say((isOver ? this.dataset.over : this.dataset.words).replace("%", length + Number(this.dataset.fixed)));
    }
});
