/** @file Which actors the network shows, and where: the same rule and the same forces as in Python. */

const ACTORS_AT_MOST = 40;

/**
 * @param {object} placing Vega specification whose run gives the nodes their places.
 * @param {{links: object[], nodes: object[]}} data
 * @returns {Promise<{links: object[], nodes: object[]}>} The nodes with most links, placed.
 */
async function placed(placing, data) {
  const degree = new Map();
  for (const { source, target } of data.links) {
    for (const end of [source, target]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
  const actors = [...degree.keys()].sort((a, b) => degree.get(b) - degree.get(a) || order(a, b));
  const kept = new Set(actors.slice(0, ACTORS_AT_MOST));
  const pairs = new Map();
  for (const { source, target } of data.links) {
    if (kept.has(source) && kept.has(target)) pairs.set(`${source}\n${target}`, { source, target });
  }
  const sorted = [...pairs.values()].sort((a, b) => order(a.source, b.source) || order(a.target, b.target));
  const spec = structuredClone(placing);
  spec.data.find((one) => one.name === "links").values = sorted;
  spec.data.find((one) => one.name === "nodes").values = [...kept].map((actor) => ({ actor_id: actor }));
  const how = { mode: "vega", ast: true, actions: false, logLevel: 1 };
  const { view, finalize } = await window.vegaEmbed(h("div"), spec, how);
  const rows = new Map(data.nodes.map((node) => [node.actor_id, node]));
  const round = (number) => Math.round(100 * number) / 100;
  const places = view.data("nodes").map(({ actor_id: actor, x, y }) => {
    return { ...rows.get(actor), x: round(x), y: round(y) };
  });
  finalize();
  return { links: data.links, nodes: places };
}
