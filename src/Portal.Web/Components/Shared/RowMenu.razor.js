// Puts a row's open menu beside its button, above it where there is no room below; scrolling closes it.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof HTMLDetailsElement) || !menu.open || !menu.matches("[data-vb-float]")) return;
  const panel = menu.querySelector(".vb-menu");
  const at = menu.querySelector("summary").getBoundingClientRect();
  const below = at.bottom + 4;
  const top = below + panel.offsetHeight > innerHeight - 8 ? Math.max(8, at.top - 4 - panel.offsetHeight) : below;
  Object.assign(panel.style, { top: `${top}px`, right: `${document.documentElement.clientWidth - at.right}px`, visibility: "visible" });
}, true);

document.addEventListener("scroll", () => {
  for (const menu of document.querySelectorAll("details[data-vb-float][open]")) menu.removeAttribute("open");
}, { capture: true, passive: true });
