// The reader's choice of filters and views: how the address holds it, and which items it selects.

const DEFAULTS = {
  unit: '', role: 'bound', plan: '', state: [], q: '', view: 'list', group: 'near', year: '', today: '', lang: data.lang, ref: '',
};
const unitPlaces = new Map(units.map(({ id }, place) => [id, place]));
const longest = 200; // characters of a search

/** Tests of the values of each key; a value that fails is ignored. */
const KNOWN = {
  unit: (value) => unitPlaces.has(value),
  role: (value) => ROLES.includes(value),
  plan: (value) => plans.some(({ id }) => id === value),
  q: (value) => value.trim() !== '',
  view: (value) => value === 'list' || value === 'timeline',
  group: (value) => value === 'near' || value === 'month',
  year: (value) => /^(19|20|21)\d\d$/.test(value),
  today: isDay,
  lang: (value) => LANGS.includes(value),
  ref: (value) => placesOf(value).length > 0,
};

let choice = { ...DEFAULTS };

function decoded(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return '';
  }
}

/** Encode a value for the address; characters without a meaning there stay readable. */
function encoded(text) {
  return encodeURIComponent(text).replace(/%(2F|2C|3A|40)/g, decodeURIComponent).replace(/%20/g, '+');
}

/** Return the choice that an address holds. */
function choiceIn(hash) {
  const found = { ...DEFAULTS };
  for (const part of hash.replace(/^#/, '').split('&')) {
    const [key, ...rest] = part.split('=');
    const value = decoded(rest.join('=')).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').slice(0, longest);
    if (key === 'state') found.state = STATES.filter((state) => value.split(',').includes(state));
    else if (Object.hasOwn(KNOWN, key) && KNOWN[key](value)) found[key] = value;
  }
  return found;
}

/** Return the address that holds a choice: only values that differ from the defaults. */
function hashOf(chosen) {
  const parts = [];
  for (const key of Object.keys(DEFAULTS)) {
    const value = String(chosen[key]);
    if (value !== String(DEFAULTS[key])) parts.push(`${key}=${encoded(value)}`);
  }
  return parts.join('&');
}

/** Return the places of the items that a reference names: one, all of a task, or all occurrences. */
function placesOf(ref) {
  const exact = items.findIndex((item) => item.ref === ref);
  if (exact >= 0) return [exact];
  const places = [];
  items.forEach((item, place) => {
    if (item.ref.startsWith(`${ref}#`) || item.ref.startsWith(`${ref}@`)) places.push(place);
  });
  return places;
}

const searchedTasks = [];
const searchedItems = [];

function foldAll(texts) {
  return fold(texts.filter(Boolean).join(' '));
}

function foldTask(task) {
  const plan = plans[task.plan];
  const names = ROLES.slice(1).flatMap((role) => task[role] || []);
  return foldAll([task.title, task.content, task.timing, plan.number, plan.title, ...headingsOf(task), ...(task.labels || []), ...names]);
}

function foldItem(item) {
  const ends = [item.done, item.cancelled, ...(item.moved || [])].filter(Boolean);
  return foldAll([
    item.ref, item.what, item.text, item.waiting, item.correction, item.note, ...item.when, ...(item.bound || []),
    ...Object.keys(item.received || {}), ...ends.flatMap(({ document: number, reason, note }) => [number, reason, note]),
    ...(item.quota || []).flatMap(({ who, what }) => [who, what]), ...((item.dossier || {}).items || []),
  ]);
}

/** Return the folded text that is searched for an item: its own, then that of its task. */
function searchedOf(place) {
  const { task } = items[place];
  searchedTasks[task] = searchedTasks[task] || foldTask(tasks[task]);
  searchedItems[place] = searchedItems[place] || `${foldItem(items[place])} ${searchedTasks[task]}`;
  return searchedItems[place];
}

/** Fold all texts while the page is idle, so that the first letter typed need not wait. */
function foldAhead(from = 0) {
  const until = Math.min(from + 50, items.length);
  for (let place = from; place < until; place += 1) searchedOf(place);
  if (until < items.length) setTimeout(foldAhead, 10, until);
}

function isOpen(place) {
  return ['overdue', 'due', 'later'].includes(stateNow[place]);
}

/** Return the test for all filters except the states. A unit that has delivered its part is not bound any more. */
function matcher(chosen) {
  const unit = unitPlaces.get(chosen.unit);
  const wanted = new Set(unit === undefined ? [] : units[unit].within);
  const words = chosen.q && (fold(chosen.q) || chosen.q);
  return (place) => {
    const item = items[place];
    if (chosen.plan && planOf(item).id !== chosen.plan) return false;
    if (chosen.unit && !((item.units || {})[chosen.role] || []).some((named) => wanted.has(named))) return false;
    if (chosen.unit && chosen.role === 'bound' && isOpen(place) && (item.delivered || {})[chosen.unit] <= today) return false;
    return !words || searchedOf(place).includes(words);
  };
}

const stateNow = []; // of each item, for the day that `today` is

function reckonStates() {
  items.forEach((item, place) => {
    stateNow[place] = stateOf(item, today);
  });
}

/** Return the places of the items to show, and by state those that pass the other filters. */
function chooseItems(chosen) {
  const matches = matcher(chosen);
  const byState = Object.fromEntries(STATES.map((state) => [state, []]));
  const shown = [];
  for (let place = 0; place < items.length; place += 1) {
    if (matches(place)) {
      byState[stateNow[place]].push(place);
      if (!chosen.state.length || chosen.state.includes(stateNow[place])) shown.push(place);
    }
  }
  return { shown, byState };
}

/** Return the choice in words, for paper. */
function chosenWords(chosen) {
  const parts = [];
  if (chosen.unit) parts.push(`${say('unit')}: ${unitName(unitPlaces.get(chosen.unit))} (${say(`role.${chosen.role}`)})`);
  if (chosen.plan) parts.push(`${say('plan')}: ${planName(plans.find(({ id }) => id === chosen.plan))}`);
  if (chosen.state.length) parts.push(`${say('states')}: ${chosen.state.map((state) => say(`state.${state}`)).join(', ')}`);
  if (chosen.q) parts.push(`${say('search')}: “${chosen.q}”`);
  return say('chosen', { what: parts.join('; ') || say('everything') });
}
