// Small comforts; every page works without them.
"use strict";

// A button that copies a code block, in each language that the portal's own words exist in.
const COPY = { en: ["Copy", "Copied"], de: ["Kopieren", "Kopiert"], sv: ["Kopiera", "Kopierat"] };
for (const block of document.querySelectorAll(".code, .body > pre")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.setAttribute("data-added", "");
  const words = COPY[document.documentElement.lang.split("-")[0]] || COPY.en;
  button.textContent = words[0];
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((block.querySelector("code") || block).textContent);
    button.textContent = words[1];
    setTimeout(() => { button.textContent = words[0]; }, 2000);
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
