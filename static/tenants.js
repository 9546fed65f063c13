// Comforts of tenant pages: local times, the countdown, and words when the portal does not answer.
"use strict";

const language = document.documentElement.lang || undefined;
// A browser may write Arabic dates in other digits, or by the Islamic calendar; the rest of the page does neither.
const AS_ELSEWHERE = { calendar: "gregory", numberingSystem: "latn" };

function localTimes(root) {
  for (const time of root.querySelectorAll("time[data-local]")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.textContent;
    const timeStyle = time.dataset.local === "seconds" ? "medium" : "short";
    time.textContent = moment.toLocaleString(language, { ...AS_ELSEWHERE, dateStyle: "medium", timeStyle });
    time.removeAttribute("data-local");
  }
}

function countDown() {
  for (const place of document.querySelectorAll(".countdown[data-until]")) {
    const seconds = Math.round((new Date(place.dataset.until) - Date.now()) / 1000);
    place.hidden = !(seconds > 0);
    if (seconds > 0) place.textContent = `(${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")})`;
  }
}

function say(words) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.textContent = place.dataset[words];
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

localTimes(document);
countDown();
setInterval(countDown, 1000);

document.addEventListener("htmx:afterSwap", () => {
  localTimes(document);
  countDown();
});
document.addEventListener("htmx:beforeRequest", () => {
  const place = document.getElementById("trouble");
  if (place) place.hidden = true;
});
document.addEventListener("htmx:sendError", () => say("offline"));
document.addEventListener("htmx:timeout", () => say("offline"));
document.addEventListener("htmx:responseError", () => say("failed"));

// A button that copies needs this script, so it stays hidden without it.
for (const button of document.querySelectorAll("button[data-copies]")) button.hidden = false;

// A button that copies what stands in a text of the page.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copies]");
  const source = button && document.getElementById(button.dataset.copies);
  if (!source || !navigator.clipboard) return;
  await navigator.clipboard.writeText(source.textContent);
  const words = button.textContent;
  button.textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = words; }, 2000);
});
