// Small comforts; every page works without them. The words stand in the page, in the reader's language.
"use strict";

const words = document.body.dataset;
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function made(tag, properties) {
  const element = Object.assign(document.createElement(tag), properties);
  element.setAttribute("data-added", "");
  return element;
}

// A button that copies a code block.
for (const block of all(".code, .body > pre")) {
  if (!navigator.clipboard) break;
  const button = made("button", { type: "button", className: "copy", textContent: words.copy });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((block.querySelector("code") || block).textContent);
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  });
  block.append(button);
}

// A link to each section, for whoever wants to point at it.
for (const heading of all(".body :is(h2, h3)[id]")) {
  const link = made("a", { href: `#${heading.id}`, className: "permalink", textContent: "#" });
  link.setAttribute("aria-label", `${words.link}: ${heading.textContent.trim()}`);
  heading.append(" ", link);
}

// The contents list follows the reading: the last heading above the upper third of the window.
const entries = all(".contents a[href^='#']")
  .map((link) => ({ link, heading: document.getElementById(link.getAttribute("href").slice(1)) }))
  .filter((entry) => entry.heading);
function follow() {
  let here = null;
  for (const entry of entries) if (entry.heading.getBoundingClientRect().top < innerHeight / 3) here = entry;
  for (const entry of entries) {
    if (entry === here) entry.link.setAttribute("aria-current", "true");
    else entry.link.removeAttribute("aria-current");
  }
}
if (entries.length) {
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  follow();
}

// A picture opens as large as the window; Escape, the button and a click beside it close it.
for (const picture of all(".body img:not(.missing)")) {
  if (picture.closest("a")) continue;
  const button = made("button", { type: "button", className: "zoom" });
  button.setAttribute("aria-label", `${words.zoom}: ${picture.alt}`);
  const place = picture.closest("picture") || picture;
  place.replaceWith(button);
  button.append(place);
  button.addEventListener("click", () => {
    const dialog = made("dialog", { className: "zoomed" });
    const close = made("button", { type: "button", textContent: words.close });
    dialog.setAttribute("aria-label", picture.alt);
    dialog.append(Object.assign(new Image(), { src: picture.currentSrc || picture.src, alt: picture.alt }), close);
    document.body.append(dialog);
    dialog.addEventListener("click", (event) => { if (event.target.tagName !== "IMG") dialog.close(); });
    dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
    dialog.showModal();
  });
}

// The way of reading a bilingual text that was chosen last is taken again where an address names none.
const ways = all(".ways a[data-read]");
for (const way of ways) {
  way.addEventListener("click", () => { try { localStorage.setItem("read", way.dataset.read); } catch { /* forbidden: not kept */ } });
}
if (ways.length && !new URLSearchParams(location.search).has("read")) {
  let kept = null;
  try { kept = localStorage.getItem("read"); } catch { /* forbidden: none kept */ }
  const wanted = ways.find((way) => way.dataset.read === kept);
  if (wanted && !wanted.hasAttribute("aria-current")) location.replace(wanted.href + location.hash);
}

for (const button of all("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Opening one switcher closes the other; Escape and a click elsewhere close both.
const switchers = all("details.switcher");
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

// A step that was asked for by hand takes the focus, so that it is read; one that polls does not.
document.addEventListener("htmx:afterSwap", (event) => {
  const step = document.getElementById("step");
  const asked = event.detail.requestConfig?.triggeringEvent?.type;
  if (!step || event.detail.target?.id !== "step" || !["submit", "click"].includes(asked)) return;
  step.focus({ preventScroll: true });
  step.scrollIntoView({ block: "start" });
});
