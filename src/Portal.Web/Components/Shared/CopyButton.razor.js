// Buttons that copy an element's text, also while it is out of sight; `data-vb-lines` keeps its lines.
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-vb-copies]") : null;
  const source = button && document.getElementById(button.getAttribute("data-vb-copies"));
  if (!source) return;
  const lines = (source.textContent ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const done = await write(lines.join(source.hasAttribute("data-vb-lines") ? "\n" : ""));
  // Without a clipboard (plain HTTP) the text is marked for the keyboard's own copy.
  if (!done) getSelection()?.selectAllChildren(source);
  const told = button.nextElementSibling;
  if (told) told.textContent = done ? "Copied." : "Marked. Press Ctrl and C to copy.";
  if (!done) return;
  const use = button.querySelector("use");
  use?.setAttribute("href", "/theme/icons.svg#check");
  setTimeout(() => {
    use?.setAttribute("href", "/theme/icons.svg#copy");
    if (told) told.textContent = "";
  }, 2_000);
});
