/** `<vb-dismissible name="…">`: hidden once its `[data-vb-hide]` was pressed, for this account on this browser. */
class VbDismissible extends HTMLElement {
  connectedCallback() {
    this.hidden = localStorage.getItem(this.#key) !== null;
    this.addEventListener("click", this);
  }

  handleEvent(event) {
    if (!(event.target instanceof Element) || !event.target.closest("[data-vb-hide]")) return;
    localStorage.setItem(this.#key, "1");
    this.hidden = true;
    document.getElementById("content")?.focus();
  }

  get #key() {
    const account = document.querySelector('meta[name="vb-account"]')?.getAttribute("content") ?? "";
    return `vb-dismissed:${account}:${this.getAttribute("name")}`;
  }
}
customElements.define("vb-dismissible", VbDismissible);
