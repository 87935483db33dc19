// The thin bar that Blazor shows while the circuit is away. Reading goes on: no dialog, no overlay. What was typed is kept: the same
// circuit is told of it when it is back, a fresh page has it filled in again. Secrets are not kept: passwords, and whatever is typed
// into the vault's elements, which let no event out.

const bar = document.getElementById("components-reconnect-modal");
const draftKey = "vb-draft";
const draftLife = 10 * 60_000;
const askAgainAfter = 3_000;

/** Fields that the reader typed into or chose from since the page came. */
const touched = new Set();
/** Those of them that were changed while nobody heard it. */
const unheard = new Set();
let away = false;

const isKept = (field) =>
  field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement ||
  (field instanceof HTMLInputElement && !["password", "hidden", "file", "submit", "button"].includes(field.type) && field.autocomplete !== "one-time-code");
const account = document.querySelector('meta[name="vb-account"]')?.content ?? "";
// Radios of one question share a name.
const keyOf = (field) => field.id || (field.type === "radio" && field.name ? `${field.name}=${field.value}` : field.name);
const isTicked = (field) => field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);

document.addEventListener("input", (event) => {
  if (!event.isTrusted || !isKept(event.target)) return;
  touched.add(event.target);
  if (away) unheard.add(event.target);
});

/** As if it were typed now: both events, since components listen to either. */
function tell(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function keepDraft() {
  const values = {};
  for (const field of touched) {
    if (!field.isConnected || !keyOf(field) || (field.type === "radio" && !field.checked)) continue;
    values[keyOf(field)] = isTicked(field) ? field.checked : field.value;
  }
  try {
    if (Object.keys(values).length > 0) sessionStorage.setItem(draftKey, JSON.stringify({ account, path: location.pathname, at: Date.now(), values }));
  } catch {
    // Storage may be switched off: the page comes back without what was typed.
  }
}

function reload() {
  keepDraft();
  location.reload();
}

/** Fields of a dialog come when it is opened again: they are waited for. */
function fillDraft() {
  let draft;
  try {
    draft = JSON.parse(sessionStorage.getItem(draftKey) ?? "null");
    sessionStorage.removeItem(draftKey);
  } catch {
    return;
  }
  if (draft === null || draft.account !== account || draft.path !== location.pathname || Date.now() - draft.at > draftLife) return;
  const values = new Map(Object.entries(draft.values));
  const observer = new MutationObserver(fill);
  function fill() {
    if (location.pathname !== draft.path || Date.now() - draft.at > draftLife) values.clear();
    if (document.querySelector('[data-interactive="true"]')) {
      for (const [key, value] of values) {
        const field = [...document.querySelectorAll("input, select, textarea")].find((candidate) => keyOf(candidate) === key);
        if (!field || !isKept(field)) continue;
        values.delete(key);
        if (isTicked(field) ? field.checked === value : field.value === value) continue;
        if (isTicked(field)) field.checked = value;
        else field.value = value;
        touched.add(field);
        tell(field);
      }
    }
    if (values.size === 0) observer.disconnect();
  }
  observer.observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-interactive"] });
  fill();
}

async function isThere() {
  try {
    return (await fetch("/health/live", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

let trying = false;

/** Until it is back. A page is loaded anew only when the server answers: else the browser would show its own. */
async function reconnect() {
  if (trying) return;
  trying = true;
  try {
    while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, askAgainAfter));
    // false: the server is there and no longer knows the circuit, so only a fresh page helps.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) reload();
  } catch {
    setTimeout(() => void reconnect(), askAgainAfter);
  } finally {
    trying = false;
  }
}

bar?.addEventListener("components-reconnect-state-changed", ({ detail: { state } }) => {
  if (state === "show") away = true;
  else if (state === "hide") {
    away = false;
    for (const field of unheard) if (field.isConnected) tell(field);
    unheard.clear();
  } else if (state === "failed") void reconnect();
  else if (state === "rejected" || state === "resume-failed") reload();
});
bar?.querySelector("[data-vb-reconnect]")?.addEventListener("click", () => void reconnect());
document.querySelector("#blazor-error-ui .reload")?.addEventListener("click", (event) => {
  event.preventDefault();
  reload();
});
fillDraft();
