// Plays a video in place, but asks its host for nothing until the visitor presses the button.

const PLAYERS = {
    youtube: (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1&rel=0`,
    vimeo: (id) => `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1`,
};

class VideoPlayer extends HTMLElement {
    connectedCallback() {
        const link = this.querySelector("a");
        const player = PLAYERS[this.dataset.provider];
        if (!link || !player) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = link.className;
        button.append(...link.childNodes);
        button.querySelector("span:last-of-type").textContent = this.dataset.playLabel;
        button.addEventListener("click", () => this.play(player));
        link.replaceWith(button);
    }

    play(player) {
        const frame = document.createElement("iframe");
        frame.src = player(encodeURIComponent(this.dataset.video));
        frame.title = this.dataset.title;
        frame.allow = "autoplay; fullscreen; picture-in-picture";
        frame.allowFullscreen = true;
        frame.referrerPolicy = "strict-origin-when-cross-origin";
        this.replaceChildren(frame);
        frame.focus();
    }
}

customElements.define("video-player", VideoPlayer);
