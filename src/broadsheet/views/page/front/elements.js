/**
 * @file Nodes of the page. Whatever comes from an article or a package enters as text, never as markup, and characters
 * that cannot be seen or that turn the order of others are written out.
 */

/** Controls, invisible characters and those that change the direction of a line; joiners of scripts and emoji stay. */
const UNSEEN = new RegExp(
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e" +
    "\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}]",
  "gu",
);

/**
 * Makes an element.
 * @param {string} tag
 * @param {Record<string, unknown>} [said] Attributes; `on` holds listeners, `text` the text; false and null leave one
 *   out.
 * @param {...(Node | string | null | undefined)} inside
 * @returns {HTMLElement}
 */
function h(tag, said = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(said)) {
    if (name === "on") for (const [kind, listener] of Object.entries(value)) element.addEventListener(kind, listener);
    else if (name === "text") element.append(shown(String(value)));
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : visible(String(value)));
    }
  }
  element.append(...inside.filter((node) => node !== null && node !== undefined));
  return element;
}

/** @param {string} character @returns {string} Its code point as U+202E. */
function codePoint(character) {
  return "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/** @param {string} text @returns {string} The text with unseen characters written out, for attributes and labels. */
function visible(text) {
  return text.replace(UNSEEN, (character) => `‹${codePoint(character)}›`);
}

/** @param {string} text @returns {Node} The text with unseen characters as small marks of their own. */
function shown(text) {
  if (text.search(UNSEEN) < 0) return document.createTextNode(text);
  const fragment = document.createDocumentFragment();
  let from = 0;
  for (const found of text.matchAll(UNSEEN)) {
    fragment.append(text.slice(from, found.index));
    const mark = document.createElement("span");
    mark.className = "unseen";
    mark.textContent = codePoint(found[0]);
    fragment.append(mark);
    from = found.index + found[0].length;
  }
  fragment.append(text.slice(from));
  return fragment;
}

/** @param {string} text A description, `code` between backticks. @returns {Node} */
function prose(text) {
  const fragment = document.createDocumentFragment();
  text.split("`").forEach((part, at, parts) => {
    fragment.append(at % 2 && at < parts.length - 1 ? h("code", { text: part }) : shown(part));
  });
  return fragment;
}

/** @param {string} text @param {number} most @returns {string} The text, cut at about so many characters. */
function short(text, most) {
  const points = text.length > most ? [...text.slice(0, 2 * most)] : null;
  return points && points.length > most ? points.slice(0, most).join("").trimEnd() + "…" : text;
}

/** @param {number} count @param {string} one @param {string} [many] @returns {string} */
function counted(count, one, many) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : (many ?? one + "s")}`;
}

/**
 * A button that opens a small sheet below it; closes on Escape and on a click elsewhere.
 * @param {string} label
 * @param {(sheet: HTMLElement) => void} fill Called at each opening with the empty sheet.
 * @param {Record<string, unknown>} [said] Attributes of the whole.
 * @returns {HTMLDetailsElement}
 */
function sheet(label, fill, said = {}) {
  const body = h("div", { class: "sheet", role: "group", tabindex: "0", "aria-label": label });
  const whole = h("details", { ...said, class: `pop ${said.class ?? ""}` }, h("summary", {}, label), body);
  whole.addEventListener("toggle", () => {
    if (!whole.open) return;
    for (const other of document.querySelectorAll("details.pop[open]")) if (other !== whole) other.open = false;
    body.replaceChildren();
    fill(body);
    body.style.removeProperty("transform");
    const over = body.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (over > 0) body.style.transform = `translateX(${-over}px)`;
  });
  return whole;
}

document.addEventListener("pointerdown", (event) => {
  for (const open of document.querySelectorAll("details.pop[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

/** Says something to readers of the screen, and nothing to the eye. @param {string} words */
function say(words) {
  const live = document.getElementById("bs-live");
  if (live) live.textContent = visible(words);
}

/** @param {string} text @param {HTMLElement} button Shows that it was done. */
async function copy(text, button) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "out-of-sight", readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
  say("Copied");
  setTimeout(() => (button.textContent = before), 1500);
}

/** @param {string} label @param {() => void} act @param {Record<string, unknown>} [said] @returns {HTMLElement} */
function button(label, act, said = {}) {
  return h("button", { type: "button", ...said, on: { click: act } }, label);
}
