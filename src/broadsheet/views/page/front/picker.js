/** @file Choosing an article among many: a box that searches, the one before, the next, and all of them at once. */

const OPTIONS_AT_MOST = 60;

/** @returns {HTMLElement} */
function pickerNode() {
  const input = h("input", {
    id: "bs-pick",
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": "bs-options",
    "aria-autocomplete": "list",
    "aria-label": `Article, one of ${PAYLOAD.articles.length}`,
  });
  const list = h("ul", { id: "bs-options", role: "listbox", "aria-label": "Articles", hidden: true });
  const step = (by) => () => {
    const at = PAYLOAD.articles.findIndex((article) => article.id === state.article);
    const next = PAYLOAD.articles[at + by];
    if (next) openArticle(next.id);
  };
  const scope = h("div", { class: "choice", role: "group", "aria-label": "Tables and pictures show" });
  const all = `All ${PAYLOAD.articles.length.toLocaleString("en")}`;
  for (const [name, words] of Object.entries({ article: "This article", all })) {
    scope.append(button(words, () => change({ scope: name, only: null, from: "scope" }), { "data-scope": name }));
  }
  wirePicker(input, list);
  return h(
    "div",
    { id: "bs-picker" },
    button("‹", step(-1), { "aria-label": "Article before", class: "step before" }),
    h("div", { class: "combo" }, input, list),
    button("›", step(1), { "aria-label": "Next article", class: "step next" }),
    scope,
  );
}

/** @param {ArticleHead} article @returns {string} */
function articleWords(article) {
  return article.title || article.id;
}

/** @returns {string} What to call the open article. */
function pickedWords() {
  const article = articleHead(state.article);
  return article ? visible(articleWords(article)) : "";
}

/** @param {string} text @returns {ArticleHead[]} Articles that have all its words. */
function articlesLike(text) {
  const words = text.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
  return PAYLOAD.articles.filter((article) => {
    const said = [article.title, article.publisher, article.published_on, article.id].join("\n");
    return words.every((word) => said.toLocaleLowerCase("en").includes(word));
  });
}

/** @param {HTMLInputElement} input @param {HTMLElement} list */
function wirePicker(input, list) {
  let at = -1;
  const open = (text) => {
    const found = articlesLike(text);
    list.replaceChildren(...found.slice(0, OPTIONS_AT_MOST).map(optionNode));
    const remark = (words) => list.append(h("li", { role: "option", "aria-disabled": "true", class: "soft" }, words));
    if (!found.length) remark("No article has these words");
    const rest = found.length - OPTIONS_AT_MOST;
    if (rest > 0) remark(`${counted(rest, "more article")}: type to narrow`);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    light(text ? 0 : found.slice(0, OPTIONS_AT_MOST).findIndex((article) => article.id === state.article));
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.value = pickedWords();
  };
  const light = (next) => {
    const options = [...list.querySelectorAll("[data-id]")];
    options[at]?.setAttribute("aria-selected", "false");
    at = Math.max(-1, Math.min(next, options.length - 1));
    const option = options[at];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (option) => {
    if (!option) return;
    openArticle(option.dataset.id);
    close();
  };
  input.addEventListener("focus", () => (input.select(), open("")));
  input.addEventListener("click", () => list.hidden && open(""));
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) open("");
    else if (event.key === "ArrowDown") light(at + 1);
    else if (event.key === "ArrowUp") light(at - 1);
    else if (event.key === "Enter") take(list.querySelectorAll("[data-id]")[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    take(event.target.closest("[data-id]"));
  });
}

/** @param {ArticleHead} article @param {number} at @returns {HTMLElement} */
function optionNode(article, at) {
  const count = Object.values(article.rows).reduce((sum, rows) => sum + rows, 0);
  const facts = [article.publisher, article.published_on, counted(count, "row"), article.source ? "" : "without text"];
  return h(
    "li",
    { role: "option", id: `bs-option-${at}`, "data-id": article.id, "aria-selected": "false" },
    h("span", { text: articleWords(article) }),
    h("small", { text: facts.filter(Boolean).join(" · ") }),
    article.problems ? h("b", { class: "bad" }, `${counted(article.problems, "row")} without a valid span`) : null,
  );
}

/** Shows which article is open. */
function showPicked() {
  const input = document.getElementById("bs-pick");
  if (!input) return;
  if (document.activeElement !== input) input.value = pickedWords();
  for (const one of document.querySelectorAll("[data-scope]")) {
    one.setAttribute("aria-pressed", String(one.dataset.scope === state.scope));
  }
  const at = PAYLOAD.articles.findIndex((article) => article.id === state.article);
  document.querySelector("#bs-picker .before").disabled = at <= 0;
  document.querySelector("#bs-picker .next").disabled = at >= PAYLOAD.articles.length - 1;
}
