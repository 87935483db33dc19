// The thin bar that Blazor shows while the circuit is away. Reading goes on: no dialog, no overlay.
const bar = document.getElementById("components-reconnect-modal");

async function reconnect() {
  try {
    // false: the server is there and no longer knows the circuit, so only a fresh page helps.
    if (!(await Blazor.reconnect()) && !(await Blazor.resumeCircuit())) location.reload();
  } catch {
    document.addEventListener("visibilitychange", whenVisible);
  }
}

function whenVisible() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", whenVisible);
  void reconnect();
}

bar?.addEventListener("components-reconnect-state-changed", (event) => {
  if (event.detail.state === "failed") document.addEventListener("visibilitychange", whenVisible);
  else if (event.detail.state === "rejected") location.reload();
});
bar?.querySelector("[data-vb-reconnect]")?.addEventListener("click", reconnect);
