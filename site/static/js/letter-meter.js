// Counts while somebody writes: <own-share>, how much of the letters is theirs; <letter-length>, how long one gets.

const wordsOf = (text) => text.match(/\S+/g) ?? [];

// How many words of a suggested text were kept, in order: the longest common run.
function kept(given, own) {
    let row = new Uint16Array(own.length + 1);
    for (const word of given) {
        const next = new Uint16Array(own.length + 1);
        own.forEach((mine, j) => { next[j + 1] = word === mine ? row[j] + 1 : Math.max(row[j + 1], next[j]); });
        row = next;
    }
    return row.at(-1);
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
        const { value, dataset } = this.body(this.closest("article"));
        const [own, text, limit] = [this.own().length, value.trim().length, Number(this.dataset.limit)];
        const isApart = limit && value === dataset.offered;
        const length = isApart ? Math.max(own, text) : own + text + (own && text ? 2 : 0);
        const isOver = limit && length > limit;
        this.say((isOver ? this.dataset.over : this.dataset.words).replace("%", length + Number(this.dataset.fixed)));
    }
});
