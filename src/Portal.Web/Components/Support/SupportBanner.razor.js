/** `<vb-left until="ISO instant">`: what is left, to the second. Once nothing is, the page leads out of the view. */
class VbLeft extends HTMLElement {
  #timer;

  connectedCallback() {
    this.#show();
    this.#timer = setInterval(() => this.#show(), 1_000);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  #show() {
    const until = new Date(this.getAttribute("until") ?? "");
    if (Number.isNaN(until.getTime())) return;
    const seconds = Math.max(0, Math.round((until.getTime() - Date.now()) / 1_000));
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
    const view = this.closest("[data-vb-view]")?.getAttribute("data-vb-view");
    if (seconds === 0 && view) {
      clearInterval(this.#timer);
      // The server's clock decides; it may be a moment behind.
      setTimeout(() => location.replace(`/support/views/${view}`), 1_500);
    }
  }
}
customElements.define("vb-left", VbLeft);
