// What every page needs of script and no vault element brings. Nothing here reads what one holds.

document.addEventListener("click", (event) => {
  const skip = event.target instanceof Element ? event.target.closest("[data-vb-skip]") : null;
  if (skip) {
    event.preventDefault();
    document.getElementById("content")?.focus();
  }
});

// A menu made of <details> closes on Escape, on a click elsewhere, and after a choice.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-vb-menu][open]")) {
    const inside = event.target instanceof Node && menu.contains(event.target);
    const chose = event.target instanceof Element && event.target.closest("a") !== null;
    if (!inside || chose) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-vb-menu][open]")) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  }
});

/** `<vb-time at="ISO instant" format="short|full|log|date">`: the instant in the reader's own time zone. Its light DOM stays UTC. */
class VbTime extends HTMLElement {
  static observedAttributes = ["at", "format"];

  attributeChangedCallback() {
    const at = new Date(this.getAttribute("at") ?? "");
    if (Number.isNaN(at.getTime())) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.textContent = VbTime.text(at, this.getAttribute("format") ?? "full");
  }

  static text(at, format, now = new Date()) {
    const pad = (value, width = 2) => String(value).padStart(width, "0");
    const day = `${at.getDate()} ${VbTime.#name(at, { month: "short" })}`;
    const clock = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
    const today = at.toDateString() === now.toDateString();
    const thisYear = at.getFullYear() === now.getFullYear();
    switch (format) {
      case "date":
        return `${day} ${at.getFullYear()}`;
      case "log":
        return `${today ? "" : `${day} `}${clock}:${pad(at.getSeconds())}.${pad(at.getMilliseconds(), 3)}`;
      case "short":
        if (today) return clock;
        return thisYear ? `${VbTime.#name(at, { weekday: "short" })} ${day}` : `${day} ${at.getFullYear()}`;
      default:
        return `${VbTime.#name(at, { weekday: "short" })} ${day}${thisYear ? "" : ` ${at.getFullYear()}`}, ${clock}`;
    }
  }

  static #name(at, part) {
    return new Intl.DateTimeFormat("en-GB", part).format(at).slice(0, 3);
  }
}
customElements.define("vb-time", VbTime);

// A password can be looked at while it is typed. Without script the button stays hidden.
for (const button of document.querySelectorAll("[data-vb-reveal]")) {
  const input = document.getElementById(button.getAttribute("data-vb-reveal") ?? "");
  if (!(input instanceof HTMLInputElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const show = input.type === "password";
    input.type = show ? "text" : "password";
    button.setAttribute("aria-pressed", String(show));
    button.querySelector("use")?.setAttribute("href", `/theme/icons.svg#${show ? "eye-off" : "eye"}`);
  });
}
