// Small comforts; every page works without them.
"use strict";

// A button that copies a code block; its words come with the script, in the language of the page.
const { copy, copied } = document.currentScript.dataset;
for (const block of document.querySelectorAll(".code, .body > pre")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.setAttribute("data-added", "");
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((block.querySelector("code") || block).textContent);
    button.textContent = copied;
    setTimeout(() => { button.textContent = copy; }, 2000);
  });
  block.append(button);
}

// Opening one switcher closes the other; Escape and a click elsewhere close both.
const switchers = [...document.querySelectorAll("details.switcher")];
for (const one of switchers) {
  one.addEventListener("toggle", () => {
    if (one.open) for (const other of switchers) if (other !== one) other.open = false;
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of switchers) {
    if (one.open) { one.open = false; one.querySelector("summary").focus(); }
  }
});
document.addEventListener("click", (event) => {
  for (const one of switchers) if (!one.contains(event.target)) one.open = false;
});
