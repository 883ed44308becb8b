// Adds a button that copies text: data-text, or the value of the field that data-from names by its id.

class CopyButton extends HTMLElement {
    connectedCallback() {
        if (this.button || !navigator.clipboard) return;
        this.button = document.createElement("button");
        this.button.type = "button";
        this.button.className = "button button--quiet";
        this.button.textContent = this.dataset.label;
        this.status = document.createElement("span");
        this.status.setAttribute("role", "status");
        this.button.addEventListener("click", () => this.copy());
        this.append(this.button, this.status);
    }

    get text() {
        const source = this.dataset.from && document.getElementById(this.dataset.from);
        if (source) return "value" in source ? source.value : source.textContent;
        return this.dataset.text ?? "";
    }

    async copy() {
        try {
            await navigator.clipboard.writeText(this.text);
            this.status.textContent = this.dataset.done;
        } catch {
            this.status.textContent = this.dataset.failed;
        }
    }
}

customElements.define("copy-button", CopyButton);
