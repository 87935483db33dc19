// Puts a row's open menu beside its button, above it where there is no room below, never beyond the window; scrolling closes it.
const openMenus = () => document.querySelectorAll("details[data-vb-float][open]");

function place(menu) {
  const panel = menu.querySelector(".vb-menu");
  const at = menu.querySelector("summary").getBoundingClientRect();
  const below = at.bottom + 4;
  const top = below + panel.offsetHeight > innerHeight - 8 ? Math.max(8, at.top - 4 - panel.offsetHeight) : below;
  const width = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(at.right, width - 8) - panel.offsetWidth);
  Object.assign(panel.style, { top: `${top}px`, left: `${left}px`, visibility: "visible" });
}

document.addEventListener("toggle", ({ target: menu }) => {
  if (menu instanceof HTMLDetailsElement && menu.open && menu.matches("[data-vb-float]")) place(menu);
}, true);

addEventListener("resize", () => openMenus().forEach(place));

document.addEventListener("scroll", () => {
  for (const menu of openMenus()) menu.removeAttribute("open");
}, { capture: true, passive: true });
