/** @file Bright or dark: as the system has it, until the reader says otherwise. */

const darkSystem = matchMedia("(prefers-color-scheme: dark)");

/** @returns {boolean} */
function isDark() {
  const said = document.documentElement.dataset.theme;
  return said ? said === "dark" : darkSystem.matches;
}

/** @returns {HTMLElement} */
function themeButton() {
  const made = button("", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    tell();
    refreshPictures();
  }, { class: "theme" });
  const tell = () => made.replaceChildren(isDark() ? "Light" : "Dark");
  made.title = "Change between the light and the dark scheme";
  darkSystem.addEventListener("change", () => {
    tell();
    refreshPictures();
  });
  tell();
  return made;
}
