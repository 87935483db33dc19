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
    const chose = event.target instanceof Element && event.target.closest("a, [data-vb-float] button") !== null;
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

/** `<vb-time at="ISO instant" format="short|full|log|date|day|clock">`: the instant in the reader's own time zone. Its light DOM stays UTC. */
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
      case "clock":
        return clock;
      case "date":
        return `${day} ${at.getFullYear()}`;
      case "day":
        if (today) return "Today";
        return `${VbTime.#name(at, { weekday: "short" })} ${day}${thisYear ? "" : ` ${at.getFullYear()}`}`;
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

/** `<vb-tabs>` around tabs that scroll: the one that is shown stays in sight, also after the window has become narrow. */
class VbTabs extends HTMLElement {
  #sizes = new ResizeObserver(() => this.#show());
  #marks = new MutationObserver(() => this.#show());

  connectedCallback() {
    this.#sizes.observe(this);
    this.#marks.observe(this, { subtree: true, childList: true, attributeFilter: ["aria-current"] });
  }

  disconnectedCallback() {
    this.#sizes.disconnect();
    this.#marks.disconnect();
  }

  #show() {
    const [list, tab] = [this.querySelector("ul"), this.querySelector('[aria-current="page"]')];
    if (!list || !tab) return;
    const [seen, wanted] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (wanted.left < seen.left || wanted.right > seen.right) list.scrollLeft += wanted.left - seen.left - (seen.width - wanted.width) / 2;
  }
}
customElements.define("vb-tabs", VbTabs);

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

// What is shown once can be copied. Without script it is selected by hand.
for (const button of document.querySelectorAll("[data-vb-copy]")) {
  const id = button.getAttribute("data-vb-copy") ?? "";
  const source = document.getElementById(id);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const lines = [...source.querySelectorAll("li")];
    await navigator.clipboard.writeText((lines.length > 0 ? lines : [source]).map((line) => line.textContent?.trim()).join("\n"));
    const told = document.querySelector(`[data-vb-copied="${id}"]`);
    if (told) told.textContent = "Copied.";
  });
}

for (const button of document.querySelectorAll("[data-vb-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// One tab of a browser listens whether the session stands and tells the others: it may be ended on another device. Signing in, or
// reading on while the server is away, is none of its business.
const sessionEnded = new BroadcastChannel("vaultbox-session");

async function leave() {
  // The vault wipes what it has decrypted, and forgets its key, before the page goes.
  const wiped = [];
  document.dispatchEvent(new CustomEvent("vb-session-ended", { detail: { waitFor: (work) => wiped.push(work) } }));
  await Promise.race([Promise.allSettled(wiped), new Promise((resolve) => setTimeout(resolve, 1_000))]);
  // What was typed here, and kept for a page that comes back, is nobody else's.
  sessionStorage.removeItem("vb-draft");
  const view = document.querySelector("[data-vb-view]")?.getAttribute("data-vb-view");
  if (view) {
    location.replace(`/support/views/${view}`);
    return;
  }
  location.replace(`/account/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`);
}

const account = document.querySelector('meta[name="vb-account"]')?.getAttribute("content");

async function isEnded() {
  try {
    const answer = await fetch("/api/v1/me", { cache: "no-store", redirect: "error" });
    // A support view that begins or ends makes the session another account's.
    return answer.status === 401 || (answer.ok && (await answer.json()).id !== account);
  } catch {
    return false;
  }
}

// Who asks to look at the account, or looks: a page with a circuit hears of it there, any other fetches that part of itself anew.
async function refreshViews() {
  const shown = document.querySelector("[data-vb-views]");
  if (!shown || document.querySelector('[data-interactive="true"]')) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store", redirect: "error" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-vb-views]");
    if (fresh && fresh.textContent !== shown.textContent) shown.replaceWith(document.importNode(fresh, true));
  } catch {
    // The server is away; the next change is told again.
  }
}

function listen() {
  const stream = new EventSource("/api/v1/sessions/current/events");
  stream.addEventListener("changed", () => {
    sessionEnded.postMessage("changed");
    void refreshViews();
  });
  stream.addEventListener("error", async () => {
    if (await isEnded()) {
      stream.close();
      sessionEnded.postMessage("ended");
      void leave();
    } else if (stream.readyState === EventSource.CLOSED) {
      setTimeout(listen, 5_000);
    }
  });
}

if (account) {
  sessionEnded.addEventListener("message", (event) => void (event.data === "changed" ? refreshViews() : leave()));
  // Held until the tab goes; then the next one listens. Plain HTTP on another name than localhost has no locks.
  if (navigator.locks) {
    void navigator.locks.request("vaultbox-session", () => {
      listen();
      return new Promise(() => {});
    });
  } else {
    listen();
  }
}
