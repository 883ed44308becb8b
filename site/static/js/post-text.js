// Keeps the link to a network's page for writing in step with the text inside <post-text>: data-compose begins it.

class PostText extends HTMLElement {
    connectedCallback() {
        this.field = this.querySelector("textarea");
        this.link = this.querySelector("a[data-compose]");
        if (!this.field || !this.link) return;
        this.field.addEventListener("input", () => this.update());
        // A browser that goes back puts the edited text into the field again, and the old link beside it.
        this.update();
    }

    update() {
        this.link.href = this.link.dataset.compose + encodeURIComponent(this.field.value);
    }
}

customElements.define("post-text", PostText);
