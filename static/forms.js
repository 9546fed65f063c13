// Comforts of scoping forms: what was typed meanwhile outlives an update, which is told; the time zone is guessed; summaries are copied.
"use strict";

let kept = new Map();

function isTyped(box) {
  return box.id && (box.tagName === "TEXTAREA" || box.tagName === "SELECT" || !["hidden", "checkbox", "radio"].includes(box.type));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "form") return;
  kept = new Map([...event.detail.target.elements].map((box) => [box.id, isTyped(box) ? box.value : box.checked]));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const [id, value] of kept) {
    const box = id && document.getElementById(id);
    if (!box) continue;
    if (isTyped(box)) box.value = value;
    else if ("checked" in box) box.checked = value;
  }
  kept.clear();
  const status = document.getElementById("form-status");
  if (status) status.textContent = document.getElementById("form")?.dataset.opened || "";
});

function guessZone(select) {
  const minutes = -new Date().getTimezoneOffset();
  const two = (number) => String(number).padStart(2, "0");
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  if ([...select.options].some((option) => option.value === offset)) select.value = offset;
}
for (const select of document.querySelectorAll("select[data-guess]")) guessZone(select);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy-of]");
  const source = button && document.getElementById(button.dataset.copyOf);
  if (!source || !navigator.clipboard) return;
  await navigator.clipboard.writeText(source.textContent);
  const words = button.textContent;
  document.getElementById("told-status").textContent = button.dataset.copied;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = words; }, 2000);
});
