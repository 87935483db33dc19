/** `<vb-instant><input type="datetime-local"><input type="hidden"></vb-instant>`: local time to choose, an ISO instant for the circuit. */
class VbInstant extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this);
    queueMicrotask(() => {
      const [local, instant] = this.querySelectorAll("input");
      const at = new Date(instant?.value ?? "");
      if (Number.isNaN(at.getTime())) return;
      local.value = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    });
  }

  handleEvent(event) {
    const [local, instant] = this.querySelectorAll("input");
    if (event.target !== local) return;
    event.stopPropagation();
    instant.value = local.value === "" ? "" : new Date(local.value).toISOString();
    instant.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
customElements.define("vb-instant", VbInstant);
