// `<vb-modal><dialog>…</dialog></vb-modal>`: shown as soon as it is there, closed by being taken away. Escape asks the page, by its cross.
let pressed = null;
document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target.closest("button, a, summary") : null;
  if (target && !target.closest("dialog")) pressed = target.closest("details[data-vb-menu]")?.querySelector("summary") ?? target;
}, true);

class VbModal extends HTMLElement {
  #opener = null;

  connectedCallback() {
    this.#opener = pressed;
    // On the way in: what is typed into a vault element does not come out of it.
    this.addEventListener("keydown", this, true);
    this.addEventListener("cancel", this, true);
    this.addEventListener("close", this, true);
    // The circuit puts an element into the page before what is in it.
    queueMicrotask(() => this.#show());
  }

  disconnectedCallback() {
    const opener = this.#opener;
    queueMicrotask(() => {
      if (document.querySelector("dialog[open]")) return;
      (opener?.isConnected && opener.getClientRects().length > 0 ? opener : document.getElementById("content"))?.focus();
    });
  }

  handleEvent(event) {
    if (event.type === "keydown" && event.key !== "Escape") return;
    if (event.target.closest("dialog") !== this.querySelector("dialog")) return;
    if (event.type !== "keydown" && event.target.localName !== "dialog") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === "cancel") return;
    this.querySelector("[data-vb-dismiss]")?.click();
    // A browser may close it unasked: until the page takes it away it stays.
    if (event.type === "close") this.#show();
  }

  #show() {
    const dialog = this.isConnected ? this.querySelector("dialog") : null;
    if (dialog && !dialog.open) dialog.showModal();
  }
}
customElements.define("vb-modal", VbModal);
