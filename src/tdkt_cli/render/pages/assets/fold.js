/** Fold a text for a search, as core.text does: no accents, capitals or hyphens, single spaces. */
function fold(text) {
  return text
    .replace(/[-\u2010-\u2014\u2212]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase()
    .replace(/ς/g, 'σ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd');
}
