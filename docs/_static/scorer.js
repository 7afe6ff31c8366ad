// The usual scores of Sphinx, and first come pages in the reader's language, of these the ones whose titles have the words that were typed.
function titleShare(title) {
  const stem = (text) => splitQuery(text).map((word) => new Stemmer().stemWord(word));
  const typed = stem(new URLSearchParams(location.search).get("q") ?? "");
  const held = new Set(stem(title));
  return typed.filter((word) => held.has(word)).length / typed.length;
}
var Scorer = {
  score: ([page, title, , , score]) =>
    score + 100 * titleShare(title) + (page.endsWith(".en") === (document.documentElement.lang === "en") ? 1000 : 0),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
