// Sets the theme before the first paint and drives every `[data-vb-theme-toggle]` button. Runs without a circuit.
// Load it as a plain script in <head>: <script src="/theme/theme.js"></script>
import { labelOf, nextTheme, readTheme, themeIcon, type Theme } from './parts/theme-choice.ts';

const key = 'vb-theme';
const root = document.documentElement;

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage may be switched off; the system's choice then stands.
    return null;
  }
}

function apply(theme: Theme): void {
  root.dataset['theme'] = theme;
  for (const button of document.querySelectorAll<HTMLElement>('[data-vb-theme-toggle]')) show(button, theme);
}

function show(button: HTMLElement, theme: Theme): void {
  const label = labelOf(theme);
  button.setAttribute('aria-label', `Theme: ${label}. Change to ${labelOf(nextTheme(theme)).toLowerCase()}`);
  button.title = `Theme: ${label}`;
  const use = button.querySelector('use');
  use?.setAttribute('href', `/theme/icons.svg#${themeIcon(theme)}`);
  const text = button.querySelector('[data-vb-theme-label]');
  if (text !== null && text.textContent !== label) text.textContent = label;
}

function current(): Theme {
  return readTheme(stored());
}

function choose(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice holds for this page only.
  }
  apply(theme);
}

apply(current());

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-vb-theme-toggle]') : null;
  if (button !== null) choose(nextTheme(readTheme(root.dataset['theme'] ?? null)));
});

// Another tab changed it.
window.addEventListener('storage', (event) => {
  if (event.key === key) apply(current());
});

// Buttons may come later: with the rest of the document, with a navigation, or when the circuit takes over.
document.addEventListener('DOMContentLoaded', () => {
  apply(current());
  new MutationObserver((records) => {
    const lost = root.dataset['theme'] === undefined;
    const added = records.some((r) => [...r.addedNodes].some((n) => n instanceof Element && (n.matches('[data-vb-theme-toggle]') || n.querySelector('[data-vb-theme-toggle]') !== null)));
    if (lost || added) apply(current());
  }).observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-theme'] });
});
