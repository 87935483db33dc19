/** `<vb-copy-now text="…"><input type="hidden"></vb-copy-now>`: copies soon after the click that made it, and tells the circuit how it went. */
class VbCopyNow extends HTMLElement {
  connectedCallback() {
    queueMicrotask(async () => {
      let done = true;
      try {
        await navigator.clipboard.writeText(this.getAttribute("text") ?? "");
      } catch {
        // No clipboard over plain HTTP, or the click lies too far back.
        done = false;
      }
      const told = this.querySelector("input");
      if (!told) return;
      told.value = done ? "copied" : "refused";
      told.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
customElements.define("vb-copy-now", VbCopyNow);
