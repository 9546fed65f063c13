// Titles by keyboard while one types, and POST for what must stand in no address. Without it the form is an ordinary one.
"use strict";

const LONGEST_SHARED = 200;
const isPersonal = (text) => text.includes("@") || text.length > LONGEST_SHARED;

for (const form of document.querySelectorAll(".search-form")) {
  const field = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const options = () => [...list.children];
  let active = -1, sent = null;

  field.maxLength = 8000;
  const tell = (name, value) => field.setAttribute(name, value);
  tell("role", "combobox");
  tell("aria-autocomplete", "list");
  tell("aria-controls", list.id);

  function choose(place) {
    active = place;
    options().forEach((option, number) => option.setAttribute("aria-selected", number === place));
    tell("aria-activedescendant", place < 0 ? "" : options()[place].id);
  }
  function open(wanted) {
    list.hidden = !wanted;
    tell("aria-expanded", wanted);
    choose(-1);
  }
  open(false);

  field.addEventListener("htmx:beforeRequest", (event) => {
    if (field.value.trim().length >= 2 && field.value !== sent && !isPersonal(field.value)) return;
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
    sent = field.value;
    form.method = isPersonal(sent) ? "post" : "get";
    if (form.method === "post") event.stopImmediatePropagation();
  }, true);
}
