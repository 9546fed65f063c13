// Suggestions by keyboard, and POST for what should stand in no address; without it the form is an ordinary one.
"use strict";

const LONGEST_SHARED = 200;
const isPersonal = (text) => text.includes("@") || text.length > LONGEST_SHARED;

for (const form of document.querySelectorAll(".search-form")) {
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const options = () => [...list.children];
  let active = -1;

  field.maxLength = 8000;
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    field.setAttribute(name, value);
  }

  function choose(place) {
    active = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", options()[place].id);
    options()[place].scrollIntoView({ block: "nearest" });
  }
  function open(wanted) {
    list.hidden = !wanted;
    field.setAttribute("aria-expanded", String(wanted));
    choose(-1);
  }
  open(false);

  field.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== field) return;
    if (field.value.trim().length >= 2 && !isPersonal(field.value)) return;
    event.preventDefault();
    open(false);
  });
  list.addEventListener("htmx:afterSwap", () => {
    options().forEach((option, number) => { option.id = `${list.id}-${number}`; });
    open(options().length > 0 && document.activeElement === field);
  });
  field.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.isComposing || last < 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active + step > last ? -1 : active + step < -1 ? last : active + step);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      options()[active].click();
    }
  });
  field.addEventListener("blur", (event) => { if (!list.contains(event.relatedTarget)) open(false); });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("submit", (event) => {
    htmx.trigger(field, "htmx:abort");
    open(false);
    form.method = isPersonal(field.value) ? "post" : "get";
    if (form.method === "post") event.stopImmediatePropagation();
  }, true);
}
