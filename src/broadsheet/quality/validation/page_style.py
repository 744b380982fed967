"""The style sheet of the validation report page: light and dark mode, screen and print."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1c1d1f; --soft: #5c6066; --paper: #fbfaf7; --card: #fff; --line: #dcd9d2;
  --good: #1b6b3a; --bad: #a4231c; --odd: #8a5a00; --mark: #ffe39a; --on-mark: #1c1d1f;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8e6e1; --soft: #a2a5aa; --paper: #16171a; --card: #1f2125; --line: #383b41;
    --good: #6fd095; --bad: #ff8f86; --odd: #f0b95a; --mark: #6b5310; --on-mark: #fff4d6;
  }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); }
header, main { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
header h1 { margin: 0; font: 600 2.4rem/1.15 Georgia, "Times New Roman", serif; }
header p { margin: .25rem 0; color: var(--soft); }
.name { font: .95rem ui-monospace, monospace; overflow-wrap: anywhere; }
.valid h1 { color: var(--good); }
.invalid h1 { color: var(--bad); }
.unverified h1 { color: var(--odd); }
h2 { margin: 2.5rem 0 .75rem; font: 600 1.5rem/1.2 Georgia, "Times New Roman", serif; }
h2 small { font: .95rem system-ui, sans-serif; color: var(--soft); }
h3 { margin: 0; font-size: 1.05rem; }
a { color: inherit; text-underline-offset: .2em; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .85rem; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody tr:last-child td { border-bottom: 0; }
td { overflow-wrap: anywhere; }
.n { text-align: right; font-variant-numeric: tabular-nums; padding-right: 1.25rem; white-space: nowrap; }
.overview { width: auto; min-width: 24rem; margin-top: 1.25rem; }
.overview .error { color: var(--bad); font-weight: 600; }
.overview .warning { color: var(--odd); font-weight: 600; }
article { margin: 0 0 1rem; padding: .9rem 1.1rem; background: var(--card); border: 1px solid var(--line);
  border-left: .3rem solid var(--bad); border-radius: .3rem; overflow-x: auto; }
article.warning { border-left-color: var(--odd); }
article th:first-child { width: 24%; }
article th:nth-child(2) { width: 32%; }
.about { margin: .1rem 0 .6rem; color: var(--soft); font-size: .9rem; }
.about b { color: var(--bad); }
.warning .about b { color: var(--odd); }
.more { margin: .5rem 0 0; color: var(--soft); font-size: .9rem; }
code { font: .88em ui-monospace, "SFMono-Regular", Menlo, monospace; overflow-wrap: anywhere; }
.column { color: var(--soft); }
blockquote { margin: .35rem 0 0; padding: 0; font: 1rem/1.5 Georgia, "Times New Roman", serif; }
mark { background: var(--mark); color: var(--on-mark); padding: 0 .1em; border-radius: .15em; }
main > section:last-child { margin-bottom: 4rem; }
@media (max-width: 40rem) {
  article table, article tbody, article tr, article td { display: block; }
  article thead { display: none; }
  article tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  article td { border: 0; padding: .1rem 0; }
  .overview { min-width: 0; width: 100%; }
}
@media print { article { break-inside: avoid; border-radius: 0; } }
"""
