/**
 * @file What the page carries: a small description as JSON, and packs (base64 of gzip of JSON) that are opened when
 * they are needed.
 */

/**
 * @typedef {{name: string, title: string, type: string, description: string}} ColumnSchema
 * @typedef {{name: string, title: string, description: string, key: string[], columns: ColumnSchema[],
 *   links: Record<string, [string, string]>, spans: boolean}} TableSchema
 * @typedef {{id: string, title: string, publisher: string, published_on: string, n_characters: number,
 *   rows: Record<string, number>, problems: number, source: boolean}} ArticleHead
 * @typedef {{n: number, columns: Record<string, unknown[] | {values: unknown[], at: number[]}>}} PackedTable
 */

const PAYLOAD = JSON.parse(document.getElementById("bs-payload").textContent);

/** @param {string} text @returns {Uint8Array} */
function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** @param {string} name @returns {Promise<any>} What the pack of this name holds; null where there is none. */
async function unpack(name) {
  const element = document.querySelector(`script.bs-pack[data-name="${CSS.escape(name)}"]`);
  if (!element) return null;
  const stream = new Blob([fromBase64(element.textContent.trim())]).stream();
  return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).json();
}

/** The packs of articles that were opened last, by id: text and evidence. */
const opened = new Map();
const OPENED_AT_MOST = 12;

/** @param {string} id @returns {Promise<{text: string | null, evidence: PackedTable}>} */
async function articlePack(id) {
  const known = opened.get(id);
  opened.delete(id);
  const pack = known ?? unpack(`article-${PAYLOAD.articles.findIndex((article) => article.id === id)}`);
  opened.set(id, pack);
  if (opened.size > OPENED_AT_MOST) opened.delete(opened.keys().next().value);
  return (await pack) ?? { text: null, evidence: { n: 0, columns: {} } };
}
