/** @file The small card beside a passage that tells which rows stand there. */

const CARD_ROWS = 7;

/** @param {HTMLElement} element The article's pane. */
function listenForHover(element) {
  const card = h("div", { id: "bs-card", role: "tooltip", hidden: true });
  document.getElementById("bs-article").append(card);
  const show = (event) => {
    const node = event.target.closest?.("[data-at]");
    if (!node) return hide();
    const refs = rowsAt(Number(node.dataset.at));
    if (!refs.length) return hide();
    card.replaceChildren(...refs.slice(0, CARD_ROWS).map(cardLine));
    if (refs.length > CARD_ROWS) card.append(h("p", { class: "soft" }, `and ${refs.length - CARD_ROWS} more`));
    card.hidden = false;
    node.setAttribute("aria-describedby", "bs-card");
    placeCard(card, node, event);
  };
  const hide = () => {
    card.hidden = true;
    element.querySelector('[aria-describedby="bs-card"]')?.removeAttribute("aria-describedby");
  };
  element.addEventListener("pointerover", (event) => event.pointerType !== "touch" && show(event));
  element.addEventListener("pointerleave", hide);
  element.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && show(event));
  element.addEventListener("focusout", hide);
  element.addEventListener("click", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.getElementById("bs-scroll").addEventListener("scroll", hide, { passive: true });
}

/** @param {Ref} ref @returns {HTMLElement} */
function cardLine(ref) {
  const title = briefTitle(ref.table);
  return h("p", {}, swatch(ref.table), h("b", {}, title), " ", h("span", { text: short(label(ref), 90) }));
}

/**
 * @param {HTMLElement} card
 * @param {HTMLElement} node
 * @param {Event} event Puts the card below the line it speaks of.
 */
function placeCard(card, node, event) {
  const boxes = [...node.getClientRects()];
  const at = event.clientY;
  const box = boxes.find((one) => at >= one.top && at <= one.bottom) ?? boxes[0];
  if (!box) return;
  const size = card.getBoundingClientRect();
  const below = box.bottom + 6 + size.height < innerHeight;
  card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - size.width - 8))}px`;
  card.style.top = `${below ? box.bottom + 6 : Math.max(8, box.top - size.height - 6)}px`;
}
